import type { ErrorCode, WireError } from '../../preload/contract/error-codes.ts';
import type { RunState } from '../../preload/contract/views.ts';
import { SegueError, toWireError } from '../errors/segue-error.ts';
import { fieldsOf } from '../exports/prepared-rows.ts';
import type { DuckDb } from '../segments/duckdb.ts';
import { type Batch, getBatches } from '../store/batches.ts';
import { numberDestination } from '../store/destinations.ts';
import { getMembershipBatches, groupMembershipBatches } from '../store/membership-batches.ts';
import type { Store } from '../store/open-store.ts';
import { inheritDecisions } from '../store/retried-rows.ts';
import { getRunAccount } from '../store/run-account.ts';
import { getRun, getRunSource, moveRun, type RunRecord, type RunSegment, setRunPhase } from '../store/runs.ts';
import { withAccountFields } from './account/account-fields.ts';
import { noteFoundOnList } from './account/found-on-list.ts';
import { inquiryOf, learnOfAccount, readMembersBefore } from './account/learn-of-account.ts';
import { tidyRunFolder } from './account/run-files.ts';
import { finalStateOf, sumBatches } from './balance.ts';
import { balanceOfRun } from './balance-of-run.ts';
import { clearFields, hasClearingsLeft } from './clearing/clear-fields.ts';
import { followActivities } from './follow-activities.ts';
import { hasChangesLeft, removeLeavers } from './memberships/remove-leavers.ts';
import { keepOutcomes, readListBack } from './outcomes/end-of-run.ts';
import { type Outstanding, settleLostAnswer } from './post-batches.ts';
import { postWhatIsLeft } from './post-what-is-left.ts';
import { writeMendedStages } from './retries/join-next-run.ts';
import type { RunContext, RunEnvironment } from './run-context.ts';
import { openPlan, segmentsOf } from './run-plan.ts';
import { statesBefore } from './run-states.ts';
import { undoRun } from './undo/undo-run.ts';
import { longestTimeout, wait } from './wait.ts';

/**
 * Carries out one run, new or continued, to its end: plan, post, follow, balance. All that matters is in the database
 * before it is acted upon, so that the run can be taken up again from any point. Never rejects: how it ended stands in
 * the run's state and error.
 */
export async function executeRun(env: RunEnvironment): Promise<void> {
  const { store, runId } = env;
  if (!moveRun(store, runId, ['queued'], 'running')) return;
  env.changed(true);
  let db: DuckDb | null = null;
  try {
    const record = loadRun(store, runId);
    if (record.kind === 'undo') {
      enter(env, 'sending');
      await undoRun(env, record, () => sayStopped(env));
    } else {
      const source = getRunSource(store, runId);
      // A field that went since then would take its values along without a word.
      if (record.plannedAt !== null)
        await withAccountFields(env.client, source, { purpose: 'run', signal: env.stopped });
      await writeMendedStages(env, source);
      db = await openPlan(env, record, source, (signal, quiet) => learnOfAccount(env, record, signal, quiet));
      if (record.plannedAt !== null && hasSentNothing(store, runId)) await readMembersBefore(env, record);
      await noteFoundOnList(env, db, record);
      inheritDecisions(store, record.exportId, runId);
      try {
        await send(env, db, loadRun(store, runId), source, record.plannedAt !== null);
      } finally {
        await keepOutcomes(env, db, source);
      }
      await confirmByReading(env, loadRun(store, runId));
    }
    finish(env, null);
  } catch (error) {
    finish(env, error);
  } finally {
    db?.close();
    await tidyFinishedFolder(env);
    env.progress.setPhase('ended');
    env.changed(true);
  }
}

function loadRun(store: Store, runId: string): RunRecord {
  const record = getRun(store, runId);
  if (record === undefined) throw new SegueError('run.not-found');
  return record;
}

/** Whether nothing of a planned run can have arrived so far. */
function hasSentNothing(store: Store, runId: string): boolean {
  const all = [...getBatches(store, runId), ...getMembershipBatches(store, runId)];
  return all.every(({ state }) => state === 'planned');
}

