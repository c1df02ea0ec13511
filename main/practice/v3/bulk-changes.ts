import { countPeople, type PeopleSource } from '../bulk/people-source.ts';
import type { Answer } from '../http/answer.ts';
import { notFound, validationError } from '../http/api-error.ts';
import { type Call, isRecord, jsonBody } from '../http/call.ts';
import { optionalBoolean, optionalIds, requiredIds } from '../http/read-values.ts';
import type { Route } from '../http/router.ts';
import type { PracticeContext } from '../practice-context.ts';
import type { ActivityKind, Counters } from '../state/activity-store.ts';
import type { IdKind } from '../state/ids.ts';
import { createdActivity } from './activities.ts';

/** Limits from the prose: some arrays carry a meaningless 0 in the schema (constant-contact-v3.md 6.5). */
export const limits = {
  contacts: 500,
  lists: 50,
  tags: 50,
  excluded: 50,
  deletedLists: 100,
  deletedTags: 500,
  deletedFields: 100,
};

const guarded = { scope: 'contact_data', privilege: 'contacts:write', method: 'POST' } as const;

/** Bulk activities that change people, lists, tags or fields. */
export const bulkChangeRoutes: Route[] = [
  { ...guarded, path: '/v3/activities/add_list_memberships', handle: changeMemberships('add_memberships') },
  { ...guarded, path: '/v3/activities/remove_list_memberships', handle: changeMemberships('remove_memberships') },
  { ...guarded, path: '/v3/activities/contacts_taggings_add', handle: changeTaggings('taggings_add') },
  { ...guarded, path: '/v3/activities/contacts_taggings_remove', handle: changeTaggings('taggings_remove') },
  { ...guarded, path: '/v3/activities/contact_delete', handle: deleteContacts },
  { ...guarded, path: '/v3/activities/list_delete', handle: removal('list_delete', 'list', limits.deletedLists) },
  {
    ...guarded,
    path: '/v3/activities/contacts_tags_delete',
    handle: removal('tags_delete', 'tag', limits.deletedTags),
  },
  {
    ...guarded,
    path: '/v3/activities/custom_fields_delete',
    handle: removal('custom_fields_delete', 'customField', limits.deletedFields),
  },
];

/** Row numbers of ids in a body, or null when the property is missing. Unknown ids are refused with 404, a guess. */
export function readSeqs(
  values: Record<string, unknown>,
  name: string,
  kind: IdKind,
  most: number,
  context: PracticeContext,
): number[] | null {
  const ids = optionalIds(values, name, most);
  return (
    ids?.map((id) => {
      const seq = context.ids.parse(kind, id);
      if (seq === null || !isThere(kind, seq, context)) throw notFound(`An id in ${name} was not found.`);
      return seq;
    }) ?? null
  );
}

function isThere(kind: IdKind, seq: number, context: PracticeContext): boolean {
  if (kind === 'list') return context.lists.get(seq)?.deleted_at === null;
  if (kind === 'tag') return context.tags.get(seq) !== undefined;
  if (kind === 'customField') return context.fields.get(seq) !== undefined;
  return context.contacts.get(seq) !== undefined;
}

/** The one source of people a body names; null when it names none. */
export function readSource(values: Record<string, unknown>, context: PracticeContext): PeopleSource | null {
  const sources: PeopleSource[] = [];
  const contacts = readSeqs(values, 'contact_ids', 'contact', limits.contacts, context);
  if (contacts !== null) sources.push({ kind: 'contacts', seqs: contacts });
  const lists = readSeqs(values, 'list_ids', 'list', limits.lists, context);
  if (lists !== null) sources.push({ kind: 'lists', seqs: lists });
  const tags = readSeqs(values, 'tag_ids', 'tag', limits.tags, context);
  if (tags !== null) sources.push({ kind: 'tags', seqs: tags });
  if (optionalBoolean(values, 'all_active_contacts') === true) sources.push({ kind: 'active' });
  // The practice account measures no engagement and knows no segments; new subscribers are its empty set.
  for (const name of ['engagement_level', 'segment_id']) {
    if (values[name] !== undefined) throw validationError(`${name} does not have a valid value`);
  }
  if (optionalBoolean(values, 'new_subscriber') === true) sources.push({ kind: 'contacts', seqs: [] });
  if (sources.length > 1) throw validationError('Only one source can be used.');
  return sources[0] ?? null;
}

