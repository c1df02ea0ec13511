import type { Answer } from '../http/answer.ts';
import type { Call } from '../http/call.ts';
import type { PracticeContext } from '../practice-context.ts';
import type { ActivityRow, Counters } from '../state/activity-store.ts';
import { html } from './html.ts';
import { pageAnswer, pageWriter } from './layout.ts';

const perPage = 50;

/** Activities, newest first, with their counters. */
export function showActivities(call: Call, context: PracticeContext): Answer {
  const writer = pageWriter(call, context);
  const { link, number, time, word } = writer;
  const before = Number(call.query.get('before') ?? 0) || 0;
  const rows = context.activities.page(null, before, perPage + 1, call.now);
  const shown = rows.slice(0, perPage);
  const last = rows.length > perPage ? shown.at(-1) : undefined;
  const line = (row: ActivityRow) => {
    const counters = JSON.parse(row.progress) as Counters;
    const cell = (value: number | undefined) => html`<td class="n">${value === undefined ? '–' : number(value)}</td>`;
    const errors = JSON.parse(row.errors) as string[];
    return html`<tr><th scope="row">${row.source_file_name ?? word(`practice.activity.${row.kind}`)}</th>
<td><span class="${row.state === 'completed' ? 'good' : row.state === 'failed' || row.state === 'timed_out' ? 'warn' : 'soft'}">${word(`practice.state.${row.state}`)}</span></td>
<td class="n">${number(row.percent_done)} %</td>${cell(counters.items_total_count)}${cell(counters.person_count)}
${cell(counters.error_count)}${cell(counters.correctable_count)}${cell(counters.cannot_add_to_list_count)}
<td>${time(row.created_at)}</td><td class="soft">${errors.slice(0, 3).join(' · ')}${errors.length > 3 ? ' …' : ''}</td></tr>`;
  };
  const body = html`<div class="scroll"><table><caption>${word('practice.activities.caption', { count: shown.length })}</caption>
<thead><tr><th scope="col">${word('practice.activities.what')}</th><th scope="col">${word('practice.activities.state')}</th>
<th scope="col" class="n">${word('practice.activities.percent')}</th><th scope="col" class="n">${word('practice.activities.items')}</th>
<th scope="col" class="n">${word('practice.activities.people')}</th><th scope="col" class="n">${word('practice.activities.errors')}</th>
<th scope="col" class="n">${word('practice.activities.correctable')}</th><th scope="col" class="n">${word('practice.activities.opted-out')}</th>
<th scope="col">${word('practice.activities.created')}</th><th scope="col">${word('practice.activities.messages')}</th></tr></thead>
<tbody>${shown.map(line)}</tbody></table></div>
${last === undefined ? null : html`<p><a rel="next" href="${link('/activities', { before: last.seq })}">${word('practice.older')}</a></p>`}`;
  return pageAnswer(writer, context, { title: word('practice.activities.title'), body, current: '/activities' });
}
