import type { ByteSource } from '../byte-source.ts';
import { createTranscoder } from '../encodings.ts';
import type { ProgressReporter } from '../progress.ts';
import type { SegmentRow, TextEncoding } from '../types.ts';
import type { RecordScanner } from './record-scanner.ts';
import { type CsvReading, withoutMark } from './understand.ts';
import { RecordWalker, type Visitor } from './walk.ts';

/**
 * Reads an understood file again, in UTF-8, row by row. The visitor's `row` may return false to stop.
 * Returns the number of rows told.
 */
export async function readCsv(
  source: ByteSource,
  reading: Pick<CsvReading, 'encoding' | 'bomLength' | 'dialect' | 'layout' | 'usualEnd' | 'checkUtf8' | 'footerLine'>,
  visitor: Visitor,
  progress: ProgressReporter,
  /** Asked between chunks: true ends the reading early. */
  enough: (rows: number) => boolean | Promise<boolean> = () => false,
): Promise<number> {
  const { dialect, layout, usualEnd, checkUtf8, footerLine } = reading;
  const walker = new RecordWalker({ dialect, layout, usualEnd, checkUtf8, encoding: 'utf-8', footerLine }, visitor);
  const transcoder = createTranscoder(reading.encoding);
  for await (const chunk of withoutMark(source, reading.bomLength, progress)) {
    walker.push(transcoder.push(chunk));
    progress.rows(walker.rows);
    if (await enough(walker.rows)) return walker.rows;
  }
  walker.push(transcoder.end());
  walker.finish();
  await enough(walker.rows);
  return walker.rows;
}

/** The scanner's record as a row of `width` cells. */
export function toRow(scanner: RecordScanner, width: number, encoding: TextEncoding = 'utf-8'): SegmentRow {
  const row: SegmentRow = [];
  for (let i = 0; i < width; i++) row.push(i < scanner.width ? scanner.text(i, encoding) : null);
  return row;
}
