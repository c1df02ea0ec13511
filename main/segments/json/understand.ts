import path from 'node:path';
import { SegueError } from '../../errors/segue-error.ts';
import { type ByteSource, readHead } from '../byte-source.ts';
import { isPlausibleEmail } from '../cell-kinds.ts';
import { withoutMark } from '../csv/understand.ts';
import { EncodingCensus } from '../encoding-census.ts';
import { createTranscoder, encodingOfHead } from '../encodings.ts';
import { meaningOf, nameContacts } from '../heading-dictionary.ts';
import type { ProgressReporter } from '../progress.ts';
import type { SegmentRow, TextEncoding, UnreadableLine } from '../types.ts';
import type { Enough, RowVisitor, UnderstoodFile } from '../understood-file.ts';
import { cellsOf } from './json-cells.ts';
import { type JsonShape, jsonShape } from './json-shape.ts';
import { JsonSplitter } from './json-splitter.ts';

const headBytes = 256 * 1024;

export interface JsonStart {
  readonly shape: JsonShape;
  readonly bomLength: number;
  /** What the bytes are decoded from. Other than UTF-16 it is certain only after the last byte. */
  readonly encoding: TextEncoding;
}

/** The beginning of a JSON file; null when the file is something else. */
export async function startJson(source: ByteSource): Promise<JsonStart | null> {
  const head = await readHead(source.chunks(), headBytes);
  const { encoding, bomLength } = encodingOfHead(head);
  const bytes = createTranscoder(encoding ?? 'utf-8').push(head.subarray(bomLength));
  const shape = jsonShape(bytes, head.length < headBytes);
  return shape === null ? null : { shape, bomLength, encoding: encoding ?? 'utf-8' };
}

/** Reads a whole JSON file once: its columns are all keys in the order of their first appearance. */
export async function understandJson(
  source: ByteSource,
  start: JsonStart,
  progress: ProgressReporter,
): Promise<UnderstoodFile> {
  progress.inTwoPasses();
  const census = new EncodingCensus();
  const table = new JsonTable();
  const unreadable: UnreadableLine[] = [];
  const visitor: RowVisitor = { unreadable: (line, reason) => unreadable.push({ line, reason }) };
  const rowCount = await walkJson(source, start, table, visitor, progress, undefined, census);
  const verdict = start.encoding === 'utf-8' ? census.end().encoding : start.encoding;
  // Bytes that are no UTF-8 came in as replacement characters: with the encoding known they are read for good below.
  const settled: JsonStart = { ...start, encoding: verdict };
  const columns = verdict === start.encoding ? table : new JsonTable();
  if (columns !== table) {
    unreadable.length = 0;
    await walkJson(source, settled, columns, visitor, progress);
  }
  mustBeTable(source, start, columns, rowCount);
  return {
    source,
    inspection: {
      format: start.shape.format,
      compression: source.compression,
      encoding: verdict,
      delimiter: null,
      quote: null,
      headerLine: null,
      columns: columns.headings(),
      rowCount: rowCount,
      unreadable,
    },
    skipped: { blank: 0, comment: 0, footer: 0 },
    breaksInCells: true,
    rawQuotes: false,
    readRows: (rowVisitor, reporter, enough) =>
      walkJson(source, settled, columns.reread(), rowVisitor, reporter, enough),
    dispose: async () => {},
  };
}

/** Columns and first rows of a JSON file, from its beginning only. */
export async function previewJson(
  source: ByteSource,
  start: JsonStart,
  limit: number,
  progress: ProgressReporter,
): Promise<{ columns: string[]; rows: SegmentRow[]; whole: boolean }> {
  const table = new JsonTable();
  const rows: SegmentRow[] = [];
  let more = false;
  const visitor: RowVisitor = {
    row: (cells) => {
      if (rows.length < limit) rows.push(cells);
      else more = true;
    },
  };
  await walkJson(source, start, table, visitor, progress, () => more);
  const columns = table.headings();
  if (!more) mustBeTable(source, start, table, rows.length);
  for (const row of rows) while (row.length < columns.length) row.push('');
  return { columns, rows, whole: !more };
}

/**
 * An empty list is an empty segment; one object that names nothing of a person, or a list of bare values, is data of another kind.
 * @throws SegueError `segment.empty`, `segment.not-a-table`
 */
