import type { Store } from './open-store.ts';

/**
 * Notes what an export sent to whom, for a whole batch at once. `contacts` is JSON, [[email, content hash], …] in the
 * order of addresses: SQLite reads it itself, which is several times quicker than a statement per row, and neighbouring
 * keys share pages. Belongs into the transaction of the batch's result.
 */
export function writeLedger(
  store: Store,
  entry: { exportId: string; runId: string; unconfirmed: boolean; contacts: string },
): void {
  store
    .prepare(
      `INSERT INTO ledger (export_id, email, content_hash, run_id, unconfirmed)
       SELECT @exportId, value ->> 0, CAST(value ->> 1 AS INTEGER), @runId, @unconfirmed FROM json_each(@contacts) WHERE true
       ON CONFLICT (export_id, email) DO UPDATE
       SET content_hash = excluded.content_hash, run_id = excluded.run_id, unconfirmed = excluded.unconfirmed`,
    )
    .run({ ...entry, unconfirmed: entry.unconfirmed ? 1 : 0 });
}

/** How many people an export has sent so far. Counts rows: for tests and reports, not for every screen. */
export function countLedger(store: Store, exportId: string): number {
  const row = store.prepare('SELECT count(*) AS n FROM ledger WHERE export_id = ?').get(exportId) as { n: number };
  return row.n;
}
