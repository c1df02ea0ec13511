import { z } from 'zod';
import { isContactField } from '../contact-fields.ts';
import { findingKind } from './checks.ts';
import { count, id, time, wireError } from './common.ts';

/** What reading a file made of it; also what `inspect` prints (without `rows`). */
export const readingView = z.strictObject({
  format: z.enum(['csv', 'xlsx', 'json', 'ndjson', 'parquet']),
  compression: z.enum(['none', 'gzip', 'zip']),
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'macintosh']),
  delimiter: z.string().nullable(),
  quote: z.string().nullable(),
  /** Whole lines stand in quotes of their own, which were taken off. */
  wrapped: z.literal(true).exactOptional(),
  headerLine: z.int().positive().nullable(),
});
export type ReadingView = z.infer<typeof readingView>;

/** A person's corrections of a reading; what is absent is recognised by itself. */
export const readingOverrides = z.strictObject({
  encoding: readingView.shape.encoding.exactOptional(),
  /** Null: the file has one column. */
  delimiter: z
    .string()
    .regex(/^[^"'\r\n]$/)
    .nullable()
    .exactOptional(),
  /** Null: quotation marks are text. */
  quote: z
    .string()
    .regex(/^["']$/)
    .nullable()
    .exactOptional(),
  /** Whether whole lines stand in quotes of their own. */
  wrapped: z.boolean().exactOptional(),
  /** Null: no line names the columns. */
  headerLine: z.int().positive().max(100_000).nullable().exactOptional(),
  /** Name of a workbook's sheet. */
  sheet: z.string().max(255).exactOptional(),
});
export type ReadingOverrides = z.infer<typeof readingOverrides>;

/** A line that could not be read, as it stands in its file; beyond 2,000 characters it is cut. */
export const unreadableLine = z.strictObject({
  file: z.string(),
  line: z.int().positive(),
  reason: z.string(),
  text: z.string(),
});
export type UnreadableLine = z.infer<typeof unreadableLine>;

/** How a matched column's cells become values. What is absent is done as always: nothing is repaired unasked. */
export const matchOptions = z.strictObject({
  /** Repairs that a person chose, by the kind of finding they mend. */
  repairs: z.array(findingKind).max(findingKind.options.length).exactOptional(),
  /** What comes first in the column's dates; absent: what the whole column shows. */
  dateOrder: z.enum(['day-first', 'month-first', 'year-first']).exactOptional(),
  /** What comes first in a column of full names, where nothing in the cell tells; absent: the first name. */
  nameOrder: z.enum(['first-last', 'last-first']).exactOptional(),
  /** What a custom field of the account takes; `older-date` is text in the shape MM/DD/YYYY. Absent: any text. */
  valueType: z.enum(['text', 'number', 'date', 'older-date']).exactOptional(),
  /** Whether a blank cell leaves the contact's value as it is (the default) or clears it. */
  whenBlank: z.enum(['keep', 'clear']).exactOptional(),
});
export type MatchOptions = z.infer<typeof matchOptions>;

export const fieldMatch = z.strictObject({
  field: z.string().refine(isContactField),
  /** Position of the segment's column, from 0. */
  columnIndex: z.int().nonnegative().max(9_999),
  ...matchOptions.shape,
});
export type FieldMatch = z.infer<typeof fieldMatch>;
export const fieldMap = z.array(fieldMatch).max(64);
export type FieldMap = z.infer<typeof fieldMap>;

/** A word that people put on a segment. */
export const segmentTag = z.string().trim().min(1).max(40);

export const segmentView = z.strictObject({
  segmentId: id,
  name: z.string(),
  fileName: z.string(),
  /** Of all parts together. */
  fileBytes: count,
  /** Names of the files that make one segment, in their order; empty when it is a single file. */
  parts: z.array(z.string()),
  state: z.enum(['reading', 'ready', 'failed', 'missing']),
  /** While `reading`. */
  progress: z.strictObject({ bytesRead: count, bytesTotal: count, rows: count }).nullable(),
  /** What was understood. While `reading` this and what follows is judged by the file's beginning, once that is known. */
  reading: readingView.nullable(),
  /** What a person corrected of it. */
  overrides: readingOverrides,
  /** The correction was made for an earlier file of the same source. */
  overridesRemembered: z.boolean(),
  /** Encodings that the file may be in, with words of it as each reads them; empty where there is no doubt. */
  encodings: z.array(z.strictObject({ encoding: readingView.shape.encoding, samples: z.array(z.string()).max(5) })),
  /** A workbook's sheets; empty for other formats. */
  sheets: z.array(z.strictObject({ name: z.string(), visible: z.boolean(), chosen: z.boolean() })),
  /** Rows that a workbook hides; they are read like the others. */
  hiddenRows: count,
  /** Lines (a workbook's rows) behind the headings that are no rows, all files together; absent where there are none. */
  skipped: z.strictObject({ blank: count, comment: count, footer: count }).exactOptional(),
  /** The first rows as they stand in the file, cut for showing: null is a cell that a short row lacks. */
  firstRows: z.array(z.array(z.string().nullable())).max(5),
  /** Headings as they stand in the file, with up to five values each from the first rows. */
  columns: z.array(z.strictObject({ heading: z.string(), samples: z.array(z.string()).max(5) })),
  rowCount: count,
  unreadableCount: count,
  /** What the headings and contents suggest; `email` is absent when it has to be asked. */
  suggestedFieldMap: fieldMap,
  /** Columns that could each be the email address, when more than one could. */
  emailCandidates: z.array(count),
  readAt: time.nullable(),
  /** Display name of who read it last; '' until it has been read. */
  readBy: z.string(),
  /** The newest versions with their counts, oldest first; the last is the segment as it is now. */
  versions: z.array(z.strictObject({ readAt: time, rowCount: count })).max(60),
  /** Words that people put on it, by the alphabet. */
  tags: z.array(z.string()),
  /** The file on the disk is another than was read: it can be read again. */
  changedOnDisk: z.boolean(),
  /** The run whose rejected rows these are, as its headings say: they can be sent as part of it. */
  mends: z.strictObject({ runId: id, exportName: z.string(), startedAt: time }).nullable(),
  error: wireError.nullable(),
});
export type SegmentView = z.infer<typeof segmentView>;

/** Rows of a segment as they stand in its file. */
export const memberPage = z.strictObject({
  /** Null is a cell that a short row lacks. */
  members: z.array(z.strictObject({ rowNumber: z.int().positive(), cells: z.array(z.string().nullable()) })),
  /** How many rows of the whole segment are found. */
  found: count,
  /** After which row the next page begins; null when this was the last. */
  next: count.nullable(),
});
export type MemberPageView = z.infer<typeof memberPage>;

/** How far rows have been written to a file. */
export const savingView = z.strictObject({ saveId: id, rows: count, total: count });
export type SavingView = z.infer<typeof savingView>;
