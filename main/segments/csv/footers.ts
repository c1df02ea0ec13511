import { isPlausibleEmail } from '../cell-kinds.ts';
import type { Layout } from './layout.ts';
import type { RecordScanner } from './record-scanner.ts';

/** A record that may turn out to stand below the table rather than in it. Held back until the file goes on or ends. */
export interface FooterSuspect {
  readonly line: number;
  readonly kind: 'row' | 'short';
  readonly cells: readonly string[];
  readonly afterBlank: boolean;
}

/** More lines than this are no footer. */
export const maxFooterLines = 20;

const total = /^\W*((grand|sub)[ -]?)?totals?\b|^\W*(sum|somme|summe|gesamt|total général|sous-total)\b/i;
const closing =
  /^\W*(end|fin|eof|generated|exported|created|printed|produced|report|source|copyright|©|page|notes?|confidential|généré|exporté|créé|imprimé|rapport|number of|nombre|count|rows?|records?|lines?|lignes?|enregistrements?|anzahl|checksum|trailer)\b.*$/i;
const countOf =
  /^\(?\s*\d[\d .,']*\s*(rows?|records?|lines?|lignes?|enregistrements?|items?|results?|résultats?|contacts?|members?|membres?|profiles?|profils?|zeilen|clients?)\b/i;
const bracketed = /^\(.*\)\.?$|^\[.*\]$|^[-=*_~#.]{2,}/;

/** A cheap question asked of every record: could this one be a footer? */
export function maySuspect(scanner: RecordScanner, layout: Layout): boolean {
  let filled = 0;
  let first = -1;
  for (let i = 0; i < scanner.width; i++) {
    if ((scanner.starts[i] ?? 0) >= (scanner.ends[i] ?? 0)) continue;
    if (first < 0) first = i;
    filled++;
  }
  if (filled === 0) return true;
  if (layout.width === 1) {
    const lead = scanner.bytes[scanner.starts[0] ?? 0] ?? 0;
    return lead === 40 || lead === 45 || lead === 61 || lead === 42 || (lead >= 48 && lead <= 57) || !hasAt(scanner);
  }
  if (scanner.width < layout.width && filled <= 2) return true;
  const start = scanner.starts[first] ?? 0;
  const lead = (scanner.bytes[start] ?? 0) | 0x20;
  // g, s, t: the letters that words for a sum begin with, and e, o, r, u those that follow; an address in its place speaks against one.
  if (lead !== 116 && lead !== 103 && lead !== 115) return false;
  const next = (scanner.bytes[start + 1] ?? 0) | 0x20;
  if (next !== 101 && next !== 111 && next !== 114 && next !== 117) return false;
  return total.test(scanner.text(first)) && !(filled === layout.width && hasAt(scanner));
}

function hasAt(scanner: RecordScanner): boolean {
  const at = scanner.bytes.indexOf(64, scanner.recordStart);
  return at >= 0 && at < scanner.recordEnd;
}

/** The same question for a row whose cells are strings. */
export function maySuspectCells(cells: readonly string[], layout: Layout): boolean {
  const filled = cells.filter((cell) => cell !== '');
  if (filled.length === 0) return true;
  if (layout.width === 1) return !cells.some(isPlausibleEmail);
  return filled.length <= 2 || total.test(filled[0] ?? '');
}

/** How many of the last records of a file are footers: totals, counts of rows, remarks, rows of nothing but delimiters. */
export function countFooters(suspects: readonly FooterSuspect[], layout: Layout): number {
  let count = 0;
  let certain = 0;
  for (const suspect of suspects.toReversed()) {
    const isCertain = isFooter(suspect, layout);
    if (!isCertain && !mayBelongToFooter(suspect, layout)) break;
    count++;
    if (isCertain) certain = count;
  }
  return certain;
}

/** A lone remark below a table says nothing by itself; below one that surely is a footer it is one too. */
function mayBelongToFooter({ cells, kind }: FooterSuspect, layout: Layout): boolean {
  const filled = cells.filter((cell) => cell.trim() !== '');
  return kind === 'short' && layout.width > 1 && filled.length === 1 && !filled.some(isPlausibleEmail);
}

function isFooter({ cells, kind, afterBlank }: FooterSuspect, layout: Layout): boolean {
  const filled = cells.filter((cell) => cell.trim() !== '');
  const first = filled[0]?.trim() ?? '';
  if (filled.length === 0) return layout.width > 1;
  if (filled.some(isPlausibleEmail)) return false;
  if (layout.width === 1)
    return countOf.test(first) || /^\(.*\)$/.test(first) || /^[-=*_~]{3,}$/.test(first) || total.test(first);
  if (total.test(first)) {
    // Sums are numbers; somebody called Total has other names beside that.
    const sums = filled.slice(1).filter((cell) => /\d/.test(cell)).length;
    return filled.length === layout.width ? sums === filled.length - 1 : sums > 0 || filled.length === 1;
  }
  if (kind === 'row') return false;
  if (filled.length > 2) return false;
  if (countOf.test(first) || closing.test(first)) return true;
  if (filled.length > 1) return false;
  return bracketed.test(first) || afterBlank;
}
