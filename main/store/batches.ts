import { expectOne, type Store } from './open-store.ts';

export type BatchState = 'planned' | 'posting' | 'posted' | 'completed' | 'failed';

/** One request's worth of a run's plan, and what became of it. */
export interface Batch {
  readonly batchNumber: number;
  readonly firstPosition: number;
  readonly lastPosition: number;
  readonly rows: number;
  readonly bytes: number;
  readonly state: BatchState;
  /** How often a request was begun for it. */
  readonly attempt: number;
  readonly fileName: string;
  readonly activityId: string | null;
  readonly postedAt: number | null;
  readonly unconfirmed: number;
  readonly personCount: number | null;
  readonly errorCount: number | null;
  readonly correctableCount: number | null;
  readonly cannotAddToListCount: number | null;
  readonly accepted: number;
  readonly refused: number;
  readonly unknown: number;
}

export type PlannedBatch = Pick<Batch, 'firstPosition' | 'lastPosition' | 'rows' | 'bytes'>;

/** What became of a batch's rows; the three add up to the rows that were in it. */
export interface Settlement {
  readonly accepted: number;
  readonly refused: number;
  readonly unknown: number;
}

/** Counters of the batch's activity, null where the answer did not carry them (constant-contact-v3.md 6.1). */
export interface SettledCounters {
  readonly itemsTotal: number | null;
  readonly person: number | null;
  readonly error: number | null;
  readonly correctable: number | null;
  readonly cannotAddToList: number | null;
}

const columns = `batch_number AS batchNumber, first_position AS firstPosition, last_position AS lastPosition, rows, bytes,
  state, attempt, file_name AS fileName, activity_id AS activityId, posted_at AS postedAt, unconfirmed,
  person_count AS personCount, error_count AS errorCount, correctable_count AS correctableCount,
  cannot_add_to_list_count AS cannotAddToListCount, accepted, refused, unknown`;

export function getBatches(store: Store, runId: string): Batch[] {
  return store.prepare(`SELECT ${columns} FROM batch WHERE run_id = ? ORDER BY batch_number`).all(runId) as Batch[];
}

/** All batches of a run that stand in the same state, added up. */
export interface BatchGroup extends Pick<Batch, 'state' | 'rows' | 'accepted' | 'refused' | 'unknown'> {
  readonly batches: number;
}

/** The batches of many runs, added up by state; a run without batches is not in it. One statement, however many runs. */
export function groupBatches(store: Store, runIds: readonly string[]): Map<string, BatchGroup[]> {
  const rows = store
    .prepare(
      `SELECT run_id AS runId, state, count(*) AS batches, sum(rows) AS rows, sum(accepted) AS accepted,
         sum(refused) AS refused, sum(unknown) AS unknown
       FROM batch WHERE run_id IN (SELECT value FROM json_each(?)) GROUP BY run_id, state`,
    )
    .all(JSON.stringify(runIds)) as (BatchGroup & { runId: string })[];
  const groups = new Map<string, BatchGroup[]>();
  for (const { runId, ...group } of rows) groups.set(runId, [...(groups.get(runId) ?? []), group]);
  return groups;
}

/** Numbers batches from 1 in the plan's order. */
export function insertBatches(store: Store, runId: string, batches: readonly PlannedBatch[]): void {
  const insert = store.prepare(
    `INSERT INTO batch (run_id, batch_number, first_position, last_position, rows, bytes, state)
     VALUES (?, ?, ?, ?, ?, ?, 'planned')`,
  );
  batches.forEach((batch, index) => {
    insert.run(runId, index + 1, batch.firstPosition, batch.lastPosition, batch.rows, batch.bytes);
  });
}

/** The journal entry that must be on the disk before the request leaves. */
export function markPosting(store: Store, runId: string, batchNumber: number, fileName: string, at: number): void {
  expectOne(
    store
      .prepare(
        `UPDATE batch SET state = 'posting', attempt = attempt + 1, file_name = ?, activity_id = NULL, posted_at = ?
         WHERE run_id = ? AND batch_number = ? AND state IN ('planned', 'failed', 'posting')`,
      )
      .run(fileName, at, runId, batchNumber),
    'markPosting',
  );
}

