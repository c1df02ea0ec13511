import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { RunView } from '../../preload/contract/views.ts';
import type { ApiGate } from '../constant-contact/gate.ts';
import { createApiClient } from '../constant-contact/http-client.ts';
import { type SystemDispatcher, systemDispatcher } from '../constant-contact/system-dispatcher.ts';
import { SegueError, toWireError } from '../errors/segue-error.ts';
import { findPerson, forgetPerson } from '../kept/forget/forget-person.ts';
import { connectStore } from '../store/open-store.ts';
import { getOptOutReading } from '../store/opt-outs.ts';
import { getRun, moveRun } from '../store/runs.ts';
import { createPortRpc } from '../threads/port-rpc.ts';
import { refreshOptOuts } from './account/opt-outs.ts';
import { executeRun } from './execute-run.ts';
import { waitingFor } from './find-activity.ts';
import { readListBackAgain } from './outcomes/end-of-run.ts';
import { pageRows, saveRows } from './outcomes/row-calls.ts';
import { makeDryRun } from './planning/dry-run.ts';
import { type PlanRowsOrder, type PlanRowsPage, planRows } from './planning/plan-rows.ts';
import type { RunEnvironment } from './run-context.ts';
import { createProgressTracker, type ProgressTracker } from './run-progress.ts';
import type { MadePlan, MainCalls, RunThreadCalls, RunThreadData, StartPlan, StartRun } from './run-protocol.ts';

// The thread that carries out runs: it owns a database connection of its own and keeps no token. Everything about pace
// and sign-in is asked of main, request by request.

if (parentPort === null) throw new Error('This file is a thread of Segue and cannot be run by itself');
const port = parentPort;
const data = workerData as RunThreadData;

/** Between the cancel and giving up the request on its way: "stopped" is said within half a second. */
const cancelGraceMs = 250;
const progressEveryMs = 250;

interface ActiveRun {
  readonly cancel: AbortController;
  readonly abandon: AbortController;
  readonly stop: AbortController;
  readonly progress: ProgressTracker;
  readonly dispatcher: SystemDispatcher;
  readonly ended: Promise<void>;
}

const store = connectStore(data.storeFile);
const active = new Map<string, ActiveRun>();
/** Whether something went wrong that nobody caught: the thread is about to end. */
let dying = false;

function gateFor(connectionId: string, runId: string | null): ApiGate {
  return {
    permit: ({ purpose, signal }) => main.call('permit', { connectionId, runId, purpose }, signal),
    onUnauthorized: (usedToken) => main.call('unauthorized', { connectionId, runId, usedToken }),
    onLimited: (kind, retryAfterMs) => main.tell('limited', { connectionId, kind, retryAfterMs }),
  };
}

/**
 * A client of its own, for a run or (without one) a plan; its dispatcher is the caller's to destroy. `repeating` as in
 * `ApiClientOptions`.
 */
function clientFor(
  { apiUrl, connectionId, runId }: { apiUrl: string; connectionId: string; runId?: string },
  repeating: (error: SegueError | null) => void = () => undefined,
) {
  const dispatcher = systemDispatcher((url) => main.call('proxy', { url }));
  const gate = gateFor(connectionId, runId ?? null);
  const client = createApiClient({ apiUrl, gate, userAgent: data.userAgent, dispatcher, repeating });
  return { client, dispatcher };
}

const profileKey = async (): Promise<Buffer> => Buffer.from((await main.call('profileKey', {})).hex, 'hex');

const execute = (input: StartRun): Promise<void> => carryOut(input, executeRun);
const readBack = (input: StartRun): Promise<void> => carryOut(input, readListBackAgain);

async function carryOut(input: StartRun, act: (env: RunEnvironment) => Promise<void>): Promise<void> {
  const { runId } = input;
  const cancel = new AbortController();
  const abandon = new AbortController();
  const stop = new AbortController();
  stop.signal.addEventListener('abort', () => abandon.abort(stop.signal.reason));
  const progress = createProgressTracker(Date.now);
  const tell = throttle(progressEveryMs, () => main.tell('progress', { runId, progress: progress.current() }));
  const { client, dispatcher } = clientFor(input, (error) => {
    const waiting = waitingFor(error);
    progress.setWaiting(waiting && { for: waiting, until: null });
    tell(false);
  });
  const ended = act({
    runId,
    store,
    client,
    runFolder: path.join(data.runsFolder, runId),
    tempFolder: data.tempFolder,
    memoryLimitMb: data.memoryLimitMb,
    pace: input.pace,
    progress,
    cancelled: cancel.signal,
    abandoned: abandon.signal,
    stopped: stop.signal,
    now: Date.now,
    profileKey,
    surprised,
    changed: tell,
  });
  active.set(runId, { cancel, abandon, stop, progress, dispatcher, ended });
  try {
    await ended;
  } finally {
    active.delete(runId);
    await dispatcher.destroy();
  }
  if (dying) await new Promise(() => undefined);
}

function cancelRun({ runId }: { runId: string }): void {
  const run = active.get(runId);
  if (run === undefined) return;
  if (moveRun(store, runId, ['pausing'], 'cancelled', { at: Date.now(), error: null })) {
    // No request is begun any more: only the one that may be on its way is left to be given up.
    setTimeout(() => run.abandon.abort(), cancelGraceMs).unref();
    main.tell('progress', { runId, progress: run.progress.current() });
    return;
  }
  if (run.cancel.signal.aborted) {
    // Stopped already, and still followed to learn what became of its last batches: that may be given up too.
    if (getRun(store, runId)?.state === 'cancelled') run.stop.abort();
    return;
  }
  moveRun(store, runId, ['running'], 'cancelling');
  run.cancel.abort();
  setTimeout(() => run.abandon.abort(), cancelGraceMs).unref();
}

