import { type Activity, fetchActivities, fetchActivity, isFinal } from '../../constant-contact/activities.ts';
import type { CallOptions } from '../../constant-contact/http-client.ts';
import { fetchList } from '../../constant-contact/lists.ts';
import { addListMemberships, removeListMemberships } from '../../constant-contact/memberships.ts';
import { SegueError } from '../../errors/segue-error.ts';
import {
  type ChangedPerson,
  dropMembershipBatch,
  getChangedPeople,
  getMembershipBatches,
  type MembershipBatch,
  markChangeNotPosted,
  markChangePosted,
  markChangePosting,
  markChangeSettled,
  splitMembershipBatch,
} from '../../store/membership-batches.ts';
import { getRunAccount, noteRunAccount } from '../../store/run-account.ts';
import { waitingFor } from '../find-activity.ts';
import type { RunContext } from '../run-context.ts';
import { wait } from '../wait.ts';
import { findChange } from './find-change.ts';

/** Changes are small: more of them than of imports may be under way. */
const outstandingFactor = 5;

/** What belongs into the transaction of a batch's result: the ledger's part of it. */
export interface ChangesTold {
  completed(batch: MembershipBatch, people: readonly ChangedPerson[]): void;
  /** Ended, but by its own account not for all of them: who was left out is not said. */
  unsettled(batch: MembershipBatch, people: readonly ChangedPerson[]): void;
  /** Somebody is not in the account any more. */
  gone(people: readonly ChangedPerson[]): void;
}

/**
 * Carries out the journalled changes of memberships of a run: each is on the disk before its request leaves, and each
 * result is one transaction with what `told` writes. A lost answer is settled by looking ({@link findChange}); where that
 * finds nothing sure, the request is sent again, which is harmless: who is off the list stays off, who is on it stays on it. Ends early when the run is cancelled; what was
 * posted is still followed to its end.
 *
 * Throws `list.not-found`, what a person has to mend, and `cancelled` when the app stops.
 */
export async function carryOutChanges(run: RunContext, told: ChangesTold, stoppedSending: () => void): Promise<void> {
  const posted = new Map<string, MembershipBatch>();
  const todo: MembershipBatch[] = [];
  for (const batch of getMembershipBatches(run.store, run.runId)) {
    if (batch.state === 'posted' && batch.activityId !== null) posted.set(batch.activityId, batch);
    else if (batch.state !== 'completed') todo.push(batch);
  }
  const cancelled = aborted(run.cancelled);
  let pause = run.pace.firstPollMs;
  for (let stopped = false; ; ) {
    if (run.stopped.aborted) throw new SegueError('cancelled');
    if (run.cancelled.aborted && !stopped) {
      stopped = true;
      stoppedSending();
    }
    const next = run.cancelled.aborted ? undefined : todo.shift();
    if (next !== undefined && posted.size < run.pace.outstanding * outstandingFactor) {
      todo.push(...(await post(run, posted, next, told)));
      continue;
    }
    if (next !== undefined) todo.unshift(next);
    if (posted.size === 0) return;
    await wait(pause, run.stopped, stopped ? undefined : cancelled);
    const ended = await look(run, posted, told);
    pause = ended > 0 ? run.pace.firstPollMs : Math.min(pause * 1.5, run.pace.longestPollMs);
  }
}

/** Posts one batch, or settles what became of it when its answer was lost before. Answers what is still to be posted. */
async function post(
  run: RunContext,
  posted: Map<string, MembershipBatch>,
  batch: MembershipBatch,
  told: ChangesTold,
): Promise<MembershipBatch[]> {
  if (batch.state === 'posting') return settleLostAnswer(run, posted, batch);
  const people = getChangedPeople(run.store, run.runId, batch.batchNumber);
  const change = { contactIds: people.map(([, contactId]) => contactId), listIds: [run.listId] };
  markChangePosting(run.store, run.runId, batch.batchNumber, run.now());
  const request = batch.change === 'remove' ? removeListMemberships : addListMemberships;
  const answer = await request(run.client, change, { purpose: 'run', signal: run.abandoned });
  if (answer.outcome === 'accepted') {
    adopt(run, posted, batch, answer.value);
    return [];
  }
  if (answer.outcome === 'unknown') {
    // Cancelled or stopped with the request on its way: it stays `posting`, to be settled by looking.
    if (run.cancelled.aborted || run.stopped.aborted) return [];
    return settleLostAnswer(run, posted, { ...batch, state: 'posting' });
  }
  markChangeNotPosted(run.store, run.runId, batch.batchNumber);
  if (run.cancelled.aborted || run.stopped.aborted) return [];
  const waiting = waitingFor(answer.error);
  if (waiting !== null) {
    run.reportWaiting({ for: waiting, until: null });
    await wait(run.pace.longestPollMs, run.cancelled);
    run.reportWaiting(null);
    return [again(run, batch)];
  }
  return refusedBecauseOfSomebody(run, batch, answer.error, told);
}

