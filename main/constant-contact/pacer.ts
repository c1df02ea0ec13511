import { SegueError } from '../errors/segue-error.ts';
import { backoffMs, type Clock, nextUtcDay, type Random, systemClock, utcDay } from './clock.ts';
import type { Purpose } from './gate.ts';
import type { LimitKind } from './remote-answer.ts';

/** What is kept of a day's requests. `day` is a UTC date, `2026-11-23`. */
export interface DayCount {
  readonly day: string;
  readonly requests: number;
  /** The other side said that the day's quota is used up. */
  readonly exhausted: boolean;
}

/** What can be shown of a pacer. */
export interface PacerState extends DayCount {
  /** Requests that wait for their turn. */
  readonly waiting: number;
  /** Nothing goes out before this instant (milliseconds since 1970), or null. */
  readonly pausedUntil: number | null;
  readonly pauseReason: 'throttled' | 'quota' | null;
}

export interface PacerOptions {
  /** Requests per second at most, in any second one may pick. Default 3 of the allowed 4; Infinity turns pacing off. */
  readonly perSecond?: number;
  /** What was kept when the app last ran, for this API key. */
  readonly initial?: DayCount | null;
  /** Called after each change that should survive the app. Cheap calls: up to `perSecond` times a second. */
  readonly save?: (count: DayCount) => void;
  readonly clock?: Clock;
  readonly random?: Random;
}

/** Hands out turns to all requests that share one API key (`constant-contact-v3.md` 3). */
export interface Pacer {
  /**
   * Resolves when a request may go out. Turns go alternately to people and to runs, and in order within each. While the day's
   * quota is used up runs wait; a person gets `remote.quota-exhausted` with `resumesAt` at once. Rejects with `cancelled`
   * when the signal is aborted.
   */
  acquire(purpose: Purpose, signal?: AbortSignal): Promise<void>;
  /** A 429 came back. A full queue is no matter of pace and pauses nothing. */
  noteLimited(kind: LimitKind, retryAfterMs: number | null): void;
  state(): PacerState;
  /** Calls `listener` after each change of {@link state}; gives back how to stop that. */
  subscribe(listener: () => void): () => void;
}

interface Waiter {
  readonly purpose: Purpose;
  readonly resolve: () => void;
  readonly reject: (error: SegueError) => void;
}

const longestNapMs = 30_000;
const calmMs = 60_000;

