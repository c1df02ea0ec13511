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

/** Address and details; a statement's rows share the rest. */
const insertValues = 2;
/** Rows that one statement adds: a third of the time of a statement for each. */
const insertRows = 50;

interface SharedValues {
  /** The first row's number; the others follow. */
  readonly first: number;
  readonly permission: number;
  readonly now: number;
}

interface Unwritten {
  readonly values: (string | null)[];
  shared: SharedValues;
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
  readonly #insertMany;
  #last: number;
  /** Rows that {@link inBatches} has not written yet: neighbours that share all but their values. Null outside of it. */
  #unwritten: Unwritten | null = null;
  /** The address asked for last and its key: whoever is not found is added next. */
  #asked = { address: '', key: '' };
  /** People who are not deleted, by permission number: counted once at the start and kept, since every page asks. */
  #counts: number[];

  constructor(database: Database.Database) {
    this.#database = database;
    this.#get = database.prepare<[number], ContactRow>('SELECT * FROM contact WHERE seq = ?');
    this.#bySms = database.prepare<[string], ContactRow>(
      "SELECT * FROM contact WHERE address IS NULL AND json_extract(details, '$.sms') = ? ORDER BY seq LIMIT 1",
    );
    const inserting = (rows: number) => {
      const values = Array.from(
        { length: rows },
        (_, index) => `(@first + ${index}, ?, @permission, ?, @now, @now, NULL)`,
      );
      return database.prepare<[(string | null)[], SharedValues]>(`INSERT INTO contact VALUES ${values.join(', ')}`);
    };
    this.#insert = inserting(1);
    this.#insertMany = inserting(insertRows);
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
    this.#write();
    return this.#get.get(seq);
  }

  /** The contact with this address, deleted ones too. */
  find(address: string): ContactRow | undefined {
    const key = addressKey(address);
    this.#asked = { address, key };
    let found: ContactRow | undefined;
    this.#index.find(key, (seq) => {
      const row = this.get(seq);
      if (row === undefined || row.address === null || addressKey(row.address) !== key) return false;
      found = row;
      return true;
    });
    return found;
  }

  /** The contact without an address who has this SMS number. */
  findBySms(number: string): ContactRow | undefined {
    this.#write();
    return this.#bySms.get(number);
  }

  /** Adds a contact whose address is known to be new; answers its row number. */
  insert(address: string | null, permission: number, details: string, now: number): number {
    this.#last += 1;
    const shared = { first: this.#last, permission, now };
    if (this.#unwritten === null) this.#insert.run([address, details], shared);
    else this.#collect(this.#unwritten, [address, details], shared);
    if (address !== null) {
      this.#index.add(this.#asked.address === address ? this.#asked.key : addressKey(address), this.#last);
    }
    this.#add(permission, 1);
    return this.#last;
  }

  /**
   * Carries out what adds many contacts, writing several rows with one statement. The table itself holds all of them
   * when it has ended; in between they are found through this store only. Belongs into a transaction.
   */
  inBatches(work: () => void): void {
    this.#unwritten = { values: [], shared: { first: 0, permission: 0, now: 0 } };
    try {
      work();
      this.#write();
    } finally {
      this.#unwritten = null;
    }
  }

  /** Holds a row back until there are enough for one statement. */
  #collect(unwritten: Unwritten, row: readonly [string | null, string], shared: SharedValues): void {
    if (unwritten.shared.permission !== shared.permission || unwritten.shared.now !== shared.now) this.#write();
    if (unwritten.values.length === 0) unwritten.shared = shared;
    unwritten.values.push(...row);
    if (unwritten.values.length < insertRows * insertValues) return;
    this.#insertMany.run(unwritten.values, unwritten.shared);
    unwritten.values.length = 0;
  }

  /** Writes what {@link inBatches} still holds back. */
  #write(): void {
    if (this.#unwritten === null) return;
    const { values, shared } = this.#unwritten;
    for (let at = 0; at < values.length; at += insertValues) {
      const first = shared.first + at / insertValues;
      this.#insert.run(values.slice(at, at + insertValues), { ...shared, first });
    }
    values.length = 0;
  }

  /** Writes what an import changes. */
  saveDetails(seq: number, details: string, now: number): void {
    this.#write();
    this.#saveDetails.run(details, now, seq);
  }

  /** Writes a whole contact; a changed address must be free. */
  save(before: ContactRow, after: Omit<ContactRow, 'seq' | 'created_at'>): void {
    this.#write();
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
