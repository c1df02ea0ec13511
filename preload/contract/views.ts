import { z } from 'zod';
import { isContactField } from './contact-fields.ts';
import { errorCodes } from './error-codes.ts';

// The shapes that cross between main and the window (and the command line). Times are epoch milliseconds, durations end
// in Ms, sizes in Bytes. Objects are strict: a field that is not listed here does not cross.

const id = z.string().min(1).max(64);
const name = z.string().trim().min(1).max(255);
const count = z.int().nonnegative();
const time = z.int().nonnegative();

export const wireError = z.strictObject({
  code: z.enum(errorCodes),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});

export const language = z.enum(['en', 'fr']);
export type Language = z.infer<typeof language>;
export const languageChoice = z.enum(['system', 'en', 'fr']);
export const themeChoice = z.enum(['system', 'light', 'dark']);

export const settingsView = z.strictObject({
  /** What the person chose. */
  languageChoice,
  themeChoice,
  /** What the choice comes to on this computer. */
  language,
  /** BCP 47 tag for numbers and dates, from the system. */
  formatLocale: z.string(),
});
export type SettingsView = z.infer<typeof settingsView>;

export const role = z.enum(['administrator', 'contributor', 'viewer']);
export type Role = z.infer<typeof role>;
export const personView = z.strictObject({ personId: id, displayName: z.string(), role });
export type PersonView = z.infer<typeof personView>;

// Connections

export const connectionKind = z.enum(['constant-contact', 'practice']);
export type ConnectionKind = z.infer<typeof connectionKind>;
export const sharedWith = z.enum(['administrators', 'contributors']);
export type SharedWith = z.infer<typeof sharedWith>;

export const connectionView = z.strictObject({
  connectionId: id,
  displayName: z.string(),
  kind: connectionKind,
  sharedWith,
  createdAt: time,
  /** Name of the Constant Contact account that was signed in to. */
  organisation: z.string(),
  signInState: z.enum(['signed-in', 'this-session-only', 'signed-out']),
  /** Display name of the person as whom unattended runs act. */
  exportUser: z.string(),
  /** Requests made with its API key since 00:00 UTC, by this computer, and how many Constant Contact allows a day. */
  requestsToday: count,
  requestLimit: count,
  /** No request goes out before this time: the day's are used up. Null while they may. */
  pausedUntil: time.nullable(),
});
export type ConnectionView = z.infer<typeof connectionView>;

/** One sign-in under way or ended. `succeeded` and the four after it are final. */
export const signInView = z.strictObject({
  signInId: id,
  state: z.enum(['waiting', 'finishing', 'succeeded', 'denied', 'timed-out', 'cancelled', 'failed']),
  /** The page to open in a browser. */
  authorizeUrl: z.string(),
  /** When signing in with a code: what to type, and on which page; null otherwise. */
  userCode: z.string().nullable(),
  verificationUri: z.string().nullable(),
  expiresAt: time,
  /** False when the system browser could not be opened: the address is then shown to be copied. */
  browserOpened: z.boolean(),
  organisation: z.string().nullable(),
  error: wireError.nullable(),
});
export type SignInView = z.infer<typeof signInView>;

export const listView = z.strictObject({ listId: id, name: z.string(), membershipCount: count });
export type ListView = z.infer<typeof listView>;

// Segments

/** What reading a file made of it; also what `inspect` prints (without `rows`). */
export const readingView = z.strictObject({
  format: z.enum(['csv', 'xlsx', 'json', 'ndjson', 'parquet']),
  compression: z.enum(['none', 'gzip', 'zip']),
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'macintosh']),
  delimiter: z.string().nullable(),
  quote: z.string().nullable(),
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

export const fieldMatch = z.strictObject({
  field: z.string().refine(isContactField),
  /** Position of the segment's column, from 0. */
  columnIndex: z.int().nonnegative().max(9_999),
});
export type FieldMatch = z.infer<typeof fieldMatch>;
export const fieldMap = z.array(fieldMatch).max(64);
export type FieldMap = z.infer<typeof fieldMap>;

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
  /** The file on the disk is another than was read: it can be read again. */
  changedOnDisk: z.boolean(),
  error: wireError.nullable(),
});
export type SegmentView = z.infer<typeof segmentView>;

// Exports

export const segmentMatching = z.strictObject({ segmentId: id, fieldMap });
export type SegmentMatching = z.infer<typeof segmentMatching>;

export const exportDraft = z.strictObject({
  /** Absent for a new export. */
  exportId: id.optional(),
  name,
  connectionId: id,
  list: z.strictObject({ listId: id, name: z.string().max(255) }).nullable(),
  segments: z.array(segmentMatching).max(100),
});
export type ExportDraft = z.infer<typeof exportDraft>;

/** Agreement that the people of an export may be mailed, kept per list. */
export const permissionView = z.strictObject({ agreedBy: z.string(), agreedAt: time, wording: z.string() });
export type PermissionView = z.infer<typeof permissionView>;

export const rejectionReason = z.enum(['email-blank', 'email-malformed', 'email-too-long']);
export type RejectionReason = z.infer<typeof rejectionReason>;

