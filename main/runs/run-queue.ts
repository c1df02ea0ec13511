import type { RunState, RunView } from '../../preload/contract/views.ts';
import { type Access, type ConnectionAccess, userAgentOf } from '../connections/connection-access.ts';
import { fetchAccountSummary } from '../constant-contact/account.ts';
import type { Pacer } from '../constant-contact/pacer.ts';
import { SegueError, toWireError } from '../errors/segue-error.ts';
import type { Events } from '../events.ts';
import type { Ports } from '../ports.ts';
import type { Store } from '../store/open-store.ts';
import { noteRunAccount } from '../store/run-account.ts';
import { getRun, moveRun, setRunPhase } from '../store/runs.ts';
import { createThreadHost } from '../threads/thread-host.ts';
import { fullSpeed, realPace } from './run-pace.ts';
import type { RunProgress } from './run-progress.ts';
import type { MainCalls, RunThreadCalls, RunThreadData } from './run-protocol.ts';
import { isActive } from './run-states.ts';
import { type LiveRun, runViewOf } from './run-view.ts';
import { createUnwrittenEnds } from './unwritten-ends.ts';

/** What stands in the queue: a run to be carried out, or the list of a finished one to be read back. */
interface Queued {
  readonly runId: string;
  readonly patient: boolean;
  readonly task: 'execute' | 'readBack';
}

/** What is being carried out. */
interface Current {
  readonly runId: string;
  readonly task: Queued['task'];
  readonly done: Promise<void>;
  /** Ends what comes before the thread: opening the connection, asking whose account it is. */
  readonly early: AbortController;
  /** Whether a person may be waited for. */
  readonly patient: boolean;
  /** Ends waiting for a person. */
  readonly patience: AbortController;
  /** Whether the thread has it: from then on it is the thread that ends it. */
  onThread: boolean;
  /** How many of its requests wait for a person's sign-in. */
  waitsForSignIn: number;
  /** The pacer whose pauses are watched, and how to stop that. */
  watched: { readonly pacer: Pacer; stop(): void } | null;
  pause: RunView['waiting'];
  /** What the thread told last of it. */
  progress: RunProgress | null;
}

/** Nobody knows how long these take; to wait for them before resting would be no rest. */
const longWaits: ReadonlySet<string> = new Set(['sign-in', 'quota', 'network', 'service']);

/** Whether a run can do nothing for now. */
function standsStill(run: LiveRun | null): boolean {
  const waiting = run?.heldUp ?? run?.progress?.waiting;
  return waiting !== null && waiting !== undefined && longWaits.has(waiting.for);
}

/**
 * Carries runs out on the run thread, one at a time and in order; the others stand in the queue. A cancelled run that is
 * still followed to learn what became of its last batches holds up only runs to its own list.
 */
