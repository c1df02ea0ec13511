import { z } from 'zod';
import { activityView, mendedView, rejectedRowView, runView } from '../views.ts';
import { id, nothing } from './common.ts';

export const runsCalls = {
  'runs.cancel': { input: z.strictObject({ runId: id }), output: nothing },
  'runs.continue': { input: z.strictObject({ runId: id }), output: runView },
  'runs.getActivities': { input: z.strictObject({ runId: id }), output: z.array(activityView) },
  'runs.getRejectedRows': {
    input: z.strictObject({ runId: id, afterRowId: z.int().nonnegative(), limit: z.int().min(1).max(500) }),
    output: z.array(rejectedRowView),
  },
  /** Asks where, then writes the original columns and the reason. `savedTo` is the file's name, null when cancelled. */
  'runs.saveRejectedRows': {
  /** No batch is begun any more; what is under way is followed to its end, then the run rests as `paused`. */
  'runs.pause': { input: z.strictObject({ runId: id }), output: nothing },
  /** Takes a paused run up again. */
  'runs.resume': { input: z.strictObject({ runId: id }), output: runView },
    input: z.strictObject({ runId: id }),
    output: z.strictObject({ savedTo: z.string().nullable(), rows: z.int() }),
  },
  /** Looks through a segment that holds rejected rows of a run, mended; sends nothing. */
  'runs.checkMended': { input: z.strictObject({ runId: id, segmentId: id }), output: mendedView },
  /** Sends what is right of it by now, as a run that belongs to that one. */
  'runs.sendMended': { input: z.strictObject({ runId: id, segmentId: id }), output: runView },
};
