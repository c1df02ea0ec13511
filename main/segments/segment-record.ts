import { z } from 'zod';
import { readingView, segmentView } from '../../preload/contract/views.ts';

const { shape } = segmentView;

/**
 * What is kept of a reading: everything the window shows of a segment that does not change any more. What readings of
 * earlier versions of Segue lack has a default.
 */
export const segmentSummary = z.object({
  reading: readingView,
  encodings: shape.encodings.default([]),
  sheets: shape.sheets.default([]),
  hiddenRows: z.number().default(0),
  skipped: shape.skipped,
  firstRows: shape.firstRows.default([]),
  columns: shape.columns,
  rowCount: z.number(),
  unreadableCount: z.number(),
  suggestedFieldMap: shape.suggestedFieldMap,
  emailCandidates: shape.emailCandidates,
});

export type SegmentSummary = z.infer<typeof segmentSummary>;

/** What a file's beginning tells: the whole may correct it. */
export type BeginningSummary = Omit<SegmentSummary, 'rowCount' | 'unreadableCount'>;

/** A file that was read, as it lay on the disk then. */
export const readFile = z.object({ path: z.string(), bytes: z.number(), modifiedMs: z.number() });
export type ReadFile = z.infer<typeof readFile>;
