import { z } from 'zod';
import { memberPage, profileView, readingOverrides, segmentTag, segmentView, unreadableLine } from '../views.ts';
import { id, nothing, paths } from './common.ts';

const severalIds = z.array(id).min(1).max(100);

export const segmentsCalls = {
  /** Paths are proposals: main looks at each file itself. Reading goes on after the answer, as `segment.changed`. */
  'segments.addFiles': { input: z.strictObject({ paths }), output: z.array(segmentView) },
  /** The system's open dialog; an empty array when it was cancelled. */
  'segments.chooseFiles': { input: nothing, output: z.array(segmentView) },
  'segments.cancelReading': { input: z.strictObject({ segmentId: id }), output: nothing },
  /**
   * Reads a segment's file again with these corrections in place of all earlier ones; they are remembered for files of
   * the same source. Without any, the file is read by itself and what was remembered is forgotten.
   */
  'segments.correctReading': {
    input: z.strictObject({ segmentId: id, overrides: readingOverrides }),
    output: segmentView,
  },
  /** The parts of a segment as segments of their own; the segment itself stays until it is removed. */
  'segments.takeApart': { input: z.strictObject({ segmentId: id }), output: z.array(segmentView) },
  /** Reads the files of several segments as one segment; they themselves stay until they are removed. */
  'segments.join': { input: z.strictObject({ segmentIds: severalIds.min(2) }), output: segmentView },
  /** Lines that could not be read, from the byte that the page before named (0 at first). */
  'segments.getUnreadable': {
    input: z.strictObject({ segmentId: id, fromByte: z.int().nonnegative(), limit: z.int().min(1).max(500) }),
    output: z.strictObject({ lines: z.array(unreadableLine), nextByte: z.int().nonnegative().nullable() }),
  },
  /** What the columns hold and which fields they go with, counted over the whole segment; kept once it is known. */
  'segments.getProfile': { input: z.strictObject({ segmentId: id }), output: profileView },
  /** Rows as they stand in the file, after the row that the page before named (0 at first). A newer call ends an older one. */
  'segments.getMembers': {
    input: z.strictObject({
      segmentId: id,
      /** Every word of it stands in the row; '' finds all. */
      search: z.string().max(200),
      /** The only column that is looked through; null for all. */
      column: z.int().nonnegative().max(9_999).nullable(),
      after: z.int().nonnegative(),
      limit: z.int().min(1).max(200),
    }),
    output: memberPage,
  },
  /** Cells that a spreadsheet would take for formulas, and one of them. */
  'segments.countFormulas': {
    input: z.strictObject({ segmentIds: severalIds }),
    output: z.strictObject({ cells: z.int().nonnegative(), example: z.string().nullable() }),
  },
  /** Saves all rows as CSV where the person says; `savedTo` is null when they said nowhere. */
  'segments.saveMembers': {
    input: z.strictObject({
      /** Of the caller's making: by it the saving is followed and given up. */
      saveId: id,
      segmentIds: severalIds,
      /** Several segments in one file, else in a folder. */
      together: z.boolean(),
      /** Whether an apostrophe stands before what a spreadsheet would take for a formula. */
      formulasAsText: z.boolean(),
    }),
    output: z.strictObject({ savedTo: z.string().nullable(), rows: z.int().nonnegative() }),
  },
  'segments.cancelSaving': { input: z.strictObject({ saveId: id }), output: nothing },
  /** Puts words on segments and takes words off; what has them already, or has them not, stays as it is. */
  'segments.changeTags': {
    input: z.strictObject({
      segmentIds: severalIds,
      add: z.array(segmentTag).max(20),
      remove: z.array(segmentTag).max(20),
    }),
    output: z.array(segmentView),
  },
  'segments.rename': {
    input: z.strictObject({ segmentId: id, name: z.string().trim().min(1).max(255) }),
    output: segmentView,
  },
  'segments.duplicate': { input: z.strictObject({ segmentId: id }), output: segmentView },
  /** The rows of a segment as several segments of at most so many, in file order; the segment itself stays. */
  'segments.split': {
    input: z.strictObject({ segmentId: id, rowsEach: z.int().min(1_000).max(5_000_000) }),
    output: z.array(segmentView),
  },
  /** Gives up the splitting of a segment that is under way, which then fails with `cancelled` and leaves nothing. */
  'segments.cancelSplit': { input: z.strictObject({ segmentId: id }), output: nothing },
  /** Reads another file, or parts, as the segment's newest version; goes on after the answer, as `segment.changed`. */
  'segments.replaceFile': { input: z.strictObject({ segmentId: id, paths }), output: segmentView },
  /** The same with the system's open dialog; null when it was cancelled. */
  'segments.chooseReplacement': { input: z.strictObject({ segmentId: id }), output: segmentView.nullable() },
  /** Reads the segment's own file as it is now, as its newest version. */
  'segments.readAgain': { input: z.strictObject({ segmentId: id }), output: segmentView },
  /** Looks whether files have changed since they were read; what is new arrives as `segment.changed`. */
  'segments.lookForChanges': { input: nothing, output: nothing },
  /** A segment that exports use goes only with `fromExports`, which takes it out of them. */
  'segments.remove': {
    input: z.strictObject({ segmentId: id, fromExports: z.literal(true).optional() }),
    output: nothing,
  },
};
