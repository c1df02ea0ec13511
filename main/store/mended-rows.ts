import type { Store } from './open-store.ts';

/** Runs whose rows found their end: what they took over is not sent again. */
const finished = "('successful', 'completedWithWarnings')";

/** Notes which rejected rows of `runId` the run `sentBy` takes over. */
export function insertMendedRows(store: Store, runId: string, sentBy: string, rowIds: readonly number[]): void {
  store
    .prepare(
      `INSERT INTO mended_row (run_id, row_id, sent_by)
       SELECT @runId, value, @sentBy FROM json_each(@rowIds) WHERE true ON CONFLICT DO NOTHING`,
    )
    .run({ runId, sentBy, rowIds: JSON.stringify(rowIds) });
}

/** The rejected rows of a run that a later run sent and finished, as ranges in order, both ends included. */
export function sentLaterRanges(store: Store, runId: string): [first: number, last: number][] {
  const ids = store
    .prepare(
      `SELECT DISTINCT m.row_id FROM mended_row m JOIN export_run r ON r.run_id = m.sent_by
       WHERE m.run_id = ? AND r.state IN ${finished} ORDER BY m.row_id`,
    )
    .pluck()
    .iterate(runId) as IterableIterator<number>;
  const ranges: [number, number][] = [];
  for (const id of ids) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === id - 1) last[1] = id;
    else ranges.push([id, id]);
  }
  return ranges;
}

/** How many rejected rows of each run were sent by later, finished runs; runs without any are absent. */
export function countSentLater(store: Store, runIds: readonly string[]): Map<string, number> {
  const rows = store
    .prepare(
      `SELECT m.run_id AS runId, count(DISTINCT m.row_id) AS n FROM mended_row m JOIN export_run r ON r.run_id = m.sent_by
       WHERE m.run_id IN (SELECT value FROM json_each(?)) AND r.state IN ${finished} GROUP BY m.run_id`,
    )
    .all(JSON.stringify(runIds)) as { runId: string; n: number }[];
  return new Map(rows.map(({ runId, n }) => [runId, n]));
}

/** Where each segment's rejected rows lie: they are numbered through, one segment after the other. */
export function rejectedRowsBySegment(
  store: Store,
  runId: string,
): { readonly segment: number; readonly first: number; readonly last: number }[] {
  return store
    .prepare(
      `SELECT segment, min(row_id) AS first, max(row_id) AS last FROM rejected_row WHERE run_id = ?
       GROUP BY segment ORDER BY segment`,
    )
    .all(runId) as { segment: number; first: number; last: number }[];
}

/**
 * Which of these addresses an export has sent to a list in a run that began at `since` or later. For a few thousand
 * addresses at a time: it answers on the thread that asks.
 */
export function addressesSentSince(
  store: Store,
  where: { readonly exportId: string; readonly listId: string; readonly since: number },
  emails: readonly string[],
): Set<string> {
  const found = store
    .prepare(
      `SELECT e.value FROM json_each(@emails) e
       JOIN destination d ON d.list_id = @listId
       JOIN ledger l ON l.export_id = @exportId AND l.destination_id = d.destination_id AND l.email = e.value
       JOIN export_run r ON r.run_id = l.run_id AND r.list_id = @listId AND r.started_at >= @since`,
    )
    .pluck()
    .all({ ...where, emails: JSON.stringify(emails) }) as string[];
  return new Set(found);
}
