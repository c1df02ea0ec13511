/**
 * Lets at most `places` pieces of work go on at once; the others wait in the order in which they came. Work whose
 * signal is aborted while it waits is not begun: the signal's reason is thrown.
 */
export function takeTurns(places: number): <T>(work: () => Promise<T>, signal: AbortSignal) => Promise<T> {
  let free = places;
  const waiting: (() => void)[] = [];

  /** Resolves once a place is this caller's. */
  const place = (signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted();
    if (free > 0) {
      free -= 1;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const go = (): void => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = (): void => {
        waiting.splice(waiting.indexOf(go), 1);
        reject(signal.reason);
      };
      waiting.push(go);
      signal.addEventListener('abort', leave, { once: true });
    });
  };

  return async (work, signal) => {
    await place(signal);
    try {
      return await work();
    } finally {
      // The place goes to the one who has waited longest, so that nobody slips in between.
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}
