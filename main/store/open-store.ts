import { copyFileSync, existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { SegueError } from '../errors/segue-error.ts';
import { type Migration, migrations } from './migrations/index.ts';

/** The profile's SQLite database. One connection per thread. */
export type Store = Database.Database;

/** How long a statement waits, blocking its thread, while another thread writes. */
const busyTimeoutMs = 10_000;

/**
 * Opens a connection with the settings every thread uses: write-ahead log, foreign keys, and `synchronous=FULL`, since
 * a batch must be on the disk before its request leaves. Does not migrate: main does that once, before any thread starts.
 */
export function connectStore(file: string): Store {
  const store = new Database(file, { timeout: busyTimeoutMs });
  store.pragma('journal_mode = WAL');
  store.pragma('synchronous = FULL');
  store.pragma('foreign_keys = ON');
  // A ledger batch touches some 20,000 neighbouring keys: 32 MB of pages keeps them in memory.
  store.pragma('cache_size = -32768');
  return store;
}

/**
 * Opens the database and brings it to the newest schema, with a copy of the file beside it before each upgrade
 * (`segue.sqlite.v10`). Throws `store.from-newer-version` for a file of a newer app and `store.damaged` for one that
 * is no sound database; the file is left as it is.
 */
export function openStore(file: string, steps: readonly Migration[] = migrations): Store {
  let store: Store | undefined;
  try {
    store = connectStore(file);
    migrate(store, file, steps);
    return store;
  } catch (error) {
    store?.close();
    const code = (error as { code?: string }).code ?? '';
    if (code.startsWith('SQLITE_CORRUPT') || code === 'SQLITE_NOTADB') {
      throw new SegueError('store.damaged', {}, { cause: error });
    }
    throw error;
  }
}

function migrate(store: Store, file: string, steps: readonly Migration[]): void {
  const current = Number(store.pragma('user_version', { simple: true }));
  const newest = steps.at(-1)?.version ?? 0;
  if (current > newest) throw new SegueError('store.from-newer-version');
  const missing = steps.filter((step) => step.version > current);
  if (missing.length === 0) return;
  if (current > 0) {
    // What the log still holds must be in the copy.
    store.pragma('wal_checkpoint(TRUNCATE)');
    const copy = `${file}.v${current}`;
    if (!existsSync(copy)) copyFileSync(file, copy);
  }
  // A step that makes a table anew drops the old one, which would take with it whatever refers to it.
  store.pragma('foreign_keys = OFF');
  for (const step of missing) {
    store.transaction(() => {
      store.exec(step.sql);
      const dangling = store.pragma('foreign_key_check') as unknown[];
      if (dangling.length > 0) throw new Error(`Step ${step.version} leaves ${dangling.length} references to nothing`);
      store.pragma(`user_version = ${step.version}`);
    })();
  }
  store.pragma('foreign_keys = ON');
}

/** Writes what can wait, or leaves it, when another thread is writing just now or the disk is full; says which. */
export function unlessBusy(store: Store, write: () => void): boolean {
  store.pragma('busy_timeout = 0');
  try {
    write();
    return true;
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === 'SQLITE_BUSY' || code === 'SQLITE_FULL') return false;
    throw error;
  } finally {
    store.pragma(`busy_timeout = ${busyTimeoutMs}`);
  }
}

/** Runs `change` and makes sure it touched exactly one row; a silent no-op is how queues lose work. */
export function expectOne(result: Database.RunResult, what: string): void {
  if (result.changes !== 1) throw new Error(`${what}: ${result.changes} rows changed instead of 1`);
}
