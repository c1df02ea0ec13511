import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type ByteSource, openByteSource, unpackTo } from './byte-source.ts';
import { toRow } from './csv/read.ts';
import { type CsvStart, realColumns, startCsv } from './csv/understand.ts';
import { RecordWalker } from './csv/walk.ts';
import { previewJson, startJson } from './json/understand.ts';
import { understandParquet } from './parquet.ts';
import { ProgressReporter } from './progress.ts';
import type { Inspection, ReadingOptions, SegmentRow } from './types.ts';
import { kindOfTable } from './understand.ts';
import type { SheetSummary } from './understood-file.ts';
import { previewWorkbook } from './xlsx/understand.ts';

export interface PreviewOptions extends ReadingOptions {
  /** How many rows; 50 by default. */
  readonly rows?: number;
}

/** What the beginning of a file suggests. Reading the whole may correct it: the first accent or quote may come late. */
export interface SegmentPreview extends Omit<Inspection, 'rowCount' | 'unreadable' | 'rows'> {
  readonly rows: SegmentRow[];
  /** The rows are all there are. */
  readonly whole: boolean;
  readonly sheets?: readonly SheetSummary[];
}

/**
 * The first rows of a file of any size, from its beginning only: within half a second for text, JSON, Parquet and gzip of these.
 * @throws SegueError as {@link inspectFile}
 */
export async function previewSegment(file: string, options: PreviewOptions = {}): Promise<SegmentPreview> {
  const limit = options.rows ?? 50;
  const overrides = options.overrides ?? {};
  const source = await openByteSource(file);
  const progress = new ProgressReporter(options.signal ? { signal: options.signal } : {}, source.size);
  const base = { compression: source.compression, delimiter: null, quote: null, headerLine: null };
  const kind = await kindOfTable(source);
  if (kind === 'xlsx') {
    const preview = source.isWorkbook
      ? await previewWorkbook(source, file, overrides, limit, options.signal)
      : await previewPacked(source, options, limit);
    return { ...base, format: 'xlsx', encoding: 'utf-8', ...preview };
  }
  if (kind === 'parquet') {
    // Its counts stand at its end.
    const understood = await understandParquet(source, options.tempFolder, progress);
    try {
      const rows: SegmentRow[] = [];
      await understood.readRows(
        { row: (cells) => void (rows.length < limit && rows.push(cells)) },
        progress,
        (count) => count >= limit,
      );
      const { rowCount, unreadable: _unreadable, rows: _rows, ...reading } = understood.inspection;
      return {
        ...reading,
        rows,
        whole: rowCount <= limit,
        ...(understood.sheets ? { sheets: understood.sheets } : {}),
      };
    } finally {
      await understood.dispose();
    }
  }
  const json = await startJson(source);
  if (json !== null) {
    const preview = await previewJson(source, json, limit, progress);
    return { ...base, format: json.shape.format, encoding: json.encoding, ...preview };
  }
  return { compression: source.compression, ...previewCsv(await startCsv(source, overrides), limit) };
}

/** A workbook inside gzip or zip: one has to jump about in it, so it is unpacked first, which takes little time. */
async function previewPacked(source: ByteSource, options: PreviewOptions, limit: number) {
  const work = await mkdtemp(path.join(options.tempFolder ?? tmpdir(), 'segue-workbook-'));
  try {
    const file = path.join(work, path.basename(source.path));
    await unpackTo(source, file, { signal: options.signal });
    return await previewWorkbook(source, file, options.overrides ?? {}, limit, options.signal);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

function previewCsv(start: CsvStart, limit: number): Omit<SegmentPreview, 'compression'> {
  const { dialect, sample, usualEnd } = start;
  const rows: SegmentRow[] = [];
  let total = 0;
  const settings = { dialect, layout: start.layout, usualEnd, checkUtf8: false, encoding: sample.encoding };
  const counted = new RecordWalker({ ...settings, footerLine: undefined });
  counted.push(sample.bytes);
  if (sample.whole) counted.finish();
  const columns = realColumns(start.layout, counted.lastFilledColumn);
  const walker = new RecordWalker(
    { ...settings, footerLine: counted.footerLine },
    {
      row: (scanner) => {
        total++;
        if (rows.length < limit) rows.push(toRow(scanner, columns.length, sample.encoding));
      },
    },
  );
  walker.push(sample.bytes);
  if (sample.whole) walker.finish();
  return {
    format: 'csv',
    encoding: start.certainEncoding ?? sample.encoding,
    delimiter: dialect.delimiter,
    quote: counted.scanner.seen.quotedCells > 0 ? dialect.quote : null,
    ...(dialect.wrapper === null ? {} : { wrapped: true }),
    headerLine: start.layout.headerLine,
    columns,
    rows,
    whole: sample.whole && total <= limit,
  };
}