/** What the checks found over the whole of every chosen segment. */
export const checkView = z.strictObject({
  /** rows = valid + invalid + duplicates; unreadable lines stand beside them. */
  counts: z.strictObject({ rows: count, valid: count, invalid: count, duplicates: count, unreadable: count }),
  /** Why rows are invalid, most frequent first. */
  rejections: z.array(
    z.strictObject({ reason: rejectionReason, count, example: z.string(), rowNumbers: z.array(count).max(20) }),
  ),
  /** Values longer than Constant Contact takes: left out of those rows, which are still sent. */
  leftOut: z.array(z.strictObject({ field: z.string(), count, maxLength: count })),
  /** Addresses of 51 to 80 characters: sent, but Constant Contact's papers disagree on them. */
  longAddresses: count,
  /** The first rows as finished contacts. */
  preview: z.array(
    z.strictObject({
      segmentId: id,
      rowNumber: count,
      values: z.array(z.strictObject({ field: z.string(), value: z.string() })),
      outcome: z.enum(['send', 'duplicate', 'rejected']),
      reason: rejectionReason.nullable(),
    }),
  ),
  /** Requests a run would post. */
  batches: count,
});
export type CheckView = z.infer<typeof checkView>;

/** The row balance (design.md section 1): rowsRead is the sum of the eight after it; unreadable lines stand beside. */
export const balance = z.strictObject({
  rowsRead: count,
  accepted: count,
  unchanged: count,
  duplicate: count,
  rejected: count,
  heldBack: count,
  refused: count,
  notSent: count,
  unknown: count,
  unreadable: count,
});
export type Balance = z.infer<typeof balance>;

export const runState = z.enum([
  'queued',
  'running',
  'cancelling',
  'cancelled',
  'interrupted',
  'failed',
  'successful',
  'completedWithWarnings',
]);
export type RunState = z.infer<typeof runState>;

export const activityView = z.strictObject({
  activityId: z.string().nullable(),
  batchNumber: count,
  sourceFileName: z.string(),
  rows: count,
  bytes: count,
  state: z.enum(['planned', 'posting', 'posted', 'completed', 'failed', 'unknown', 'not-sent']),
  /** Constant Contact's counters, once the activity ended (constant-contact-v3.md 6.1). */
  personCount: count.nullable(),
  errorCount: count.nullable(),
  correctableCount: count.nullable(),
  cannotAddToListCount: count.nullable(),
});
export type ActivityView = z.infer<typeof activityView>;

export const runView = z.strictObject({
  runId: id,
  exportId: id,
  exportName: z.string(),
  connectionName: z.string(),
  listName: z.string(),
  state: runState,
  startedAt: time,
  endedAt: time.nullable(),
  startedBy: z.string(),
  /** While the run goes on, rows not settled yet stand in `notSent` or `unknown`: the sum always closes. */
  balance,
  progress: z.strictObject({
    phase: z.enum(['preparing', 'sending', 'confirming', 'ended']),
    rowsToSend: count,
    rowsPosted: count,
    rowsSettled: count,
    batches: count,
    batchesSettled: count,
    rowsPerSecond: z.number().nonnegative(),
    remainingMs: z.number().nonnegative().nullable(),
  }),
  /** What the run waits for just now, with the time it goes on where that is known. */
  waiting: z
    .strictObject({
      for: z.enum(['activities', 'pacing', 'network', 'quota', 'sign-in', 'service']),
      until: time.nullable(),
    })
    .nullable(),
  canContinue: z.boolean(),
  error: wireError.nullable(),
});
export type RunView = z.infer<typeof runView>;

export const exportView = z.strictObject({
  exportId: id,
  name: z.string(),
  connectionId: id.nullable(),
  list: z.strictObject({ listId: id, name: z.string() }).nullable(),
  segments: z.array(segmentMatching),
  /** Matches whose heading is gone from the segment, with the column that seems to have taken its place, if one does. */
  lostColumns: z.array(
    z.strictObject({ segmentId: id, field: z.string(), heading: z.string(), columnIndex: count.nullable() }),
  ),
  createdAt: time,
  updatedAt: time,
  updatedBy: z.string(),
  permission: permissionView.nullable(),
  /** The newest run, or null when the export never ran. */
  lastRun: runView.nullable(),
});
export type ExportView = z.infer<typeof exportView>;

export const rejectedRowView = z.strictObject({
  rowId: count,
  segmentName: z.string(),
  rowNumber: count,
  cells: z.array(z.string().nullable()),
  reason: rejectionReason,
});
export type RejectedRowView = z.infer<typeof rejectedRowView>;

/** Everything the window shows when it opens. */
export const snapshotView = z.strictObject({
  revision: count,
  appVersion: z.string(),
  platform: z.string(),
  person: personView,
  settings: settingsView,
  /** The redirect addresses to register in Constant Contact's portal. */
  redirectAddresses: z.array(z.string()),
  connections: z.array(connectionView),
  segments: z.array(segmentView),
  exports: z.array(exportView),
  runs: z.array(runView),
});
export type SnapshotView = z.infer<typeof snapshotView>;
