import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { ErrorCode } from '../../preload/contract/error-codes.ts';
import type { RunState } from '../../preload/contract/views.ts';
import type { ApiClient } from '../constant-contact/http-client.ts';
import { SegueError, toWireError } from '../errors/segue-error.ts';
import { fieldsOf } from '../exports/prepared-rows.ts';
import { type DuckDb, interruptible, openDuckDb } from '../segments/duckdb.ts';
import { type Batch, getBatches } from '../store/batches.ts';
import type { Store } from '../store/open-store.ts';
import { insertRejectedRows } from '../store/rejected-rows.ts';
import {
  getRun,
  getRunSource,
  moveRun,
  type RunRecord,
  type RunSegment,
  savePlan,
  setRunPhase,
} from '../store/runs.ts';
import { balanceOf, finalStateOf, sumBatches } from './balance.ts';
import { followActivities } from './follow-activities.ts';
import { buildPlan, type PlannedSegment, rejectedRows } from './plan.ts';
import { type Outstanding, postBatches, settleLostAnswer } from './post-batches.ts';
import type { RunContext } from './run-context.ts';
import type { RunPace } from './run-pace.ts';
import type { ProgressTracker } from './run-progress.ts';
import { statesBefore } from './run-states.ts';

export interface RunEnvironment {
  readonly runId: string;
  readonly store: Store;
  readonly client: ApiClient;
  /** The run's own folder: frozen stages and plan. Removed when nothing is left to do. */
  readonly runFolder: string;
  readonly tempFolder: string;
  readonly memoryLimitMb: number;
  readonly pace: RunPace;
  readonly progress: ProgressTracker;
  readonly cancelled: AbortSignal;
  readonly abandoned: AbortSignal;
  readonly stopped: AbortSignal;
  now(): number;
  /** Hears of errors that nobody meant to throw. */
  surprised(error: unknown): void;
  /** Counts or state moved on. `important` changes are told at once, others when it suits. */
  changed(important: boolean): void;
}

const rejectedPage = 5_000;

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
    const source = getRunSource(store, runId);
    await mkdir(env.runFolder, { recursive: true });
    const file = path.join(env.runFolder, 'plan.duckdb');
    // A plan that was not finished is made anew: what an end in its middle left of the file may not even open.
    if (record.plannedAt === null) for (const half of [file, `${file}.wal`]) await rm(half, { force: true });
    db = await openDuckDb({
      file,
      tempFolder: env.tempFolder,
      memoryLimitMb: env.memoryLimitMb,
      threads: 2,
      readable: [env.runFolder],
      writable: [env.runFolder],
    });
    if (record.plannedAt === null) await plan(env, db, record, source);
    await send(env, db, loadRun(store, runId), source);
    finish(env, null);
  } catch (error) {
    finish(env, error);
  } finally {
    db?.close();
    await removeFinishedFolder(env);
    env.progress.setPhase('ended');
    env.changed(true);
  }
}

function loadRun(store: Store, runId: string): RunRecord {
  const record = getRun(store, runId);
  if (record === undefined) throw new SegueError('run.not-found');
  return record;
}

function segmentsOf(env: RunEnvironment, source: readonly RunSegment[]): PlannedSegment[] {
  return source.map((segment) => ({
    segmentId: segment.segmentId,
    stageFile: path.join(env.runFolder, segment.stageFileName),
    fieldMap: segment.fieldMap,
    columnCount: segment.headings.length,
  }));
}

async function plan(env: RunEnvironment, db: DuckDb, record: RunRecord, source: readonly RunSegment[]): Promise<void> {
  const ended = AbortSignal.any([env.cancelled, env.stopped]);
  try {
    const built = await interruptible(db, ended, () => buildPlan(db, segmentsOf(env, source)));
    if (built.counts.rowsRead === 0) throw new SegueError('export.nothing-to-send', { name: record.exportName });
    for (let skip = 0; skip < built.counts.rejected; skip += rejectedPage) {
      ended.throwIfAborted();
      insertRejectedRows(env.store, record.runId, skip + 1, await rejectedRows(db, skip, rejectedPage));
    }
    const unreadable = source.reduce((sum, segment) => sum + segment.unreadableCount, 0);
    savePlan(
      env.store,
      record.runId,
      { ...built.counts, unreadable, toSend: built.toSend, batches: built.batches },
      env.now(),
    );
  } catch (error) {
    throw ended.aborted ? new SegueError('cancelled', {}, { cause: error }) : error;
  }
}

async function send(env: RunEnvironment, db: DuckDb, record: RunRecord, source: readonly RunSegment[]): Promise<void> {
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
  const poster = async () => {
    try {
      await settleLostAnswers(run, link.outstanding, batches, run.cancelled);
      await postBatches(run, link.outstanding);
      if (env.cancelled.aborted) await settleCancelled(env, run, link.outstanding);
      else enter(env, 'confirming');
    } finally {
      link.complete();
    }
  };
  const follower = () =>
    followActivities(run, link.following).catch((error: unknown) => {
      failed.abort();
      throw error;
    });
  // When the poster meets what only a person can mend, the follower still brings home what is under way.
  const results = await Promise.allSettled([poster(), follower()]);
  const rejected = results.find((result) => result.status === 'rejected');
  if (rejected) throw rejected.reason;
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
  moveRun(env.store, env.runId, ['running', 'cancelling'], 'cancelled', { at: env.now(), error: null });
  enter(env, 'confirming');
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
  const wire = thrown === null ? null : toWireError(thrown);
  if (wire?.code === 'unexpected') env.surprised(thrown);
  const cancelled = env.cancelled.aborted && (wire === null || wire.code === 'cancelled');
  const done = record.plannedAt === null ? null : finalStateOf(balanceOf(record, sumBatches(getBatches(store, runId))));
  const to = ((): RunState => {
    if (wire === null && done !== null) return done;
    if (cancelled) return 'cancelled';
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

const unlearned = () => ({ code: 'run.activity-failed' as const, params: {} });

async function removeFinishedFolder(env: RunEnvironment): Promise<void> {
  const state = getRun(env.store, env.runId)?.state;
  if (state === 'successful' || state === 'completedWithWarnings') {
    await rm(env.runFolder, { recursive: true, force: true, maxRetries: 3 });
  }
}
