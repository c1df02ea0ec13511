import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { SegueError } from '../errors/segue-error.ts';
import { CanonicalWriter, translated } from './canonical-writer.ts';
import { canonicalRelation } from './csv/relation.ts';
import { type DuckDb, interruptible, isOutOfMemory, openDuckDb, quoteText } from './duckdb.ts';
import { type FieldSuggestion, suggestFieldMap } from './field-map.ts';
import { joinColumns, type PartColumns } from './part-columns.ts';
import { ProgressReporter } from './progress.ts';
import { stageRows } from './stage-rows.ts';
import type { Inspection, ReadingOptions, SegmentRow } from './types.ts';
import { understandFile } from './understand.ts';
import type { SheetSummary, UnderstoodFile } from './understood-file.ts';
import { UnreadableLog, type UnreadableText } from './unreadable-log.ts';

export interface StageOptions extends ReadingOptions {
  /** The parts of one segment, in their order. */
  readonly files: readonly string[];
  /** Where the stage is to lie; made when missing. */
  readonly stageFolder: string;
  /** DuckDB's share of memory and threads while staging; 300 MB and 2 by default. */
  readonly memoryLimitMb?: number;
  readonly threads?: number;
}

/** One file of a staged segment. */
export interface StagedFile {
  readonly path: string;
  readonly name: string;
  readonly size: number;
  readonly modifiedMs: number;
  readonly rowCount: number;
  /** Row number in the stage of the file's first row. */
  readonly firstRow: number;
  /** What was understood, without rows and unreadable lines. */
  readonly reading: Omit<Inspection, 'rows' | 'unreadable'>;
  readonly skipped: UnderstoodFile['skipped'];
  readonly sheets?: readonly SheetSummary[];
  readonly hiddenRows?: number;
}

/** What `manifest.json` says of a stage. It is written last: a folder with one is whole. */
export interface StageManifest {
  readonly version: 1;
  /** Headings by position: column i is `c<i>` in the Parquet file. */
  readonly columns: readonly string[];
  readonly rowCount: number;
  readonly unreadableCount: number;
  /** The first 1,000; all of them are in `unreadable.ndjson`. */
  readonly unreadable: readonly UnreadableText[];
  readonly files: readonly StagedFile[];
  /** The first rows, for a preview without a database. */
  readonly firstRows: readonly SegmentRow[];
  /** Columns matched to contact properties, judged by headings and the first rows. */
  readonly suggestion: FieldSuggestion;
  /** Size of `stage.parquet`. */
  readonly stageBytes: number;
}

/** The file of the staged table, which `stageRows` reads. */
export function stageTable(stageFolder: string): string {
  return path.join(stageFolder, 'stage.parquet');
}

