import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SegueError } from '../errors/segue-error.ts';
import { type ByteSource, unpackTo } from './byte-source.ts';
import { type DuckDb, interruptible, openDuckDb, quoteName, quoteText } from './duckdb.ts';
import type { ProgressReporter } from './progress.ts';
import type { UnderstoodFile } from './understood-file.ts';

/** DuckDB would take these in a path for patterns. */
const pattern = /[*?[\]{}]/;

/**
 * A Parquet file, read by DuckDB. Cells come as text: dates and times in ISO 8601, decimals as written, nested values as JSON, nothing as ''.
 * @throws SegueError `segment.not-understood` when the file is damaged.
 */
export async function understandParquet(
  source: ByteSource,
  tempFolder: string | undefined,
  progress: ProgressReporter,
): Promise<UnderstoodFile> {
  const work = await mkdtemp(path.join(tempFolder ?? tmpdir(), 'segue-parquet-'));
  const dispose = (): Promise<void> => rm(work, { recursive: true, force: true });
  try {
    const direct = source.compression === 'none' && !pattern.test(source.path);
    const file = direct ? source.path : path.join(work, 'table.parquet');
    if (!direct) await unpackTo(source, file, { signal: progress.signal, onRead: (bytes) => progress.bytes(bytes) });
    const open = (): Promise<DuckDb> =>
      openDuckDb({ tempFolder: work, memoryLimitMb: 256, threads: 1, readable: [file], writable: [] });
    const { columns, relation, rowCount } = await describe(open, file, source, progress.signal);
    progress.bytes(source.size);
    progress.rows(rowCount);
    return {
      source,
      inspection: {
        format: 'parquet',
        compression: source.compression,
        encoding: 'utf-8',
        delimiter: null,
        quote: null,
        headerLine: null,
        columns,
        rowCount,
        unreadable: [],
      },
      skipped: { blank: 0, comment: 0, footer: 0 },
      breaksInCells: true,
      rawQuotes: false,
      relation,
      reads: [file],
      async readRows({ row }, reporter, enough) {
        const db = await open();
        let rows = 0;
        try {
          return await interruptible(db, reporter.signal, async () => {
            for await (const block of db.blocks(`SELECT * FROM ${relation}`)) {
              for (const cells of block) row?.(cells.map((cell) => (cell === null ? null : String(cell))));
              rows += block.length;
              reporter.rows(rows);
              if (await enough?.(rows)) break;
            }
            return rows;
          });
        } finally {
          db.close();
        }
      },
      dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function describe(
  open: () => Promise<DuckDb>,
  file: string,
  source: ByteSource,
  signal: AbortSignal | undefined,
): Promise<{ columns: string[]; relation: string; rowCount: number }> {
  const db = await open();
  try {
    const table = `read_parquet(${quoteText(file)}, binary_as_string = true)`;
    const described = await interruptible(db, signal, () => db.table(`DESCRIBE SELECT * FROM ${table}`));
    const columns = described.map(([name]) => String(name));
    const cells = described.map(
      ([name, type], i) => `coalesce(${asText(quoteName(String(name)), String(type))}, '') AS c${i}`,
    );
    const [count] = await db.table(`SELECT count(*) FROM ${table}`);
    return { columns, relation: `(SELECT ${cells.join(', ')} FROM ${table})`, rowCount: Number(count?.[0] ?? 0) };
  } catch (error) {
    if (error instanceof SegueError || signal?.aborted) throw error;
    throw new SegueError('segment.not-understood', { file: path.basename(source.path) }, { cause: error });
  } finally {
    db.close();
  }
}

function asText(name: string, type: string): string {
  if (/^(STRUCT|MAP|UNION)|\[\d*\]$/.test(type)) return `CAST(to_json(${name}) AS VARCHAR)`;
  // Written with the zone: else the text would depend on where this computer stands.
  if (type === 'TIMESTAMP WITH TIME ZONE') return `strftime(${name} AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%SZ')`;
  return `CAST(${name} AS VARCHAR)`;
}
