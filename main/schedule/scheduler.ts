import type { WireError } from '../../preload/contract/error-codes.ts';
import { toWireError } from '../errors/segue-error.ts';
import { getExport } from '../store/exports.ts';
import {
  claimScheduledRun,
  forgetScheduledRuns,
  getScheduledRun,
  letGoOfScheduledRun,
  noteScheduledRun,
  noteSchedulesLookedAt,
  schedulesLookedAt,
  waitingScheduledRuns,
} from '../store/schedules.ts';
import type { Words } from '../words.ts';
import { type BeginParts, beginRun } from './begin-run.ts';
import { actOf, dueFrom, dueRuns } from './due.ts';
import { type RunningSchedule, runningSchedules } from './exports-to-run.ts';
import { type LookAheadParts, lookAhead } from './look-ahead.ts';
import type { Waits } from './schedules-service.ts';
import { createUpcoming } from './upcoming.ts';

/** How often the clock is looked at: a timer of hours stands still while the computer sleeps, or when its clock is set. */
const lookEveryMs = 15_000;

/** How long before its time a run is looked at, how often again while something is in its way, and while nothing is. */
const aheadMs = 4 * 3_600_000;
const aheadAgainMs = 2 * 60_000;
const aheadOnceMoreMs = 3_600_000;

/** What passes by itself is waited for: a laptop that wakes has no network yet. */
const tryAgainMs = 60_000;
const tryForMs = 3_600_000;
const passing: ReadonlySet<WireError['code']> = new Set<WireError['code']>([
  'network.offline',
  'network.timeout',
  'remote.unavailable',
  'remote.throttled',
  'sign-in.secrets-locked',
  'practice.not-started',
]);

/** How long it is known what became of scheduled runs. */
const keptMs = 90 * 24 * 3_600_000;

/** A scheduled run that is not begun yet. */
interface Pending {
  readonly exportId: string;
  readonly dueAt: number;
  /** Since when it is tried: a time that is caught up may have been days ago. */
  readonly since: number;
  /** What it waits for, once it does. */
  waitsFor: 'segment' | 'account' | null;
  /** When it is tried again; null while it is being begun. */
  tryAt: number | null;
}

/**
 * Runs exports when their time comes. Every time is taken once, in the database, before anything is begun: neither a
 * clock that is set back nor a crash begins a run twice. Nothing happens before `start`.
 */