/** `again`: the plan was made in an earlier attempt. */
async function send(
  env: RunEnvironment,
  db: DuckDb,
  record: RunRecord,
  source: readonly RunSegment[],
  again: boolean,
): Promise<void> {
  const batches = getBatches(env.store, env.runId);
  env.progress.begin(batches);
  enter(env, 'sending');
  const failed = new AbortController();
  const run: RunContext = {
    ...env,
    cancelled: AbortSignal.any([env.cancelled, failed.signal]),
    exportId: record.exportId,
    listId: record.listId,
    listName: record.listName,
    destinationId: numberDestination(env.store, record),
    db,
    fields: fieldsOf(segmentsOf(env, source)),
    reportWaiting: (waiting) => {
      env.progress.setWaiting(waiting);
      env.changed(false);
    },
    reportBatch: (batch) => {
      env.progress.setBatch(batch);
      env.changed(false);
    },
  };
  const link = linkPosterAndFollower(batches);
  const followed = Promise.withResolvers<void>();
  const poster = async () => {
    try {
      await settleLostAnswers(run, link.outstanding, batches, run.cancelled);
      await postWhatIsLeft(env, run, link.outstanding, record, again);
      if (env.cancelled.aborted) await settleCancelled(env, run, link.outstanding);
      else enter(env, 'confirming');
    } finally {
      link.complete();
    }
    await wait(longestTimeout, env.cancelled, followed.promise);
    // Everything was sent, and may take its time over there: "stopped" is said all the same.
    if (env.cancelled.aborted) sayStopped(env);
  };
  const follower = () =>
    followActivities(run, link.following)
      .catch((error: unknown) => {
        failed.abort();
        throw error;
      })
      .finally(followed.resolve);
  // When the poster meets what only a person can mend, the follower still brings home what is under way.
  const results = await Promise.allSettled([poster(), follower()]);
  const rejected = results.find((result) => result.status === 'rejected');
  if (rejected) throw rejected.reason;
  await changeAfterImports(env, run, record);
}

/**
 * Leavers go and fields are cleared only once every import has ended well: a run that stopped before may still be about the
 * very people.
 */
async function changeAfterImports(env: RunEnvironment, run: RunContext, record: RunRecord): Promise<void> {
  const { notSent, unknown } = sumBatches(getBatches(env.store, env.runId));
  if (notSent > 0 || unknown > 0) {
    // Nothing was under way just then, so that neither half of sending was held up by the end.
    if (env.stopped.aborted) throw new SegueError('cancelled');
    return;
  }
  if (record.leavers > 0 && !env.cancelled.aborted) await removeLeavers(run, inquiryOf(env), () => sayStopped(env));
  if (record.clearing > 0 && !env.cancelled.aborted) await clearFields(run, inquiryOf(env), () => env.changed(false));
}

/** A run that sent everything reads its list back, where that is wanted. */
async function confirmByReading(env: RunEnvironment, record: RunRecord): Promise<void> {
  const { notSent, unknown } = sumBatches(getBatches(env.store, env.runId));
  const { readBack, readBackState } = getRunAccount(env.store, env.runId);
  if (!readBack || readBackState === 'done' || notSent > 0 || unknown > 0 || env.cancelled.aborted) return;
  await readListBack(env, record);
}

/** "Stopped" is said at once; what is under way is still followed to its end. */
function sayStopped(env: RunEnvironment): void {
  moveRun(env.store, env.runId, ['running', 'cancelling'], 'cancelled', { at: env.now(), error: null });
  enter(env, 'confirming');
}

/** Requests that were on their way when the app ended: looked for once, before anything new is posted. */
async function settleLostAnswers(
  run: RunContext,
  outstanding: Outstanding,
  batches: readonly Batch[],
  giveUp: AbortSignal,
): Promise<void> {
  for (const batch of batches) {
    if (batch.state === 'posting') await settleLostAnswer(run, outstanding, batch, giveUp);
  }
}

/** Says "stopped" first; then what was on its way is settled in peace. */
async function settleCancelled(env: RunEnvironment, run: RunContext, outstanding: Outstanding): Promise<void> {
  sayStopped(env);
  await settleLostAnswers(run, outstanding, getBatches(env.store, env.runId), env.stopped);
}