export function createRunQueue(parts: {
  readonly ports: Ports;
  readonly store: Store;
  readonly storeFile: string;
  readonly runsFolder: string;
  readonly access: ConnectionAccess;
  readonly profileKey: () => Promise<Buffer>;
  readonly events: Events;
  /** A run has ended, however it ended. */
  readonly ended: () => void;
  /** A run that is being carried out has changed; told of cancelled ones no more, since nothing is sent for them. */
  readonly changed: (run: RunView) => void;
  /** A run was carried out for as long as it could be; not told while Segue itself ends. */
  readonly settled: (run: RunView) => void;
  readonly logSurprise: (error: unknown) => void;
}) {
  const { ports, store, access, events, logSurprise } = parts;
  const queue: Queued[] = [];
  /** What sends, or is about to. */
  let current: Current | null = null;
  /** Cancelled runs that are still followed. */
  const followed = new Map<string, Current>();
  let allowSleep: (() => void) | null = null;
  let stopping = false;

  const data: RunThreadData = {
    storeFile: parts.storeFile,
    runsFolder: parts.runsFolder,
    tempFolder: ports.paths.temp,
    memoryLimitMb: ports.settings.get().memoryMb,
    userAgent: userAgentOf(ports.appVersion),
  };
  const handlers: MainCalls = {
    permit: ({ connectionId, runId, purpose }, signal) =>
      whileSignedIn(connectionId, find(runId), signal, ({ gate }) => gate.permit({ purpose, signal })),
    unauthorized: ({ connectionId, runId, usedToken }, signal) =>
      whileSignedIn(connectionId, find(runId), signal, ({ gate }) => gate.onUnauthorized(usedToken)),
    limited: async ({ connectionId, kind, retryAfterMs }) =>
      (await access.access(connectionId)).gate.onLimited(kind, retryAfterMs),
    proxy: ({ url }) => ports.resolveProxy(url),
    forgetting: (told) => events.publish('kept.progress', told),
    planStep: (told) => events.publish('plan.changed', told),
    profileKey: async () => ({ hex: (await parts.profileKey()).toString('hex') }),
    progress: (told) => {
      const run = find(told.runId);
      if (run === null) return;
      run.progress = told.progress;
      publish(told.runId);
      letOthersGoOn(run);
    },
    surprised: ({ stack }) => logSurprise(new Error(stack)),
  };
  const thread = createThreadHost<RunThreadCalls>({
    entry: ports.threads.runs,
    data,
    handlers,
    onSurprise: logSurprise,
    gone: 'run.worker-stopped',
  });

  const wakesNoMore = ports.onWake(() => {
    if (current?.onThread || followed.size > 0) thread.rpc().tell('wake', {});
  });

  const unwritten = createUnwrittenEnds((runId, end) => {
    moveRun(store, runId, ['queued', 'running', 'pausing', 'cancelling'], 'interrupted', end);
    setRunPhase(store, runId, 'ended');
  }, publish);

  function live(runId: string): LiveRun | null {
    const end = unwritten.get(runId);
    if (end !== undefined) return { progress: null, heldUp: null, end };
    const run = find(runId);
    if (run === null) return null;
    const heldUp = run.waitsForSignIn > 0 ? { for: 'sign-in' as const, until: null } : run.pause;
    return { progress: run.progress, heldUp };
  }

  function find(runId: string | null): Current | null {
    return current?.runId === runId ? current : ((runId === null ? null : followed.get(runId)) ?? null);
  }

  /** Which list a run is about: of two runs about the same, the second waits for the first to be over. */
  function listOf(runId: string): string {
    const { accountId, listId } = getRun(store, runId) ?? {};
    return JSON.stringify([accountId, listId]);
  }

  /** A cancelled run sends nothing any more: the next need not wait until it is confirmed. */
  function letOthersGoOn(run: Current): void {
    if (run !== current || run.task !== 'execute' || getRun(store, run.runId)?.state !== 'cancelled') return;
    followed.set(run.runId, run);
    current = null;
    startNext();
  }

  function stayAwake(stay: boolean): void {
    if (stay) allowSleep ??= ports.desktop.preventSleep();
    else {
      allowSleep?.();
      allowSleep = null;
    }
  }

  function publish(runId: string): void {
    const view = runViewOf(store, runId, live(runId));
    events.publish('run.changed', view);
    if (!followed.has(runId)) parts.changed(view);
  }

  /** Lays a run to rest of which nothing goes on; false when it is in another state. */
  function rest(runId: string, from: readonly RunState[], to: 'paused' | 'cancelled'): boolean {
    if (!moveRun(store, runId, from, to, { at: ports.now(), error: null })) return false;
    setRunPhase(store, runId, 'ended');
    publish(runId);
    return true;
  }

  function startNext(): void {
    if (current !== null || stopping) return;
    const inUse = new Set([...followed.keys()].map(listOf));
    const free = queue.findIndex(({ runId }) => !inUse.has(listOf(runId)));
    const [next] = free === -1 ? [] : queue.splice(free, 1);
    stayAwake(next !== undefined || followed.size > 0);
    if (next === undefined) return;
    const { runId } = next;
    const done = Promise.withResolvers<void>();
    const run: Current = {
      ...next,
      done: done.promise,
      early: new AbortController(),
      patience: new AbortController(),
      onThread: false,
      waitsForSignIn: 0,
      watched: null,
      pause: null,
      progress: null,
    };
    current = run;
    execute(run)
      .finally(() => {
        followed.delete(runId);
        if (current === run) current = null;
        publish(runId);
        // How many of its rejected rows were sent later has changed with this run.
        const parentRunId = getRun(store, runId)?.parentRunId ?? null;
        if (parentRunId !== null) events.publish('run.changed', runViewOf(store, parentRunId, null));
        parts.ended();
        if (run.task === 'execute' && !stopping) parts.settled(runViewOf(store, runId, live(runId)));
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
    try {
      const record = getRun(store, runId);
      if (record === undefined) throw new SegueError('run.not-found');
      const { connectionId } = record;
      // A thread that has to be started starts while the account is asked for its name.
      thread.rpc();
      const { addresses, unpaced } = await whileSignedIn(connectionId, run, signal, async (opened) => {
        const { record: connection, client } = opened;
        const account = await fetchAccountSummary(client, { purpose: 'run', signal });
        if (account.accountId === record.accountId) return { ...opened, unpaced: access.isUnpaced(connection.kind) };
        throw new SegueError('connection.other-account', {
          name: connection.displayName,
          account: account.organizationName,
        });
      });
      signal.throwIfAborted();
      run.onThread = true;
      await thread.rpc().call(run.task, {
        runId,
        connectionId,
        apiUrl: addresses.apiUrl,
        pace: unpaced ? fullSpeed : realPace,
      });
    } catch (thrown) {
      // The thread writes the ends it knows of; this is for what came before it, and for its own death.
      const error = toWireError(thrown);
      if (error.code === 'unexpected') logSurprise(thrown);
      const at = ports.now();
      if (run.task === 'readBack') {
        noteRunAccount(store, runId, { readBackState: 'failed', readBackError: error.code });
        return;
      }
      // Somebody saw its end and has put it into the queue again.
      if (queue.some((queued) => queued.runId === runId)) return;
      const early = error.code === 'cancelled' && !run.onThread;
      if (early && !stopping) moveRun(store, runId, ['queued'], 'cancelled', { at, error: null });
      else unwritten.add(runId, { at, error: early ? null : error });
      if (unwritten.get(runId) === undefined) setRunPhase(store, runId, 'ended');
    } finally {
      run.watched?.stop();
    }
  }

  /**
   * Does `act` with the connection of a run, or of a plan (null). When its sign-in has ended, a patient run waits until a person has
   * signed in again, and does it anew; any other throws `sign-in.expired`. Throws `cancelled` when the wait is given up.
   */
  async function whileSignedIn<T>(
    connectionId: string,
    run: Current | null,
    signal: AbortSignal,
    act: (opened: Access) => Promise<T>,
  ): Promise<T> {
    for (;;) {
      const seen = access.signIns.renewals(connectionId);
      try {
        const opened = await access.access(connectionId);
        if (signal.aborted) throw new SegueError('cancelled');
        if (run !== null) watchPace(run, opened.pacer);
        return await act(opened);
      } catch (thrown) {
        const expired = thrown instanceof SegueError && thrown.code === 'sign-in.expired';
        if (!expired || run === null || !run.patient || run.patience.signal.aborted) throw thrown;
        await waitForPerson(
          run,
          access.signIns.untilRenewed(connectionId, seen, AbortSignal.any([signal, run.patience.signal])),
        );
      }
    }
  }

  /** Shows that the run waits for a sign-in, which may take days: the computer may sleep meanwhile. */
  async function waitForPerson(run: Current, renewed: Promise<void>): Promise<void> {
    run.waitsForSignIn += 1;
    stayAwake(false);
    publish(run.runId);
    try {
      await renewed;
    } finally {
      run.waitsForSignIn -= 1;
      if (find(run.runId) === run) {
        stayAwake(!stopping);
        publish(run.runId);
      }
    }
  }

  /** Says so when the pace or the day's quota holds the run up: its thread only sees that a request takes long. */
  function watchPace(run: Current, pacer: Pacer): void {
    if (run.watched?.pacer === pacer) return;
    run.watched?.stop();
    const look = (): void => {
      const { pausedUntil, pauseReason } = pacer.state();
      const pause: RunView['waiting'] =
        pauseReason === null ? null : { for: pauseReason === 'quota' ? 'quota' : 'pacing', until: pausedUntil };
      if (pause?.for === run.pause?.for) return;
      run.pause = pause;
      publish(run.runId);
    };
    run.watched = { pacer, stop: pacer.subscribe(look) };
    look();
  }

  /** Ends a run that waits, is under way or was paused; nothing for one that has ended. */
  function cancel(runId: string): void {
    if (rest(runId, ['paused'], 'cancelled')) return;
    const waiting = queue.findIndex((queued) => queued.runId === runId);
    const run = find(runId);
    if (waiting >= 0) {
      queue.splice(waiting, 1);
      rest(runId, ['queued'], 'cancelled');
    } else if (run?.onThread) {
      // In this order: what is given up now must already find the run cancelled.
      thread.rpc().tell('cancel', { runId });
      run.patience.abort();
    } else run?.early.abort(new SegueError('cancelled'));
  }

  /**
   * Lets a run rest after the batch under way; one that waits, stands still or is not yet in the thread's hands rests at
   * once. Nothing happens to one at rest.
   */
  function pause(runId: string): void {
    const waiting = queue.findIndex((queued) => queued.runId === runId);
    if (waiting >= 0) {
      queue.splice(waiting, 1);
      rest(runId, ['queued'], 'paused');
    } else if (current?.runId === runId) {
      if (current.onThread) thread.rpc().tell('pause', { runId, atOnce: standsStill(live(runId)) });
      else {
        rest(runId, ['queued'], 'paused');
        current.early.abort(new SegueError('cancelled'));
      }
    }
  }

  return {
    live,
    /** The run thread, for plans: they are made where runs are carried out. */
    thread: () => thread.rpc(),
    /**
     * Whether quitting now would stop something. A run whose state is an end is none: what follows it (confirming a
     * cancelled one, tidying up) can be cut short without a question.
     */
    isBusy(): boolean {
      if (queue.length > 0) return true;
      const record = current === null ? undefined : getRun(store, current.runId);
      return record !== undefined && isActive(record.state);
    },
    /** Whether nothing at all is done for any run, reading back and confirming included. */
    isIdle: (): boolean => queue.length === 0 && current === null && followed.size === 0,
    /** What runs and plans may take, from the next one on. */
    setMemory(memoryLimitMb: number): void {
      data.memoryLimitMb = memoryLimitMb;
      thread.running()?.tell('setMemory', { memoryLimitMb });
    },
    /** Puts a run, `queued` in the database, at the end. A `patient` one waits for the person when its sign-in ends. */
    add(runId: string, patient: boolean): RunView {
      queue.push({ runId, patient, task: 'execute' });
      const view = runViewOf(store, runId, null);
      events.publish('run.changed', view);
      startNext();
      return view;
    },
    /** Reads the list of a finished run back when its turn comes; once, however often it is asked for. */
    readBack(runId: string): void {
      const asked = [...queue, ...followed.values(), ...(current === null ? [] : [current])];
      if (asked.some((other) => other.runId === runId && other.task === 'readBack')) return;
      queue.push({ runId, patient: true, task: 'readBack' });
      startNext();
    },
    pageRows: (query: Parameters<RunThreadCalls['pageRows']>[0]) => thread.rpc().call('pageRows', query),
    saveRows: (query: Parameters<RunThreadCalls['saveRows']>[0]) => thread.rpc().call('saveRows', query),
    cancel,
    pause,
    /** Writes what a full disk has not taken so far, if it takes it now. */
    writeEnds: unwritten.tryNow,
    /** Pauses or cancels every run that waits or is under way. */
    endAll(how: 'pause' | 'cancel'): void {
      const all = [...queue.map(({ runId }) => runId), ...(current === null ? [] : [current.runId])];
      for (const runId of all) (how === 'pause' ? pause : cancel)(runId);
    },
    async stop(limitMs: number): Promise<void> {
      stopping = true;
      wakesNoMore();
      unwritten.stop();
      const all = [...followed.values(), ...(current === null ? [] : [current])];
      for (const run of all) {
        run.early.abort(new SegueError('cancelled'));
        run.patience.abort();
      }
      await thread.stop(limitMs);
      await Promise.all(all.map(({ done }) => done));
      stayAwake(false);
    },
  };
}

export type RunQueue = ReturnType<typeof createRunQueue>;
