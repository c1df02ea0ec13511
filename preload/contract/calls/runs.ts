import { z } from 'zod';
import { count } from '../views/common.ts';
import { activityView, mendedView, rejectedRowView, rowFate, rowOutcome, runRowView, runView } from '../views.ts';
import { id, nothing } from './common.ts';

/** Runs that one answer holds at most. */
const mostRunsAtOnce = 2_000;

const whichRows = {
  runId: id,
  outcome: rowOutcome.nullable(),
  fate: rowFate.nullable(),
  search: z.string().max(320),
};

export const runsCalls = {
  'runs.cancel': { input: z.strictObject({ runId: id }), output: nothing },
  /** No batch is begun any more; what is under way is followed to its end, then the run rests as `paused`. */
  'runs.pause': { input: z.strictObject({ runId: id }), output: nothing },
  /** Takes a paused run up again. */
  'runs.resume': { input: z.strictObject({ runId: id }), output: runView },
  'runs.continue': { input: z.strictObject({ runId: id }), output: runView },
  /** The newest runs of one export, newest first, however many other runs there are; `total` counts all of it. */
  'runs.getOfExport': {
    input: z.strictObject({ exportId: id, limit: z.int().min(1).max(mostRunsAtOnce) }),
    output: z.strictObject({ runs: z.array(runView), total: count }),
  },
  'runs.getActivities': { input: z.strictObject({ runId: id }), output: z.array(activityView) },
  'runs.getRejectedRows': {
    input: z.strictObject({ runId: id, afterRowId: z.int().nonnegative(), limit: z.int().min(1).max(500) }),
    output: z.array(rejectedRowView),
  },
  /** Asks where, then writes the original columns and the reason. `savedTo` is the file's name, null when cancelled. */
  'runs.saveRejectedRows': {
    input: z.strictObject({ runId: id }),
    output: z.strictObject({ savedTo: z.string().nullable(), rows: z.int() }),
  },
  /** Rows of a run in file order, those of one outcome or fate alone when given, or with part of an address. */
  'runs.getRows': {
    input: z.strictObject({ ...whichRows, after: z.string().regex(/^\d{0,19}$/), limit: z.int().min(1).max(500) }),
    output: z.strictObject({ rows: z.array(runRowView), total: count }),
  },
  /** Asks where, then writes those rows as CSV. `savedTo` is the file's name, null when cancelled. */
  'runs.saveRows': {
    input: z.strictObject(whichRows),
    output: z.strictObject({ savedTo: z.string().nullable(), rows: z.int() }),
  },
  /** Reads the list of a run that sent everything back. The run's view tells how far that is. */
  'runs.readBack': { input: z.strictObject({ runId: id }), output: runView },
  /** Takes back what a run did to its list: memberships, not field values. A run of its own. */
  'runs.undo': { input: z.strictObject({ runId: id }), output: runView },
  /**
   * Mends a rejected row's address where it stands, so that it joins the next run of its export; null dismisses the row.
   * `wrong`: that is no address, and nothing was changed.
   */
  'runs.mendRow': {
    input: z.strictObject({ runId: id, rowId: count, email: z.string().max(320).nullable() }),
    output: z.strictObject({ answer: z.enum(['kept', 'wrong']) }),
  },
  /** Takes that back: the row waits as it was. */
  'runs.unmendRow': { input: z.strictObject({ runId: id, rowId: count }), output: nothing },
  /** Looks through a segment that holds rejected rows of a run, mended; sends nothing. */
  'runs.checkMended': { input: z.strictObject({ runId: id, segmentId: id }), output: mendedView },
  /** Sends what is right of it by now, as a run that belongs to that one. */
  'runs.sendMended': { input: z.strictObject({ runId: id, segmentId: id }), output: runView },
};
