import { createHash } from 'node:crypto';
import type { Activity } from '../constant-contact/activities.ts';
import { postFileImport } from '../constant-contact/imports.ts';
import { fetchList } from '../constant-contact/lists.ts';
import { SegueError } from '../errors/segue-error.ts';
import { type Batch, getBatches, markNotPosted, markPosted, markPosting, markUnconfirmed } from '../store/batches.ts';
import { findActivities, waitingFor } from './find-activity.ts';
import { buildBody } from './plan.ts';
import type { RunContext } from './run-context.ts';
import { wait } from './wait.ts';

/** The batches under way, as the poster and the follower share them. */
export interface Outstanding {
  /** Batches whose activity has not ended, by activity. */
  readonly posted: Map<string, Batch>;
  /** Resolves when a batch has been settled and another may be posted. */
  room(): Promise<void>;
  /** Tells the follower that there is something new to look at. */
  added(): void;
}

/**
 * Posts every batch that is planned or has to be sent again, one request at a time (design.md section 5), never more
 * than `pace.outstanding` unsettled. Each is journalled before its request leaves; an answer that was lost is looked
 * for before anything is sent again. Ends early when the run is cancelled, and (`look-again`) when `isStale` says that what
 * is known of the people is too old for one request more, however long that has waited for its turn. Throws what only a
 * person can mend.
 */
export async function postBatches(
  run: RunContext,
  outstanding: Outstanding,
  isStale: () => boolean = () => false,
): Promise<'done' | 'look-again'> {
  const todo = getBatches(run.store, run.runId).filter(
    (batch) => batch.state === 'planned' || batch.state === 'failed',
  );
  let prepared: Promise<Buffer> | null = null;
  for (const [index, batch] of todo.entries()) {
    while (outstanding.posted.size >= run.pace.outstanding && !run.cancelled.aborted) {
      await wait(run.pace.longestPollMs, run.cancelled, outstanding.room());
    }
    if (run.cancelled.aborted) break;
    if (isStale()) {
      await prepared?.catch(() => {});
      return 'look-again';
    }
    const body = await (prepared ?? buildBody(run.db, run.fields, batch));
    const next = todo[index + 1];
    // The next body is made while this one is on its way.
    prepared = next === undefined ? null : buildBody(run.db, run.fields, next);
    prepared?.catch(() => {});
    if ((await postBatch(run, outstanding, batch, body, isStale)) === 'look-again') {
      await prepared?.catch(() => {});
      return 'look-again';
    }
  }
  await prepared?.catch(() => {});
  return 'done';
}

async function postBatch(
  run: RunContext,
  outstanding: Outstanding,
  batch: Batch,
  body: Buffer,
  isStale: () => boolean,
): Promise<'done' | 'look-again'> {
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12);
  for (let attempt = batch.attempt + 1; !run.cancelled.aborted; attempt++) {
    const fileName = `segue-${run.runId}-${batch.batchNumber}-${attempt}-${hash}.csv`;
    markPosting(run.store, run.runId, batch.batchNumber, fileName, run.now());
    run.reportBatch({ ...batch, state: 'posting', fileName, attempt });
    const answer = await postFileImport(
      run.client,
      { listIds: [run.listId], fileName, body },
      { purpose: 'run', signal: run.abandoned, outdated: isStale },
    );
    switch (answer.outcome) {
      case 'accepted':
        adopt(run, outstanding, { ...batch, fileName, attempt }, answer.value);
        return 'done';
      case 'unknown':
        // Cancelled with the request on its way: it stays `posting`, to be settled by looking.
        if (run.cancelled.aborted || run.stopped.aborted) return 'done';
        if ((await settleLostAnswer(run, outstanding, { ...batch, fileName, attempt }, run.cancelled)) !== 'send-again')
          return 'done';
        break;
      case 'refused':
      case 'not-sent': {
        takeBack(run, batch);
        if (run.cancelled.aborted || run.stopped.aborted) return 'done';
        if (answer.outcome === 'not-sent' && isStale()) return 'look-again';
        const waiting = waitingFor(answer.error);
        if (waiting === null) throw await explained(run, answer.error);
        await waitForRoom(run, outstanding, waiting, attempt - batch.attempt);
        break;
      }
    }
    if (isStale() && !run.cancelled.aborted) return 'look-again';
  }
  return 'done';
}

/** Network away or the queue full: wait, longer each time, or until one of our own activities has ended. */
async function waitForRoom(
  run: RunContext,
  outstanding: Outstanding,
  waiting: 'network' | 'service',
  attempt: number,
): Promise<void> {
  run.reportWaiting({ for: waiting, until: null });
  const settled = outstanding.posted.size > 0 ? outstanding.room() : undefined;
  await wait(Math.min(run.pace.firstPollMs * 1.5 ** attempt, run.pace.longestPollMs), run.cancelled, settled);
  run.reportWaiting(null);
}

/** How an unknown list is refused is not documented: one look tells it from everything else that may be wrong. */
async function explained(run: RunContext, error: SegueError): Promise<SegueError> {
  if (error.code !== 'remote.not-found' && error.code !== 'remote.rejected') return error;
  const reason = await fetchList(run.client, run.listId, { purpose: 'run', signal: run.stopped }).catch(
    (thrown: unknown) => thrown,
  );
  const gone = reason instanceof SegueError && reason.code === 'list.not-found';
  return gone ? new SegueError('list.not-found', { list: run.listName }, { cause: error }) : error;
}

/**
 * Settles a request whose answer was lost, by looking. One activity found: it is ours. Several: the people are on the
 * list whichever is taken, but the counters are not sure, so the batch is marked `unconfirmed`. None: to be sent again.
 * `given-up`: `giveUp` came first, and the batch stays `posting`.
 */
export async function settleLostAnswer(
  run: RunContext,
  outstanding: Outstanding,
  batch: Batch,
  giveUp: AbortSignal,
): Promise<'adopted' | 'send-again' | 'given-up'> {
  const found = await findActivities(run, batch.fileName, giveUp);
  if (found === null) return 'given-up';
  const [first, ...others] = found;
  if (first === undefined) {
    takeBack(run, batch);
    return 'send-again';
  }
  if (others.length > 0) markUnconfirmed(run.store, run.runId, batch.batchNumber);
  adopt(run, outstanding, { ...batch, unconfirmed: others.length > 0 ? 1 : batch.unconfirmed }, first);
  return 'adopted';
}

function takeBack(run: RunContext, batch: Batch): void {
  run.reportBatch({ ...batch, state: markNotPosted(run.store, run.runId, batch.batchNumber) });
}

function adopt(run: RunContext, outstanding: Outstanding, batch: Batch, activity: Activity): void {
  markPosted(run.store, run.runId, batch.batchNumber, activity.activityId);
  const posted: Batch = { ...batch, state: 'posted', activityId: activity.activityId };
  outstanding.posted.set(activity.activityId, posted);
  run.reportBatch(posted);
  outstanding.added();
}
