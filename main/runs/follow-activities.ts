import { type Activity, fetchActivities, fetchActivity, isFinal } from '../constant-contact/activities.ts';
import { SegueError } from '../errors/segue-error.ts';
import { type Batch, markSettled } from '../store/batches.ts';
import { writeLedger } from '../store/ledger.ts';
import { waitingFor } from './find-activity.ts';
import { createForesight } from './foresight.ts';
import { batchContacts } from './plan.ts';
import type { RunContext } from './run-context.ts';
import { settleCompleted } from './settlement.ts';
import { wait } from './wait.ts';

/** What the follower is told from outside. */
export interface Following {
  /** Posted batches by activity; the follower takes out what it has settled. */
  readonly posted: Map<string, Batch>;
  /** Whether more may still be added. */
  isComplete(): boolean;
  /** Resolves at the next change from outside: something was posted, or nothing more will be. */
  news(): Promise<void>;
  /** A batch has been settled. */
  settled(): void;
}

/**
 * Follows posted batches until the last activity has ended, with one request for all of them where that shows them.
 * Each result goes to the disk with its counters and ledger rows in one transaction. Trouble of the network and of the
 * service is waited out. Throws what only a person can mend, and `cancelled` when the app stops.
 */
export async function followActivities(run: RunContext, following: Following): Promise<void> {
  const foresight = createForesight();
  let pause = run.pace.firstPollMs;
  while (!following.isComplete() || following.posted.size > 0) {
    if (run.stopped.aborted) throw new SegueError('cancelled');
    if (following.posted.size === 0) {
      await wait(run.pace.longestPollMs, run.stopped, following.news());
      pause = run.pace.firstPollMs;
      continue;
    }
    // Looked at when the next one should have ended, though not all the time: what ends unseen keeps the run waiting.
    const soonest = foresight.soonestEndMs(following.posted.keys(), run.now()) + run.pace.firstPollMs / 8;
    await wait(Math.min(pause, Math.max(soonest, run.pace.firstPollMs / 2)), run.stopped);
    if (run.stopped.aborted) throw new SegueError('cancelled');
    const seen = await lookAtActivities(run, following.posted);
    foresight.note(seen, run.now());
    const ended = seen.filter(isFinal);
    for (const activity of ended) {
      const batch = following.posted.get(activity.activityId);
      if (batch === undefined) continue;
      await settle(run, batch, activity);
      following.posted.delete(activity.activityId);
      following.settled();
    }
    pause = ended.length > 0 ? run.pace.firstPollMs : Math.min(pause * 1.5, run.pace.longestPollMs);
  }
}

/** One look at all that is posted. An empty answer when the other side could not be reached. */
async function lookAtActivities(run: RunContext, posted: ReadonlyMap<string, Batch>): Promise<Activity[]> {
  const options = { purpose: 'run', signal: run.stopped } as const;
  try {
    const recent = await fetchActivities(run.client, options);
    const seen = new Map(recent.map((activity) => [activity.activityId, activity]));
    const ours: Activity[] = [];
    for (const activityId of posted.keys()) {
      // An account with many other jobs may not show ours on its first page.
      ours.push(seen.get(activityId) ?? (await fetchOwn(run, activityId)));
    }
    run.reportWaiting(posted.size >= run.pace.outstanding ? { for: 'activities', until: null } : null);
    return ours;
  } catch (error) {
    const waiting = waitingFor(error);
    if (waiting === null) throw error;
    run.reportWaiting({ for: waiting, until: null });
    return [];
  }
}

/** Records of activities are kept for ten days; one that is gone has ended without telling how (constant-contact-v3.md 6.1). */
async function fetchOwn(run: RunContext, activityId: string): Promise<Activity> {
  try {
    return await fetchActivity(run.client, activityId, { purpose: 'run', signal: run.stopped });
  } catch (error) {
    if (!(error instanceof SegueError) || error.code !== 'remote.not-found') throw error;
    return {
      activityId,
      state: 'failed',
      createdAt: null,
      startedAt: null,
      completedAt: null,
      percentDone: null,
      sourceFileName: null,
      errors: [],
      counters: {
        itemsTotal: null,
        itemsCompleted: null,
        person: null,
        error: null,
        correctable: null,
        cannotAddToList: null,
        list: null,
      },
      resultsLink: null,
    };
  }
}

/**
 * Writes a batch's outcome. An activity that failed, was cancelled or ran out of time may have done part of its work:
 * its rows' outcome is unknown, and `failed` makes the next round send them again, which is harmless, since an import
 * adds and updates by address.
 */
async function settle(run: RunContext, batch: Batch, activity: Activity): Promise<void> {
  const settlement =
    activity.state === 'completed'
      ? settleCompleted(batch.rows, activity.counters)
      : { accepted: 0, refused: 0, unknown: batch.rows };
  const state = settlement.unknown > 0 ? 'failed' : 'completed';
  const contacts = settlement.accepted > 0 ? await batchContacts(run.db, batch) : null;
  run.store.transaction(() => {
    markSettled(run.store, run.runId, batch.batchNumber, {
      state,
      settlement,
      counters: activity.counters,
      at: run.now(),
    });
    if (contacts !== null) {
      // Counters do not say who was refused: until the list is read back nobody of the batch is sure.
      const unconfirmed = batch.unconfirmed === 1 || settlement.refused > 0 || settlement.unknown > 0;
      const { exportId, destinationId, runId } = run;
      writeLedger(run.store, { exportId, destinationId, runId, unconfirmed, contacts });
    }
  })();
  run.reportBatch({ ...batch, state, ...settlement });
}
