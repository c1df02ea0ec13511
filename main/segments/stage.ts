import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { SegueError } from '../errors/segue-error.ts';
import { CanonicalWriter, translated } from './canonical-writer.ts';
import { canonicalRelation } from './csv/relation.ts';
import { isOutOfMemory } from './duckdb.ts';
import { EarlyTable } from './early-table.ts';
import { type FieldSuggestion, suggestFieldMap } from './field-map.ts';
import { joinColumns, type PartColumns } from './part-columns.ts';
import { ProgressReporter } from './progress.ts';
import { requireRoom, type SizeLimits, sizeLimits } from './size-limits.ts';
import type { Inspection, ReadingOptions, SegmentRow } from './types.ts';
import { type FileWatcher, understandFile } from './understand.ts';
import type { SheetSummary, UnderstoodFile } from './understood-file.ts';
import { UnreadableLog, type UnreadableText } from './unreadable-log.ts';
import {
  type ReadableTable,
  type TableStatement,
  tableStatement,
  type WrittenTable,
  writeTable,
} from './write-table.ts';

export interface StageOptions extends ReadingOptions {
  /** The parts of one segment, in their order. */
  readonly files: readonly string[];
  /** Where the stage is to lie; made when missing. */
  readonly stageFolder: string;
  /** DuckDB's share of memory and threads while staging; 300 MB and 2 by default. */
  readonly memoryLimitMb?: number;
  readonly threads?: number;
  /** As {@link sizeLimits} when absent. */
  readonly limits?: SizeLimits;
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
 * @throws SegueError as {@link inspectFile}; `segment.too-large` (see {@link sizeLimits}; far too many columns), `disk.full`, `disk.not-writable`, `cancelled`, `segment.changed-while-reading`.
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
  const limits = options.limits ?? sizeLimits;
  await requireRoom(work, total, limits, names(options));
  const progress = new ProgressReporter(options, total);
  progress.stopAt(limits.rows, () => new SegueError('segment.too-large', { file: names(options) }));
  const early = new EarlyTable((statement: TableStatement, signal) => writeTable(work, statement, options, signal));
  try {
    for (const file of options.files) {
      const watcher = options.files.length === 1 ? earlyWriter(early, file) : undefined;
      opened.push(...(await understandFile(file, { tempFolder: work, ...options }, progress, watcher)));
      progress.nextFile();
    }
    return await stageOpened(work, opened, early, progress, options);
  } finally {
    await early.giveUp();
  }
}

/** Begins to write the table of a segment of one file as soon as its beginning looks plain. */
function earlyWriter(early: EarlyTable<TableStatement, WrittenTable>, file: string): FileWatcher {
  return {
    likely: ({ relation, columns }) =>
      early.begin(
        tableStatement(
          [{ relation, reads: [file] }],
          joinColumns([{ columns: [...columns], headerLine: 1, format: 'csv' }]),
        ),
      ),
    refuted: () => void early.giveUp(),
  };
}

async function stageOpened(
  work: string,
  opened: readonly UnderstoodFile[],
  early: EarlyTable<TableStatement, WrittenTable>,
  progress: ProgressReporter,
  options: StageOptions,
): Promise<StageManifest> {
  const parts = joinColumns(opened.map(({ inspection }) => inspection));
  const log = await UnreadableLog.create(path.join(work, 'unreadable.ndjson'));
  const expected = opened.reduce((sum, { inspection }) => sum + inspection.rowCount, 0);
  try {
    for (const file of opened) await log.addAll(file, options.signal);
    let written = await writeDirectly(work, opened, parts, early, options);
    if (written?.count !== expected) {
      const rewritten: ReadableTable[] = [];
      for (const [i, file] of opened.entries())
        rewritten.push(await rewrite(file, path.join(work, `part-${i}.csv`), progress));
      written = await writeTable(work, tableStatement(rewritten, parts), options, options.signal);
      if (written.count !== expected) throw new SegueError('segment.changed-while-reading', { file: names(options) });
    }
    await mustBeUnchanged(opened);
    return await finish(work, opened, parts.columns, written.firstRows, log, options);
  } finally {
    await log.close();
  }
}

/** Has DuckDB read the files by itself; null when one of them is not for it, or it could not. */
async function writeDirectly(
  work: string,
  opened: readonly UnderstoodFile[],
  parts: PartColumns,
  early: EarlyTable<TableStatement, WrittenTable>,
  options: StageOptions,
): Promise<WrittenTable | null> {
  const tables = opened.flatMap(({ relation, reads, source }) =>
    relation === undefined ? [] : [{ relation, reads: reads ?? [source.path] }],
  );
  if (tables.length < opened.length) {
    await early.giveUp();
    return null;
  }
  const statement = tableStatement(tables, parts);
  return (await early.take(statement)) ?? writeTable(work, statement, options, options.signal).catch(orNull(options));
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
async function rewrite(file: UnderstoodFile, target: string, progress: ProgressReporter): Promise<ReadableTable> {
  const width = file.inspection.columns.length;
  const writer = await CanonicalWriter.create(target, width, file.rawQuotes);
  progress.secondPass();
  const flush = async (): Promise<boolean> => {
    await writer.flush();
    return false;
  };
  try {
    if (file.readRecords) await file.readRecords({ row: (scanner) => writer.record(scanner) }, progress, flush);
    else await file.readRows({ row: (cells) => writer.row(cells) }, progress, flush);
  } finally {
    await writer.close();
  }
  progress.nextFile();
  return { relation: canonicalRelation(target, width, !file.breaksInCells), reads: [target] };
}

/** Rows kept for a preview. */
const shownRows = 50;

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
      name: file.source.name,
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
