import type { RunRecord } from '../store/runs.ts';
import { holdBackSince, optOutsKeepMs } from './planning/hold-back-since.ts';
import { type Outstanding, postBatches } from './post-batches.ts';
import type { RunContext, RunEnvironment } from './run-context.ts';

/**
 * Posts a run's batches that are still to be sent. Before the first one of a run that is taken up again (`again`), and
 * whenever the run has stood still for long, it is asked once more who is held back. Throws as {@link postBatches} and
 * {@link holdBackSince}.
 */
export async function postWhatIsLeft(
  env: RunEnvironment,
  run: RunContext,
  outstanding: Outstanding,
  record: RunRecord,
  again: boolean,
): Promise<void> {
  let askedAt = again ? Number.NEGATIVE_INFINITY : env.now();
  // A clock that was set back far is no reason to trust it.
  const isStale = () => Math.abs(env.now() - askedAt) >= optOutsKeepMs;
  do {
    if (isStale() && !run.cancelled.aborted) {
      try {
        await holdBackSince(env, run, record);
      } catch (error) {
        // Cancelled while asking: nothing more is posted.
        if (!run.cancelled.aborted) throw error;
      }
      askedAt = env.now();
    }
  } while ((await postBatches(run, outstanding, isStale)) === 'look-again');
}
