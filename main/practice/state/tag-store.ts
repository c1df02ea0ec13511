import type Database from 'better-sqlite3';

export interface TagRow {
  readonly seq: number;
  readonly name: string;
  readonly source: string;
  readonly created_at: number;
  readonly updated_at: number;
}

/** Tags and who carries them. */
export class TagStore {
  readonly #database: Database.Database;
  readonly #tagsOf;

  constructor(database: Database.Database) {
    this.#database = database;
    this.#tagsOf = database.prepare<[number], number>('SELECT tag FROM tagging WHERE contact = ?').pluck();
  }

  get(seq: number): TagRow | undefined {
    return this.#database.prepare<[number], TagRow>('SELECT * FROM tag WHERE seq = ?').get(seq);
  }

  byName(name: string): TagRow | undefined {
    return this.#database.prepare<[string], TagRow>('SELECT * FROM tag WHERE name = ?').get(name);
  }

  page(after: number, limit: number): TagRow[] {
    return this.#database
      .prepare<[number, number], TagRow>('SELECT * FROM tag WHERE seq > ? ORDER BY seq LIMIT ?')
      .all(after, limit);
  }

  create(name: string, source: string, now: number): TagRow {
    const { lastInsertRowid } = this.#database
      .prepare('INSERT INTO tag (name, source, created_at, updated_at) VALUES (?, ?, ?, ?)')
      .run(name, source, now, now);
    return this.#existing(Number(lastInsertRowid));
  }

  rename(seq: number, name: string, now: number): TagRow {
    this.#database.prepare('UPDATE tag SET name = ?, updated_at = ? WHERE seq = ?').run(name, now, seq);
    return this.#existing(seq);
  }

  delete(seq: number): void {
    this.#database.prepare('DELETE FROM tagging WHERE tag = ?').run(seq);
    this.#database.prepare('DELETE FROM tag WHERE seq = ?').run(seq);
  }

  people(seq: number): number {
    return this.#database.prepare<[number], number>('SELECT count(*) FROM tagging WHERE tag = ?').pluck().get(seq) ?? 0;
  }

  /** Row numbers of the tags a contact carries. */
  tagsOf(contact: number): number[] {
    return this.#tagsOf.all(contact);
  }

  add(tag: number, contacts: readonly number[]): void {
    this.#database
      .prepare('INSERT OR IGNORE INTO tagging (tag, contact) SELECT ?, value FROM json_each(?)')
      .run(tag, JSON.stringify(contacts));
  }

  remove(tag: number, contacts: readonly number[]): void {
    this.#database
      .prepare('DELETE FROM tagging WHERE tag = ? AND contact IN (SELECT value FROM json_each(?))')
      .run(tag, JSON.stringify(contacts));
  }

  #existing(seq: number): TagRow {
    const row = this.get(seq);
    if (row === undefined) throw new Error(`Tag ${seq} is gone.`);
    return row;
  }
}
