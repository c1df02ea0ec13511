import type Database from 'better-sqlite3';

export interface FieldRow {
  readonly seq: number;
  readonly label: string;
  readonly name: string;
  readonly type: string;
  readonly version: number;
  readonly metadata: string | null;
  readonly choices: string | null;
  readonly created_at: number;
  readonly updated_at: number;
}

export interface FieldInput {
  readonly label: string;
  readonly type: string;
  readonly version: number;
  readonly metadata: unknown;
  readonly choices: readonly unknown[] | null;
}

export const fieldTypes = [
  'string',
  'text_area',
  'number',
  'currency',
  'date',
  'datetime',
  'boolean',
  'single_select',
  'multi_select',
] as const;

/** Most custom fields an account can hold (constant-contact-v3.md 7). */
export const mostFields = 100;

/** The custom fields of the account. */
export class FieldStore {
  readonly #database: Database.Database;
  /** Fields by row number; every import and every contact shown needs them. */
  #all: Map<number, FieldRow>;

  constructor(database: Database.Database) {
    this.#database = database;
    this.#all = this.#read();
  }

  get(seq: number): FieldRow | undefined {
    return this.#all.get(seq);
  }

  all(): FieldRow[] {
    return [...this.#all.values()];
  }

  byLabel(label: string): FieldRow | undefined {
    return this.all().find((field) => field.label.toLowerCase() === label.toLowerCase());
  }

  create(input: FieldInput, now: number): FieldRow {
    const { lastInsertRowid } = this.#database
      .prepare(
        `INSERT INTO custom_field (label, name, type, version, metadata, choices, created_at, updated_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(
        input.label,
        this.#freeName(input.label),
        input.type,
        input.version,
        input.metadata === undefined ? null : JSON.stringify(input.metadata),
        input.choices === null ? null : JSON.stringify(input.choices),
        now,
        now,
      );
    return this.#changed(Number(lastInsertRowid));
  }

  update(seq: number, label: string, choices: readonly unknown[] | null, now: number): FieldRow {
    this.#database
      .prepare('UPDATE custom_field SET label = ?, choices = coalesce(?, choices), updated_at = ? WHERE seq = ?')
      .run(label, choices === null ? null : JSON.stringify(choices), now, seq);
    return this.#changed(seq);
  }

  /** Removes a field. Values kept by contacts are no longer shown. */
  delete(seq: number): void {
    this.#database.prepare('DELETE FROM custom_field WHERE seq = ?').run(seq);
    this.#all.delete(seq);
  }

  #changed(seq: number): FieldRow {
    this.#all = this.#read();
    const row = this.#all.get(seq);
    if (row === undefined) throw new Error(`Custom field ${seq} is gone.`);
    return row;
  }

  #read(): Map<number, FieldRow> {
    const rows = this.#database.prepare<[], FieldRow>('SELECT * FROM custom_field ORDER BY seq').all();
    return new Map(rows.map((row) => [row.seq, row]));
  }

  /** The key under which imports name the field: lower case, `[a-z0-9_]`, at most 50, as live samples show (7). */
  #freeName(label: string): string {
    const plain = label
      .normalize('NFD')
      .toLowerCase()
      .replaceAll(/\p{M}/gu, '')
      .replaceAll(/[^a-z0-9]+/g, '_')
      .slice(0, 50);
    const taken = new Set(this.all().map((field) => field.name));
    for (let copy = 1; ; copy += 1) {
      const suffix = copy === 1 ? '' : `_${copy}`;
      const name = `${plain.slice(0, 50 - suffix.length)}${suffix}`;
      if (!taken.has(name)) return name;
    }
  }
}
