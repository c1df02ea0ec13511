import type { Answer } from '../http/answer.ts';
import type { Call } from '../http/call.ts';
import type { PracticeContext } from '../practice-context.ts';
import { html } from './html.ts';
import { pageAnswer, pageWriter } from './layout.ts';

const perPage = 100;

/** The last requests, newest first: what an application really asked. */
export function showRequests(call: Call, context: PracticeContext): Answer {
  const writer = pageWriter(call, context);
  const { link, number, time, word } = writer;
  const before = Number(call.query.get('before') ?? 0) || 0;
  const rows = context.requests.page(before, perPage + 1);
  const shown = rows.slice(0, perPage);
  const last = rows.length > perPage ? shown.at(-1) : undefined;
  const body = html`<div class="scroll"><table><caption>${word('practice.requests.caption', { count: shown.length })}</caption>
<thead><tr><th scope="col">${word('practice.requests.at')}</th><th scope="col">${word('practice.requests.request')}</th>
<th scope="col" class="n">${word('practice.requests.status')}</th><th scope="col" class="n">${word('practice.requests.milliseconds')}</th>
<th scope="col" class="n">${word('practice.requests.bytes')}</th></tr></thead>
<tbody>${shown.map(
    (row) => html`<tr><td>${time(row.at)}</td><td><code>${row.method} ${row.path}</code></td>
<td class="n ${row.status >= 400 || row.status === 0 ? 'warn' : ''}">${row.status === 0 ? word('practice.requests.dropped') : String(row.status)}</td>
<td class="n">${number(row.milliseconds)}</td><td class="n">${number(row.bytes)}</td></tr>`,
  )}</tbody></table></div>
${last === undefined ? null : html`<p><a rel="next" href="${link('/requests', { before: last.seq })}">${word('practice.older')}</a></p>`}`;
  return pageAnswer(writer, context, { title: word('practice.requests.title'), body, current: '/requests' });
}
