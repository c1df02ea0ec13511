import type Database from 'better-sqlite3';
import { AddressIndex, addressKey } from './address-index.ts';
import { type ContactDetails, type Permission, permissions } from './contact-details.ts';

export interface ContactRow {
  readonly seq: number;
  readonly address: string | null;
  readonly permission: number;
  readonly details: string;
  readonly created_at: number;
  readonly updated_at: number;
  readonly deleted_at: number | null;
}

/** Every read and write of contacts. Addresses are unique without regard to case; the first spelling is kept. */
export class ContactStore {
  readonly #database: Database.Database;
  readonly #index = new AddressIndex();
  readonly #get;
  readonly #bySms;
  readonly #insert;
  readonly #saveDetails;
  readonly #save;
  #last: number;
  /** People who are not deleted, by permission number: counted once at the start and kept, since every page asks. */
  #counts: number[];

  constructor(database: Database.Database) {
    this.#database = database;
    this.#get = database.prepare<[number], ContactRow>('SELECT * FROM contact WHERE seq = ?');
    this.#bySms = database.prepare<[string], ContactRow>(
      "SELECT * FROM contact WHERE address IS NULL AND json_extract(details, '$.sms') = ? ORDER BY seq LIMIT 1",
    );
    this.#insert = database.prepare<[number, string | null, number, string, number, number]>(
      'INSERT INTO contact VALUES (?, ?, ?, ?, ?, ?, NULL)',
    );
    this.#saveDetails = database.prepare<[string, number, number]>(
      'UPDATE contact SET details = ?, updated_at = ? WHERE seq = ?',
    );
    this.#save = database.prepare<[string | null, number, string, number, number | null, number]>(
      'UPDATE contact SET address = ?, permission = ?, details = ?, updated_at = ?, deleted_at = ? WHERE seq = ?',
    );
    this.#last = database.prepare<[], number>('SELECT coalesce(max(seq), 0) FROM contact').pluck().get() ?? 0;
    this.#counts = this.#count();
    const all = database.prepare<[], [number, string]>('SELECT seq, address FROM contact WHERE address IS NOT NULL');
    for (const [seq, address] of all.raw().iterate() as Iterable<[number, string]>) {
      this.#index.add(addressKey(address), seq);
    }
  }

  /** The contact with this row number, deleted ones too. */
  get(seq: number): ContactRow | undefined {
    return this.#get.get(seq);
  }

  /** The contact with this address, deleted ones too. */
  find(address: string): ContactRow | undefined {
    const key = addressKey(address);
    let found: ContactRow | undefined;
    this.#index.find(key, (seq) => {
      const row = this.#get.get(seq);
      if (row === undefined || row.address === null || addressKey(row.address) !== key) return false;
      found = row;
      return true;
    });
    return found;
  }

  /** The contact without an address who has this SMS number. */
  findBySms(number: string): ContactRow | undefined {
    return this.#bySms.get(number);
  }

  /** Adds a contact whose address is known to be new; answers its row number. */
  insert(address: string | null, permission: number, details: string, now: number): number {
    this.#last += 1;
    this.#insert.run(this.#last, address, permission, details, now, now);
    if (address !== null) this.#index.add(addressKey(address), this.#last);
    this.#add(permission, 1);
    return this.#last;
  }

  /** Writes what an import changes. */
  saveDetails(seq: number, details: string, now: number): void {
    this.#saveDetails.run(details, now, seq);
  }

  /** Writes a whole contact; a changed address must be free. */
  save(before: ContactRow, after: Omit<ContactRow, 'seq' | 'created_at'>): void {
    const { address, permission, details, updated_at, deleted_at } = after;
    this.#save.run(address, permission, details, updated_at, deleted_at, before.seq);
    if (before.deleted_at === null) this.#add(before.permission, -1);
    if (deleted_at === null) this.#add(permission, 1);
    const [old, fresh] = [before.address, address].map((text) => (text === null ? null : addressKey(text)));
    if (old === fresh) return;
    if (old !== null && old !== undefined) this.#index.remove(old, before.seq);
    if (fresh !== null && fresh !== undefined) this.#index.add(fresh, before.seq);
  }

  /** People who are not deleted, by permission. */
  countByPermission(): Record<Permission, number> {
    const counts = permissions.map((permission, index) => [permission, this.#counts[index] ?? 0]);
    return Object.fromEntries(counts) as Record<Permission, number>;
  }

  /** People who are not deleted. */
  count(): number {
    return this.#counts.reduce((sum, people) => sum + people, 0);
  }

  #add(permission: number, people: number): void {
    this.#counts[permission] = (this.#counts[permission] ?? 0) + people;
  }

  #count(): number[] {
    const counts = permissions.map(() => 0);
    const rows = this.#database
      .prepare<[], { permission: number; people: number }>(
        'SELECT permission, count(*) AS people FROM contact WHERE deleted_at IS NULL GROUP BY permission',
      )
      .all();
    for (const { permission, people } of rows) counts[permission] = people;
    return counts;
  }
}

/** The details of a stored contact. */
export function detailsOf(row: Pick<ContactRow, 'details'>): ContactDetails {
  return JSON.parse(row.details) as ContactDetails;
}
