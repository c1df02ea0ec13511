/** Longest time that stopping may take; the journal makes an end at any moment safe. */
const stopLimitMs = 5_000;

/** The part of Electron's `app` that ends it. */
export interface Quittable {
  on(event: 'before-quit', listener: (event: { preventDefault(): void }) => void): unknown;
  quit(): void;
  exit(code: number): void;
}

export interface Leaving {
  /** Ends the app in order. With `ask`, the person may answer that a run under way goes on, and then nothing ends. */
  leave(options: { ask: boolean; code?: number }): void;
  /** Whether the end has begun, so that no window may keep itself open any more. */
  hasBegun(): boolean;
}

/**
 * The ways out of the app: the menu, the last window, a signal, a crash. Every one goes through `leave`, once.
 * A second quit while the question is on the screen changes nothing (electron-facts.md 7).
 */
export function createLeaving(
  app: Quittable,
  options: {
    hasActiveRun: () => boolean;
    askToStop: () => Promise<boolean>;
    keepRunning: () => void;
    stop: (limitMs: number) => Promise<void>;
  },
): Leaving {
  let state: 'staying' | 'asking' | 'stopping' | 'stopped' = 'staying';
  let exitCode = 0;

  const stopAndExit = async () => {
    state = 'stopping';
    const limit = new Promise<void>((resolve) => setTimeout(resolve, 2 * stopLimitMs));
    await Promise.race([options.stop(stopLimitMs), limit]);
    state = 'stopped';
    if (exitCode === 0) app.quit();
    else app.exit(exitCode);
  };

  const leave = async (ask: boolean, code: number | undefined) => {
    // A command that ends while the app is ending already still says with which code.
    exitCode = code ?? exitCode;
    if (state === 'stopping' || state === 'stopped' || (state === 'asking' && ask)) return;
    if (ask && options.hasActiveRun()) {
      state = 'asking';
      const stop = await options.askToStop();
      // A signal or a crash may have begun the end while the question stood there.
      if (state !== 'asking') return;
      if (!stop) {
        state = 'staying';
        options.keepRunning();
        return;
      }
    }
    await stopAndExit();
  };

  const begin = (ask: boolean, code?: number) => {
    leave(ask, code).catch(() => app.exit(exitCode === 0 ? 1 : exitCode));
  };

  app.on('before-quit', (event) => {
    if (state === 'stopped') return;
    event.preventDefault();
    begin(true);
  });

  return {
    leave: ({ ask, code }) => begin(ask, code),
    hasBegun: () => state === 'stopping' || state === 'stopped',
  };
}
