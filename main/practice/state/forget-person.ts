import { readdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';

/** How one person's address is recognised. */
interface PersonPattern {
  readonly address: string;
  mentions(text: string): boolean;
  without(text: string, instead: string): string;
}

/** How many contacts and imports of a practice account hold a person. The account may be running. */
export function countPracticePerson(file: string, { address }: PersonPattern): number {
  const database = new Database(file, { readonly: true });
  try {
    const count = (sql: string): number => Number(database.prepare(sql).pluck().get(address));
    return (
      count('SELECT count(*) FROM contact WHERE lower(address) = ?') +
      count('SELECT count(*) FROM activity_body WHERE instr(lower(CAST(body AS TEXT)), ?) > 0')
    );
  } finally {
    database.close();
  }
}

/**
 * Takes a person out of a practice account: contact, memberships, tags, what was posted of them. The account must not be
 * running. Posted bodies that name the person go whole: their imports have ended.
 */
export function forgetPracticePerson(file: string, person: PersonPattern): void {
  for (const saved of savedExports(file)) {
    if (readFileSync(saved, 'utf8').toLowerCase().includes(person.address)) rmSync(saved, { force: true });
  }
  const database = new Database(file);
  try {
    database.pragma('foreign_keys = OFF');
    database.function('mentions_person', (text) => Number(typeof text === 'string' && person.mentions(text)));
    database.function('without_person', (text) => (typeof text === 'string' ? person.without(text, '…') : text));
    database.transaction(() => {
      const contacts = database
        .prepare('SELECT seq FROM contact WHERE lower(address) = ?')
        .pluck()
        .all(person.address) as number[];
      for (const contact of contacts) {
        database
          .prepare(
            'UPDATE list SET member_count = member_count - 1 WHERE seq IN (SELECT list FROM membership WHERE contact = ?)',
          )
          .run(contact);
        database.prepare('DELETE FROM membership WHERE contact = ?').run(contact);
        database.prepare('DELETE FROM tagging WHERE contact = ?').run(contact);
        database.prepare('DELETE FROM contact WHERE seq = ?').run(contact);
      }
      database.prepare('DELETE FROM activity_body WHERE instr(lower(CAST(body AS TEXT)), ?) > 0').run(person.address);
      for (const [table, column] of textColumns(database)) {
        database
          .prepare(
            `UPDATE OR IGNORE "${table}" SET "${column}" = without_person("${column}")
             WHERE mentions_person("${column}") = 1`,
          )
          .run();
      }
    })();
    database.pragma('wal_checkpoint(TRUNCATE)');
    database.exec('VACUUM');
    database.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    database.close();
  }
}

/** Files that contact exports have left beside the state. */
function savedExports(file: string): string[] {
  const folder = `${file}-exports`;
  try {
    return readdirSync(folder).map((name) => path.join(folder, name));
  } catch {
    return [];
  }
}

function textColumns(database: Database.Database): (readonly [string, string])[] {
  const rows = database
    .prepare(
      `SELECT m.name AS "table", c.name AS "column" FROM sqlite_schema m JOIN pragma_table_info(m.name) c
       WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> 'contact' AND c.type = 'TEXT'`,
    )
    .all() as { table: string; column: string }[];
  return rows.map(({ table, column }) => [table, column] as const);
}
