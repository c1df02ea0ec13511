import { isPlausibleEmail, kindOf } from '../cell-kinds.ts';
import { meaningOf, nameContacts } from '../heading-dictionary.ts';
import type { Layout } from './layout.ts';
import type { Sample, SampleRecord } from './sample.ts';

/** Prose, pages, settings and programs are text, perhaps with commas, but no tables. */
export function isTable(
  sample: Sample,
  records: readonly SampleRecord[],
  layout: Layout,
  delimiter: string | null,
): boolean {
  const text = sample.bytes.subarray(0, 4096).toString('latin1').trimStart();
  if (/^(<!doctype|<html|<\?xml|<[a-z]+[\s>])/i.test(text)) return false;
  if (nameContacts(layout.columns)) return true;
  const lines = records.filter((record) => !record.blank && record.malformed === null && !record.raw.startsWith('#'));
  if (layout.width === 1) return meaningOf(layout.columns[0] ?? '') !== null || areTokens(lines);
  const rows = lines.filter(({ line }) => line >= layout.dataFromLine);
  if (rows.length === 0) return looksDelimited(lines);
  // `key: value` is how settings are written.
  if (delimiter === ':' && layout.width === 2) return false;
  return hasTypedColumn(rows, layout.width) || looksDelimited(lines);
}

/** One column: addresses or identifiers rather than sentences. */
function areTokens(lines: readonly SampleRecord[]): boolean {
  const first = lines.map(({ cells }) => (cells[0] ?? '').trim());
  const tokens = first.filter((cell) => isPlausibleEmail(cell) || /^\S{1,100}$/.test(cell));
  return tokens.length >= lines.length * 0.6;
}

function hasTypedColumn(rows: readonly SampleRecord[], width: number): boolean {
  for (let column = 0; column < width; column++) {
    const kinds = rows.map(({ cells }) => kindOf(cells[column] ?? '')).filter((kind) => kind !== 'empty');
    const typed = kinds.filter((kind) => kind !== 'text');
    if (typed.length >= rows.length * 0.5 && typed.length > 0) return true;
  }
  return false;
}

/** Nearly every line has the same cells, and they do not begin with a blank as the halves of a sentence do. */
function looksDelimited(lines: readonly SampleRecord[]): boolean {
  const widths = new Map<number, number>();
  let blankStarts = 0;
  let inner = 0;
  for (const { cells } of lines) {
    widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1);
    for (const cell of cells.slice(1)) {
      inner++;
      if (cell.startsWith(' ')) blankStarts++;
    }
  }
  const regular = Math.max(0, ...[...widths].filter(([width]) => width > 1).map(([, count]) => count));
  return regular >= lines.length * 0.6 && blankStarts < inner * 0.5;
}
