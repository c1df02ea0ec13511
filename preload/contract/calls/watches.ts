import { z } from 'zod';
import { watchView } from '../views.ts';
import { id, nothing } from './common.ts';

/** Folders are proposals: main looks into each itself. */
const folder = z.string().min(1).max(4_096);
const pattern = z.string().trim().min(1).max(255);
const segmentId = id.nullable();

export const watchesCalls = {
  /** What a watch for a segment, or for new segments, would most likely be; sets nothing up. */
  'watches.propose': {
    input: z.strictObject({ segmentId }),
    output: z.strictObject({ folder: z.string(), pattern: z.string() }),
  },
  /** The system's dialog; null when it was cancelled. */
  'watches.chooseFolder': {
    input: z.strictObject({ folder: z.string().max(4_096) }),
    output: z.strictObject({ folder: z.string().nullable() }),
  },
  /** Names that the pattern fits now, the newest first, and how many there are. */
  'watches.look': {
    input: z.strictObject({ folder, pattern }),
    output: z.strictObject({ count: z.int().nonnegative(), newest: z.array(z.string()) }),
  },
  /** Watches a folder from now on, in place of the segment's watch before. What lies there already is not new. */
  'watches.save': {
    input: z.strictObject({ segmentId, folder, pattern, takes: watchView.shape.takes }),
    output: watchView,
  },
  'watches.remove': { input: z.strictObject({ watchId: id }), output: nothing },
  /** Reads the files that are offered. */
  'watches.take': { input: z.strictObject({ watchId: id }), output: nothing },
  /** Leaves them; only what comes after them is offered again. */
  'watches.leave': { input: z.strictObject({ watchId: id }), output: nothing },
};