/** Makes a plan with what is known of the account's opt-outs by then; see main/runs/planning/dry-run.ts. */
async function plan(input: StartPlan, signal: AbortSignal): Promise<MadePlan> {
  const told = await knowOptOuts(input, signal);
  main.tell('planStep', { exportId: input.exportId, step: 'rows' });
  const { tempFolder, memoryLimitMb } = data;
  return { ...(await makeDryRun({ store, tempFolder, memoryLimitMb, profileKey }, input, signal)), ...told };
}

async function knowOptOuts(
  input: StartPlan,
  signal: AbortSignal,
): Promise<Pick<MadePlan, 'optOutsReadAt' | 'accountError'>> {
  const known = () => getOptOutReading(store, input.accountId)?.readAt ?? null;
  if (!input.asksAccount) return { optOutsReadAt: known(), accountError: null };
  main.tell('planStep', { exportId: input.exportId, step: 'opt-outs' });
  const { client, dispatcher } = clientFor(input);
  // Nobody waits for a network in front of a plan: it is made with what is known.
  const offline = new AbortController();
  try {
    await mkdir(input.folder, { recursive: true });
    const inquiry = {
      client,
      purpose: 'interactive' as const,
      pace: input.pace,
      signal: AbortSignal.any([signal, offline.signal]),
      folder: input.folder,
      tempFolder: data.tempFolder,
      memoryLimitMb: data.memoryLimitMb,
      now: Date.now,
      reportWaiting: (waiting: RunView['waiting']) => {
        if (waiting?.for === 'network') offline.abort();
      },
    };
    return { optOutsReadAt: await refreshOptOuts(inquiry, store, input.accountId, surprised), accountError: null };
  } catch (error) {
    if (signal.aborted) throw new SegueError('cancelled', {}, { cause: error });
    const wire = offline.signal.aborted ? { code: 'network.offline' as const, params: {} } : toWireError(error);
    if (wire.code === 'unexpected') throw error;
    return { optOutsReadAt: known(), accountError: wire };
  } finally {
    await dispatcher.destroy();
  }
}

const rowsOfPlan = (input: PlanRowsOrder): Promise<PlanRowsPage> =>
  planRows({ tempFolder: data.tempFolder, memoryLimitMb: data.memoryLimitMb }, input);

/**
 * Ends sending after the request that is on its way, whose answer is waited for, unless the run stands still anyway. That
 * it is to rest as `paused`, and not as `cancelled`, stands in its state.
 */
function pauseRun({ runId, atOnce }: { runId: string; atOnce: boolean }): void {
  const run = active.get(runId);
  if (run === undefined || !moveRun(store, runId, ['running'], 'pausing')) return;
  run.cancel.abort();
  if (atOnce) run.stop.abort();
  main.tell('progress', { runId, progress: run.progress.current() });
}

async function wake(): Promise<void> {
  await Promise.all([...active.values()].map((run) => run.dispatcher.forgetConnections()));
}

/** Ends every run where it is, as far as the journal has it. Without a reason it is the app that ends. */
async function endRuns(reason?: SegueError): Promise<void> {
  for (const run of active.values()) run.stop.abort(reason);
  await Promise.allSettled([...active.values()].map((run) => run.ended));
  store.close();
}

async function shutDown(): Promise<void> {
  await endRuns();
  // The answer leaves first; then nothing keeps the thread alive.
  setImmediate(() => {
    main.close();
    port.close();
  });
}

/** Calls `tell` at once when it matters, else at most every `everyMs`, the last change always included. */
function throttle(everyMs: number, tell: () => void): (important: boolean) => void {
  let timer: NodeJS.Timeout | null = null;
  const now = () => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    tell();
  };
  return (important) => {
    if (important) now();
    else timer ??= setTimeout(now, everyMs);
  };
}

const { runsFolder, tempFolder } = data;
const rowsAt = {
  store,
  runsFolder,
  tempFolder,
  get memoryLimitMb() {
    return data.memoryLimitMb;
  },
  surprised,
};
const peopleAt = () => ({ store, tempFolder, memoryLimitMb: data.memoryLimitMb, now: Date.now });
const calls: RunThreadCalls = {
  execute,
  readBack,
  cancel: cancelRun,
  pause: pauseRun,
  wake,
  plan,
  planRows: rowsOfPlan,
  pageRows: (query) => pageRows(rowsAt, query),
  saveRows: async (query) => ({ rows: await saveRows(rowsAt, query) }),
  findPerson: (order) => findPerson(peopleAt(), order),
  forgetPerson: (order) => forgetPerson(peopleAt(), order, (done, total) => main.tell('forgetting', { done, total })),
  setMemory: ({ memoryLimitMb }) => {
    data.memoryLimitMb = memoryLimitMb;
  },
  shutDown,
};
const main = createPortRpc<MainCalls>(port, calls, surprised);

// A thread that is torn down while DuckDB works for it takes the whole process with it: what goes on is ended first. Calls
// are answered by the thread's end, so that none of main's goes to a thread that is about to be gone.
process.once('uncaughtException', (error) => {
  dying = true;
  surprised(error);
  endRuns(new SegueError('run.worker-stopped')).finally(() => process.exit(1));
});

/** An error crosses to main as its code alone: its stack goes ahead, for the log. */
function surprised(error: unknown): void {
  main.tell('surprised', { stack: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}
