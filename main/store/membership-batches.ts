import type { BatchState } from './batches.ts';
import { expectOne, type Store } from './open-store.ts';

/** What a request does to a list. */
export type MembershipChangeKind = 'remove' | 'add';

/** Somebody who is taken off a list or put on it, and their ledger row as it was: its content hash and run. */
export type ChangedPerson = readonly [
  email: string,
  contactId: string,
  contentHash: string | null,
  ledgerRunId: string | null,
];

/** One request about at most 500 people, and what became of it. The people themselves are read with {@link getChangedPeople}. */
export interface MembershipBatch {
  readonly batchNumber: number;
  readonly change: MembershipChangeKind;
  readonly people: number;
  readonly state: BatchState;
  readonly attempt: number;
  readonly activityId: string | null;
  readonly postedAt: number | null;
  readonly unconfirmed: number;
  readonly itemsTotal: number | null;
  readonly itemsCompleted: number | null;
}

const columns = `batch_number AS batchNumber, change, people, state, attempt, activity_id AS activityId,
  posted_at AS postedAt, unconfirmed, items_total_count AS itemsTotal, items_completed_count AS itemsCompleted`;

export function getMembershipBatches(store: Store, runId: string): MembershipBatch[] {
  return store
    .prepare(`SELECT ${columns} FROM membership_batch WHERE run_id = ? ORDER BY batch_number`)
    .all(runId) as MembershipBatch[];
}

/** The people of one batch, in the order of addresses. */
export function getChangedPeople(store: Store, runId: string, batchNumber: number): ChangedPerson[] {
  const text = store
    .prepare('SELECT contacts FROM membership_batch WHERE run_id = ? AND batch_number = ?')
    .pluck()
    .get(runId, batchNumber) as string;
  return JSON.parse(text) as ChangedPerson[];
}

/** Adds a batch to a run's journal, to be posted. */
export function insertMembershipBatch(
  store: Store,
  runId: string,
  batchNumber: number,
  change: MembershipChangeKind,
  people: readonly ChangedPerson[],
): void {
  store
    .prepare(
      `INSERT INTO membership_batch (run_id, batch_number, change, people, contacts, state)
       VALUES (?, ?, ?, ?, ?, 'planned')`,
    )
    .run(runId, batchNumber, change, people.length, JSON.stringify(people));
}

/** Takes away what a planning that did not end has left. Only for a run none of whose requests has left. */
export function deleteMembershipBatches(store: Store, runId: string): void {
  store.prepare("DELETE FROM membership_batch WHERE run_id = ? AND state = 'planned'").run(runId);
}

/** The journal entry that must be on the disk before the request leaves. */
export function markChangePosting(store: Store, runId: string, batchNumber: number, at: number): void {
  expectOne(
    store
      .prepare(
        `UPDATE membership_batch SET state = 'posting', attempt = attempt + 1, activity_id = NULL, posted_at = ?
         WHERE run_id = ? AND batch_number = ? AND state IN ('planned', 'failed', 'posting')`,
      )
      .run(at, runId, batchNumber),
    'markChangePosting',
  );
}

/** The request was accepted: its activity is known. */
export function markChangePosted(store: Store, runId: string, batchNumber: number, activityId: string): void {
  expectOne(
    store
      .prepare(
        `UPDATE membership_batch SET state = 'posted', activity_id = ?
         WHERE run_id = ? AND batch_number = ? AND state = 'posting'`,
      )
      .run(activityId, runId, batchNumber),
    'markChangePosted',
  );
}

/** The request is to be sent, or sent again: nothing of it arrived, or (`unconfirmed`) it cannot be told from others. */
export function markChangeNotPosted(store: Store, runId: string, batchNumber: number, unconfirmed = false): void {
  expectOne(
    store
      .prepare(
        `UPDATE membership_batch SET state = CASE WHEN settled_at IS NULL THEN 'planned' ELSE 'failed' END,
           unconfirmed = max(unconfirmed, ?) WHERE run_id = ? AND batch_number = ? AND state = 'posting'`,
      )
      .run(Number(unconfirmed), runId, batchNumber),
    'markChangeNotPosted',
  );
}

