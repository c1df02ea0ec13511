import { z } from 'zod';
import { isContactField } from '../../preload/contract/contact-fields.ts';
import { exportMode } from '../../preload/contract/views/plans.ts';
import { recurrence } from '../../preload/contract/views/schedules.ts';
import { matchOptions, readingOverrides, readingView, sharedWith } from '../../preload/contract/views.ts';
import { SegueError } from '../errors/segue-error.ts';

/** What tells a set-up file from every other JSON, and the newest shape of it that this version understands. */
export const setUpKind = 'segue-set-up';
export const setUpVersion = 1;

/** A set-up of thousands of exports is a fraction of this; what is larger is another file by mistake. */
export const mostSetUpBytes = 16 * 1024 * 1024;
const mostEntries = 10_000;

const name = z.string().trim().min(1).max(255);
const filePath = z.string().min(1).max(4_096);
/** How a part of the file is named by the others. */
const reference = z.string().min(1).max(64);

/** A connection without anything that opens it: whoever opens the file signs in. */
export const setUpConnection = z.strictObject({
  name: z.string().trim().min(1).max(100),
  type: z.enum(['constant-contact', 'practice']),
  sharedWith,
  /** The app's key at Constant Contact: it names an app and opens nothing by itself. */
  apiKey: z.string().min(1).max(255),
  /** The account to be signed in to; null where any will do, as with practice accounts. */
  accountId: z.string().min(1).max(255).nullable(),
  organisation: z.string().max(255),
});
export type SetUpConnection = z.infer<typeof setUpConnection>;

/** Which files a segment is read from, and how; none of their rows. */
export const setUpSegment = z.strictObject({
  id: reference,
  name,
  files: z.array(filePath).min(1).max(1_000),
  columns: z.array(z.string()).max(10_000),
  reading: readingView,
  corrections: readingOverrides,
});
export type SetUpSegment = z.infer<typeof setUpSegment>;

const setUpMatch = z.strictObject({
  field: z.string().refine(isContactField),
  column: z.string(),
  /** Where the column stands, from 1, as a spreadsheet counts. */
  position: z.int().positive().max(10_000),
  ...matchOptions.shape,
});

export const setUpExport = z.strictObject({
  name,
  /** The connection's name; null for an export that is detached. */
  connection: z.string().max(100).nullable(),
  list: z.strictObject({ id: z.string().min(1).max(64), name: z.string().max(255) }).nullable(),
  mode: exportMode,
  leaverLimitPercent: z.int().min(0).max(100),
  readBack: z.boolean(),
  segments: z.array(z.strictObject({ segment: reference, matching: z.array(setUpMatch).max(64) })).max(100),
});
export type SetUpExport = z.infer<typeof setUpExport>;

export const setUpWatch = z.strictObject({
  folder: filePath,
  pattern: z.string().trim().min(1).max(255),
  segment: reference.nullable(),
  takes: z.enum(['by-itself', 'when-asked']),
});
export type SetUpWatch = z.infer<typeof setUpWatch>;

/** A correction of a reading that holds for later files of the same source. */
export const setUpCorrection = z.strictObject({
  folder: filePath,
  namePattern: z.string().min(1).max(255),
  headings: z.string().max(128),
  corrections: readingOverrides,
});
export type SetUpCorrection = z.infer<typeof setUpCorrection>;

/** When something runs by itself: an export, or (null) the system refresh. */
export const setUpSchedule = z.strictObject({
  export: name.nullable(),
  follows: z.enum(['system', 'own', 'manual']),
  on: z.boolean(),
  recurrence: recurrence.nullable(),
});
export type SetUpSchedule = z.infer<typeof setUpSchedule>;

const entries = <T extends z.ZodType>(entry: T) => z.array(entry).max(mostEntries);

/** No field is taken that is not listed: a typing error in a file written by hand is told and not passed over. */
export const setUpFile = z.strictObject({
  kind: z.literal(setUpKind),
  version: z.literal(setUpVersion),
  savedAt: z.iso.datetime(),
  savedWith: z.string().max(100),
  connections: entries(setUpConnection),
  segments: entries(setUpSegment),
  exports: entries(setUpExport),
  schedules: entries(setUpSchedule),
  watchedFolders: entries(setUpWatch),
  readingCorrections: entries(setUpCorrection),
  /** Whole domains that are never mailed; single people are personal data and stay on their computer. */
  neverMailDomains: entries(z.string().regex(/^[^@\s]{1,253}$/)),
});
export type SetUpFile = z.infer<typeof setUpFile>;

/** The file's text, for people to read as well. */
export function writeSetUp(file: SetUpFile): string {
  return `${JSON.stringify(setUpFile.parse(file), null, 2)}\n`;
}

/**
 * Reads a set-up file. Throws `set-up.not-understood` with the place of the first thing that is not as it should be, and
 * `set-up.from-newer-version`. `fileName` is for the words.
 */
export function readSetUp(text: string, fileName: string): SetUpFile {
  const raw = parseJson(text);
  const kind = z.object({ kind: z.literal(setUpKind), version: z.int().positive() }).safeParse(raw);
  if (!kind.success) throw new SegueError('set-up.not-understood', { file: fileName, where: 'kind' });
  if (kind.data.version > setUpVersion) throw new SegueError('set-up.from-newer-version', { file: fileName });
  const read = setUpFile.safeParse(raw);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw new SegueError('set-up.not-understood', { file: fileName, where: placeOf(issue?.path ?? []) });
  }
  const doubled = doubledPlace(read.data);
  if (doubled !== null) throw new SegueError('set-up.not-understood', { file: fileName, where: doubled });
  return read.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch {
    return null;
  }
}

/** `exports[2].mode`; never a value, which may be anything. */
function placeOf(path: readonly PropertyKey[]): string {
  const place = path
    .map((part) => (typeof part === 'number' ? `[${part + 1}]` : `.${String(part).slice(0, 60)}`))
    .join('');
  return place.replace(/^\./, '') || 'kind';
}

/** The place of what stands twice where it may stand once, or names what is not there; null when all is well. */
function doubledPlace(file: SetUpFile): string | null {
  const segmentIds = new Set(file.segments.map(({ id }) => id));
  const known = (id: string | null): boolean => id === null || segmentIds.has(id);
  const checks: readonly (readonly [place: string, keys: readonly string[]])[] = [
    ['connections', file.connections.map((entry) => entry.name.toLowerCase())],
    ['segments', file.segments.map(({ id }) => id)],
    ['exports', file.exports.map((entry) => entry.name.toLowerCase())],
    ['schedules', file.schedules.map((entry) => entry.export?.toLowerCase() ?? '')],
    ...file.exports.flatMap(({ segments }, index) => [
      [`exports[${index + 1}].segments`, segments.map(({ segment }) => segment)] as const,
      ...segments.map(
        ({ matching }) => [`exports[${index + 1}].segments.matching`, matching.map(({ field }) => field)] as const,
      ),
    ]),
  ];
  const doubled = checks.find(([, keys]) => new Set(keys).size < keys.length);
  if (doubled !== undefined) return doubled[0];
  const lost = file.exports.findIndex(({ segments }) => !segments.every(({ segment }) => known(segment)));
  if (lost !== -1) return `exports[${lost + 1}].segments`;
  const lostWatch = file.watchedFolders.findIndex(({ segment }) => !known(segment));
  return lostWatch === -1 ? null : `watchedFolders[${lostWatch + 1}].segment`;
}
