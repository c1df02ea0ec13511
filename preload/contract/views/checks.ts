import { z } from 'zod';
import { count, id } from './common.ts';

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
