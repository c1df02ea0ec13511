import { type Activity, fetchActivities, isFinal } from '../../constant-contact/activities.ts';
import { lookUpContact } from '../../constant-contact/contacts.ts';
import type { CallOptions } from '../../constant-contact/http-client.ts';
import { SegueError } from '../../errors/segue-error.ts';
import { getChangedPeople, getMembershipBatches, type MembershipBatch } from '../../store/membership-batches.ts';
import { getRunAccount } from '../../store/run-account.ts';
import { waitingFor } from '../find-activity.ts';
import type { RunContext } from '../run-context.ts';
import { wait } from '../wait.ts';

/** Times of activities are told in whole seconds. */
const secondMs = 1_000;

/** Longer than a request may take to arrive, its answer lost (the client's longest waiting for one). */
const arrivalMs = 180_000;

/** People of a batch who are looked up to tell whether an activity did what the batch asked for. */
const lookedUp = 3;

/** What the looking for a lost change came to. */
export type Found =
  | { readonly activity: Activity }
  /** Nothing, or several that cannot be told apart (`doubtful`): to be sent again, which is harmless. */
  | { readonly activity: null; readonly doubtful: boolean };

/**
 * Looks for the activity of a change of memberships whose answer was lost. Such activities carry no name, and somebody else
 * may have taken as many people off a list at the same moment. So it has to be made when the request was on its way, count
 * as the request would, be none that is known; and once it has ended people of the batch must be where it would have put
 * them. Whatever fails that is not taken for ours.
 *
 * Looks until one is found or `pace.lostAnswerMs` have gone by; null when the run was cancelled meanwhile, which says
 * nothing. Throws `cancelled` when the app stops, and what waiting does not help.
 */
export async function findChange(run: RunContext, batch: MembershipBatch): Promise<Found | null> {
  const since = run.now();
  const others = new Set<string>();
  for (let attempt = 0; ; attempt++) {
    const found = await patiently(run, () => candidates(run, batch));
    if (run.stopped.aborted) throw new SegueError('cancelled');
    const [first, ...more] = (found ?? []).filter(({ activityId }) => !others.has(activityId));
    if (more.length > 0) return { activity: null, doubtful: true };
    if (first !== undefined && isFinal(first)) {
      const done = await patiently(run, () => hasDone(run, batch, first));
      if (done === true) return { activity: first };
      if (done === false) others.add(first.activityId);
    } else if (first === undefined && found !== null && run.now() - since >= run.pace.lostAnswerMs) {
      return { activity: null, doubtful: false };
    }
    if (run.cancelled.aborted) return null;
    const pause = Math.min(run.pace.firstPollMs * 1.5 ** attempt, run.pace.longestPollMs, run.pace.lostAnswerMs);
    await wait(pause, run.cancelled);
  }
}

/** Null when the other side could not be reached. */
async function patiently<T>(run: RunContext, act: () => Promise<T>): Promise<T | null> {
  try {
    return await act();
  } catch (error) {
    if (waitingFor(error) === null && !run.stopped.aborted) throw error;
    return null;
  }
}

/** Activities that may be the batch's: not there before, in no batch of ours, made in its time, counting as it would. */
async function candidates(run: RunContext, batch: MembershipBatch): Promise<Activity[]> {
  const before = JSON.parse(getRunAccount(run.store, run.runId).activitiesBefore ?? '[]') as string[];
  const batches = getMembershipBatches(run.store, run.runId);
  const known = new Set([...before, ...batches.map(({ activityId }) => activityId)]);
  const activities = await fetchActivities(run.client, { ...asRun(run), limit: 500, maxPages: 2 });
  const ahead = clockAhead(activities, batches);
  return activities.filter((activity) => !known.has(activity.activityId) && mayBe(activity, batch, ahead));
}

/** How far the other side's clock is ahead of ours, as the run's own changes show it; 0 where none does. */
export function clockAhead(
  activities: readonly Pick<Activity, 'activityId' | 'createdAt'>[],
  batches: readonly Pick<MembershipBatch, 'activityId' | 'postedAt'>[],
): number {
  const made = new Map(activities.map(({ activityId, createdAt }) => [activityId, timeOf(createdAt)]));
  for (const { activityId, postedAt } of batches) {
    const createdAt = activityId === null ? null : made.get(activityId);
    if (postedAt !== null && createdAt !== null && createdAt !== undefined) return createdAt - postedAt;
  }
  return 0;
}

/** Whether an activity can be the one that a batch's request made, by what both say of themselves. */
export function mayBe(
  { sourceFileName, createdAt, counters }: Pick<Activity, 'sourceFileName' | 'createdAt' | 'counters'>,
  { people, postedAt }: Pick<MembershipBatch, 'people' | 'postedAt'>,
  ahead: number,
): boolean {
  const { list, itemsTotal, person, error, correctable, cannotAddToList } = counters;
  if (sourceFileName !== null || list !== 1 || itemsTotal !== people) return false;
  // Only imports count these.
  if ([person, error, correctable, cannotAddToList].some((count) => count !== null)) return false;
  const made = timeOf(createdAt);
  if (made === null || postedAt === null) return true;
  const sent = postedAt + ahead;
  return made >= sent - 2 * secondMs && made <= sent + arrivalMs;
}

/** Whether the batch's people are where the batch would have put them: some of them, which a stranger's change would miss. */
async function hasDone(run: RunContext, batch: MembershipBatch, activity: Activity): Promise<boolean> {
  if (activity.state !== 'completed') return false;
  const people = getChangedPeople(run.store, run.runId, batch.batchNumber);
  const step = Math.max(1, Math.floor((people.length - 1) / (lookedUp - 1)));
  for (const [email] of people.filter((_, index) => index % step === 0).slice(0, lookedUp)) {
    const contact = await lookUpContact(run.client, email, asRun(run));
    const isOnList = contact?.listIds.includes(run.listId) ?? false;
    if (isOnList !== (batch.change === 'add')) return false;
  }
  return true;
}

const timeOf = (text: string | null): number | null => {
  const time = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(time) ? null : time;
};

const asRun = (run: RunContext): CallOptions => ({ purpose: 'run', signal: run.stopped });