/** One id that the account does not know any more is enough to refuse five hundred: halves tell whose it is. */
async function refusedBecauseOfSomebody(
  run: RunContext,
  batch: MembershipBatch,
  error: SegueError,
  told: ChangesTold,
): Promise<MembershipBatch[]> {
  if (error.code !== 'remote.not-found' && error.code !== 'remote.rejected') throw error;
  await fetchList(run.client, run.listId, { purpose: 'run', signal: run.stopped }).catch((thrown: unknown) => {
    const gone = thrown instanceof SegueError && thrown.code === 'list.not-found';
    throw gone ? new SegueError('list.not-found', { list: run.listName }, { cause: thrown }) : error;
  });
  if (batch.people === 1) {
    if (error.code !== 'remote.not-found') throw error;
    const forget = run.store.transaction(() => {
      told.gone(getChangedPeople(run.store, run.runId, batch.batchNumber));
      dropMembershipBatch(run.store, run.runId, batch.batchNumber);
      const { alreadyGone } = getRunAccount(run.store, run.runId);
      noteRunAccount(run.store, run.runId, { alreadyGone: alreadyGone + 1 });
    });
    // Reading first and writing then fails at once when the other thread writes in between.
    forget.immediate();
    return [];
  }
  splitMembershipBatch(run.store, run.runId, batch);
  const batches = getMembershipBatches(run.store, run.runId);
  return batches.filter(({ batchNumber }, at) => batchNumber === batch.batchNumber || at === batches.length - 1);
}

async function settleLostAnswer(
  run: RunContext,
  posted: Map<string, MembershipBatch>,
  batch: MembershipBatch,
): Promise<MembershipBatch[]> {
  const found = await findChange(run, again(run, batch));
  // Cancelled: it stays `posting`, to be looked for again.
  if (found === null) return [];
  if (found.activity !== null) {
    adopt(run, posted, batch, found.activity);
    return [];
  }
  markChangeNotPosted(run.store, run.runId, batch.batchNumber, found.doubtful);
  return [again(run, batch)];
}

/** One look at all that is posted; answers how many have ended. */
async function look(run: RunContext, posted: Map<string, MembershipBatch>, told: ChangesTold): Promise<number> {
  try {
    const recent = await fetchActivities(run.client, asRun(run));
    const seen = new Map(recent.map((activity) => [activity.activityId, activity]));
    let ended = 0;
    for (const [activityId, batch] of [...posted]) {
      const activity = seen.get(activityId) ?? (await fetchOwn(run, activityId));
      if (activity !== null && !isFinal(activity)) continue;
      end(run, batch, activity, told);
      posted.delete(activityId);
      ended += 1;
    }
    run.reportWaiting(null);
    return ended;
  } catch (error) {
    if (run.stopped.aborted) throw new SegueError('cancelled', {}, { cause: error });
    const waiting = waitingFor(error);
    if (waiting === null) throw error;
    run.reportWaiting({ for: waiting, until: null });
    return 0;
  }
}

/** Null when its record is gone: after ten days it has ended without telling how (constant-contact-v3.md 6.1). */
async function fetchOwn(run: RunContext, activityId: string): Promise<Activity | null> {
  try {
    return await fetchActivity(run.client, activityId, asRun(run));
  } catch (error) {
    if (error instanceof SegueError && error.code === 'remote.not-found') return null;
    throw error;
  }
}

function end(run: RunContext, batch: MembershipBatch, activity: Activity | null, told: ChangesTold): void {
  const completed = activity?.state === 'completed';
  const done = activity === null ? null : doneOf(batch, activity);
  run.store.transaction(() => {
    markChangeSettled(run.store, run.runId, batch.batchNumber, {
      state: completed ? 'completed' : 'failed',
      itemsTotal: activity?.counters.itemsTotal ?? null,
      itemsCompleted: done,
      at: run.now(),
    });
    if (!completed) return;
    const people = getChangedPeople(run.store, run.runId, batch.batchNumber);
    if (done !== null && done < batch.people) told.unsettled(batch, people);
    else told.completed(batch, people);
  })();
}

/** How many people an activity did, null when it does not say: with an error, or seeing fewer, it has not done all. */
function doneOf({ people }: MembershipBatch, { counters, errors }: Activity): number | null {
  const { itemsTotal, itemsCompleted } = counters;
  const short = errors.length > 0 || (itemsTotal !== null && itemsTotal < people);
  return short ? Math.min(itemsCompleted ?? 0, people - 1) : itemsCompleted;
}

function adopt(
  run: RunContext,
  posted: Map<string, MembershipBatch>,
  batch: MembershipBatch,
  activity: Activity,
): void {
  markChangePosted(run.store, run.runId, batch.batchNumber, activity.activityId);
  posted.set(activity.activityId, { ...batch, state: 'posted', activityId: activity.activityId });
}

/** The batch as the journal has it now. */
function again(run: RunContext, batch: MembershipBatch): MembershipBatch {
  const found = getMembershipBatches(run.store, run.runId).find(({ batchNumber }) => batchNumber === batch.batchNumber);
  if (found === undefined) throw new Error('A batch has left the journal');
  return found;
}

const asRun = (run: RunContext): CallOptions => ({ purpose: 'run', signal: run.stopped });

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}
