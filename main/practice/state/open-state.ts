import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { schema } from './schema.ts';

/** The layout's number, kept in `user_version`. A practice account's file of another layout is refused, not migrated. */
const layout = 1;

export interface AccountRow {
  readonly node: string;
  readonly signing_secret: string;
  readonly organization_name: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly contact_email: string;
  readonly created_at: number;
}

export interface OpenState {
  readonly database: Database.Database;
  readonly account: AccountRow;
  /** Whether the file was made by this call: it has no lists and no contacts yet. */
  readonly isNew: boolean;
}

/**
 * Opens (or makes) a practice account's state file. WAL with `synchronous=NORMAL`: a killed process loses nothing, a
 * power cut at most the last moments, which is enough for an account that exists to be tried out.
 * @throws Error when the file belongs to another layout
 */
export function openState(file: string, now: number): OpenState {
  mkdirSync(path.dirname(file), { recursive: true });
  const database = new Database(file);
  database.pragma('page_size = 4096');
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = NORMAL');
  database.pragma('cache_size = -65536');
  database.pragma('wal_autocheckpoint = 8000');
  database.pragma('temp_store = MEMORY');
  const found = database.pragma('user_version', { simple: true });
  const isNew = found === 0;
  if (isNew) database.transaction(() => create(database, now))();
  else if (found !== layout) {
    database.close();
    throw new Error(`The practice account's file has layout ${String(found)}; this version reads ${layout}.`);
  }
  const account = database.prepare<[], AccountRow>('SELECT * FROM account').get();
  if (account === undefined) throw new Error('The practice account has no account row.');
  return { database, account, isNew };
}

function create(database: Database.Database, now: number): void {
  database.exec(schema);
  database
    .prepare('INSERT INTO account VALUES (1, ?, ?, ?, ?, ?, ?, ?)')
    .run(
      randomBytes(6).toString('hex'),
      randomBytes(32).toString('hex'),
      'Practice Account Ltd',
      'Robin',
      'Marchand',
      'robin.marchand@example.com',
      now,
    );
  database.pragma(`user_version = ${layout}`);
}