function enter(env: RunEnvironment, phase: 'sending' | 'confirming'): void {
  setRunPhase(env.store, env.runId, phase);
  env.progress.setPhase(phase);
  env.changed(true);
}

/** The two halves of sending tell each other what they did. */
function linkPosterAndFollower(batches: readonly Batch[]) {
  const posted = new Map<string, Batch>();
  for (const batch of batches) {
    if (batch.state === 'posted' && batch.activityId !== null) posted.set(batch.activityId, batch);
  }
  let complete = false;
  let wakeFollower = Promise.withResolvers<void>();
  let wakePoster = Promise.withResolvers<void>();
  const tellFollower = () => {
    wakeFollower.resolve();
    wakeFollower = Promise.withResolvers();
  };
  const tellPoster = () => {
    wakePoster.resolve();
    wakePoster = Promise.withResolvers();
  };
  return {
    outstanding: { posted, room: () => wakePoster.promise, added: tellFollower } satisfies Outstanding,
    following: { posted, isComplete: () => complete, news: () => wakeFollower.promise, settled: tellPoster },
    complete: () => {
      complete = true;
      tellFollower();
    },
  };
}

/** What only the person, or a later try, can mend; everything else is a plain failure. */
const interruptions: ReadonlySet<ErrorCode> = new Set([
  'sign-in.expired',
  'sign-in.secrets-locked',
  'sign-in.secrets-unavailable',
  'network.offline',
  'network.timeout',
  'remote.unavailable',
  'remote.throttled',
  'remote.quota-exhausted',
  'remote.queue-full',
  'disk.full',
  'run.worker-stopped',
  'connection.other-account',
]);

function finish(env: RunEnvironment, thrown: unknown): void {
  const { store, runId } = env;
  const record = loadRun(store, runId);
  const wire = thrown === null ? null : reasonOf(env, thrown);
  if (wire?.code === 'unexpected') env.surprised(thrown);
  const cancelled = env.cancelled.aborted && (wire === null || wire.code === 'cancelled');
  const left = hasChangesLeft(store, record) || hasClearingsLeft(store, record);
  const settled = record.plannedAt !== null && !left;
  const done = settled ? withDoubts(store, runId, finalStateOf(balanceOfRun(store, record))) : null;
  const to = ((): RunState => {
    if (wire === null && done !== null) return done;
    if (cancelled) return record.state === 'pausing' ? 'paused' : 'cancelled';
    if (wire === null) return 'interrupted';
    return wire.code === 'cancelled' || interruptions.has(wire.code) ? 'interrupted' : 'failed';
  })();
  if (record.state !== to) {
    // Rows whose outcome could not be learned are an end of this attempt, not of the run.
    const error = wire?.code === 'cancelled' ? null : (wire ?? (to === 'interrupted' ? unlearned() : null));
    moveRun(store, runId, statesBefore(to), to, { at: record.endedAt ?? env.now(), error });
  }
  setRunPhase(store, runId, 'ended');
}

/** A run is no plain success when it is not known of everybody whether they were taken off the list, or put back. */
function withDoubts(store: Store, runId: string, done: ReturnType<typeof finalStateOf>): typeof done {
  const changes = groupMembershipBatches(store, [runId]).get(runId) ?? [];
  return done === 'successful' && changes.some(({ unsettled }) => unsettled > 0) ? 'completedWithWarnings' : done;
}

/** What ended the attempt: where everything was stopped for a reason, that one. */
function reasonOf({ stopped }: RunEnvironment, thrown: unknown): WireError {
  const wire = toWireError(thrown);
  return wire.code === 'cancelled' && stopped.aborted ? toWireError(stopped.reason) : wire;
}

const unlearned = () => ({ code: 'run.activity-failed' as const, params: {} });

async function tidyFinishedFolder(env: RunEnvironment): Promise<void> {
  const state = getRun(env.store, env.runId)?.state;
  if (state === 'successful' || state === 'completedWithWarnings') await tidyRunFolder(env.runFolder);
}
