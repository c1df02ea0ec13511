import type { Clock } from '../clock.ts';

/** A clock that stands still until it is told to go on. */
export interface SteppedClock extends Clock {
  /** Goes on by `ms`, waking every sleeper on the way in its order. */
  advance(ms: number): Promise<void>;
  /** Goes from sleeper to sleeper until nobody sleeps any more. */
  drain(): Promise<void>;
  /** Moves the wall clock alone, as a person or a laptop's sleep does. */
  jump(ms: number): void;
}

export function createSteppedClock(start = Date.UTC(2026, 10, 23, 10)): SteppedClock {
  let wall = start;
  let mono = 0;
  let sleepers: { due: number; wake: () => void }[] = [];

  async function wakeNext(until: number): Promise<boolean> {
    await settle();
    const next = sleepers.reduce<{ due: number; wake: () => void } | null>(
      (first, one) => (first === null || one.due < first.due ? one : first),
      null,
    );
    if (!next || next.due > until) return false;
    sleepers = sleepers.filter((one) => one !== next);
    const step = Math.max(0, next.due - mono);
    wall += step;
    mono += step;
    next.wake();
    return true;
  }

  return {
    now: () => wall,
    monotonic: () => mono,
    jump(ms) {
      wall += ms;
    },
    sleep(ms, signal) {
      return new Promise((resolve, reject) => {
        const sleeper = { due: mono + Math.max(0, ms), wake: resolve };
        const cancel = (): void => {
          sleepers = sleepers.filter((one) => one !== sleeper);
          reject(new DOMException('aborted', 'AbortError'));
        };
        if (signal?.aborted) return cancel();
        signal?.addEventListener('abort', cancel, { once: true });
        sleepers.push(sleeper);
      });
    },
    async advance(ms) {
      const until = mono + ms;
      while (await wakeNext(until)) {
        // Each sleeper may go to sleep again before the end.
      }
      wall += until - mono;
      mono = until;
      await settle();
    },
    async drain() {
      while (await wakeNext(Number.POSITIVE_INFINITY)) {
        // Until the last one.
      }
    },
  };
}

/** A clock on which every sleep is over at once; `slept` says how long each was. */
export interface InstantClock extends Clock {
  readonly slept: number[];
  set(now: number): void;
}

export function createInstantClock(start = Date.UTC(2026, 10, 23, 10)): InstantClock {
  let wall = start;
  const slept: number[] = [];
  return {
    slept,
    now: () => wall,
    monotonic: () => wall,
    set(now) {
      wall = now;
    },
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      slept.push(ms);
      wall += ms;
    },
  };
}

/** Lets everything that is ready run. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
