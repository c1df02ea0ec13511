import path from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { ApiGate } from '../constant-contact/gate.ts';
import { createApiClient } from '../constant-contact/http-client.ts';
import { systemDispatcher } from '../constant-contact/system-dispatcher.ts';
import { connectStore } from '../store/open-store.ts';
import { getRun, moveRun } from '../store/runs.ts';
import { createPortRpc } from '../threads/port-rpc.ts';
import { executeRun } from './execute-run.ts';
import { createProgressTracker } from './run-progress.ts';
import type { MainCalls, RunThreadCalls, RunThreadData, StartRun } from './run-protocol.ts';

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
  readonly ended: Promise<void>;
}

const store = connectStore(data.storeFile);
const active = new Map<string, ActiveRun>();

function gateFor(connectionId: string): ApiGate {
  return {
    permit: ({ purpose, signal }) => main.call('permit', { connectionId, purpose }, signal),
    onUnauthorized: (usedToken) => main.call('unauthorized', { connectionId, usedToken }),
    onLimited: (kind, retryAfterMs) => main.tell('limited', { connectionId, kind, retryAfterMs }),
  };
}

async function execute(input: StartRun): Promise<void> {
  const { runId } = input;
  const cancel = new AbortController();
  const abandon = new AbortController();
  const stop = new AbortController();
  stop.signal.addEventListener('abort', () => abandon.abort(stop.signal.reason));
  const dispatcher = systemDispatcher((url) => main.call('proxy', { url }));
  const client = createApiClient({
    apiUrl: input.apiUrl,
    gate: gateFor(input.connectionId),
    userAgent: data.userAgent,
    dispatcher,
  });
  const progress = createProgressTracker(Date.now);
  const tell = throttle(progressEveryMs, () => main.tell('progress', { runId, progress: progress.current() }));
  const ended = executeRun({
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
    surprised,
    changed: tell,
  });
  active.set(runId, { cancel, abandon, stop, ended });
  try {
    await ended;
  } finally {
    active.delete(runId);
    await dispatcher.destroy();
  }
}

function cancelRun({ runId }: { runId: string }): void {
  const run = active.get(runId);
  if (run === undefined) return;
  if (run.cancel.signal.aborted) {
    // Stopped already, and still followed to learn what became of its last batches: that may be given up too.
    if (getRun(store, runId)?.state === 'cancelled') run.stop.abort();
    return;
  }
  moveRun(store, runId, ['running'], 'cancelling');
  run.cancel.abort();
  setTimeout(() => run.abandon.abort(), cancelGraceMs).unref();
}

async function shutDown(): Promise<void> {
  for (const run of active.values()) run.stop.abort();
  await Promise.allSettled([...active.values()].map((run) => run.ended));
  store.close();
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

const calls: RunThreadCalls = { execute, cancel: cancelRun, shutDown };
const main = createPortRpc<MainCalls>(port, calls, surprised);

/** An error crosses to main as its code alone: its stack goes ahead, for the log. */
function surprised(error: unknown): void {
  main.tell('surprised', { stack: error instanceof Error ? (error.stack ?? error.message) : String(error) });
}
