/** As long as a timer can be set, some 25 days, in milliseconds. */
export const longestTimeout = 2 ** 31 - 1;

/**
 * Resolves after `ms` milliseconds, or as soon as the signal is aborted or `awake` resolves; never rejects. Which one it
 * was, the caller sees from the signal.
 */
export function wait(ms: number, signal: AbortSignal, awake?: Promise<unknown>): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener('abort', end, { once: true });
    awake?.then(end, end);
  });
}