/** Row numbers in `exclude.contact_ids`. */
export function readExcluded(values: Record<string, unknown>, most: number, context: PracticeContext): number[] {
  const exclude = values.exclude ?? null;
  if (exclude === null) return [];
  if (!isRecord(exclude)) throw validationError('exclude does not have a valid value');
  return readSeqs(exclude, 'contact_ids', 'contact', most, context) ?? [];
}

function readPeople(
  call: Call,
  context: PracticeContext,
): { values: Record<string, unknown>; source: PeopleSource; excluded: number[] } {
  const values = jsonBody(call);
  if (!isRecord(values.source)) throw validationError('source is missing');
  const source = readSource(values.source, context);
  if (source === null) throw validationError('source does not have a valid value');
  return { values, source, excluded: readExcluded(values, limits.contacts, context) };
}

function required(seqs: number[] | null, name: string): number[] {
  if (seqs === null) throw validationError(`${name} is missing`);
  return seqs;
}

function submitPeople(
  kind: ActivityKind,
  source: PeopleSource,
  excluded: readonly number[],
  targets: readonly number[],
  counters: Counters,
  context: PracticeContext,
): Answer {
  const people = countPeople(context, source, excluded, source.kind === 'contacts');
  const items = { items_total_count: people, items_completed_count: 0, ...counters };
  const row = context.engine.submit({ kind, input: { source, excluded, targets, people }, counters: items });
  return createdActivity(row, context);
}

function changeMemberships(kind: 'add_memberships' | 'remove_memberships') {
  return (call: Call, context: PracticeContext): Answer => {
    const { values, source, excluded } = readPeople(call, context);
    const targets = required(readSeqs(values, 'list_ids', 'list', limits.lists, context), 'list_ids');
    return submitPeople(kind, source, excluded, targets, { list_count: targets.length }, context);
  };
}

function changeTaggings(kind: 'taggings_add' | 'taggings_remove') {
  return (call: Call, context: PracticeContext): Answer => {
    const { values, source, excluded } = readPeople(call, context);
    const targets = required(readSeqs(values, 'tag_ids', 'tag', limits.tags, context), 'tag_ids');
    return submitPeople(kind, source, excluded, targets, {}, context);
  };
}

function deleteContacts(call: Call, context: PracticeContext): Answer {
  const values = jsonBody(call);
  const source = readSource(values, context);
  if (source === null || (source.kind !== 'contacts' && source.kind !== 'lists')) {
    throw validationError('contact_ids or list_ids is missing');
  }
  const counters = source.kind === 'lists' ? { list_count: source.seqs.length } : {};
  return submitPeople('contact_delete', source, [], [], counters, context);
}

function removal(kind: 'list_delete' | 'tags_delete' | 'custom_fields_delete', id: IdKind, most: number) {
  const name = { list: 'list_ids', tag: 'tag_ids', customField: 'custom_field_ids' }[
    id as 'list' | 'tag' | 'customField'
  ];
  return (call: Call, context: PracticeContext): Answer => {
    const values = jsonBody(call);
    requiredIds(values, name, most);
    const seqs = required(readSeqs(values, name, id, most, context), name);
    if (id === 'list' && seqs.length >= context.lists.count('active')) {
      throw validationError('One list must remain in the account.');
    }
    const row = context.engine.submit({ kind, input: { seqs }, counters: removalCounters(kind, seqs.length) });
    return createdActivity(row, context);
  };
}

function removalCounters(kind: ActivityKind, count: number): Counters {
  if (kind === 'list_delete') return { list_count: count };
  return kind === 'tags_delete' ? { items_total_count: count, items_completed_count: 0 } : {};
}