export function createScheduler(
  parts: BeginParts &
    LookAheadParts & {
      readonly words: () => Words;
      /** Tells the window how the schedules stand now. */
      readonly publish: () => void;
      readonly logSurprise: (error: unknown) => void;
    },
) {
  const { ports, store, words, publish, logSurprise } = parts;
  const upcoming = createUpcoming();
  const pending = new Map<string, Pending>();
  const aheadUnderWay = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let wakesNoMore: (() => void) | null = null;
  let stopped = false;

  function look(): void {
    if (stopped || wakesNoMore === null) return;
    clearTimeout(timer);
    try {
      lookNow();
    } catch (error) {
      logSurprise(error);
    }
    timer = setTimeout(look, lookEveryMs).unref();
  }

  function lookNow(): void {
    const now = ports.now();
    const lookedAt = schedulesLookedAt(store) ?? now;
    const schedules = runningSchedules(store);
    const isTime = (schedule: RunningSchedule) =>
      (upcoming(schedule.recurrence, dueFrom(schedule, lookedAt, now))[0] ?? Number.POSITIVE_INFINITY) <= now;
    const due = dueRuns(schedules.filter(isTime), lookedAt, now);
    const taken = store.transaction(() => {
      noteSchedulesLookedAt(store, now);
      return due.filter(({ exportId, dueAt }) => claimScheduledRun(store, exportId, dueAt, now));
    })();
    for (const { exportId, dueAt, act } of taken) {
      const params = { name: nameOf(exportId) };
      if (act === 'skip') skip(exportId, dueAt, { code: 'schedule.missed', params });
      else if (pending.has(exportId)) skip(exportId, dueAt, { code: 'export.already-running', params });
      else begin({ exportId, dueAt, since: now, waitsFor: null, tryAt: null });
    }
    const wanted = new Set(schedules.map(({ exportId }) => exportId));
    for (const one of [...pending.values()]) {
      if (one.tryAt === null) continue;
      if (!wanted.has(one.exportId)) letGo(one.exportId, one.dueAt);
      // Or the clock was set back meanwhile.
      else if (one.tryAt <= now || now < one.tryAt - tryAgainMs) begin(one);
    }
    for (const schedule of schedules) ahead(schedule, now);
    if (taken.length > 0) publish();
  }

  /** Nobody wants it any more: its schedule was switched off, or its connection taken away. */
  function letGo(exportId: string, dueAt: number): void {
    pending.delete(exportId);
    letGoOfScheduledRun(store, exportId, dueAt);
  }

  const nameOf = (exportId: string): string => getExport(store, exportId)?.name ?? '';

  function begin(one: Pending): void {
    const { exportId, dueAt } = one;
    one.tryAt = null;
    pending.set(exportId, one);
    const waits = () => {
      one.waitsFor = 'segment';
      publish();
    };
    beginRun(parts, exportId, waits)
      .then(
        // That it was begun is written together with the run (main/runs/prepare-run.ts).
        () => void pending.delete(exportId),
        (thrown: unknown) => {
          // What the end of the app ended is begun at the next start.
          if (stopped) return;
          const error = toWireError(thrown);
          if (error.code === 'unexpected') logSurprise(thrown);
          if (passing.has(error.code) && ports.now() < one.since + tryForMs) {
            one.waitsFor = 'account';
            one.tryAt = ports.now() + tryAgainMs;
            return;
          }
          pending.delete(exportId);
          skip(exportId, dueAt, error);
        },
      )
      .then(() => stopped || publish())
      .catch(logSurprise);
  }

  function skip(exportId: string, dueAt: number, error: WireError): void {
    noteScheduledRun(store, { exportId, dueAt, state: 'skipped', at: ports.now(), error, runId: null });
    // So it was chosen.
    if (error.code === 'schedule.missed') return;
    const { say, explain } = words();
    const title = say('schedule.notification.skipped', { name: nameOf(exportId) });
    ports.desktop.notify({ title, body: explain(error).title, opens: { name: 'exports' } });
  }

  function ahead({ exportId, recurrence }: RunningSchedule, now: number): void {
    const [dueAt] = upcoming(recurrence, now);
    if (dueAt === undefined || dueAt - now > aheadMs || aheadUnderWay.has(exportId)) return;
    const before = getScheduledRun(store, exportId, dueAt);
    if (before !== undefined) {
      const again = before.error === null ? aheadOnceMoreMs : aheadAgainMs;
      if (before.state !== 'foreseen' || (now >= before.at && now - before.at < again)) return;
    }
    aheadUnderWay.add(exportId);
    lookAhead(parts, exportId, dueAt)
      .finally(() => aheadUnderWay.delete(exportId))
      .then((error) => {
        if (stopped || ports.now() >= dueAt) return;
        noteScheduledRun(store, { exportId, dueAt, state: 'foreseen', at: ports.now(), error, runId: null });
        if (error !== null && error.code !== before?.error?.code) warn(exportId, dueAt, error);
        if (error?.code !== before?.error?.code) publish();
      })
      .catch(logSurprise);
  }

  function warn(exportId: string, dueAt: number, error: WireError): void {
    const { say, explain } = words();
    const title = say('schedule.notification.foreseen', { name: nameOf(exportId), time: new Date(dueAt) });
    ports.desktop.notify({ title, body: explain(error).title, opens: { name: 'exports' } });
  }

  /** Begins what had begun to wait when the app ended: once an export, and only what is still wanted. */
  function takeUpAgain(now: number): void {
    const running = new Map(runningSchedules(store).map((schedule) => [schedule.exportId, schedule]));
    for (const { exportId, dueAt } of waitingScheduledRuns(store).sort((a, b) => b.dueAt - a.dueAt)) {
      const schedule = running.get(exportId);
      const begun = pending.get(exportId);
      if (begun?.dueAt === dueAt) continue;
      if (schedule === undefined) letGo(exportId, dueAt);
      else if (begun === undefined && actOf(schedule, dueAt, now) === 'begin')
        begin({ exportId, dueAt, since: now, waitsFor: null, tryAt: null });
      else skip(exportId, dueAt, { code: 'schedule.missed', params: { name: nameOf(exportId) } });
    }
  }

  return {
    waits: (): Waits =>
      new Map([...pending].flatMap(([exportId, { waitsFor }]) => (waitsFor === null ? [] : [[exportId, waitsFor]]))),
    /** Looks now: a schedule was changed. */
    nudge: look,
    /** From now on exports run by themselves. What had begun to wait when the app ended goes on. A second call does nothing. */
    start(): void {
      if (wakesNoMore !== null || stopped) return;
      wakesNoMore = ports.onWake(look);
      forgetScheduledRuns(store, ports.now() - keptMs);
      look();
      // Behind the look: where a newer time has come since, that one counts.
      takeUpAgain(ports.now());
    },
    stop(): void {
      stopped = true;
      clearTimeout(timer);
      wakesNoMore?.();
    },
  };
}

export type Scheduler = ReturnType<typeof createScheduler>;
