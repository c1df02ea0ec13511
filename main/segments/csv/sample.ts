import type { Dialect, TextEncoding, UnreadableReason } from '../types.ts';
import { cellQuoted, RecordScanner } from './record-scanner.ts';

/** A record of a file's beginning. */
export interface SampleRecord {
  readonly line: number;
  readonly cells: readonly string[];
  readonly quoted: readonly boolean[];
  readonly raw: string;
  readonly blank: boolean;
  readonly malformed: UnreadableReason | null;
  readonly lineEnd: number;
}

/** The beginning of a file, as bytes that keep ASCII in place. */
export interface Sample {
  readonly bytes: Buffer;
  /** The sample is the whole file. */
  readonly whole: boolean;
  readonly encoding: TextEncoding;
}

/** The sample's records under a dialect; a record that the sample's end cuts is left out. */
export function readSample(sample: Sample, dialect: Dialect, limit = 1000): SampleRecord[] {
  const scanner = new RecordScanner(dialect);
  scanner.push(sample.bytes);
  // Also finishes a cut sample: else one unclosed quote in it would hide all that follows.
  scanner.finish();
  const records: SampleRecord[] = [];
  let cut = false;
  while (records.length <= limit && scanner.next()) {
    const cells = scanner.texts(sample.encoding);
    records.push({
      line: scanner.line,
      cells,
      quoted: cells.map((_, i) => ((scanner.flags[i] ?? 0) & cellQuoted) !== 0),
      raw: scanner.rawText(sample.encoding),
      blank: scanner.malformed === null && scanner.isBlank(),
      malformed: scanner.malformed,
      lineEnd: scanner.lineEnd,
    });
    cut = scanner.lineEnd === 0;
  }
  if (records.length > limit || (cut && !sample.whole && records.length > 1)) records.pop();
  return records;
}

/**
 * The width that most records have; the wider one on a tie. Blank, damaged and comment lines do not vote, and lines of
 * one cell count half: in short files as many remarks as rows may stand around the table.
 */
export function usualWidth(records: readonly SampleRecord[]): number {
  const votes = new Map<number, number>();
  for (const record of records) {
    if (record.blank || record.malformed || record.raw.startsWith('#')) continue;
    const width = record.cells.length;
    votes.set(width, (votes.get(width) ?? 0) + (width === 1 ? 0.5 : 1));
  }
  let best = 1;
  let most = 0;
  for (const [width, count] of votes) {
    if (count > most || (count === most && width > best)) {
      best = width;
      most = count;
    }
  }
  return best;
}

export function filledCells(cells: readonly string[]): number {
  return cells.reduce((count, cell) => count + (cell.trim() === '' ? 0 : 1), 0);
}