/** The manifest of a finished stage; null when there is none. */
export async function readStageManifest(stageFolder: string): Promise<StageManifest | null> {
  try {
    return JSON.parse(await readFile(path.join(stageFolder, 'manifest.json'), 'utf8')) as StageManifest;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/**
 * Reads the files of one segment and writes them once, every cell as text, to `stage.parquet` beside `manifest.json` and `unreadable.ndjson`.
 * A plain CSV (proved by a scan of every byte) is read by DuckDB itself; everything else goes through our own reader. Either way the number of
 * rows must come out as counted. A stage that is stopped or fails leaves nothing behind.
 *
 * @throws SegueError as {@link inspectFile}; `segment.too-large` (far too many columns), `disk.full`, `disk.not-writable`, `cancelled`, `segment.changed-while-reading`.
 */
export async function stageSegment(options: StageOptions): Promise<StageManifest> {
  const work = path.join(options.stageFolder, `.staging-${randomUUID()}`);
  await translated(mkdir(work, { recursive: true }));
  const opened: UnderstoodFile[] = [];
  try {
    return await stageInto(work, opened, options);
  } catch (error) {
    if (options.signal?.aborted) throw new SegueError('cancelled', {}, { cause: error });
    throw isOutOfMemory(error)
      ? new SegueError('segment.too-large', { file: names(options) }, { cause: error })
      : error;
  } finally {
    for (const file of opened) await file.dispose();
    await rm(work, { recursive: true, force: true });
  }
}

async function stageInto(work: string, opened: UnderstoodFile[], options: StageOptions): Promise<StageManifest> {
  const sizes = await Promise.all(options.files.map(async (file) => (await stat(file).catch(() => null))?.size ?? 0));
  const total = sizes.reduce((a, b) => a + b, 0);
  const progress = new ProgressReporter(options, total);
  for (const file of options.files) {
    opened.push(await understandFile(file, { tempFolder: work, ...options }, progress));
    progress.nextFile();
  }
  const parts = joinColumns(opened.map(({ inspection }) => inspection));
  const log = await UnreadableLog.create(path.join(work, 'unreadable.ndjson'));
  const table = path.join(work, 'stage.parquet');
  const expected = opened.reduce((sum, { inspection }) => sum + inspection.rowCount, 0);
  try {
    for (const file of opened) await log.addAll(file, options.signal);
    const direct = opened.every((file) => file.relation !== undefined);
    let written = direct ? await writeTable(work, table, opened, parts, options).catch(orNull(options)) : null;
    if (written?.count !== expected) {
      const rewritten: UnderstoodFile[] = [];
      for (const [i, file] of opened.entries())
        rewritten.push(await rewrite(file, path.join(work, `part-${i}.csv`), options));
      written = await writeTable(work, table, rewritten, parts, options);
      if (written.count !== expected) throw new SegueError('segment.changed-while-reading', { file: names(options) });
    }
    await mustBeUnchanged(opened);
    return await finish(work, opened, parts.columns, written.firstRows, log, options);
  } finally {
    await log.close();
  }
}

/** A failed direct reading is tried again through our own reader, unless it was stopped or the disk is full. */
function orNull({ signal }: StageOptions): (error: unknown) => null {
  return (error) => {
    if (signal?.aborted || error instanceof SegueError) throw error;
    return null;
  };
}

function names({ files }: StageOptions): string {
  return files.map((file) => path.basename(file)).join(', ');
}

/** Writes a part as canonical CSV, for DuckDB to read in place of the file. */
async function rewrite(file: UnderstoodFile, target: string, options: StageOptions): Promise<UnderstoodFile> {
  const width = file.inspection.columns.length;
  const writer = await CanonicalWriter.create(target, width, file.rawQuotes);
  const quiet = new ProgressReporter(options.signal ? { signal: options.signal } : {}, file.source.size);
  const flush = async (): Promise<boolean> => {
    await writer.flush();
    return false;
  };
  try {
    if (file.readRecords) await file.readRecords({ row: (scanner) => writer.record(scanner) }, quiet, flush);
    else await file.readRows({ row: (cells) => writer.row(cells) }, quiet, flush);
  } finally {
    await writer.close();
  }
  return { ...file, relation: canonicalRelation(target, width, !file.breaksInCells), reads: [target] };
}

async function writeTable(
  work: string,
  target: string,
  files: readonly UnderstoodFile[],
  { columns, sources }: PartColumns,
  options: StageOptions,
): Promise<WrittenTable> {
  const selects = files.map((file, part) => {
    const cells = columns.map((_, i) => {
      const from = sources[part]?.[i];
      return `${from === undefined || from === null ? "''" : `c${from}`} AS c${i}`;
    });
    return `SELECT ${cells.join(', ')} FROM ${file.relation}`;
  });
  const db = await openDuckDb({
    tempFolder: work,
    memoryLimitMb: Math.max(options.memoryLimitMb ?? 300, 128 + columns.length * memoryPerColumnMb),
    threads: options.threads ?? 2,
    readable: files.flatMap((file) => file.reads ?? [file.source.path]),
    writable: [work],
  });
  try {
    await rm(target, { force: true });
    const sql = `COPY (${selects.join(' UNION ALL ')})
      TO ${quoteText(target)} (FORMAT parquet, COMPRESSION lz4_raw, ROW_GROUP_SIZE ${rowGroupSize(columns.length)})`;
    const [result] = await interruptible(db, options.signal, () => db.table(sql));
    return { count: Number(result?.[0] ?? 0), firstRows: await firstRows(db, target) };
  } finally {
    db.close();
  }
}

/** What DuckDB's Parquet writer needs for each column at the least. */
const memoryPerColumnMb = 1.5;

/** Rows to a group: enough of them for a recount on several cores, fewer where rows are wide, since a group is gathered in memory. */
function rowGroupSize(columns: number): number {
  return Math.max(2048, Math.min(61_440, Math.floor(1_200_000 / columns)));
}

interface WrittenTable {
  readonly count: number;
  readonly firstRows: readonly SegmentRow[];
}

/** Enough rows to judge columns by. */
const judgedRows = 500;
const shownRows = 50;

async function firstRows(db: DuckDb, table: string): Promise<SegmentRow[]> {
  const sql = `SELECT * EXCLUDE (row_number) FROM ${stageRows(table)} WHERE row_number <= ${judgedRows} ORDER BY row_number`;
  return (await db.table(sql)).map((row) => row.map((cell) => (cell === null ? null : String(cell))));
}

async function mustBeUnchanged(files: readonly UnderstoodFile[]): Promise<void> {
  for (const { source } of files) {
    const now = await stat(source.path).catch(() => null);
    if (now === null || now.size !== source.size || now.mtimeMs !== source.modifiedMs) {
      throw new SegueError('segment.changed-while-reading', { file: path.basename(source.path) });
    }
  }
}

async function finish(
  work: string,
  files: readonly UnderstoodFile[],
  columns: readonly string[],
  rows: readonly SegmentRow[],
  log: UnreadableLog,
  { stageFolder }: StageOptions,
): Promise<StageManifest> {
  let firstRow = 1;
  const staged = files.map((file): StagedFile => {
    const { rows: _rows, unreadable: _unreadable, ...reading } = file.inspection;
    const entry: StagedFile = {
      path: file.source.path,
      name: path.basename(file.source.path),
      size: file.source.size,
      modifiedMs: file.source.modifiedMs,
      rowCount: reading.rowCount,
      firstRow,
      reading,
      skipped: file.skipped,
      ...(file.sheets ? { sheets: file.sheets } : {}),
      ...(file.hiddenRows ? { hiddenRows: file.hiddenRows } : {}),
    };
    firstRow += reading.rowCount;
    return entry;
  });
  const manifest: StageManifest = {
    version: 1,
    columns,
    rowCount: firstRow - 1,
    unreadableCount: log.count,
    unreadable: log.first,
    files: staged,
    firstRows: rows.slice(0, shownRows),
    suggestion: suggestFieldMap(columns, rows),
    stageBytes: (await stat(path.join(work, 'stage.parquet'))).size,
  };
  await translated(writeFile(path.join(work, 'manifest.json'), JSON.stringify(manifest)));
  for (const name of ['stage.parquet', 'unreadable.ndjson', 'manifest.json']) {
    await translated(rename(path.join(work, name), path.join(stageFolder, name)));
  }
  return manifest;
}
