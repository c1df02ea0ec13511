import { utcDay } from '../clock.ts';
import type { Answer } from '../http/answer.ts';
import type { Call } from '../http/call.ts';
import type { PracticeContext } from '../practice-context.ts';
import { permissions } from '../state/contact-details.ts';
import { html } from './html.ts';
import { pageAnswer, pageWriter } from './layout.ts';
import { listTable } from './lists-page.ts';

const shownLists = 10;

/** The first page: how many people, by permission, and the lists. */
export function showHome(call: Call, context: PracticeContext): Answer {
  const writer = pageWriter(call, context);
  const { number, word } = writer;
  const people = context.contacts.countByPermission();
  const total = Object.values(people).reduce((sum, count) => sum + count, 0);
  const figure = (label: string, value: number) => html`<div><dt>${label}</dt><dd>${number(value)}</dd></div>`;
  const body = html`<p class="soft">${word('practice.home.intro')}</p>
<dl class="figures">
${figure(word('practice.home.contacts'), total)}
${permissions.filter((each) => people[each] > 0).map((each) => figure(word(`practice.permission.${each}`), people[each]))}
${figure(word('practice.home.lists'), context.lists.count('active'))}
${figure(word('practice.home.activities'), context.activities.count())}
${figure(word('practice.home.requests'), context.requests.allRequestsOn(utcDay(call.now)))}
</dl>
<h2>${word('practice.lists.title')}</h2>
${listTable(context.lists.page('active', null, 0, shownLists), writer, context)}
<dl class="facts">
<dt>${word('practice.home.api-address')}</dt><dd class="mono">http://${call.headers.host ?? ''}/v3</dd>
<dt>${word('practice.home.person')}</dt><dd>${context.account.first_name} ${context.account.last_name}</dd>
</dl>`;
  return pageAnswer(writer, context, { title: context.account.organization_name, body, current: '/' });
}
