import { open, rename, rm } from 'node:fs/promises';
import { SegueError } from '../../errors/segue-error.ts';
import { csvCell } from '../../exports/csv-line.ts';
import { type DuckDb, quoteText } from '../duckdb.ts';
import { joinHeadings } from '../join-headings.ts';
import { stageRows } from '../stage-rows.ts';
import { asText } from './formula-cells.ts';

/** Rows that are written at once: few megabytes, and an end within a moment when it is cancelled. */
const rowsAtOnce = 25_000;

/** A type, not an interface: it crosses to a thread. */
export type WriteMembers = {
  readonly saveId: string;
  /** Each file with the segments whose rows it is to hold. */
  readonly files: readonly {
    readonly target: string;
    readonly segments: readonly {
      readonly name: string;
      readonly stageFile: string;
      readonly headings: readonly string[];
      readonly rowCount: number;
    }[];
  }[];
  /** Heading of the column that names the segment, in a file of several. */
  readonly segmentHeading: string;
  /** Whether cells that a spreadsheet would take for formulas get an apostrophe. */
  readonly formulasAsText: boolean;
};

/**
 * Writes rows of segments as CSV: all columns under their headings, every cell as it was read, in file order. UTF-8 with a
 * byte order mark, for Excel. Several segments in one file share a table: the union of their headings, and the
 * segment's name last. Files are there once all are whole; none is left otherwise. Answers the number of rows.
 *
 * Throws `disk.full`, `disk.not-writable`, `cancelled`.
 */
export async function writeMembers(
  db: DuckDb,
  { files, segmentHeading, formulasAsText }: WriteMembers,
  onRows: (rows: number) => void,
  signal: AbortSignal,
): Promise<number> {
  let rows = 0;
  const half = (target: string) => `${target}.part`;
  try {
    for (const { target, segments } of files) {
      const several = segments.length > 1;
      const { headings, placeOf } = joinHeadings(segments);
      const handle = await open(half(target), 'w');
      try {
        const head = [...headings, ...(several ? [segmentHeading] : [])].map((text) => quoteText(text));
        await handle.writeFile(await db.bytes(`SELECT encode(chr(65279) || ${lineOf(head)})`));
        for (const [position, segment] of segments.entries()) {
          const columns = headings.map(() => `''`);
          segment.headings.forEach((_, column) => {
            columns[placeOf(position, column)] = formulasAsText ? asText(`c${column}`) : `c${column}`;
          });
          if (several) columns.push(quoteText(segment.name));
          for (let first = 1; first <= segment.rowCount; first += rowsAtOnce) {
            signal.throwIfAborted();
            const last = Math.min(first + rowsAtOnce - 1, segment.rowCount);
            await handle.writeFile(
              await db.bytes(
                `SELECT encode(string_agg(${lineOf(columns)}, '' ORDER BY row_number))
                 FROM ${stageRows(segment.stageFile)} WHERE row_number BETWEEN ${first} AND ${last}`,
              ),
            );
            rows += last - first + 1;
            onRows(rows);
          }
        }
      } finally {
        await handle.close();
      }
    }
    for (const { target } of files) await rename(half(target), target);
  } catch (error) {
    for (const { target } of files) await rm(half(target), { force: true }).catch(() => undefined);
    throw asSegueError(error, signal);
  }
  return rows;
}

/** SQL of a line of CSV. A line of one empty cell is written so that it is not taken for none. */
function lineOf(columns: readonly string[]): string {
  const [only] = columns;
  const cells =
    columns.length === 1 && only !== undefined
      ? `CASE WHEN coalesce(${only}, '') = '' THEN '""' ELSE ${csvCell(only)} END`
      : columns.map(csvCell).join(" || ',' || ");
  return `${cells} || chr(13) || chr(10)`;
}

const notWritable: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR', 'EISDIR', 'EBUSY']);

function asSegueError(error: unknown, signal: AbortSignal): unknown {
  if (signal.aborted) return new SegueError('cancelled', {}, { cause: error });
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'ENOSPC') return new SegueError('disk.full', {}, { cause: error });
  return notWritable.has(code) ? new SegueError('disk.not-writable', {}, { cause: error }) : error;
}
