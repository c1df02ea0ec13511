import { z } from 'zod';
import { readingView, segmentView } from '../../preload/contract/views.ts';

/** What is kept of a reading: everything the window shows of a segment that does not change any more. */
export const segmentSummary = z.object({
  reading: readingView,
  columns: segmentView.shape.columns,
  rowCount: z.number(),
  unreadableCount: z.number(),
  unreadable: segmentView.shape.unreadable,
  suggestedFieldMap: segmentView.shape.suggestedFieldMap,
  emailCandidates: segmentView.shape.emailCandidates,
});

export type SegmentSummary = z.infer<typeof segmentSummary>;
