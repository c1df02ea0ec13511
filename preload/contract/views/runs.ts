import { z } from 'zod';
import { rejectionReason } from './checks.ts';
import { count, id, time, wireError } from './common.ts';

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
      for: z.enum(['activities', 'pacing', 'network', 'quota', 'sign-in', 'service', 'opt-outs', 'list']),
      until: time.nullable(),
    })
    .nullable(),
  canContinue: z.boolean(),
  error: wireError.nullable(),
});
export type RunView = z.infer<typeof runView>;

export const rejectedRowView = z.strictObject({
  rowId: count,
  segmentName: z.string(),
  rowNumber: count,
  cells: z.array(z.string().nullable()),
  reason: rejectionReason,
});
export type RejectedRowView = z.infer<typeof rejectedRowView>;
