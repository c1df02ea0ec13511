import { randomUUID } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { type DuckDb, openDuckDb, quoteName, quoteText } from '../../segments/duckdb.ts';
import type { Search } from './place.ts';

/** Opens a DuckDB that may read and write one folder. */
export function openFor({ tempFolder, memoryLimitMb }: Search, folder: string): Promise<DuckDb> {
  return openDuckDb({ tempFolder, memoryLimitMb, threads: 2, readable: [folder], writable: [folder] });
}

/** Names of a file's columns of text. */
export async function textColumnsOf(db: DuckDb, file: string): Promise<string[]> {
  const described = await db.table(`DESCRIBE SELECT * FROM read_parquet(${quoteText(file)})`);
  return described.filter(([, type]) => type === 'VARCHAR').map(([name]) => String(name));
}

/** A condition that holds for rows that mention the address in any of the columns. */
export function anyMentions({ pattern }: Search, columns: readonly string[]): string {
  return columns.length === 0 ? 'false' : columns.map((column) => pattern.mentionsSql(column)).join(' OR ');
}

/** How many rows of a Parquet file mention the address. */
export async function countMentions(search: Search, file: string): Promise<number> {
  const db = await openFor(search, path.dirname(file));
  try {
    const columns = await textColumnsOf(db, file);
    const [row] = await db.table(
      `SELECT count(*) FROM read_parquet(${quoteText(file)}) WHERE ${anyMentions(search, columns)}`,
    );
    return Number(row?.[0] ?? 0);
  } finally {
    db.close();
  }
}

/** Puts `replacement(column)` in the place of every cell that mentions the address; everything else stays, in its order. */
export async function replaceCells(
  search: Search,
  file: string,
  replacement: (column: string) => string,
): Promise<void> {
  const half = `${file}.${randomUUID()}.half`;
  const db = await openFor(search, path.dirname(file));
  try {
    const cells = (await textColumnsOf(db, file)).map(
      (column) =>
        `CASE WHEN ${search.pattern.mentionsSql(column)} THEN ${replacement(column)} ELSE ${quoteName(column)} END AS ${quoteName(column)}`,
    );
    await db.run(
      `COPY (SELECT * REPLACE (${cells.join(', ')}) FROM read_parquet(${quoteText(file)}))
       TO ${quoteText(half)} (FORMAT parquet, COMPRESSION zstd)`,
    );
  } catch (error) {
    await rm(half, { force: true });
    throw error;
  } finally {
    db.close();
  }
  await rename(half, file);
}
