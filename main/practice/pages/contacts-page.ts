import type { Answer } from '../http/answer.ts';
import { type Call, param } from '../http/call.ts';
import type { PracticeContext } from '../practice-context.ts';
import { permissions, unsubscribedPermission } from '../state/contact-details.ts';
import { type ContactRow, detailsOf } from '../state/contact-store.ts';
import { type ContactSearch, searchContacts } from './contact-search.ts';
import { Html, html } from './html.ts';
import { type PageWriter, pageAnswer, pageWriter } from './layout.ts';

const perPage = 50;
const selected = new Html(' selected');

/** People, searched by address, list and permission, a page at a time. */
export async function showContacts(call: Call, context: PracticeContext): Promise<Answer> {
  const writer = pageWriter(call, context);
  const { link, number, word } = writer;
  const search = readSearch(call, context);
  const after = Number(call.query.get('after') ?? 0) || 0;
  const rows = await searchContacts(search, after, perPage + 1, context);
  const shown = rows.slice(0, perPage);
  const last = rows.length > perPage ? shown.at(-1) : undefined;
  const kept = { q: search.text, list: call.query.get('list'), permission: call.query.get('permission') };
  const pages = html`<p>${
    after === 0 ? null : html`<a href="${link('/contacts', kept)}">${word('practice.contacts.first')}</a> `
  }${last === undefined ? null : html`<a rel="next" href="${link('/contacts', { ...kept, after: last.seq })}">${word('practice.contacts.next')}</a>`}</p>`;
  const body = html`${filters(search, call, writer, context)}
<div class="scroll"><table><caption>${word('practice.contacts.caption', { count: shown.length })} ${word('practice.contacts.in-all', { total: number(context.contacts.count()) })}</caption>
<thead><tr><th scope="col">${word('practice.contacts.address')}</th><th scope="col">${word('practice.contacts.name')}</th>
<th scope="col">${word('practice.contacts.permission')}</th><th scope="col">${word('practice.contacts.lists')}</th>
<th scope="col">${word('practice.contacts.fields')}</th></tr></thead>
<tbody>${shown.map((row) => contactLine(row, writer, context))}</tbody></table></div>${pages}`;
  return pageAnswer(writer, context, { title: word('practice.contacts.title'), body, current: '/contacts' });
}

function readSearch(call: Call, context: PracticeContext): ContactSearch {
  const permission = call.query.get('permission') ?? '';
  const known = (permissions as readonly string[]).indexOf(permission);
  return {
    text: call.query.get('q') ?? '',
    list: context.ids.parse('list', call.query.get('list') ?? ''),
    status: permission === 'deleted' ? 'deleted' : known === -1 ? null : known,
  };
}

function filters(search: ContactSearch, call: Call, writer: PageWriter, context: PracticeContext): Html {
  const { word } = writer;
  const lists = context.lists.page('active', null, 0, 1_000);
  const asked = call.query.get('lang');
  return html`<form class="filters" method="get" action="/contacts" role="search">
${asked === null ? null : html`<input type="hidden" name="lang" value="${writer.language}">`}
<label>${word('practice.contacts.search')} <input type="search" name="q" value="${search.text}"></label>
<label>${word('practice.contacts.list')} <select name="list"><option value="">${word('practice.contacts.every-list')}</option>
${lists.map((list) => html`<option value="${context.ids.format('list', list.seq)}"${list.seq === search.list ? selected : null}>${list.name}</option>`)}
</select></label>
<label>${word('practice.contacts.permission')} <select name="permission"><option value="">${word('practice.contacts.every-permission')}</option>
${[...permissions, 'deleted' as const].map((name, index) => {
  const isChosen = search.status === (name === 'deleted' ? 'deleted' : index);
  return html`<option value="${name}"${isChosen ? selected : null}>${word(`practice.permission.${name}`)}</option>`;
})}
</select></label>
<button class="primary">${word('practice.contacts.find')}</button></form>`;
}

function permissionWord(row: ContactRow, writer: PageWriter): Html {
  if (row.deleted_at !== null) return html`<span class="warn">${writer.word('practice.permission.deleted')}</span>`;
  const name = writer.word(`practice.permission.${permissions[row.permission] ?? 'not_set'}`);
  return row.permission === unsubscribedPermission ? html`<span class="warn">${name}</span>` : html`${name}`;
}

function listNames(row: ContactRow, context: PracticeContext): string {
  return context.lists
    .listsOf(row.seq)
    .map((seq) => context.lists.get(seq)?.name ?? '')
    .join(', ');
}

function fieldValues(row: ContactRow, context: PracticeContext): [string, string][] {
  const details = detailsOf(row);
  const own: [string, string | number | undefined][] = [
    ['job_title', details.job_title],
    ['company_name', details.company_name],
    ['birthday_month', details.birthday_month],
    ['birthday_day', details.birthday_day],
    ['anniversary', details.anniversary],
    ['sms_number', details.sms],
    ...(details.phones ?? []).map((phone): [string, string] => [`${phone.kind}_phone`, phone.number]),
    ...(details.addresses ?? []).map(({ kind, ...parts }): [string, string] => [
      `${kind}_address`,
      Object.values(parts).join(', '),
    ]),
  ];
  const custom = Object.entries(details.custom ?? {}).flatMap(([seq, value]): [string, string][] => {
    const field = context.fields.get(Number(seq));
    return field === undefined ? [] : [[field.label, value]];
  });
  return [
    ...own.flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name, String(value)]])),
    ...custom,
  ];
}

function contactLine(row: ContactRow, writer: PageWriter, context: PracticeContext): Html {
  const { first_name = '', last_name = '' } = detailsOf(row);
  const fields = fieldValues(row, context).map(([name, value]) => `${name}: ${value}`);
  const id = context.ids.format('contact', row.seq);
  return html`<tr><th scope="row"><a href="${writer.link(`/contacts/${id}`)}">${row.address ?? '–'}</a></th>
<td>${`${first_name} ${last_name}`.trim()}</td><td>${permissionWord(row, writer)}</td>
<td>${listNames(row, context)}</td><td>${fields.join(' · ')}</td></tr>`;
}

/** One person with everything that is known. */
export function showContact(call: Call, context: PracticeContext): Answer {
  const writer = pageWriter(call, context);
  const { time, word } = writer;
  const id = param(call, 'contact_id');
  const seq = context.ids.parse('contact', id);
  const row = seq === null ? undefined : context.contacts.get(seq);
  if (row === undefined) {
    const body = html`<p>${word('practice.contact.unknown')}</p>`;
    return pageAnswer(writer, context, {
      status: 404,
      title: word('practice.contacts.title'),
      body,
      current: '/contacts',
    });
  }
  const { first_name, last_name } = detailsOf(row);
  const facts: [string, string | Html][] = [
    [word('practice.contacts.permission'), permissionWord(row, writer)],
    [word('practice.contact.first-name'), first_name ?? ''],
    [word('practice.contact.last-name'), last_name ?? ''],
    [word('practice.contacts.lists'), listNames(row, context)],
    ...fieldValues(row, context),
    [word('practice.contact.created'), time(row.created_at)],
    [word('practice.contact.updated'), time(row.updated_at)],
    [word('practice.contact.id'), html`<code>${id}</code>`],
  ];
  const body = html`<dl class="facts">${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
  return pageAnswer(writer, context, { title: row.address ?? id, body, current: '/contacts' });
}
