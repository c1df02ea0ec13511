import { validationError } from '../http/api-error.ts';
import type { Call } from '../http/call.ts';
import type { PracticeContext } from '../practice-context.ts';
import { permissions, unsubscribedPermission } from '../state/contact-details.ts';
import type { ContactRow } from '../state/contact-store.ts';
import { type Include, includes } from './contact-body.ts';

const mostLists = 25;
const mostTags = 50;

/** The conditions of a `GET /contacts`, as SQL over `contact` and its parameters. */
export interface ContactQuery {
  readonly where: string;
  readonly parameters: readonly (string | number)[];
  /** Set when one address is asked for: read through the address index instead. */
  readonly address: string | null;
  /** Set when one list is asked for: read along that list instead of past a million others. */
  readonly list: number | null;
}

const statuses = ['all', 'active', 'deleted', 'not_set', 'pending_confirmation', 'temp_hold', 'unsubscribed'];

/** Reads the filters of `GET /contacts` (constant-contact-v3.md 5.1). Without `status`: everybody not deleted. */
export function readContactQuery(call: Call, context: PracticeContext): ContactQuery {
  const where: string[] = [];
  const parameters: (string | number)[] = [];
  const add = (condition: string, ...values: (string | number)[]) => {
    where.push(condition);
    parameters.push(...values);
  };
  add(statusCondition(words(call, 'status')));

  let only: number | null = null;
  const lists = words(call, 'lists');
  if (lists.length > mostLists) throw validationError(`lists is too long (maximum is ${mostLists} items)`);
  if (lists.length > 0) {
    const seqs = lists.map((id) => context.ids.parse('list', id));
    if (seqs.includes(null)) throw validationError('lists does not have a valid value');
    only = seqs.length === 1 ? (seqs[0] ?? null) : null;
    const among = 'EXISTS (SELECT 1 FROM membership WHERE contact = contact.seq AND list IN';
    if (only === null) add(`${among} (SELECT value FROM json_each(?)))`, JSON.stringify(seqs));
  }
  const tags = words(call, 'tags');
  if (tags.length > mostTags) throw validationError(`tags is too long (maximum is ${mostTags} items)`);
  if (tags.length > 0) {
    const seqs = tags.map((id) => context.ids.parse('tag', id));
    if (seqs.includes(null)) throw validationError('tags does not have a valid value');
    const among = 'EXISTS (SELECT 1 FROM tagging WHERE contact = contact.seq AND tag IN';
    add(`${among} (SELECT value FROM json_each(?)))`, JSON.stringify(seqs));
  }
  for (const [name, column] of [
    ['updated', 'updated_at'],
    ['created', 'created_at'],
    ['optout', "json_extract(details, '$.optOut.at')"],
  ] as const) {
    const after = readTime(call, `${name}_after`);
    const before = readTime(call, `${name}_before`);
    if (name === 'optout' && (after !== null || before !== null)) add(`permission = ${unsubscribedPermission}`);
    if (after !== null) add(`${column} > ?`, after);
    if (before !== null) add(`${column} < ?`, before);
  }
  if (call.query.has('segment_id')) throw validationError('segment_id does not have a valid value');
  const email = call.query.get('email');
  return { where: where.join(' AND '), parameters, address: email, list: only };
}

/** Reads `include`, a list of words. */
export function readIncludes(call: Call): Include[] {
  return words(call, 'include').map((word) => {
    const include = includes.find((known) => known === word);
    if (include === undefined) throw validationError('include does not have a valid value');
    return include;
  });
}

/** The people a query means, after row `after`. */
export function findContacts(
  query: ContactQuery,
  after: number,
  limit: number,
  context: PracticeContext,
): ContactRow[] {
  const source = sourceOf(query, context);
  if (source === null) return [];
  const sql = `SELECT contact.* FROM ${source.from} WHERE ${source.key} > ? AND ${source.where} AND ${query.where}
    ORDER BY ${source.key} LIMIT ?`;
  const values = [after, ...source.parameters, ...query.parameters, limit];
  return context.database.prepare<(string | number)[], ContactRow>(sql).all(...values);
}

/** How many people a query means. */
export function countContacts(query: ContactQuery, context: PracticeContext): number {
  const source = sourceOf(query, context);
  if (source === null) return 0;
  const sql = `SELECT count(*) FROM ${source.from} WHERE ${source.where} AND ${query.where}`;
  const counted = context.database.prepare<(string | number)[], number>(sql).pluck();
  return counted.get(...source.parameters, ...query.parameters) ?? 0;
}

interface Source {
  readonly from: string;
  readonly key: string;
  readonly where: string;
  readonly parameters: readonly number[];
}

/** Where to read from so that as few rows as possible are passed; null when nobody can be meant. */
function sourceOf(query: ContactQuery, context: PracticeContext): Source | null {
  if (query.address !== null) {
    const found = context.contacts.find(query.address);
    if (found === undefined) return null;
    const isOn = query.list === null || context.lists.listsOf(found.seq).includes(query.list);
    return isOn ? { from: 'contact', key: 'seq', where: 'seq = ?', parameters: [found.seq] } : null;
  }
  if (query.list === null) return { from: 'contact', key: 'seq', where: 'true', parameters: [] };
  // CROSS JOIN keeps SQLite to this order.
  const from = 'membership CROSS JOIN contact ON contact.seq = membership.contact';
  return { from, key: 'membership.contact', where: 'membership.list = ?', parameters: [query.list] };
}

function words(call: Call, name: string): string[] {
  const text = call.query.get(name);
  return text === null || text === '' ? [] : text.split(',').map((word) => word.trim());
}

function statusCondition(asked: readonly string[]): string {
  if (asked.length === 0) return 'deleted_at IS NULL';
  const conditions = asked.map((status) => {
    if (!statuses.includes(status)) throw validationError('status does not have a valid value');
    if (status === 'all') return 'true';
    if (status === 'deleted') return 'deleted_at IS NOT NULL';
    const meant = permissions
      .map((permission, index) => ({ permission, index }))
      .filter(({ permission }) =>
        status === 'active' ? permission === 'implicit' || permission === 'explicit' : permission === status,
      );
    return `(deleted_at IS NULL AND permission IN (${meant.map(({ index }) => index).join(', ')}))`;
  });
  return `(${conditions.join(' OR ')})`;
}

function readTime(call: Call, name: string): number | null {
  const text = call.query.get(name);
  if (text === null) return null;
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw validationError(`${name} does not have a valid value`);
  return time;
}
