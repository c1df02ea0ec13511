import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { RejectionReason } from '../../preload/contract/views.ts';
import { SegueError } from '../errors/segue-error.ts';
import { joinHeadings } from '../segments/join-headings.ts';
import { markedReason, markedRow } from '../segments/rejected-rows-mark.ts';
import type { Store } from '../store/open-store.ts';
import { pageRejectedRows } from '../store/rejected-rows.ts';
import type { RunSegment } from '../store/runs.ts';

const page = 2_000;
const notWritable: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR', 'EISDIR', 'EBUSY']);

function cell(text: string | null): string {
  if (text === null) return '';
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const line = (cells: readonly (string | null)[]): string => `${cells.map(cell).join(',')}\r\n`;

/**
 * Writes a run's refused rows as CSV in the shape of their file: its columns, then the reason, so that they can be
 * mended in a spreadsheet and dropped back in. Several segments share one table: the union of their headings, in order of
 * appearance, and the segment's name. The reason ends with the row's number among the run's rejected rows, by which it
 * is known again. UTF-8 with a byte order mark, for Excel.
 *
 * What a run over mended rows still rejects is written as rejected by the run they first belonged to: the old reasons
 * give way to the new ones, the numbers stay, and `reasonHeading` is to name that first run.
 *
 * Answers the number of rows. A file is only there once it is whole. Throws `disk.not-writable`, `disk.full`.
 */
export async function writeRejectedRows(
  store: Store,
  runId: string,
  segments: readonly RunSegment[],
  file: string,
  words: { reasonHeading: string; segmentHeading: string; reason(code: RejectionReason): string },
): Promise<number> {
  const markColumn = segments[0]?.markColumn;
  // A file of mended rows has the segments' names already.
  const several = segments.length > 1 && markColumn === undefined;
  const joined = joinHeadings(segments);
  const shown = joined.headings.map((_, place) => place).filter((place) => place !== markColumn);
  let rows = 0;
  async function* lines() {
    yield `\uFEFF${line([...shown.map((place) => joined.headings[place] ?? ''), ...(several ? [words.segmentHeading] : []), words.reasonHeading])}`;
    for (let after = 0; ; ) {
      const records = pageRejectedRows(store, runId, after, page);
      let text = '';
      for (const record of records) {
        const cells: (string | null)[] = joined.headings.map(() => '');
        (JSON.parse(record.cells) as (string | null)[]).forEach((value, column) => {
          cells[joined.placeOf(record.segment, column)] = value;
        });
        const kept = shown.map((place) => cells[place] ?? null);
        if (several) kept.push(segments[record.segment]?.name ?? '');
        const rowId = markColumn === undefined ? record.rowId : markedRow(cells[markColumn] ?? null);
        const reason = words.reason(record.reason);
        text += line([...kept, rowId === null ? reason : markedReason(reason, rowId)]);
      }
      rows += records.length;
      if (text !== '') yield text;
      const last = records.at(-1);
      if (last === undefined || records.length < page) return;
      after = last.rowId;
    }
  }
  const half = `${file}.part`;
  try {
    await pipeline(Readable.from(lines()), createWriteStream(half));
    await rename(half, file);
  } catch (error) {
    await rm(half, { force: true }).catch(() => undefined);
    const code = (error as NodeJS.ErrnoException).code ?? '';
    throw notWritable.has(code) ? new SegueError('disk.not-writable', {}, { cause: error }) : error;
  }
  return rows;
}
