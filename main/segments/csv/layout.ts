import { type CellKind, isPlausibleEmail, kindOf } from '../cell-kinds.ts';
import { meaningOf } from '../heading-dictionary.ts';
import { runMark } from '../rejected-rows-mark.ts';
import type { ReadingOverrides } from '../types.ts';
import { filledCells, type SampleRecord, usualWidth } from './sample.ts';

/** Where the table lies in the text. */
export interface Layout {
  /** 1-based physical line of the headings; null when nothing names the columns. */
  readonly headerLine: number | null;
  /** Records that begin above this physical line belong to no row. */
  readonly dataFromLine: number;
  /** How many cells a row has. */
  readonly width: number;
  readonly columns: readonly string[];
  /** The column that holds addresses, as far as the beginning tells. */
  readonly emailColumn: number | null;
}

/** How far into a file a header is looked for, in records. */
const searchDepth = 40;

/** Finds the header and the first row below titles, blank lines and comments. Null when the sample holds no record at all. */
export function findLayout(
  records: readonly SampleRecord[],
  overrides: ReadingOverrides = {},
  declaresDelimiter = false,
): Layout | null {
  const lines = records.filter((record, i) => !record.blank && !record.malformed && !(declaresDelimiter && i === 0));
  if (lines.length === 0) return null;
  const usual = widthOfRows(lines);
  if (typeof overrides.headerLine === 'number') {
    const wanted = overrides.headerLine;
    const header = lines.find((record) => record.line === wanted);
    if (header) return withHeader(header, lines, usual);
  }
  const first = firstTableLine(lines, usual);
  const record = lines[first];
  if (!record) return null;
  const isHeader = overrides.headerLine === undefined && looksLikeHeader(record, lines.slice(first + 1));
  return isHeader ? withHeader(record, lines, usual) : withoutHeader(record, lines.slice(first), usual);
}

/** The usual width, without the cell that a delimiter at the end of every row seems to make. */
function widthOfRows(lines: readonly SampleRecord[]): number {
  const usual = usualWidth(lines);
  const rows = lines.filter((record) => record.cells.length === usual);
  return usual > 1 && rows.length > 1 && rows.every((row) => row.cells[usual - 1] === '') ? usual - 1 : usual;
}

function withHeader(header: SampleRecord, lines: readonly SampleRecord[], usual: number): Layout {
  const below = lines.filter((record) => record.line > header.line && !record.raw.startsWith('#'));
  const columns = header.cells.map((cell) => cell);
  const wider = below.filter((record) => record.cells.length > columns.length && lastFilled(record) >= columns.length);
  // Headings for fewer columns than nearly every row has: the rest is unnamed, not surplus.
  if (below.length >= 3 && wider.length >= below.length * 0.9) while (columns.length < usual) columns.push('');
  return {
    headerLine: header.line,
    dataFromLine: (below[0] && isUnderline(below[0]) ? below[0].line : header.line) + 1,
    width: columns.length,
    columns,
    emailColumn: emailColumnOf(below),
  };
}

/** `-----,-----`: what database tools draw below the headings. */
function isUnderline({ cells }: SampleRecord): boolean {
  const filled = cells.filter((cell) => cell.trim() !== '');
  return filled.length > 0 && filled.every((cell) => /^ *[-=]{2,} *$/.test(cell));
}

function withoutHeader(first: SampleRecord, rows: readonly SampleRecord[], usual: number): Layout {
  // A delimiter that ends every row makes no column.
  const trailing = usual === 2 && rows.length > 1 && rows.every((row) => lastFilled(row) < 1);
  const width = trailing ? 1 : usual;
  return {
    headerLine: null,
    dataFromLine: first.line,
    width,
    columns: Array.from({ length: width }, (_, i) => `Column ${i + 1}`),
    emailColumn: emailColumnOf(rows),
  };
}

function lastFilled(record: SampleRecord): number {
  return record.cells.findLastIndex((cell) => cell !== '');
}

function emailColumnOf(rows: readonly SampleRecord[]): number | null {
  const counts: number[] = [];
  for (const row of rows) {
    for (const [i, cell] of row.cells.entries()) if (isPlausibleEmail(cell)) counts[i] = (counts[i] ?? 0) + 1;
  }
  let best: number | null = null;
  for (const [i, count] of counts.entries()) {
    if (count !== undefined && count > rows.length * 0.5 && count > (best === null ? 0 : (counts[best] ?? 0))) best = i;
  }
  return best;
}

