import type Database from 'better-sqlite3';
import { unsubscribedPermission } from './contact-details.ts';

export interface ListRow {
  readonly seq: number;
  readonly name: string;
  readonly description: string;
  readonly favorite: number;
  readonly member_count: number;
  readonly created_at: number;
  readonly updated_at: number;
  readonly deleted_at: number | null;
}

export interface ListInput {
  readonly name: string;
  readonly description: string;
  readonly favorite: boolean;
}

export type ListStatus = 'all' | 'active' | 'deleted';

const conditions = { all: 'true', active: 'deleted_at IS NULL', deleted: 'deleted_at IS NOT NULL' } as const;

/** Most lists an account can hold (constant-contact-v3.md 4). */
export const mostLists = 1_000;

/** Lists and who is on them. A list's number of members is kept with it, so that no page counts a million rows. */
export class ListStore {
  readonly #database: Database.Database;
  readonly #get;
  readonly #addMembers;
  readonly #removeMembers;
  readonly #countBy;
  readonly #listsOf;

  constructor(database: Database.Database) {
    this.#database = database;
    this.#get = database.prepare<[number], ListRow>('SELECT * FROM list WHERE seq = ?');
    this.#addMembers = database.prepare<[number, string]>(
      'INSERT OR IGNORE INTO membership (list, contact) SELECT ?, value FROM json_each(?)',
    );
    this.#removeMembers = database.prepare<[number, string]>(
      'DELETE FROM membership WHERE list = ? AND contact IN (SELECT value FROM json_each(?))',
    );
    this.#countBy = database.prepare<[number, number]>('UPDATE list SET member_count = member_count + ? WHERE seq = ?');
    this.#listsOf = database.prepare<[number], number>('SELECT list FROM membership WHERE contact = ?').pluck();
  }

  get(seq: number): ListRow | undefined {
    return this.#get.get(seq);
  }

  /** The living list with exactly this name (names are unique without regard to case, a guess). */
  byName(name: string): ListRow | undefined {
    return this.#database
      .prepare<[string], ListRow>('SELECT * FROM list WHERE name = ? COLLATE NOCASE AND deleted_at IS NULL')
      .get(name);
  }

  /** Lists after `after` in order of creation; `name` keeps those with exactly this full name. */
  page(status: ListStatus, name: string | null, after: number, limit: number): ListRow[] {
    return this.#database
      .prepare<[number, string | null, string | null, number], ListRow>(
        `SELECT * FROM list WHERE seq > ? AND (? IS NULL OR name = ? COLLATE NOCASE) AND ${conditions[status]}
         ORDER BY seq LIMIT ?`,
      )
      .all(after, name, name, limit);
  }

  count(status: ListStatus, name: string | null = null): number {
    const sql = `SELECT count(*) FROM list WHERE (? IS NULL OR name = ? COLLATE NOCASE) AND ${conditions[status]}`;
    return this.#database.prepare<(string | null)[], number>(sql).pluck().get(name, name) ?? 0;
  }

  create(input: ListInput, now: number): ListRow {
    const { lastInsertRowid } = this.#database
      .prepare('INSERT INTO list (name, description, favorite, created_at, updated_at) VALUES (?, ?, ?, ?, ?)')
      .run(input.name, input.description, Number(input.favorite), now, now);
    return this.#existing(Number(lastInsertRowid));
  }

  update(seq: number, input: ListInput, now: number): ListRow {
    this.#database
      .prepare('UPDATE list SET name = ?, description = ?, favorite = ?, updated_at = ? WHERE seq = ?')
      .run(input.name, input.description, Number(input.favorite), now, seq);
    return this.#existing(seq);
  }

  /** Removes a list and its memberships, never the people (4). */
  delete(seq: number, now: number): void {
    this.#database.prepare('DELETE FROM membership WHERE list = ?').run(seq);
    this.#database
      .prepare('UPDATE list SET deleted_at = ?, updated_at = ?, member_count = 0 WHERE seq = ?')
      .run(now, now, seq);
  }

  /** Puts people on a list; who is on it already stays. Answers how many were new to it. */
  addMembers(list: number, contacts: readonly number[]): number {
    if (contacts.length === 0) return 0;
    const { changes } = this.#addMembers.run(list, JSON.stringify(contacts));
    if (changes > 0) this.#countBy.run(changes, list);
    return changes;
  }

  /** Takes people off a list; answers how many were on it. */
  removeMembers(list: number, contacts: readonly number[]): number {
    if (contacts.length === 0) return 0;
    const { changes } = this.#removeMembers.run(list, JSON.stringify(contacts));
    if (changes > 0) this.#countBy.run(-changes, list);
    return changes;
  }

  /** Row numbers of the lists a contact is on. */
  listsOf(contact: number): number[] {
    return this.#listsOf.all(contact);
  }

  /** Members who can be mailed: everybody on the list except the opted out. */
  activeMembers(list: ListRow): number {
    const optedOut = this.#database
      .prepare<[number, number], number>(
        `SELECT count(*) FROM contact WHERE permission = ? AND deleted_at IS NULL
         AND EXISTS (SELECT 1 FROM membership WHERE list = ? AND contact = contact.seq)`,
      )
      .pluck()
      .get(unsubscribedPermission, list.seq);
    return list.member_count - (optedOut ?? 0);
  }

  #existing(seq: number): ListRow {
    const row = this.get(seq);
    if (row === undefined) throw new Error(`List ${seq} is gone.`);
    return row;
  }
}
