import { type FSWatcher, watch as watchFolder } from 'node:fs';

/** When a folder is looked into. */
export interface WatchTimes {
  /** A file that has not changed for so long is whole. */
  readonly settleMs: number;
  /** While a file may still grow. */
  readonly soonMs: number;
  /** When nothing tells of changes: some network drives never do. */
  readonly seldomMs: number;
}

export const watchTimes: WatchTimes = { settleMs: 3_000, soonMs: 1_000, seldomMs: 30_000 };

/** Several files that come at once are looked at once. */
const gatherMs = 250;

/**
 * Has a folder looked into: when the system says that something changed in it, and every so often, since the system does
 * not always say. `look` answers whether to come back soon; it is never called twice at a time and must not throw.
 */
export function createFolderWatcher(folder: string, look: () => Promise<'soon' | 'seldom'>, times: WatchTimes) {
  let stopped = false;
  let looking = false;
  /** Something happened in the middle of a look. */
  let again = false;
  let timer: NodeJS.Timeout | null = null;
  let watcher: FSWatcher | null = null;
  /** Who waits until nothing in the folder is on its way any more. */
  const waiting: (() => void)[] = [];

  function schedule(ms: number): void {
    if (timer !== null) clearTimeout(timer);
    timer = stopped ? null : setTimeout(() => void run(), ms).unref();
  }

  function forget(): void {
    watcher?.close();
    watcher = null;
  }

  /** Anew each time: by now another folder may have the name, and of the one before nothing would be told any more. */
  function listen(): void {
    forget();
    try {
      watcher = watchFolder(folder, { persistent: false }, nudge);
      watcher.on('error', forget);
    } catch {
      forget();
    }
  }

  function nudge(): void {
    if (looking) again = true;
    else schedule(gatherMs);
  }

  async function run(): Promise<void> {
    if (looking || stopped) return;
    looking = true;
    again = false;
    listen();
    const next = await look();
    looking = false;
    if (again) schedule(gatherMs);
    else schedule(next === 'soon' ? times.soonMs : times.seldomMs);
    if (!again && next === 'seldom') letGo();
  }

  function letGo(): void {
    for (const go of waiting.splice(0)) go();
  }

  void run();
  return {
    /** Looks as soon as possible. */
    nudge,
    /** Looks at once, and resolves when what is there has been taken in, or when it is watched no more. */
    async untilSettled(): Promise<void> {
      if (stopped) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.push(resolve);
      if (looking) again = true;
      else schedule(0);
      await promise;
    },
    stop(): void {
      stopped = true;
      letGo();
      if (timer !== null) clearTimeout(timer);
      forget();
    },
  };
}

export type FolderWatcher = ReturnType<typeof createFolderWatcher>;
