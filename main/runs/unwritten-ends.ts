import type { WireError } from '../../preload/contract/error-codes.ts';
import { toWireError } from '../errors/segue-error.ts';

/** How an attempt at a run ended. */
export interface AttemptEnd {
  readonly at: number;
  readonly error: WireError | null;
}

const tryAgainAfterMs = 5_000;

/**
 * Ends of attempts that the database does not take, because the disk is full: they are shown as they are known, and
 * written as soon as there is room. Should the app end before, its next start finds the run as one that was under way.
 * `write` throws as SQLite does; `written` is told of each that got through later.
 */
export function createUnwrittenEnds(write: (runId: string, end: AttemptEnd) => void, written: (runId: string) => void) {
  const ends = new Map<string, AttemptEnd>();
  let timer: NodeJS.Timeout | null = null;

  function writeOrKeep(runId: string, end: AttemptEnd): void {
    try {
      write(runId, end);
      ends.delete(runId);
    } catch (thrown) {
      const error = toWireError(thrown);
      if (error.code !== 'disk.full') throw thrown;
      ends.set(runId, { ...end, error });
    }
  }

  function tryAgain(): void {
    for (const [runId, end] of ends) {
      writeOrKeep(runId, end);
      if (!ends.has(runId)) written(runId);
    }
    watch();
  }

  function watch(): void {
    if (timer !== null) clearTimeout(timer);
    timer = ends.size === 0 ? null : setTimeout(tryAgain, tryAgainAfterMs).unref();
  }

  return {
    /** Writes an end, now or later. Throws what is not a lack of room. */
    add(runId: string, end: AttemptEnd): void {
      writeOrKeep(runId, end);
      watch();
    },
    get: (runId: string): AttemptEnd | undefined => ends.get(runId),
    /** Tries at once, for somebody who has made room. */
    tryNow: tryAgain,
    stop(): void {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}
