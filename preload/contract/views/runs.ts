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
  'pausing',
  'paused',
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
  /** People are imported, taken off the list, or put back on it. */
  kind: z.enum(['import', 'remove', 'add']),
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

/** What became of somebody who was sent, as the list showed it when it was read back. */
export const rowFate = z.enum(['on-list', 'opted-out', 'refused', 'missing']);
export type RowFate = z.infer<typeof rowFate>;

/** What a run learned of its account, and what it did to the list beside its imports. */
export const runAccountView = z.strictObject({
  /** How old the opt-outs were that the plan was made with; null when they are not known. */
  optOutsReadAt: time.nullable(),
  /** People on the list before anything was sent; null when the list was not read. */
  membersBefore: count.nullable(),
  /** People to be taken off = taken off + already gone + unsettled + those whose removal is still to come. */
  leavers: count,
  removed: count,
  /** People of changes of the list that ended without telling that all of them were done. */
  unsettled: count,
  alreadyGone: count,
  /**
   * People whose fields are cleared because their cells are blank = cleared + alreadyBlank (nothing was there any more) +
   * leftAsIs (they opted out or went since, or could not be written back whole) + refused + those still to come.
   */
  clearing: z.strictObject({
    people: count,
    cleared: count,
    alreadyBlank: count,
    leftAsIs: count,
    refused: count,
  }),
  /** Of an undo: people to be put back on the list, and those who are back. */
  toPutBack: count,
  putBack: count,
  /** Rejected rows that were mended in place, and those that were dismissed. The others wait. */
  mended: count,
  dismissed: count,
  /** Whether it is kept where every single row ended. */
  rowsKept: z.boolean(),
  readBack: z.strictObject({
    state: z.enum(['none', 'reading', 'done', 'failed']),
    at: time.nullable(),
    error: z.string().nullable(),
    onList: count,
    optedOut: count,
    refused: count,
    missing: count,
  }),
  canReadBack: z.boolean(),
  /** What undoing this run would do; null when that is not offered: without a read of the list before the run, never. */
  undo: z.strictObject({ takeOff: count, putBack: count }).nullable(),
});
export type RunAccountView = z.infer<typeof runAccountView>;

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
  startedVia: z.enum(['window', 'command-line', 'schedule']),
  /** A scheduled run that sent nothing, because a person has to be asked first: `error` says what. */
  skipped: z.boolean(),
  /** When each part of it began, in order; the last one goes on until the next, or the run's end. */
  tasks: z.array(z.strictObject({ task: z.enum(['planning', 'sending', 'confirming']), beganAt: time })),
  /** The run whose rejected rows, mended, this one sends; null for a run of its own. */
  parentRunId: id.nullable(),
  /** How many of the rejected rows were sent by later runs, having been mended. */
  rejectedSentLater: count,
  /** `undo`: takes back what the run `undoes` did to its list; its rows are the people concerned. */
  kind: z.enum(['export', 'undo']),
  undoes: id.nullable(),
  account: runAccountView,
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

/** What sending a file of mended rows would do: every row of it is in exactly one of the counts after `rows`. */
export const mendedView = z.strictObject({
  /** The run that rejected the rows. */
  runId: id,
  exportName: z.string(),
  connectionName: z.string(),
  listName: z.string(),
  startedAt: time,
  /** Rows that the run rejected. */
  rejected: count,
  counts: z.strictObject({
    rows: count,
    toSend: count,
    /** Rows with the address of another one to be sent: the last one wins. */
    duplicates: count,
    /** Rows that are still refused. */
    wrong: count,
    /** Rows that were sent later already, or whose people the export has sent to the list since. */
    sentBefore: count,
    /** Rows that the run did not reject: they are left out. */
    foreign: count,
  }),
  wrong: z.array(z.strictObject({ reason: rejectionReason, count, rowNumbers: z.array(count).max(20) })),
  /** Headings of matched columns that the file does not have any more: their fields stay as they are. */
  lostColumns: z.array(z.string()).max(64),
});
export type MendedView = z.infer<typeof mendedView>;

export const rowOutcome = z.enum([
  'accepted',
  'unchanged',
  'duplicate',
  'rejected',
  'heldBack',
  'refused',
  'notSent',
  'unknown',
]);
export type RowOutcome = z.infer<typeof rowOutcome>;

/** Where one row of a run ended. */
export const runRowView = z.strictObject({
  /** Where the row stands in the order of the run's rows: the `after` of the next page. */
  place: z.string(),
  segmentName: z.string(),
  rowNumber: count,
  email: z.string(),
  outcome: rowOutcome,
  /** False for people of an import of which some were refused without being named. */
  sure: z.boolean(),
  /** Why the row was rejected or held back: a code. */
  reason: z.string().nullable(),
  fate: rowFate.nullable(),
  /** The row's cells, while they are kept. */
  cells: z.array(z.string().nullable()).nullable(),
});
export type RunRowView = z.infer<typeof runRowView>;

export const rejectedRowView = z.strictObject({
  rowId: count,
  segmentName: z.string(),
  rowNumber: count,
  cells: z.array(z.string().nullable()),
  reason: rejectionReason,
  /** Whether the row waits to be sent again, joins the next run mended, stays away, or has been sent mended. */
  retry: z.enum(['waiting', 'mended', 'dismissed', 'sent']),
  /** The address it was mended to. */
  mendedTo: z.string().nullable(),
});
export type RejectedRowView = z.infer<typeof rejectedRowView>;
