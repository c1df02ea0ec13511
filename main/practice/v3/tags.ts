import { isoSeconds } from '../clock.ts';
import { type Answer, jsonAnswer } from '../http/answer.ts';
import { conflict, notFound } from '../http/api-error.ts';
import { type Call, jsonBody, param } from '../http/call.ts';
import { nextLink, readFlag, readPage } from '../http/paging.ts';
import { optionalText, requiredText } from '../http/read-values.ts';
import type { Route } from '../http/router.ts';
import type { PracticeContext } from '../practice-context.ts';
import type { TagRow } from '../state/tag-store.ts';
import { activityBody } from './activities.ts';

const longestName = 255;
const mostPerPage = 500;

const read = { scope: 'contact_data', privilege: 'contacts:read' } as const;
const write = { scope: 'contact_data', privilege: 'contacts:write' } as const;

/** `/contact_tags` (constant-contact-v3.md 7). */
export const tagRoutes: Route[] = [
  { ...read, method: 'GET', path: '/v3/contact_tags', handle: list },
  { ...write, method: 'POST', path: '/v3/contact_tags', handle: create },
  { ...read, method: 'GET', path: '/v3/contact_tags/:tag_id', handle: one },
  { ...write, method: 'PUT', path: '/v3/contact_tags/:tag_id', handle: rename },
  { ...write, method: 'DELETE', path: '/v3/contact_tags/:tag_id', handle: remove },
];

function tagBody(row: TagRow, context: PracticeContext, withCount: boolean): Record<string, unknown> {
  return {
    tag_id: context.ids.format('tag', row.seq),
    name: row.name,
    ...(withCount ? { contacts_count: context.tags.people(row.seq) } : {}),
    created_at: isoSeconds(row.created_at),
    updated_at: isoSeconds(row.updated_at),
    tag_source: row.source,
  };
}

function list(call: Call, context: PracticeContext): Answer {
  const { limit, after } = readPage(call, context.ids, 'tag', mostPerPage);
  const withCount = readFlag(call, 'include_count');
  const rows = context.tags.page(after, limit + 1);
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return jsonAnswer(200, {
    tags: page.map((row) => tagBody(row, context, withCount)),
    ...nextLink(call, limit, last === undefined ? null : context.ids.format('tag', last.seq)),
  });
}

function existing(call: Call, context: PracticeContext): TagRow {
  const seq = context.ids.parse('tag', param(call, 'tag_id'));
  const row = seq === null ? undefined : context.tags.get(seq);
  if (row === undefined) throw notFound('tag_id is in an invalid format.');
  return row;
}

function one(call: Call, context: PracticeContext): Answer {
  return jsonAnswer(200, tagBody(existing(call, context), context, readFlag(call, 'include_count')));
}

function readName(call: Call, context: PracticeContext, own: number | null): string {
  const name = requiredText(jsonBody(call), 'name', longestName).trim();
  const namesake = context.tags.byName(name);
  if (namesake !== undefined && namesake.seq !== own) throw conflict('Validation failed: Name already exists.');
  return name;
}

function create(call: Call, context: PracticeContext): Answer {
  const name = readName(call, context, null);
  const source = optionalText(jsonBody(call), 'tag_source', longestName) ?? 'Contact';
  return jsonAnswer(201, tagBody(context.tags.create(name, source, call.now), context, false));
}

function rename(call: Call, context: PracticeContext): Answer {
  const row = existing(call, context);
  return jsonAnswer(
    200,
    tagBody(context.tags.rename(row.seq, readName(call, context, row.seq), call.now), context, false),
  );
}

function remove(call: Call, context: PracticeContext): Answer {
  const row = existing(call, context);
  const items = { items_total_count: 1, items_completed_count: 0 };
  const activity = context.engine.submit({ kind: 'tags_delete', input: { seqs: [row.seq] }, counters: items });
  const body = activityBody(activity, context);
  return jsonAnswer(202, body, { location: `/v3/activities/${String(body.activity_id)}` });
}
