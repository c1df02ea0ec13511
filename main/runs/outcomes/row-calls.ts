import { createWriteStream, existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { SegueError } from '../../errors/segue-error.ts';
import { openDuckDb } from '../../segments/duckdb.ts';
import { isRowNumber, stageRows } from '../../segments/stage-rows.ts';
import type { Store } from '../../store/open-store.ts';
import { rejectedCells } from '../../store/rejected-rows.ts';
import { getRun, getRunSource, type RunSegment } from '../../store/runs.ts';
import { outcomesFile } from '../account/run-files.ts';
import { isActive } from '../run-states.ts';
import { keepOutcomes } from './end-of-run.ts';
import { allOutcomes, type OutcomeQuery, pageOutcomes, type RowOutcome } from './read-outcomes.ts';

/** Where runs lie, and how much memory reading them may take. */
export interface RowsAt {
  readonly store: Store;
  readonly runsFolder: string;
  readonly tempFolder: string;
  readonly memoryLimitMb: number;
  surprised(error: unknown): void;
}

export interface RowsQuery extends OutcomeQuery {
  readonly runId: string;
}

/** A row as it is shown: its segment's name, and its cells where they are still kept. */
export interface ShownRow extends RowOutcome {
  readonly segmentName: string;
  readonly cells: readonly (string | null)[] | null;
}

/** A page of a run's rows in file order, and how many there are. Throws `run.not-found`, `run.rows-gone`. */
export async function pageRows(
  at: RowsAt,
  query: RowsQuery & { readonly after: string; readonly limit: number },
): Promise<{ rows: ShownRow[]; total: number }> {
  const { source, file } = await open(at, query.runId);
  const { tempFolder, memoryLimitMb } = at;
  const page = await pageOutcomes({ file, tempFolder, memoryLimitMb }, query, query.after, query.limit);
  const cells = await cellsOf(at, query.runId, source, page.rows);
  const rows = page.rows.map((row) => ({
    ...row,
    segmentName: source[row.segment]?.name ?? '',
    cells: cells.get(row.ord) ?? null,
  }));
  return { rows, total: page.total };
}

/** The words of a saved file, ready made: this side has no catalogue. */
export interface RowWords {
  readonly headings: readonly [
    segment: string,
    row: string,
    address: string,
    outcome: string,
    reason: string,
    fate: string,
  ];
  readonly outcomes: Readonly<Record<string, string>>;
  /** Instead of the outcome, for people among whom some were refused without being named. */
  readonly unsure: string;
  readonly reasons: Readonly<Record<string, string>>;
  readonly fates: Readonly<Record<string, string>>;
}

/**
 * Writes a run's rows as CSV, UTF-8 with a byte order mark for Excel: segment, row, address, where it ended, why, what the
 * list showed. The file is only there once it is whole. Answers the number of rows. Throws `run.rows-gone`,
 * `disk.not-writable`, `disk.full`.
 */
export async function saveRows(
  at: RowsAt,
  query: RowsQuery & { readonly target: string; readonly words: RowWords },
): Promise<number> {
  const { source, file } = await open(at, query.runId);
  const { words, target } = query;
  const { tempFolder, memoryLimitMb } = at;
  let count = 0;
  async function* lines() {
    yield `\uFEFF${line(words.headings)}`;
    for await (const rows of allOutcomes({ file, tempFolder, memoryLimitMb }, query)) {
      count += rows.length;
      yield rows
        .map((row) =>
          line([
            source[row.segment]?.name ?? '',
            String(row.rowNumber),
            row.email,
            (row.sure ? words.outcomes[row.outcome] : words.unsure) ?? '',
            row.reason === null ? '' : (words.reasons[row.reason] ?? row.reason),
            row.fate === null ? '' : (words.fates[row.fate] ?? ''),
          ]),
        )
        .join('');
    }
  }
  const half = `${target}.part`;
  try {
    await pipeline(Readable.from(lines()), createWriteStream(half));
    await rename(half, target);
  } catch (error) {
    await rm(half, { force: true }).catch(() => undefined);
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code === 'ENOSPC') throw new SegueError('disk.full', {}, { cause: error });
    throw notWritable.has(code) ? new SegueError('disk.not-writable', {}, { cause: error }) : error;
  }
  return count;
}

const notWritable: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR', 'EISDIR', 'EBUSY']);

function cell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const line = (cells: readonly string[]): string => `${cells.map(cell).join(',')}\r\n`;

/** The run's outcomes; written anew for a run that a crash kept from doing it. */
async function open(at: RowsAt, runId: string): Promise<{ source: RunSegment[]; file: string }> {
  const record = getRun(at.store, runId);
  if (record === undefined) throw new SegueError('run.not-found');
  const runFolder = path.join(at.runsFolder, runId);
  const file = outcomesFile(runFolder);
  const source = getRunSource(at.store, runId);
  const plan = path.join(runFolder, 'plan.duckdb');
  if (!existsSync(file) && !isActive(record.state) && existsSync(plan)) {
    const { tempFolder, memoryLimitMb } = at;
    const db = await openDuckDb({
      file: plan,
      tempFolder,
      memoryLimitMb,
      threads: 2,
      readable: [runFolder],
      writable: [runFolder],
    });
    try {
      await keepOutcomes({ ...at, runId, runFolder, now: Date.now }, db, source);
    } finally {
      db.close();
    }
  }
  if (!existsSync(file)) throw new SegueError('run.rows-gone', { name: record.exportName });
  return { source, file };
}

/** The cells of some rows as they stood: of rejected ones always, of others while the run's stage is kept. */
async function cellsOf(
  at: RowsAt,
  runId: string,
  source: readonly RunSegment[],
  rows: readonly RowOutcome[],
): Promise<Map<string, (string | null)[]>> {
  const found = new Map<string, (string | null)[]>();
  const rejected = rows.filter(({ outcome }) => outcome === 'rejected');
  const kept = rejectedCells(at.store, runId, rejected);
  for (const row of rejected) {
    const cells = kept.get(`${row.segment} ${row.rowNumber}`);
    if (cells !== undefined) found.set(row.ord, cells);
  }
  for (const [position, segment] of source.entries()) {
    const stage = path.join(at.runsFolder, runId, segment.stageFileName);
    const wanted = rows.filter((row) => row.segment === position && !found.has(row.ord));
    if (wanted.length === 0 || !existsSync(stage)) continue;
    const { tempFolder, memoryLimitMb } = at;
    const db = await openDuckDb({ tempFolder, memoryLimitMb, threads: 1, readable: [stage], writable: [] });
    try {
      const numbers = wanted.map(({ rowNumber }) => rowNumber);
      const table = await db.table(`SELECT * FROM ${stageRows(stage)} WHERE ${isRowNumber(numbers)}`);
      const byNumber = new Map(table.map(([number, ...cells]) => [Number(number), cells]));
      for (const row of wanted) {
        const cells = byNumber.get(row.rowNumber);
        if (cells !== undefined)
          found.set(
            row.ord,
            cells.map((value) => (value === null ? null : String(value))),
          );
      }
    } finally {
      db.close();
    }
  }
  return found;
}