/** The pacer of one API key. Make one for the whole app: the limits are counted per key, not per connection. */
export function createPacer(options: PacerOptions = {}): Pacer {
  const { perSecond = 3, save, clock = systemClock, random = Math.random } = options;
  // Spacing of more than a third of a second leaves no room for a fourth start within any second.
  const spacingMs = Number.isFinite(perSecond) ? Math.floor(1_000 / perSecond) + 1 : 0;
  const queues: Record<Purpose, Waiter[]> = { interactive: [], run: [] };
  const listeners = new Set<() => void>();
  let count: DayCount = options.initial ?? { day: utcDay(clock.now()), requests: 0, exhausted: false };
  let lastStart = Number.NEGATIVE_INFINITY;
  let lastServed: Purpose = 'run';
  let throttles = 0;
  // By the clock that nobody can set: a pause of seconds must not become one of hours.
  let throttledUntil = Number.NEGATIVE_INFINITY;
  let quotaUntil = 0;
  let nap: AbortController | null = null;
  let pumping = false;
  if (count.exhausted && count.day === utcDay(clock.now())) quotaUntil = nextUtcDay(clock.now());

  function changed(): void {
    for (const listener of [...listeners]) listener();
  }

  function update(change: Partial<DayCount>): void {
    const day = utcDay(clock.now());
    // A clock set back must not give the day's requests a second time.
    count = day > count.day ? { day, requests: 0, exhausted: false, ...change } : { ...count, ...change };
    save?.(count);
  }

  function pause(): { until: number; reason: 'throttled' | 'quota' } | null {
    const now = clock.now();
    if (quotaUntil > now) return { until: quotaUntil, reason: 'quota' };
    const throttledMs = Math.ceil(throttledUntil - clock.monotonic());
    return throttledMs > 0 ? { until: now + throttledMs, reason: 'throttled' } : null;
  }

  function takeNext(): Waiter | undefined {
    const other: Purpose = lastServed === 'run' ? 'interactive' : 'run';
    const waiter = queues[other].shift() ?? queues[lastServed].shift();
    if (waiter) lastServed = waiter.purpose;
    return waiter;
  }

  const waiting = (): number => queues.interactive.length + queues.run.length;

  async function pump(): Promise<void> {
    if (pumping) return;
    pumping = true;
    while (waiting() > 0) {
      const pausedMs = (pause()?.until ?? 0) - clock.now();
      const spacedMs = lastStart + spacingMs - clock.monotonic();
      // Short naps: after a laptop's sleep the wall clock is ahead of any timer.
      const waitMs = Math.min(longestNapMs, Math.max(pausedMs, spacedMs));
      if (waitMs > 0) {
        nap = new AbortController();
        await clock.sleep(Math.ceil(waitMs), nap.signal).catch(() => undefined);
        nap = null;
        continue;
      }
      const waiter = takeNext();
      if (!waiter) break;
      lastStart = clock.monotonic();
      update({ requests: utcDay(clock.now()) > count.day ? 1 : count.requests + 1, exhausted: false });
      waiter.resolve();
      changed();
    }
    pumping = false;
  }

  return {
    acquire(purpose, signal) {
      return new Promise<void>((resolve, reject) => {
        if (signal?.aborted) return reject(new SegueError('cancelled'));
        const paused = pause();
        if (purpose === 'interactive' && paused?.reason === 'quota') return reject(quotaError(paused.until));
        const cancel = (): void => {
          const queue = queues[purpose];
          const at = queue.indexOf(waiter);
          if (at >= 0) queue.splice(at, 1);
          reject(new SegueError('cancelled'));
          if (waiting() === 0) nap?.abort();
          changed();
        };
        const settle = (): void => signal?.removeEventListener('abort', cancel);
        const waiter: Waiter = {
          purpose,
          resolve: () => {
            settle();
            resolve();
          },
          reject: (error) => {
            settle();
            reject(error);
          },
        };
        signal?.addEventListener('abort', cancel, { once: true });
        queues[purpose].push(waiter);
        void pump();
        if (queues[purpose].includes(waiter)) changed();
      });
    },

    noteLimited(kind, retryAfterMs) {
      const now = clock.now();
      if (kind === 'quota') {
        quotaUntil = retryAfterMs === null ? nextUtcDay(now) : now + retryAfterMs;
        update({ exhausted: true });
        for (const waiter of queues.interactive.splice(0)) waiter.reject(quotaError(quotaUntil));
      } else if (kind === 'throttled') {
        const instant = clock.monotonic();
        // Several refusals of one burst count once; a quiet minute forgets the earlier ones.
        if (throttledUntil <= instant) {
          throttles = instant - throttledUntil > calmMs ? 1 : throttles + 1;
          throttledUntil = instant + backoffMs(throttles, random);
        }
        throttledUntil = Math.max(throttledUntil, instant + (retryAfterMs ?? 0));
      }
      nap?.abort();
      changed();
    },

    state() {
      const paused = pause();
      const today = utcDay(clock.now());
      const current = today > count.day ? { day: today, requests: 0, exhausted: false } : count;
      return {
        ...current,
        waiting: waiting(),
        pausedUntil: paused?.until ?? null,
        pauseReason: paused?.reason ?? null,
      };
    },

    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** A pacer that holds nobody up, for the practice account at full speed. It still counts, and heeds a 429. */
export function createUnpacedPacer(options: Omit<PacerOptions, 'perSecond'> = {}): Pacer {
  return createPacer({ ...options, perSecond: Number.POSITIVE_INFINITY });
}

function quotaError(resumesAt: number): SegueError {
  return new SegueError('remote.quota-exhausted', { resumesAt });
}