/** A batch's outcome: `completed`, or `failed` when it has to be sent again. */
export function markChangeSettled(
  store: Store,
  runId: string,
  batchNumber: number,
  outcome: {
    readonly state: 'completed' | 'failed';
    readonly itemsTotal: number | null;
    readonly itemsCompleted: number | null;
    readonly at: number;
  },
): void {
  expectOne(
    store
      .prepare(
        `UPDATE membership_batch SET state = ?, settled_at = ?, items_total_count = ?, items_completed_count = ?
         WHERE run_id = ? AND batch_number = ? AND state = 'posted'`,
      )
      .run(outcome.state, outcome.at, outcome.itemsTotal, outcome.itemsCompleted, runId, batchNumber),
    'markChangeSettled',
  );
}

/**
 * A batch that was refused as a whole, because of somebody in it, goes on as two, to find out whose id is the trouble.
 * Its own number stays with the first half.
 */
export function splitMembershipBatch(store: Store, runId: string, batch: MembershipBatch): void {
  store
    .transaction(() => {
      const people = getChangedPeople(store, runId, batch.batchNumber);
      const half = Math.ceil(people.length / 2);
      const first = people.slice(0, half);
      expectOne(
        store
          .prepare(
            `UPDATE membership_batch SET people = ?, contacts = ?, state = 'planned'
           WHERE run_id = ? AND batch_number = ? AND state IN ('planned', 'failed')`,
          )
          .run(first.length, JSON.stringify(first), runId, batch.batchNumber),
        'splitMembershipBatch',
      );
      const last = store.prepare('SELECT max(batch_number) FROM membership_batch WHERE run_id = ?').pluck().get(runId);
      insertMembershipBatch(store, runId, Number(last) + 1, batch.change, people.slice(half));
    })
    .immediate();
}

/** A batch whose one person is not in the account any more leaves the journal. */
export function dropMembershipBatch(store: Store, runId: string, batchNumber: number): void {
  expectOne(
    store
      .prepare("DELETE FROM membership_batch WHERE run_id = ? AND batch_number = ? AND state IN ('planned', 'failed')")
      .run(runId, batchNumber),
    'dropMembershipBatch',
  );
}

/** Gives a batch that is still to be sent fewer people; one without any leaves the journal. */
export function narrowMembershipBatch(
  store: Store,
  runId: string,
  batchNumber: number,
  people: readonly ChangedPerson[],
): void {
  if (people.length === 0) {
    dropMembershipBatch(store, runId, batchNumber);
    return;
  }
  expectOne(
    store
      .prepare(
        `UPDATE membership_batch SET people = ?, contacts = ?
         WHERE run_id = ? AND batch_number = ? AND state IN ('planned', 'failed')`,
      )
      .run(people.length, JSON.stringify(people), runId, batchNumber),
    'narrowMembershipBatch',
  );
}

/** All batches of a run that do the same and stand in the same state, added up. */
export interface MembershipGroup extends Pick<MembershipBatch, 'change' | 'state' | 'people'> {
  readonly batches: number;
  /** People of requests that ended without having done all of them: who was left out is not said. */
  readonly unsettled: number;
}

/** The changes of memberships of many runs, added up; a run without any is not in it. One statement. */
export function groupMembershipBatches(store: Store, runIds: readonly string[]): Map<string, MembershipGroup[]> {
  const rows = store
    .prepare(
      `SELECT run_id AS runId, change, state, count(*) AS batches, sum(people) AS people,
         sum(CASE WHEN state = 'completed' AND items_completed_count < people THEN people ELSE 0 END) AS unsettled
       FROM membership_batch
       WHERE run_id IN (SELECT value FROM json_each(?)) GROUP BY run_id, change, state`,
    )
    .all(JSON.stringify(runIds)) as (MembershipGroup & { runId: string })[];
  const groups = new Map<string, MembershipGroup[]>();
  for (const { runId, ...group } of rows) groups.set(runId, [...(groups.get(runId) ?? []), group]);
  return groups;
}
