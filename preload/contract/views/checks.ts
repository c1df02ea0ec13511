import { z } from 'zod';
import { findingKinds, refusals } from '../finding-kinds.ts';
import { count, id } from './common.ts';

/** Why a row is refused. */
export const rejectionReason = z.enum(refusals);
export type RejectionReason = z.infer<typeof rejectionReason>;

/** What the checks counted over the whole of every chosen segment. */
export const checkView = z.strictObject({
  /** rows = valid + invalid + duplicates; unreadable lines stand beside them. */
  counts: z.strictObject({ rows: count, valid: count, invalid: count, duplicates: count, unreadable: count }),
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

export const findingKind = z.enum(findingKinds);

/** A cell that a check points at: as it stands in the file, and as the repair makes it; null where that cannot mend it. */
export const foundCell = z.strictObject({
  segmentId: id,
  rowNumber: count,
  cell: z.string(),
  repaired: z.string().nullable(),
  /** All rows that have this address, and the first of them; this one wins. Only for `duplicates`. */
  alike: z
    .strictObject({ count, rows: z.array(z.strictObject({ segmentId: id, rowNumber: count })).max(20) })
    .exactOptional(),
});
export type FoundCell = z.infer<typeof foundCell>;

/**
 * Something the checks point at, over the whole of every chosen segment. Counts are of cells as they stand in the files,
 * whatever repairs are chosen, so that a chosen repair still shows what it mends.
 */
export const findingView = z.strictObject({
  kind: findingKind,
  /** The contact field that the cells are matched to; null when it is about a file as a whole. */
  field: z.string().nullable(),
  /** What becomes of a cell while it is not repaired: its row is refused, its value left out, or nothing. */
  effect: z.enum(['rejected', 'left-out', 'warning']),
  count,
  /** How many of them the repair mends; 0 where there is no repair. */
  repairable: count,
  /** How many are mended because somebody chose the repair. */
  repaired: count,
  /** Whether there is a repair, and whether it is one that needs no second look. */
  repair: z.enum(['none', 'offered', 'safe']),
  /** The repair is chosen in every segment that the field is matched in. */
  repairChosen: z.boolean(),
  /** The first of them, in file order; of `duplicates` the addresses with the most rows. */
  examples: z.array(foundCell).max(20),
  /** Numbers and texts for the words: limits, evidence. */
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
export type FindingView = z.infer<typeof findingView>;