/** The line that opens the table: the header, or the first row. */
function firstTableLine(lines: readonly SampleRecord[], usual: number): number {
  const depth = Math.min(lines.length, searchDepth);
  const marked = lines.slice(0, depth).findIndex(({ cells }) => runMark(cells) !== null);
  if (marked >= 0) return marked;
  const named = lines.slice(0, depth).findIndex((record) => namesAnEmailColumn(record, usual));
  const firstAddress = lines.slice(0, depth).findIndex((record) => record.cells.some(isPlausibleEmail));
  if (named >= 0 && (firstAddress < 0 || named < firstAddress)) {
    // Words about addresses in a row ("no email address") name no column where the line above has a heading for each.
    const full = lines.slice(0, named).findIndex((record) => isFullOfNames(record, usual));
    return full >= 0 ? full : named;
  }
  if (usual < 2)
    return Math.max(
      0,
      lines.findIndex((record) => !/^#(\s|#|$)/.test(record.raw)),
    );
  const enough = Math.max(2, Math.ceil(usual / 2));
  const isComment = (record: SampleRecord): boolean => record.raw.startsWith('#') && /^#\s/.test(record.raw);
  let start = lines.findIndex((r) => r.cells.length >= usual && filledCells(r.cells) >= enough && !isComment(r));
  if (start < 0) start = lines.findIndex((r) => r.cells.length >= usual && !isComment(r));
  if (start < 0) start = lines.findIndex((r) => r.cells.length > 1);
  if (start < 0) return 0;
  const above = lines[start - 1];
  const here = lines[start];
  // Mostly empty headings right above the first row.
  if (above && here && above.cells.length >= usual && above.line + 1 === here.line && isDataLike(here)) {
    if (filledCells(above.cells) >= 1 && !isDataLike(above) && above.cells.some((cell) => meaningOf(cell)))
      return start - 1;
  }
  return start;
}

function namesAnEmailColumn(record: SampleRecord, usual: number): boolean {
  if (record.cells.length < Math.min(usual, 2) || record.cells.some(isPlausibleEmail)) return false;
  const filled = filledCells(record.cells);
  if (usual > 2 && filled < 2) return false;
  const email = record.cells.findIndex(
    (cell) => cell.length <= 60 && meaningOf(cell.replace(/^#/, ''))?.meaning === 'email',
  );
  return email >= 0 && !/[:：]\s*$/.test(record.cells[email] ?? '');
}

/** A heading in every cell, each its own. */
function isFullOfNames({ cells }: SampleRecord, usual: number): boolean {
  const names = new Set(cells.map((cell) => cell.trim()));
  return usual > 2 && cells.length === usual && names.size === usual && cells.every((cell) => kindOf(cell) === 'text');
}

function isDataLike(record: SampleRecord): boolean {
  return record.cells.some((cell) => !['text', 'empty'].includes(kindOf(cell)));
}

/** Headings are words unlike what stands below them. */
function looksLikeHeader(record: SampleRecord, below: readonly SampleRecord[]): boolean {
  if (record.cells.some(isPlausibleEmail)) return false;
  const known = record.cells.filter((cell) => cell.length <= 60 && meaningOf(cell.replace(/^#/, ''))).length;
  if (known >= Math.max(1, Math.ceil(filledCells(record.cells) / 4))) return true;
  const rows = below.slice(0, 200);
  let evidence = 0;
  for (const [i, heading] of record.cells.entries()) {
    if (heading.trim() === '') continue;
    const values = rows.map((row) => row.cells[i] ?? '').filter((cell) => cell.trim() !== '');
    if (values.length === 0) continue;
    const typed: CellKind[] = values.map(kindOf).filter((kind) => kind !== 'text');
    const kind = typed[0];
    const mostlyTyped = typed.length >= values.length * 0.8;
    if (mostlyTyped && kind) evidence += typed.includes(kindOf(heading)) ? -1 : 1;
    else if (values.includes(heading)) evidence -= 1;
  }
  if (evidence !== 0) return evidence > 0;
  return !isDataLike(record);
}