/** The request was accepted: its activity is known. */
export function markPosted(store: Store, runId: string, batchNumber: number, activityId: string): void {
  expectOne(
    store
      .prepare(
        `UPDATE batch SET state = 'posted', activity_id = ? WHERE run_id = ? AND batch_number = ? AND state = 'posting'`,
      )
      .run(activityId, runId, batchNumber),
    'markPosted',
  );
}

/**
 * The request was refused, or never left: nothing of it arrived. A batch that an earlier request carried goes back to
 * what is known of that one, for its rows may be on the other side. Answers the batch's state.
 */
export function markNotPosted(store: Store, runId: string, batchNumber: number): 'planned' | 'failed' {
  const row = store
    .prepare(
      `UPDATE batch SET state = CASE WHEN settled_at IS NULL THEN 'planned' ELSE 'failed' END
       WHERE run_id = ? AND batch_number = ? AND state = 'posting' RETURNING state`,
    )
    .get(runId, batchNumber) as { state: 'planned' | 'failed' } | undefined;
  if (row === undefined) throw new Error('markNotPosted: 0 rows changed instead of 1');
  return row.state;
}

/**
 * A batch that is still to be sent has fewer people than it was planned with; one that has nobody left is done. What is known
 * of an earlier attempt goes down with them, first what was not known. Answers the batch as it is now.
 */
export function narrowBatch(
  store: Store,
  runId: string,
  batch: Batch,
  { rows, bytes, at }: { readonly rows: number; readonly bytes: number; readonly at: number },
): Batch {
  const unknown = Math.max(0, batch.unknown - (batch.rows - rows));
  const refused = batch.state === 'failed' ? Math.min(batch.refused, rows - unknown) : batch.refused;
  const accepted = batch.state === 'failed' ? rows - unknown - refused : batch.accepted;
  const narrowed: Batch = {
    ...batch,
    rows,
    bytes,
    unknown,
    refused,
    accepted,
    ...(rows === 0 && { state: 'completed' }),
  };
  expectOne(
    store
      .prepare(
        `UPDATE batch SET rows = @rows, bytes = @bytes, unknown = @unknown, refused = @refused, accepted = @accepted,
           state = @state, settled_at = CASE WHEN @rows = 0 THEN @at ELSE settled_at END
         WHERE run_id = @runId AND batch_number = @batchNumber AND state IN ('planned', 'failed')`,
      )
      .run({
        rows,
        bytes,
        unknown,
        refused,
        accepted,
        state: narrowed.state,
        at,
        runId,
        batchNumber: batch.batchNumber,
      }),
    'narrowBatch',
  );
  return narrowed;
}

/** More than one activity carries this batch: who is on the list is sure, the counters are not. */
export function markUnconfirmed(store: Store, runId: string, batchNumber: number): void {
  expectOne(
    store.prepare('UPDATE batch SET unconfirmed = 1 WHERE run_id = ? AND batch_number = ?').run(runId, batchNumber),
    'markUnconfirmed',
  );
}

/** A batch's outcome. `failed` means that its rows, or some, have to be sent again. */
export function markSettled(
  store: Store,
  runId: string,
  batchNumber: number,
  outcome: { state: 'completed' | 'failed'; settlement: Settlement; counters: SettledCounters; at: number },
): void {
  const { settlement, counters } = outcome;
  expectOne(
    store
      .prepare(
        `UPDATE batch SET state = ?, settled_at = ?, items_total_count = ?, person_count = ?, error_count = ?,
           correctable_count = ?, cannot_add_to_list_count = ?, accepted = ?, refused = ?, unknown = ?
         WHERE run_id = ? AND batch_number = ? AND state = 'posted'`,
      )
      .run(
        outcome.state,
        outcome.at,
        counters.itemsTotal,
        counters.person,
        counters.error,
        counters.correctable,
        counters.cannotAddToList,
        settlement.accepted,
        settlement.refused,
        settlement.unknown,
        runId,
        batchNumber,
      ),
    'markSettled',
  );
}
