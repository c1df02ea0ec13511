import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { SegueError } from '../../errors/segue-error.ts';
import { type ByteSource, unpackTo } from '../byte-source.ts';
import { countFooters, type FooterSuspect, maxFooterLines, maySuspectCells } from '../csv/footers.ts';
import { findLayout, type Layout } from '../csv/layout.ts';
import type { SampleRecord } from '../csv/sample.ts';
import type { ProgressReporter } from '../progress.ts';
import type { ReadingOverrides, SegmentRow } from '../types.ts';
import type { SheetSummary, UnderstoodFile } from '../understood-file.ts';
import { type SheetRow, sheetRows } from './sheet-rows.ts';
import { openWorkbook, type Sheet, type Workbook } from './workbook.ts';

const sampleRows = 300;

/**
 * Reads a workbook: the chosen sheet, else the first visible one with a column of addresses (a cover or a sheet of notes often stands before
 * it), else the first that is not empty. Cells come as a person sees them: numbers and dates in
 * their formats, formulas as their last results. A grid has no surplus cells: columns without a heading are unnamed ones.
 *
 * @throws SegueError `segment.empty`, `segment.not-understood`, `segment.archive-unsafe`.
 */
export async function understandWorkbook(
  source: ByteSource,
  overrides: ReadingOverrides,
  tempFolder: string | undefined,
  progress: ProgressReporter,
): Promise<UnderstoodFile> {
  const work = source.isWorkbook ? null : await mkdtemp(path.join(tempFolder ?? tmpdir(), 'segue-workbook-'));
  const dispose = async (): Promise<void> => {
    if (work !== null) await rm(work, { recursive: true, force: true });
  };
  try {
    const file = work === null ? source.path : path.join(work, path.basename(source.path));
    if (work !== null) await unpackTo(source, file, { signal: progress.signal });
    const { workbook, sheet, layout: start } = await startWorkbook(file, overrides, source, progress.signal);
    progress.inTwoPasses();
    const seen = await walk(workbook, sheet, start, undefined, {}, progress);
    const layout = widened(start, seen.width);
    const { footerLine } = seen;
    return {
      source,
      inspection: {
        format: 'xlsx',
        compression: source.compression,
        encoding: 'utf-8',
        delimiter: null,
        quote: null,
        headerLine: layout.headerLine,
        columns: [...layout.columns],
        rowCount: seen.rows,
        unreadable: [],
      },
      skipped: { blank: seen.blank, comment: 0, footer: seen.footers },
      sheets: summaries(workbook, sheet),
      hiddenRows: seen.hidden,
      breaksInCells: true,
      rawQuotes: false,
      readRows: async ({ row }, reporter, enough) =>
        (
          await walk(
            workbook,
            sheet,
            layout,
            footerLine,
            { ...(row ? { row } : {}), ...(enough ? { enough } : {}) },
            reporter,
          )
        ).rows,
      dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

interface StartedWorkbook {
  readonly workbook: Workbook;
  readonly sheet: Sheet;
  readonly layout: Layout;
  readonly records: SampleRecord[];
}

/** The sheet to read and where its table lies, judged by its beginning. */
async function startWorkbook(
  file: string,
  overrides: ReadingOverrides,
  source: ByteSource,
  signal: AbortSignal | undefined,
): Promise<StartedWorkbook> {
  const workbook = await openWorkbook(file, signal);
  const named = workbook.sheets.find(({ name }) => name === overrides.sheet);
  const candidates = named
    ? [named]
    : [...workbook.sheets.filter(({ visible }) => visible), ...workbook.sheets.filter(({ visible }) => !visible)];
  let first: StartedWorkbook | null = null;
  for (const sheet of candidates) {
    // What is hidden is taken only where nothing else is there.
    if (first !== null && !sheet.visible) break;
    const records = await firstRecords(workbook, sheet, signal);
    const layout = findLayout(records, overrides);
    if (!layout) continue;
    const started = { workbook, sheet, layout, records };
    if (layout.emailColumn !== null) return started;
    first ??= started;
  }
  if (first === null) throw new SegueError('segment.empty', { file: path.basename(source.path) });
  return first;
}

async function firstRecords(
  workbook: Workbook,
  sheet: Sheet,
  signal: AbortSignal | undefined,
): Promise<SampleRecord[]> {
  const records: SampleRecord[] = [];
  for await (const rows of sheetRows(workbook, sheet, { signal })) {
    records.push(...rows.map(asRecord));
    if (records.length >= sampleRows) break;
  }
  return records;
}

/** Columns and first rows of a workbook's sheet. The table of strings is read whole, the sheet only as far as needed. */
export async function previewWorkbook(
  source: ByteSource,
  /** The workbook itself: the source's file, or what was unpacked of it. */
  file: string,
  overrides: ReadingOverrides,
  limit: number,
  signal: AbortSignal | undefined,
): Promise<{
  headerLine: number | null;
  columns: string[];
  rows: SegmentRow[];
  whole: boolean;
  sheets: SheetSummary[];
}> {
  const { workbook, sheet, layout, records } = await startWorkbook(file, overrides, source, signal);
  const below = records.filter(({ line }) => line >= layout.dataFromLine);
  const { width, columns, headerLine } = widened(layout, Math.max(...below.map(({ cells }) => cells.length)));
  const rows = below.slice(0, limit).map(({ cells }) => Array.from({ length: width }, (_, i) => cells[i] ?? ''));
  const whole = records.length < sampleRows && below.length <= limit;
  return { headerLine, columns: [...columns], rows, whole, sheets: summaries(workbook, sheet) };
}

function summaries(workbook: Workbook, chosen: Sheet): SheetSummary[] {
  return workbook.sheets.map(({ name, visible, entry }) => ({ name, visible, chosen: entry === chosen.entry }));
}

function asRecord({ number, cells }: SheetRow): SampleRecord {
  return { line: number, cells, quoted: [], raw: cells[0] ?? '', blank: false, malformed: null, lineEnd: 0 };
}

function widened(layout: Layout, width: number): Layout {
  if (width <= layout.width) return layout;
  const columns = Array.from({ length: width }, (_, i) =>
    layout.headerLine === null ? `Column ${i + 1}` : (layout.columns[i] ?? ''),
  );
  return { ...layout, width, columns };
}

interface Walked {
  rows: number;
  width: number;
  hidden: number;
  /** Rows without any cell between the others. */
  blank: number;
  footers: number;
  footerLine: number | null;
}

/** A row that may turn out to be a footer. */
interface HeldRow extends FooterSuspect {
  readonly hidden: boolean;
}

async function walk(
  workbook: Workbook,
  sheet: Sheet,
  layout: Layout,
  footerLine: number | null | undefined,
  told: { row?: (cells: SegmentRow) => void; enough?: (rows: number) => boolean | Promise<boolean> },
  progress: ProgressReporter,
): Promise<Walked> {
  const seen: Walked = {
    rows: 0,
    width: layout.width,
    hidden: 0,
    blank: 0,
    footers: 0,
    footerLine: footerLine ?? null,
  };
  let suspects: HeldRow[] = [];
  const count = (rows: readonly HeldRow[]): void => {
    seen.rows += rows.length;
    for (const row of rows) {
      seen.width = Math.max(seen.width, row.cells.length);
      if (row.hidden) seen.hidden++;
    }
  };
  let lastLine = layout.dataFromLine - 1;
  const options = { signal: progress.signal, onRead: (bytes: number) => progress.bytes(bytes) };
  for await (const block of sheetRows(workbook, sheet, options)) {
    for (const { number, cells, hidden } of block) {
      if (number < layout.dataFromLine || (footerLine !== undefined && footerLine !== null && number >= footerLine))
        continue;
      const afterBlank = number > lastLine + 1;
      seen.blank += number - lastLine - 1;
      lastLine = number;
      const kind = cells.length < layout.width ? 'short' : 'row';
      if (footerLine === undefined && maySuspectCells(cells, layout) && suspects.length < maxFooterLines) {
        suspects.push({ line: number, kind, cells, afterBlank, hidden });
        continue;
      }
      count(suspects);
      suspects = [];
      count([{ line: number, kind, cells, afterBlank, hidden }]);
      if (told.row) told.row(Array.from({ length: layout.width }, (_, i) => cells[i] ?? ''));
    }
    progress.rows(seen.rows);
    if (await told.enough?.(seen.rows)) return seen;
  }
  seen.footers = countFooters(suspects, layout);
  const kept = suspects.length - seen.footers;
  if (seen.footers > 0) seen.footerLine = suspects[kept]?.line ?? null;
  count(suspects.slice(0, kept));
  await told.enough?.(seen.rows);
  return seen;
}
