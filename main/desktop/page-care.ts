import type { BrowserWindow } from 'electron';
import type { Log } from './log.ts';

const maxReloadsPerMinute = 3;

/** What somebody decides about a page that does not get well by itself. */
export interface PageCare {
  readonly log: Log;
  /** The page has died; it is loaded anew. */
  readonly pageCrashed: () => void;
  /** It keeps dying: whether to load it once more. Whoever answers no sees to the end of the app. */
  readonly tryAgain: () => Promise<boolean>;
  /** It does not answer: whether to load it anew. `answers` is aborted when it answers again, and the question is over. */
  readonly giveItUp: (answers: AbortSignal) => Promise<boolean>;
}

/**
 * A page that died comes back by itself, three times in a minute at most before somebody is asked; one that hangs is
 * loaded anew when the person wants that. Runs go on, since they live in main.
 */
export function keepPageAlive(window: BrowserWindow, care: PageCare, now: () => number = Date.now): void {
  const { webContents } = window;
  let reloads: number[] = [];
  let asking = false;
  const reload = () => {
    if (!window.isDestroyed()) webContents.reload();
  };
  webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    care.log.note('page gone', { reason, exitCode });
    if (reason === 'clean-exit' || window.isDestroyed() || asking) return;
    care.pageCrashed();
    reloads = [...reloads.filter((time) => now() - time < 60_000), now()];
    if (reloads.length <= maxReloadsPerMinute) {
      reload();
      return;
    }
    asking = true;
    reloads = [];
    care
      .tryAgain()
      .then((again) => again && reload())
      .catch((cause: unknown) => care.log.error('page gone', cause))
      .finally(() => {
        asking = false;
      });
  });

  let answers: AbortController | null = null;
  window.on('unresponsive', () => {
    if (answers !== null) return;
    const question = new AbortController();
    answers = question;
    care.log.note('page hangs');
    care
      .giveItUp(question.signal)
      // Its process is ended; what is gone is loaded anew, above.
      .then((giveUp) => giveUp && !question.signal.aborted && webContents.forcefullyCrashRenderer())
      .catch((cause: unknown) => care.log.error('page hangs', cause))
      .finally(() => {
        if (answers === question) answers = null;
      });
  });
  window.on('responsive', () => {
    answers?.abort();
    answers = null;
  });
}