function mustBeTable(source: ByteSource, { shape }: JsonStart, table: JsonTable, rowCount: number): void {
  const file = path.basename(source.path);
  const columns = table.headings();
  if (rowCount === 0 && columns.length === 0) {
    throw new SegueError(shape.layout === 'array' ? 'segment.empty' : 'segment.not-a-table', { file });
  }
  const lone = shape.layout === 'single' && rowCount === 1;
  if (!nameContacts(columns) && (lone || table.holdsBareValues()))
    throw new SegueError('segment.not-a-table', { file });
}

async function walkJson(
  source: ByteSource,
  start: JsonStart,
  table: JsonTable,
  visitor: RowVisitor,
  progress: ProgressReporter,
  enough?: Enough,
  census?: EncodingCensus,
): Promise<number> {
  let rows = 0;
  const splitter = new JsonSplitter(
    start.shape,
    (text, line) => {
      const row = table.row(text);
      if (row === 'header') return;
      if (typeof row === 'string') visitor.unreadable?.(line, row, text);
      else {
        rows++;
        visitor.row?.(row);
      }
    },
    (line, reason, text) => visitor.unreadable?.(line, reason, text),
  );
  const transcoder = createTranscoder(start.encoding);
  for await (const chunk of withoutMark(source, start.bomLength, progress)) {
    census?.push(chunk);
    splitter.push(transcoder.push(chunk));
    progress.rows(rows);
    if (await enough?.(rows)) return rows;
  }
  splitter.push(transcoder.end());
  splitter.finish();
  await enough?.(rows);
  return rows;
}

/** Turns records into rows of one table: objects by key, arrays and single values by position. */
class JsonTable {
  readonly #columns: Map<string, number>;
  #headings: string[] | null;
  #kind: 'objects' | 'arrays' | 'values' | null = null;
  #width = 0;
  #holdsAddress = false;
  readonly #known: boolean;

  constructor(known?: { columns: Map<string, number>; headings: string[] | null; width: number }) {
    this.#columns = known?.columns ?? new Map();
    this.#headings = known?.headings ?? null;
    this.#width = known?.width ?? 0;
    this.#known = known !== undefined;
  }

  /** The same table for another reading, with all its columns known. */
  reread(): JsonTable {
    return new JsonTable({ columns: this.#columns, headings: this.#headings, width: this.#width });
  }

  /** The list holds neither objects nor rows, and no addresses. */
  holdsBareValues(): boolean {
    return this.#kind === 'values' && !this.#holdsAddress;
  }

  headings(): string[] {
    if (this.#kind === 'objects') return [...this.#columns.keys()];
    return Array.from({ length: this.#width }, (_, i) =>
      this.#headings ? (this.#headings[i] ?? '') : `Column ${i + 1}`,
    );
  }

  row(text: string): SegmentRow | 'header' | 'invalid-json' | 'not-an-object' {
    const found = cellsOf(text);
    if (found === null) return 'invalid-json';
    const isArray = found.keys === null && text.trimStart().startsWith('[');
    const kind = found.keys !== null ? 'objects' : isArray ? 'arrays' : 'values';
    const first = this.#kind === null;
    this.#kind ??= kind;
    if (this.#kind !== kind) return 'not-an-object';
    if (found.keys !== null) return this.#object(found.keys, found.cells);
    if (first && isArray && looksLikeHeadings(found.cells)) {
      this.#headings = found.cells;
      this.#width = Math.max(this.#width, found.cells.length);
      return 'header';
    }
    this.#width = Math.max(this.#width, found.cells.length);
    this.#holdsAddress ||= kind === 'values' && isPlausibleEmail(found.cells[0] ?? '');
    const row: SegmentRow = found.cells;
    while (this.#known && row.length < this.#width) row.push(null);
    return row;
  }

  #object(keys: readonly string[], cells: readonly string[]): SegmentRow {
    for (const key of keys) if (!this.#columns.has(key)) this.#columns.set(key, this.#columns.size);
    const row: SegmentRow = new Array<string>(this.#columns.size).fill('');
    for (const [i, key] of keys.entries()) row[this.#columns.get(key) ?? 0] = cells[i] ?? '';
    return row;
  }
}

function looksLikeHeadings(cells: readonly string[]): boolean {
  return !cells.some(isPlausibleEmail) && cells.some((cell) => meaningOf(cell) !== null);
}
