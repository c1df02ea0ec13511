import { rm } from 'node:fs/promises';
import path from 'node:path';
import { type DuckDb, interruptible, openDuckDb, quoteText } from './duckdb.ts';
import type { PartColumns } from './part-columns.ts';
import { stageRows } from './stage-rows.ts';
import type { SegmentRow } from './types.ts';

/** A table that DuckDB reads by itself: a FROM clause with columns c0, c1, … and the files behind it. */
export interface ReadableTable {
  readonly relation: string;
  readonly reads: readonly string[];
}

/** What is written: alike statements write alike tables. */
export interface TableStatement {
  readonly select: string;
  readonly columnCount: number;
  readonly reads: readonly string[];
}

/** The statement that joins the tables, in their order. */
export function tableStatement(tables: readonly ReadableTable[], { columns, sources }: PartColumns): TableStatement {
  const selects = tables.map(({ relation }, part) => {
    const cells = columns.map((_, i) => {
      const from = sources[part]?.[i];
      return `${from === undefined || from === null ? "''" : `c${from}`} AS c${i}`;
    });
    return `SELECT ${cells.join(', ')} FROM ${relation}`;
  });
  return {
    select: selects.join(' UNION ALL '),
    columnCount: columns.length,
    reads: tables.flatMap(({ reads }) => reads),
  };
}

/**
 * Writes `stage.parquet` into the folder `work`, in the order of the rows, over one that is there.
 * @throws SegueError `disk.full`, `cancelled`; else DuckDB's own error
 */
export async function writeTable(
  work: string,
  { select, columnCount, reads }: TableStatement,
  options: { readonly memoryLimitMb?: number; readonly threads?: number },
  signal: AbortSignal | undefined,
): Promise<WrittenTable> {
  const target = path.join(work, 'stage.parquet');
  const db = await openDuckDb({
    tempFolder: work,
    memoryLimitMb: Math.max(options.memoryLimitMb ?? 300, 128 + columnCount * memoryPerColumnMb),
    // A second thread would gather as many columns once more.
    threads: columnCount > mostColumnsForTwo ? 1 : (options.threads ?? 2),
    readable: reads,
    writable: [work],
  });
  try {
    await rm(target, { force: true });
    const sql = `COPY (${select}) TO ${quoteText(target)} (FORMAT parquet, ${packing}, ROW_GROUP_SIZE ${rowGroupSize(columnCount)})`;
    const [result] = await interruptible(db, signal, () => db.table(sql));
    return { count: Number(result?.[0] ?? 0), firstRows: await firstRows(db, target) };
  } finally {
    db.close();
  }
}

/**
 * Quick to write and to read rather than small: 1.3 s of processor time for a million rows x 14 columns where DuckDB's own
 * choices take 1.7, and a third less for each pass over them. Looking for repeated values is the dearest part of writing.
 */
const packing = 'COMPRESSION lz4_raw, PARQUET_VERSION v2, DICTIONARY_SIZE_LIMIT 4000, WRITE_BLOOM_FILTER false';

const mostColumnsForTwo = 100;

/** What DuckDB's Parquet writer needs for each column at the least. */
const memoryPerColumnMb = 1.5;

/** Rows to a group: enough of them for a recount on several cores, fewer where rows are wide, since a group is gathered in memory. */
function rowGroupSize(columns: number): number {
  return Math.max(2048, Math.min(61_440, Math.floor(1_200_000 / columns)));
}

export interface WrittenTable {
  readonly count: number;
  readonly firstRows: readonly SegmentRow[];
}

/** Enough rows to judge columns by. */
const judgedRows = 500;

async function firstRows(db: DuckDb, table: string): Promise<SegmentRow[]> {
  const sql = `SELECT * EXCLUDE (row_number) FROM ${stageRows(table)} WHERE row_number <= ${judgedRows} ORDER BY row_number`;
  return (await db.table(sql)).map((row) => row.map((cell) => (cell === null ? null : String(cell))));
}
