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
  }

  void run();
  return {
    /** Looks as soon as possible. */
    nudge,
    stop(): void {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      forget();
    },
  };
}

export type FolderWatcher = ReturnType<typeof createFolderWatcher>;
