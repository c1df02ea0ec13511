import type { RunView } from '../../../preload/contract/views.ts';
import type { Purpose } from '../../constant-contact/gate.ts';
import type { ApiClient } from '../../constant-contact/http-client.ts';
import { SegueError } from '../../errors/segue-error.ts';
import { waitingFor } from '../find-activity.ts';
import type { RunPace } from '../run-pace.ts';
import { wait } from '../wait.ts';

/** What reading from an account needs. */
export interface Inquiry {
  readonly client: ApiClient;
  readonly purpose: Purpose;
  readonly pace: Pick<RunPace, 'firstPollMs' | 'longestPollMs'>;
  /** Ends the reading with `cancelled`. */
  readonly signal: AbortSignal;
  /** An existing folder for what is downloaded. */
  readonly folder: string;
  readonly tempFolder: string;
  readonly memoryLimitMb: number;
  /** When there is memory for more than a few pages of people; at once without it. */
  readonly quiet?: Promise<unknown>;
  now(): number;
  /** Says what the reading waits for, null when it goes on. */
  reportWaiting(waiting: RunView['waiting']): void;
}

/** Requests that may be made again are, this often, when the service has trouble; the client has tried by itself before. */
const tries = 3;

/**
 * Does `act`, which changes nothing or may be repeated. A network that is away is waited for; a service in trouble is
 * tried three times. Throws `cancelled`, and whatever waiting does not help.
 */
export async function patiently<T>(inquiry: Inquiry, act: () => Promise<T>): Promise<T> {
  let troubles = 0;
  for (let attempt = 0; ; attempt++) {
    if (inquiry.signal.aborted) throw new SegueError('cancelled');
    try {
      return await act();
    } catch (error) {
      if (inquiry.signal.aborted) throw new SegueError('cancelled', {}, { cause: error });
      const waiting = waitingFor(error);
      if (waiting === 'service') troubles += 1;
      if (waiting === null || troubles >= tries) throw error;
      inquiry.reportWaiting({ for: waiting, until: null });
      await wait(Math.min(inquiry.pace.firstPollMs * 1.5 ** attempt, inquiry.pace.longestPollMs), inquiry.signal);
      inquiry.reportWaiting(null);
    }
  }
}

/** Refusals that say "this cannot be read", not "come back later" or "sign in". */
const unreadable: ReadonlySet<string> = new Set([
  'remote.forbidden',
  'remote.not-found',
  'remote.rejected',
  'remote.conflict',
  'remote.invalid-answer',
  'remote.unavailable',
  'remote.throttled',
  'remote.queue-full',
  'run.activity-failed',
]);

/** Whether what was to be read stays unknown after this error, while everything else can go on. */
export function staysUnknown(error: unknown): boolean {
  return error instanceof SegueError && unreadable.has(error.code);
}
