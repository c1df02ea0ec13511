import type { RunView } from '../../preload/contract/views.ts';
import { type ConnectionAccess, userAgentOf } from '../connections/connection-access.ts';
import { fetchAccountSummary } from '../constant-contact/account.ts';
import { SegueError, toWireError } from '../errors/segue-error.ts';
import type { Events } from '../events.ts';
import type { Ports } from '../ports.ts';
import type { Store } from '../store/open-store.ts';
import { getRun, moveRun, setRunPhase } from '../store/runs.ts';
import { createThreadHost } from '../threads/thread-host.ts';
import { fullSpeed, realPace } from './run-pace.ts';
import type { RunProgress } from './run-progress.ts';
import type { MainCalls, RunThreadCalls, RunThreadData } from './run-protocol.ts';
import { isActive } from './run-states.ts';
import { type LiveRun, runViewOf } from './run-view.ts';

/** The run that is being carried out. */
interface Current {
  readonly runId: string;
  readonly done: Promise<void>;
  /** Ends what comes before the thread: opening the connection, asking whose account it is. */
  readonly early: AbortController;
  /** Whether the thread has it: from then on it is the thread that ends it. */
  onThread: boolean;
  heldUp: RunView['waiting'];
}

/** Carries runs out on the run thread, one at a time and in order; the others stand in the queue. */
export function createRunQueue(parts: {
  readonly ports: Ports;
  readonly store: Store;
  readonly storeFile: string;
  readonly runsFolder: string;
  readonly memoryLimitMb: number;
  readonly access: ConnectionAccess;
  readonly events: Events;
  /** A run has ended, however it ended. */
  readonly ended: () => void;
  readonly logSurprise: (error: unknown) => void;
}) {
  const { ports, store, access, events, logSurprise } = parts;
  const queue: string[] = [];
  let current: Current | null = null;
  /** What the thread told last of the run at hand. */
  let progress: RunProgress | null = null;
  let allowSleep: (() => void) | null = null;
  let stopping = false;

  const data: RunThreadData = {
    storeFile: parts.storeFile,
    runsFolder: parts.runsFolder,
    tempFolder: ports.paths.temp,
    memoryLimitMb: parts.memoryLimitMb,
    userAgent: userAgentOf(ports.appVersion),
  };
  const handlers: MainCalls = {
    permit: async ({ connectionId, purpose }, signal) =>
      (await access.access(connectionId)).gate.permit({ purpose, signal }),
    unauthorized: async ({ connectionId, usedToken }) =>
      (await access.access(connectionId)).gate.onUnauthorized(usedToken),
    limited: async ({ connectionId, kind, retryAfterMs }) =>
      (await access.access(connectionId)).gate.onLimited(kind, retryAfterMs),
    progress: (told) => {
      if (current?.runId !== told.runId) return;
      progress = told.progress;
      publish(told.runId);
    },
    surprised: ({ stack }) => logSurprise(new Error(stack)),
  };
  const thread = createThreadHost<RunThreadCalls>({
    entry: ports.threads.runs,
    data,
    handlers,
    onSurprise: logSurprise,
  });

  const live = (runId: string): LiveRun | null =>
    current?.runId === runId ? { progress, heldUp: current.heldUp } : null;

  function publish(runId: string): void {
    const view = runViewOf(store, runId, live(runId));
    events.publish('run.changed', view);
    const { rowsToSend, rowsSettled } = view.progress;
    ports.desktop.showProgress(isActive(view.state) && rowsToSend > 0 ? rowsSettled / rowsToSend : null);
  }

  function startNext(): void {
    if (current !== null || stopping) return;
    const runId = queue.shift();
    if (runId === undefined) {
      allowSleep?.();
      allowSleep = null;
      return;
    }
    allowSleep ??= ports.desktop.preventSleep();
    progress = null;
    const done = Promise.withResolvers<void>();
    current = { runId, done: done.promise, early: new AbortController(), onThread: false, heldUp: null };
    execute(current)
      .finally(() => {
        current = null;
        publish(runId);
        parts.ended();
      })
      .catch(logSurprise)
      .finally(() => {
        done.resolve();
        startNext();
      });
  }

  async function execute(run: Current): Promise<void> {
    const { runId } = run;
    const { signal } = run.early;
    let stopWatching = (): void => undefined;
    try {
      const record = getRun(store, runId);
      if (record === undefined) throw new SegueError('run.not-found');
      const { record: connection, addresses, client } = await access.access(record.connectionId);
      signal.throwIfAborted();
      const unpaced = access.isUnpaced(connection.kind);
      stopWatching = watchPace(run, connection.apiKey, unpaced);
      const account = await fetchAccountSummary(client, { purpose: 'run', signal });
      if (account.accountId !== record.accountId) {
        throw new SegueError('connection.other-account', {
          name: connection.displayName,
          account: account.organizationName,
        });
      }
      signal.throwIfAborted();
      run.onThread = true;
      await thread.rpc().call('execute', {
        runId,
        connectionId: record.connectionId,
        apiUrl: addresses.apiUrl,
        pace: unpaced ? fullSpeed : realPace,
      });
    } catch (thrown) {
      // The thread writes the ends it knows of; this is for what came before it, and for its own death.
      const error = toWireError(thrown);
      if (error.code === 'unexpected') logSurprise(thrown);
      const at = ports.now();
      const early = error.code === 'cancelled' && !run.onThread;
      if (early && !stopping) moveRun(store, runId, ['queued'], 'cancelled', { at, error: null });
      else {
        moveRun(store, runId, ['queued', 'running', 'cancelling'], 'interrupted', { at, error: early ? null : error });
      }
      setRunPhase(store, runId, 'ended');
    } finally {
      stopWatching();
    }
  }

  /** Says so when the pace or the day's quota holds the run up: its thread only sees that a request takes long. */
  function watchPace(run: Current, apiKey: string, unpaced: boolean): () => void {
    const pacer = access.pacerFor(apiKey, unpaced);
    const look = (): void => {
      const { pausedUntil, pauseReason } = pacer.state();
      const heldUp: RunView['waiting'] =
        pauseReason === null ? null : { for: pauseReason === 'quota' ? 'quota' : 'pacing', until: pausedUntil };
      if (heldUp?.for === run.heldUp?.for) return;
      run.heldUp = heldUp;
      publish(run.runId);
    };
    look();
    return pacer.subscribe(look);
  }

  return {
    live,
    /**
     * Whether quitting now would stop something. A run whose state is an end is none: what follows it (confirming a
     * cancelled one, tidying up) can be cut short without a question.
     */
    isBusy(): boolean {
      if (queue.length > 0) return true;
      const record = current === null ? undefined : getRun(store, current.runId);
      return record !== undefined && isActive(record.state);
    },
    /** Puts a run, `queued` in the database, at the end. */
    add(runId: string): RunView {
      queue.push(runId);
      const view = runViewOf(store, runId, null);
      events.publish('run.changed', view);
      startNext();
      return view;
    },
    /** Ends a run that waits or is under way; nothing for one at rest. */
    cancel(runId: string): void {
      const waiting = queue.indexOf(runId);
      if (waiting >= 0) {
        queue.splice(waiting, 1);
        moveRun(store, runId, ['queued'], 'cancelled', { at: ports.now(), error: null });
        setRunPhase(store, runId, 'ended');
        publish(runId);
      } else if (current?.runId === runId) {
        if (current.onThread) thread.rpc().tell('cancel', { runId });
        else current.early.abort(new SegueError('cancelled'));
      }
    },
    async stop(limitMs: number): Promise<void> {
      stopping = true;
      current?.early.abort(new SegueError('cancelled'));
      await thread.stop(limitMs);
      await current?.done;
      allowSleep?.();
      allowSleep = null;
    },
  };
}
