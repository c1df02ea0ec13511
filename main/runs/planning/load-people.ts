import { open, rm } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate as otherTurns } from 'node:timers/promises';
import { sqlText } from '../../exports/prepared-rows.ts';
import type { DuckDb } from '../../segments/duckdb.ts';
import { exportsWithLedger, ledgerPages } from '../../store/ledger.ts';
import { listedOtherwisePages } from '../../store/listed-otherwise.ts';
import { neverMailPages } from '../../store/never-mail.ts';
import type { Store } from '../../store/open-store.ts';
import { optOutPages } from '../../store/opt-outs.ts';
import { asTheyStood, type OtherMirror } from './other-mirrors.ts';

/** Whose people a plan is held against. */
export interface Whose {
  readonly store: Store;
  readonly exportId: string;
  readonly accountId: string;
  /** Null for a list that nothing was ever sent to. */
  readonly destinationId: number | null;
}

/** Where texts pass on their way into DuckDB, which may read it. */
export interface Passage {
  readonly db: DuckDb;
  readonly folder: string;
  readonly signal: AbortSignal;
  /** When the database has nothing else to do; at once without it. */
  readonly quiet?: Promise<unknown>;
}

/**
 * Loads what this export sent to its list into the table `known` (`email`, `content_hash`, `unconfirmed`, `valued`). Flat in
 * memory, about a second for a million people. Answers how many.
 */
export async function loadKnown(passage: Passage, { store, exportId, destinationId }: Whose): Promise<number> {
  const pages = destinationId === null ? [] : ledgerPages(store, exportId, destinationId);
  return load(
    passage,
    'known',
    { email: 'VARCHAR', content_hash: 'BIGINT', unconfirmed: 'BOOLEAN', valued: 'BIGINT' },
    pages,
  );
}

/** Loads who opted out of the account into the table `opted_out` (`email`). */
export function loadOptOuts(passage: Passage, { store, accountId }: Whose): Promise<number> {
  return load(passage, 'opted_out', { email: 'VARCHAR' }, optOutPages(store, accountId));
}

/** Loads the never-mail list into the table `never_mail` (`kind`, `keyed_hash` in hex, `clear_text`, NULL when gone). */
export function loadNeverMail(passage: Passage, { store }: Whose): Promise<number> {
  const columns = { kind: 'VARCHAR', keyed_hash: 'VARCHAR', clear_text: 'VARCHAR' };
  return load(passage, 'never_mail', columns, neverMailPages(store));
}

/**
 * Loads everybody whom other exports sent to the same list into the table `sent_by_others` (`email`), but for the mirrors
 * that want nobody beside their segments.
 */
export function loadSentByOthers(
  passage: Passage,
  { store, exportId, destinationId }: Whose,
  mirrors: readonly OtherMirror[],
): Promise<number> {
  const passed = new Set([exportId, ...asTheyStood(store, mirrors)]);
  function* pages(): Generator<string> {
    if (destinationId === null) return;
    for (const other of exportsWithLedger(store, destinationId)) {
      if (!passed.has(other)) yield* ledgerPages(store, other, destinationId);
    }
  }
  return load(
    passage,
    'sent_by_others',
    { email: 'VARCHAR', content_hash: 'BIGINT', unconfirmed: 'BOOLEAN', valued: 'BIGINT' },
    pages(),
  );
}

/** Loads who was on the list before this export first sent them into the table `listed_otherwise` (`email`). */
export function loadListedOtherwise(passage: Passage, { store, exportId, destinationId }: Whose): Promise<number> {
  const pages = destinationId === null ? [] : listedOtherwisePages(store, exportId, destinationId);
  return load(passage, 'listed_otherwise', { email: 'VARCHAR' }, pages);
}

/**
 * Pages of lines with tabs between their cells become a temporary table, by way of a file that is gone afterwards, however
 * it ends. Neither
 * addresses nor the other cells can hold a tab, a quote's meaning or a line break; that none is lost is held all the same.
 */
async function load(
  { db, folder, signal, quiet }: Passage,
  table: string,
  columns: Readonly<Record<string, string>>,
  pages: Iterable<string>,
): Promise<number> {
  const file = path.join(folder, `${table}.tsv`);
  try {
    const lines = await write(file, pages, signal);
    await quiet;
    signal.throwIfAborted();
    const named = Object.entries(columns).map(([name, type]) => `${sqlText(name)}: ${sqlText(type)}`);
    await db.run(`CREATE OR REPLACE TEMP TABLE ${table} AS SELECT * FROM read_csv(${sqlText(file)}, auto_detect = false,
      header = false, delim = chr(9), quote = '', escape = '', new_line = '\\n', columns = {${named.join(', ')}})`);
    const [row] = await db.rows(`SELECT count(*) AS n FROM ${table}`);
    if (Number(row?.n) !== lines) throw new Error(`${table} has ${Number(row?.n)} people instead of ${lines}`);
    return lines;
  } finally {
    await rm(file, { force: true });
  }
}

/** Writes pages to a file; answers how many lines they have. */
async function write(file: string, pages: Iterable<string>, signal: AbortSignal): Promise<number> {
  const handle = await open(file, 'w', 0o600);
  let lines = 0;
  try {
    for (const page of pages) {
      signal.throwIfAborted();
      await handle.write(page);
      for (let at = page.indexOf('\n'); at >= 0; at = page.indexOf('\n', at + 1)) lines += 1;
      await otherTurns();
    }
  } finally {
    await handle.close();
  }
  return lines;
}
