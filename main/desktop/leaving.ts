/** Longest time that stopping may take; the journal makes an end at any moment safe. */
const stopLimitMs = 5_000;

/** The part of Electron's `app` that ends it. */
export interface Quittable {
  on(event: 'before-quit', listener: (event: { preventDefault(): void }) => void): unknown;
  quit(): void;
  exit(code: number): void;
}

/**
 * What a person who quits wants of the runs under way: that they go on without a window, stop after the batch under way,
 * are cancelled, or that the app stays as it is. `at-once`: there is nobody to ask, and they can be continued.
 */
export type WayOut = 'in-background' | 'after-batch' | 'cancel' | 'stay' | 'at-once';

export interface Leaving {
  /** Ends the app in order. With `ask`, the person says what becomes of a run under way, and may stay. */
  leave(options: { ask: boolean; code?: number }): void;
  /** Whether the end has begun, so that no window may keep itself open any more. */
  hasBegun(): boolean;
  /** The person is back (opened a window): a run that goes on in the background ends the app no more. */
  stay(): void;
}

/**
 * The ways out of the app: the menu, the last window, a signal, a crash. Every one goes through `leave`, once.
 * A second quit while the question is on the screen changes nothing (electron-facts.md 7), and none while a run goes on
 * in the background.
 */
export function createLeaving(
  app: Quittable,
  options: {
    hasUnsaved: () => boolean;
    /** Asks about what is not saved; whether the person goes on leaving. */
    askUnsaved: () => Promise<boolean>;
    hasActiveRun: () => boolean;
    askHow: () => Promise<WayOut>;
    keepRunning: () => void;
    /** Closes the window; the app goes on without. */
    closeWindow: () => void;
    endRuns: (how: 'pause' | 'cancel') => void;
    /** Resolves as soon as no run is under way. */
    untilIdle: () => Promise<void>;
    stop: (limitMs: number) => Promise<void>;
  },
): Leaving {
  let state: 'staying' | 'asking' | 'waiting' | 'stopping' | 'stopped' = 'staying';
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
    if (state === 'stopping' || state === 'stopped') return;
    if (ask && (state === 'asking' || state === 'waiting')) return;
    if (ask && options.hasUnsaved() && !(await askUnsaved())) return;
    if (ask && options.hasActiveRun() && !(await askAndWait())) return;
    await stopAndExit();
  };

  /** Whether the person lets go of what is not saved, or has saved it. */
  const askUnsaved = async (): Promise<boolean> => {
    state = 'asking';
    const goOn = await options.askUnsaved();
    // A signal or a crash may have begun the end while the question stood there.
    if (!isAsking()) return false;
    state = 'staying';
    return goOn;
  };

  /** Asks, does what the person wants and waits for its end; whether the app is to end now. */
  const askAndWait = async (): Promise<boolean> => {
    state = 'asking';
    const how = await options.askHow();
    // A signal or a crash may have begun the end while the question stood there.
    if (!isAsking()) return false;
    if (how === 'stay') {
      state = 'staying';
      options.keepRunning();
      return false;
    }
    if (how === 'at-once') return true;
    state = 'waiting';
    if (how !== 'in-background') options.endRuns(how === 'cancel' ? 'cancel' : 'pause');
    options.closeWindow();
    await options.untilIdle();
    return isWaiting();
  };
  // Read through a function: the state changes while something else is waited for.
  const isAsking = () => state === 'asking';
  const isWaiting = () => state === 'waiting';

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
    hasBegun: () => state === 'waiting' || state === 'stopping' || state === 'stopped',
    stay() {
      if (state === 'waiting') state = 'staying';
    },
  };
}
