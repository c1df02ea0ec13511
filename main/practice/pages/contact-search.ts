import type { PracticeContext } from '../practice-context.ts';
import type { ContactRow } from '../state/contact-store.ts';

export interface ContactSearch {
  /** Part of an address; empty for everybody. */
  readonly text: string;
  /** Row number of a list, or null. */
  readonly list: number | null;
  /** A permission's number, `deleted`, or null for everybody not deleted. */
  readonly status: number | 'deleted' | null;
}

/** Rows looked at before other requests get their turn. */
const slice = 20_000;

/**
 * The people of a search after row `after`, in order. A whole address is found at once; part of one by reading through
 * the account in slices, so that a search among a million holds nothing else up.
 */
export async function searchContacts(
  search: ContactSearch,
  after: number,
  limit: number,
  context: PracticeContext,
): Promise<ContactRow[]> {
  const text = search.text.trim().toLowerCase();
  if (text.includes('@')) {
    const found = context.contacts.find(text);
    if (found !== undefined) return found.seq > after && fits(found, search, context) ? [found] : [];
  }
  const [from, key] =
    search.list === null
      ? ['contact', 'seq']
      : ['membership CROSS JOIN contact ON contact.seq = membership.contact', 'membership.contact'];
  const status = search.status === null ? '' : search.status === 'deleted' ? '' : `AND permission = ${search.status}`;
  const statement = context.database.prepare<number[], ContactRow>(
    `SELECT contact.* FROM ${from} WHERE ${key} > ? ${search.list === null ? '' : 'AND membership.list = ?'}
     AND deleted_at IS ${search.status === 'deleted' ? 'NOT NULL' : 'NULL'} ${status} ORDER BY ${key} LIMIT ?`,
  );
  const wanted: ContactRow[] = [];
  const list = search.list === null ? [] : [search.list];
  const step = text === '' ? limit : slice;
  for (let last = after; ; ) {
    const rows = statement.all(last, ...list, step);
    for (const row of rows) {
      if (text !== '' && !(row.address ?? '').toLowerCase().includes(text)) continue;
      wanted.push(row);
      if (wanted.length === limit) return wanted;
    }
    const end = rows.at(-1);
    if (end === undefined || rows.length < step) return wanted;
    last = end.seq;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function fits(row: ContactRow, search: ContactSearch, context: PracticeContext): boolean {
  if (search.list !== null && !context.lists.listsOf(row.seq).includes(search.list)) return false;
  if (search.status === 'deleted') return row.deleted_at !== null;
  return row.deleted_at === null && (search.status === null || row.permission === search.status);
}
