import { readZipEntry } from '../zip.ts';
import { formatNumber } from './number-format.ts';
import type { Sheet, Workbook } from './workbook.ts';
import { attribute, cellText, runsOf } from './xml-text.ts';

/** A row of a sheet as a person sees it. */
export interface SheetRow {
  /** 1-based. */
  readonly number: number;
  readonly hidden: boolean;
  /** Up to the last cell with text. */
  readonly cells: readonly string[];
}

const rowPattern = /<(\w+:)?row\b([^>]*?)(\/>|>)/g;
const cellPattern = /<(?:\w+:)?c\b([^>]*?)(?:\/>|>([\s\S]*?)<\/(?:\w+:)?c>)/g;
const valuePattern = /<(?:\w+:)?v\b[^>]*>([^<]*)<\/(?:\w+:)?v>/;

/** Streams a sheet's rows; empty ones are left out. `onRead` is told the packed bytes taken so far. */
export async function* sheetRows(
  workbook: Workbook,
  sheet: Sheet,
  options: { readonly signal?: AbortSignal | undefined; readonly onRead?: (bytes: number) => void },
): AsyncGenerator<SheetRow[]> {
  const decoder = new TextDecoder();
  let pending = '';
  let last = 0;
  const source = readZipEntry(workbook.file, sheet.entry, {
    ...(options.signal ? { signal: options.signal } : {}),
    ...(options.onRead ? { onRead: options.onRead } : {}),
  });
  for await (const chunk of source) {
    pending += decoder.decode(chunk, { stream: true });
    const rows: SheetRow[] = [];
    let done = 0;
    rowPattern.lastIndex = 0;
    for (let open = rowPattern.exec(pending); open; open = rowPattern.exec(pending)) {
      const [, prefix = '', attributes = '', ending] = open;
      const number = Number(attribute(attributes, 'r') ?? last + 1);
      if (ending === '/>') {
        last = number;
        done = rowPattern.lastIndex;
        continue;
      }
      const close = pending.indexOf(`</${prefix}row>`, rowPattern.lastIndex);
      if (close < 0) break;
      const cells = cellsOf(pending.slice(rowPattern.lastIndex, close), workbook);
      if (cells.length > 0) {
        rows.push({ number, hidden: /^(1|true)$/.test(attribute(attributes, 'hidden') ?? ''), cells });
      }
      last = number;
      done = rowPattern.lastIndex = close + prefix.length + 6;
    }
    pending = pending.slice(done);
    if (rows.length > 0) yield rows;
  }
}

function cellsOf(row: string, workbook: Workbook): string[] {
  const cells: string[] = [];
  let next = 0;
  for (const [, attributes = '', body] of row.matchAll(cellPattern)) {
    const column = columnOf(attributes) ?? next;
    next = column + 1;
    if (body === undefined || column > 16_383) continue;
    const text = textOf(attributes, body, workbook);
    if (text === '') continue;
    while (cells.length < column) cells.push('');
    cells[column] = text;
  }
  return cells;
}

/** Column of a reference such as `AB12`, from 0. */
function columnOf(attributes: string): number | null {
  const at = attributes.indexOf('r="');
  if (at < 0) return null;
  let column = 0;
  for (let i = at + 3; i < attributes.length; i++) {
    const letter = attributes.charCodeAt(i);
    if (letter < 65 || letter > 90) break;
    column = column * 26 + letter - 64;
  }
  return column === 0 ? null : column - 1;
}

function textOf(attributes: string, body: string, workbook: Workbook): string {
  const type = /(?:^|\s)t="(\w+)"/.exec(attributes)?.[1] ?? 'n';
  if (type === 'inlineStr') return runsOf(body);
  const value = valuePattern.exec(body)?.[1];
  if (value === undefined) return '';
  if (type === 's') return workbook.strings[Number(value)] ?? '';
  if (type === 'b') return value === '1' ? 'TRUE' : 'FALSE';
  if (type !== 'n') return cellText(value);
  const style = Number(/(?:^|\s)s="(\d+)"/.exec(attributes)?.[1] ?? 0);
  const format = workbook.formats[style];
  const number = Number(value);
  if (Number.isNaN(number) || value === '') return cellText(value);
  // Whole numbers without a format are most of them.
  if (format === undefined) return formatNumber(number, { sections: [], general: true, iso: null }, workbook.date1904);
  return formatNumber(number, format, workbook.date1904);
}
