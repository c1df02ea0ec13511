import { type Activity, fetchActivities } from '../constant-contact/activities.ts';
import { SegueError } from '../errors/segue-error.ts';
import type { RunContext } from './run-context.ts';
import { wait } from './wait.ts';

/** Pages of the account's activities that are looked through: 1,000 is what may be queued (constant-contact-v3.md 3). */
const pagesToSearch = 10;

/**
 * Looks for the activities that carry a request's file name: the only mark by which a request whose answer was lost is
 * known again (design.md section 5). Looks until one is found or `pace.lostAnswerMs` have gone by since the first look
 * that reached the other side; a network that is down does not count as having looked.
 *
 * Answers an empty array when none came up, and null when `giveUp` ended the looking, which says nothing. Throws what is
 * not the network's or the service's trouble.
 */
export async function findActivities(
  run: RunContext,
  fileName: string,
  giveUp: AbortSignal,
): Promise<Activity[] | null> {
  const ended = AbortSignal.any([run.stopped, giveUp]);
  let firstLookAt: number | null = null;
  for (let attempt = 0; ; attempt++) {
    if (run.stopped.aborted) throw new SegueError('cancelled');
    if (giveUp.aborted) return null;
    const found = await look(run, fileName, ended);
    if (found !== null) {
      if (found.length > 0) return found;
      firstLookAt ??= run.now();
      if (run.now() - firstLookAt >= run.pace.lostAnswerMs) return [];
    }
    const pause = Math.min(run.pace.firstPollMs * 1.5 ** attempt, run.pace.longestPollMs, run.pace.lostAnswerMs);
    await wait(pause, ended);
  }
}

/** One look. Null when the other side could not be reached. */
async function look(run: RunContext, fileName: string, signal: AbortSignal): Promise<Activity[] | null> {
  try {
    const activities = await fetchActivities(run.client, {
      purpose: 'run',
      signal,
      limit: 500,
      maxPages: pagesToSearch,
    });
    run.reportWaiting(null);
    return activities.filter((activity) => activity.sourceFileName === fileName);
  } catch (error) {
    if (signal.aborted) return null;
    const waiting = waitingFor(error);
    if (waiting === null) throw error;
    run.reportWaiting({ for: waiting, until: null });
    return null;
  }
}

/** What a run waits for after this error; null when waiting does not help. */
export function waitingFor(error: unknown): 'network' | 'service' | null {
  if (!(error instanceof SegueError)) return null;
  switch (error.code) {
    case 'network.offline':
    case 'network.timeout':
      return 'network';
    case 'remote.unavailable':
    case 'remote.invalid-answer':
    case 'remote.throttled':
    case 'remote.queue-full':
      return 'service';
    default:
      return null;
  }
}
