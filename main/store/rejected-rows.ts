import type { RejectionReason } from '../../preload/contract/views.ts';
import type { Store } from './open-store.ts';

/** A refused row as it is kept: `segment` is its segment's position in the run's source, `cells` a JSON array. */
export interface RejectedRowRecord {
  readonly rowId: number;
  readonly segment: number;
  readonly rowNumber: number;
  readonly reason: RejectionReason;
  readonly cells: string;
}

/** Replaces the run's refused rows from `firstRowId` on, in one transaction. */
export function insertRejectedRows(
  store: Store,
  runId: string,
  firstRowId: number,
  rows: readonly Omit<RejectedRowRecord, 'rowId'>[],
): void {
  const insert = store.prepare(
    'INSERT OR REPLACE INTO rejected_row (run_id, row_id, segment, row_number, reason, cells) VALUES (?, ?, ?, ?, ?, ?)',
  );
  store.transaction(() => {
    rows.forEach((row, index) => {
      insert.run(runId, firstRowId + index, row.segment, row.rowNumber, row.reason, row.cells);
    });
  })();
}

/** A page in file order: `limit` rows after `afterRowId` (0 for the first page). */
export function pageRejectedRows(store: Store, runId: string, afterRowId: number, limit: number): RejectedRowRecord[] {
  return store
    .prepare(
      `SELECT row_id AS rowId, segment, row_number AS rowNumber, reason, cells FROM rejected_row
       WHERE run_id = ? AND row_id > ? ORDER BY row_id LIMIT ?`,
    )
    .all(runId, afterRowId, limit) as RejectedRowRecord[];
}

/**
 * Rejected rows of finished runs that ended before `before` go, unless a person has mended one that waits to be sent. The
 * run's own count of them stays, and none of them waits any more.
 */
export function forgetRejectedRows(store: Store, before: number, now: number): void {
  store
    .transaction(() => {
      const runs = store
        .prepare(
          `SELECT run_id FROM export_run r WHERE state IN ('successful', 'completedWithWarnings') AND ended_at < ?
             AND EXISTS (SELECT 1 FROM rejected_row j WHERE j.run_id = r.run_id)
             AND NOT EXISTS (SELECT 1 FROM retried_row t WHERE t.run_id = r.run_id AND t.email IS NOT NULL)`,
        )
        .pluck()
        .all(before) as string[];
      for (const runId of runs) {
        store
          .prepare(
            `INSERT OR IGNORE INTO retried_row (run_id, row_id, email, decided_at, decided_by)
             SELECT run_id, row_id, NULL, ?, '' FROM rejected_row WHERE run_id = ?`,
          )
          .run(now, runId);
        store.prepare('DELETE FROM rejected_row WHERE run_id = ?').run(runId);
      }
    })
    .immediate();
}

/** The cells of some rejected rows of a run, by `segment row`. A row that was not rejected is not in the answer. */
export function rejectedCells(
  store: Store,
  runId: string,
  rows: readonly { readonly segment: number; readonly rowNumber: number }[],
): Map<string, (string | null)[]> {
  if (rows.length === 0) return new Map();
  const numbers = rows.map(({ rowNumber }) => rowNumber);
  const found = store
    .prepare(
      `SELECT segment, row_number AS rowNumber, cells FROM rejected_row
       WHERE run_id = ? AND row_number IN (SELECT value FROM json_each(?))`,
    )
    .all(runId, JSON.stringify(numbers)) as { segment: number; rowNumber: number; cells: string }[];
  return new Map(
    found.map(({ segment, rowNumber, cells }) => [`${segment} ${rowNumber}`, JSON.parse(cells) as (string | null)[]]),
  );
}
