import { expectOne, type Store } from './open-store.ts';

// What a person decided about rejected rows, and which of them the next run of their export takes along.

const finished = "('successful', 'completedWithWarnings')";

/** What was decided about a rejected row: the address it was mended to, or (`null`) that it is dismissed. */
export interface RetryDecision {
  readonly rowId: number;
  readonly email: string | null;
}

/** Decides about a rejected row; a later decision takes the place of an earlier one. */
export function decideRetry(
  store: Store,
  runId: string,
  decision: RetryDecision & { readonly at: number; readonly by: string },
): void {
  expectOne(
    store
      .prepare(
        `INSERT INTO retried_row (run_id, row_id, email, decided_at, decided_by) VALUES (@runId, @rowId, @email, @at, @by)
         ON CONFLICT (run_id, row_id) DO UPDATE
         SET email = excluded.email, decided_at = excluded.decided_at, decided_by = excluded.decided_by`,
      )
      .run({ runId, ...decision }),
    'decideRetry',
  );
}

/** The row waits again as it is. */
export function forgetRetry(store: Store, runId: string, rowId: number): void {
  store.prepare('DELETE FROM retried_row WHERE run_id = ? AND row_id = ?').run(runId, rowId);
}

/** Decisions about rows of a run, from the one after `afterRowId` on. */
export function retryDecisions(store: Store, runId: string, afterRowId: number, lastRowId: number): RetryDecision[] {
  return store
    .prepare('SELECT row_id AS rowId, email FROM retried_row WHERE run_id = ? AND row_id > ? AND row_id <= ?')
    .all(runId, afterRowId, lastRowId) as RetryDecision[];
}

/** Of some rows of a run those that a finished run has sent, mended. */
export function sentMended(store: Store, runId: string, afterRowId: number, lastRowId: number): Set<number> {
  const ids = store
    .prepare(
      `SELECT m.row_id FROM mended_row m JOIN export_run r ON r.run_id = m.sent_by
       WHERE m.run_id = ? AND m.row_id > ? AND m.row_id <= ? AND r.state IN ${finished}`,
    )
    .pluck()
    .all(runId, afterRowId, lastRowId) as number[];
  return new Set(ids);
}

/** Rows of one segment of one run that were mended in place and are not sent yet. */
export interface PendingRows {
  readonly runId: string;
  readonly segment: number;
  readonly rowIds: readonly number[];
}

/** Everything that the next run of an export takes along, by run and segment, the oldest run first. */
export function pendingRows(store: Store, exportId: string): PendingRows[] {
  const rows = store
    .prepare(
      `SELECT t.run_id AS runId, j.segment, json_group_array(t.row_id ORDER BY t.row_id) AS rowIds
       FROM retried_row t JOIN rejected_row j USING (run_id, row_id) JOIN export_run o ON o.run_id = t.run_id
       WHERE o.export_id = ? AND t.email IS NOT NULL AND NOT EXISTS (
         SELECT 1 FROM mended_row m JOIN export_run r ON r.run_id = m.sent_by
         WHERE m.run_id = t.run_id AND m.row_id = t.row_id AND r.state IN ${finished})
       GROUP BY t.run_id, j.segment ORDER BY o.started_at, j.segment`,
    )
    .all(exportId) as { runId: string; segment: number; rowIds: string }[];
  return rows.map(({ rowIds, ...rest }) => ({ ...rest, rowIds: JSON.parse(rowIds) as number[] }));
}

/** The rows that `sentBy` takes along from one segment of a run: cells as they stood (JSON) and the mended address. */
export function takenAlong(
  store: Store,
  sentBy: string,
  runId: string,
  segment: number,
): { readonly cells: string; readonly email: string }[] {
  return store
    .prepare(
      `SELECT j.cells, t.email FROM mended_row m JOIN retried_row t USING (run_id, row_id)
       JOIN rejected_row j USING (run_id, row_id)
       WHERE m.sent_by = ? AND m.run_id = ? AND j.segment = ? AND t.email IS NOT NULL ORDER BY m.row_id`,
    )
    .all(sentBy, runId, segment) as { cells: string; email: string }[];
}

/** Rows of one segment of a run with what they were mended to, before any run takes them along: as {@link takenAlong}. */
export function mendedCells(
  store: Store,
  { runId, segment, rowIds }: PendingRows,
): { readonly cells: string; readonly email: string }[] {
  return store
    .prepare(
      `SELECT j.cells, t.email FROM retried_row t JOIN rejected_row j USING (run_id, row_id)
       WHERE t.run_id = ? AND j.segment = ? AND t.email IS NOT NULL
         AND t.row_id IN (SELECT value FROM json_each(?)) ORDER BY t.row_id`,
    )
    .all(runId, segment, JSON.stringify(rowIds)) as { cells: string; email: string }[];
}

/** How many rejected rows of each run are mended in place, and how many dismissed; runs without any are absent. */
export function countDecisions(
  store: Store,
  runIds: readonly string[],
): Map<string, { readonly mended: number; readonly dismissed: number }> {
  const rows = store
    .prepare(
      `SELECT run_id AS runId, count(email) AS mended, count(*) - count(email) AS dismissed FROM retried_row
       WHERE run_id IN (SELECT value FROM json_each(?)) GROUP BY run_id`,
    )
    .all(JSON.stringify(runIds)) as { runId: string; mended: number; dismissed: number }[];
  return new Map(rows.map(({ runId, ...counts }) => [runId, counts]));
}

/**
 * A row that comes again just as it was when something was decided about it, in an earlier run of the same export, is not
 * asked about anew: what was mended and taken along counts as sent by that run, what was dismissed stays dismissed.
 */
export function inheritDecisions(store: Store, exportId: string, runId: string): void {
  const before = `FROM rejected_row n JOIN rejected_row o ON o.cells = n.cells AND o.run_id <> n.run_id
    JOIN export_run e ON e.run_id = o.run_id AND e.export_id = @exportId`;
  store
    .transaction(() => {
      const known = store
        .prepare(
          `SELECT 1 FROM export_run e WHERE e.export_id = ? AND (
           EXISTS (SELECT 1 FROM retried_row t WHERE t.run_id = e.run_id)
           OR EXISTS (SELECT 1 FROM mended_row m WHERE m.run_id = e.run_id)) LIMIT 1`,
        )
        .get(exportId);
      if (known === undefined) return;
      store
        .prepare(
          `INSERT INTO mended_row (run_id, row_id, sent_by) SELECT n.run_id, n.row_id, m.sent_by ${before}
         JOIN mended_row m ON m.run_id = o.run_id AND m.row_id = o.row_id
         WHERE n.run_id = @runId ON CONFLICT DO NOTHING`,
        )
        .run({ exportId, runId });
      store
        .prepare(
          `INSERT INTO retried_row (run_id, row_id, email, decided_at, decided_by)
         SELECT n.run_id, n.row_id, NULL, max(t.decided_at), t.decided_by ${before}
         JOIN retried_row t ON t.run_id = o.run_id AND t.row_id = o.row_id AND t.email IS NULL
         WHERE n.run_id = @runId GROUP BY n.row_id ON CONFLICT DO NOTHING`,
        )
        .run({ exportId, runId });
    })
    .immediate();
}
