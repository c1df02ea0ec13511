import { isoSeconds } from '../clock.ts';
import { type Answer, jsonAnswer } from '../http/answer.ts';
import { conflict, notFound, validationError } from '../http/api-error.ts';
import { type Call, jsonBody, param } from '../http/call.ts';
import { nextLink, readFlag, readPage, readWord } from '../http/paging.ts';
import { optionalBoolean, optionalText, requiredText } from '../http/read-values.ts';
import type { Route } from '../http/router.ts';
import type { PracticeContext } from '../practice-context.ts';
import { type ListInput, type ListRow, mostLists } from '../state/list-store.ts';
import { activityBody } from './activities.ts';

const longestText = 255;
/** The text says 500, the schema 1000 (constant-contact-v3.md 4): what the schema allows is taken. */
const mostPerPage = 1_000;

const read = { scope: 'contact_data', privilege: 'contacts:lists:read' } as const;
const write = { scope: 'contact_data', privilege: 'contacts:lists:write' } as const;

/** `/contact_lists`. */
export const listRoutes: Route[] = [
  { ...read, method: 'GET', path: '/v3/contact_lists', handle: list },
  { ...write, method: 'POST', path: '/v3/contact_lists', handle: create },
  { ...read, method: 'GET', path: '/v3/contact_lists/list_id_xrefs', handle: xrefs },
  { ...read, method: 'GET', path: '/v3/contact_lists/:list_id', handle: one },
  { ...write, method: 'PUT', path: '/v3/contact_lists/:list_id', handle: update },
  { ...write, method: 'DELETE', path: '/v3/contact_lists/:list_id', handle: remove },
];

type CountKind = 'all' | 'active';
const countKinds: readonly CountKind[] = ['all', 'active'];

function listBody(row: ListRow, context: PracticeContext, count: CountKind | null): Record<string, unknown> {
  return {
    list_id: context.ids.format('list', row.seq),
    name: row.name,
    description: row.description,
    favorite: row.favorite === 1,
    created_at: isoSeconds(row.created_at),
    updated_at: isoSeconds(row.updated_at),
    ...(row.deleted_at === null ? {} : { deleted_at: isoSeconds(row.deleted_at) }),
    ...(count === null
      ? {}
      : { membership_count: count === 'all' ? row.member_count : context.lists.activeMembers(row) }),
  };
}

function list(call: Call, context: PracticeContext): Answer {
  const { limit, after } = readPage(call, context.ids, 'list', mostPerPage);
  const count = readWord(call, 'include_membership_count', countKinds);
  const status = readWord(call, 'status', ['all', 'active', 'deleted'] as const) ?? 'active';
  const channel = readWord(call, 'channel_type', ['email', 'sms'] as const);
  readFlag(call, 'include_sms_membership_count');
  const withCount = readFlag(call, 'include_count');
  const name = call.query.get('name');
  // Every list of the practice account is one of addresses.
  const rows = channel === 'sms' ? [] : context.lists.page(status, name, after, limit + 1);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return jsonAnswer(200, {
    lists: shown.map((row) => listBody(row, context, count)),
    ...(withCount ? { lists_count: channel === 'sms' ? 0 : context.lists.count(status, name) } : {}),
    ...nextLink(call, limit, last === undefined ? null : context.ids.format('list', last.seq)),
  });
}

function existing(call: Call, context: PracticeContext): ListRow {
  const seq = context.ids.parse('list', param(call, 'list_id'));
  const row = seq === null ? undefined : context.lists.get(seq);
  if (row === undefined || row.deleted_at !== null) throw notFound('list_id is in an invalid format.');
  return row;
}

function one(call: Call, context: PracticeContext): Answer {
  const count = readWord(call, 'include_membership_count', countKinds);
  return jsonAnswer(200, listBody(existing(call, context), context, count));
}

function readInput(call: Call): ListInput {
  const values = jsonBody(call);
  return {
    name: requiredText(values, 'name', longestText).trim(),
    description: optionalText(values, 'description', longestText) ?? '',
    favorite: optionalBoolean(values, 'favorite') ?? false,
  };
}

function create(call: Call, context: PracticeContext): Answer {
  const input = readInput(call);
  if (context.lists.byName(input.name) !== undefined) throw conflict('Validation failed: Name already exists.');
  // What the 1,001st list gets is not documented.
  if (context.lists.count('active') >= mostLists) throw validationError('The account already has 1000 lists.');
  return jsonAnswer(201, listBody(context.lists.create(input, call.now), context, null));
}

function update(call: Call, context: PracticeContext): Answer {
  const row = existing(call, context);
  const input = readInput(call);
  const namesake = context.lists.byName(input.name);
  // PUT declares no 409 (4), so a taken name is a validation error here.
  if (namesake !== undefined && namesake.seq !== row.seq) throw validationError('name already exists');
  return jsonAnswer(200, listBody(context.lists.update(row.seq, input, call.now), context, null));
}

function remove(call: Call, context: PracticeContext): Answer {
  const row = existing(call, context);
  if (context.lists.count('active') === 1) throw validationError('One list must remain in the account.');
  const activity = context.engine.submit({ kind: 'list_delete', input: { seqs: [row.seq] }, counters: {} });
  const body = activityBody(activity, context);
  return jsonAnswer(202, body, { location: `/v3/activities/${String(body.activity_id)}` });
}

/** Ids of the API's second version: an account that never had one knows none. */
function xrefs(call: Call): Answer {
  if (call.query.get('sequence_ids') === null) throw validationError('sequence_ids is missing');
  return jsonAnswer(200, { xrefs: [] });
}
