import type { Answer } from '../http/answer.ts';
import type { Call } from '../http/call.ts';
import type { PracticeContext } from '../practice-context.ts';
import type { ListRow } from '../state/list-store.ts';
import { type Html, html } from './html.ts';
import { type PageWriter, pageAnswer, pageWriter } from './layout.ts';

const mostShown = 1_000;

/** Every list with its number of members. */
export function showLists(call: Call, context: PracticeContext): Answer {
  const writer = pageWriter(call, context);
  const body = listTable(context.lists.page('active', null, 0, mostShown), writer, context);
  return pageAnswer(writer, context, { title: writer.word('practice.lists.title'), body, current: '/lists' });
}

export function listTable(lists: readonly ListRow[], writer: PageWriter, context: PracticeContext): Html {
  const { link, number, time, word } = writer;
  return html`<div class="scroll"><table>
<caption>${word('practice.lists.caption', { count: lists.length })}</caption>
<thead><tr><th scope="col">${word('practice.lists.name')}</th><th scope="col" class="n">${word('practice.lists.members')}</th>
<th scope="col" class="n">${word('practice.lists.active')}</th><th scope="col">${word('practice.lists.id')}</th>
<th scope="col">${word('practice.lists.changed')}</th></tr></thead>
<tbody>${lists.map((list) => {
    const id = context.ids.format('list', list.seq);
    return html`<tr><th scope="row"><a href="${link('/contacts', { list: id })}">${list.name}</a></th>
<td class="n">${number(list.member_count)}</td><td class="n">${number(context.lists.activeMembers(list))}</td>
<td><code>${id}</code></td><td>${time(list.updated_at)}</td></tr>`;
  })}</tbody></table></div>`;
}
