import type { Store } from './open-store.ts';

/**
 * Which of some runs could send anything at all: their connection is there, and their export has not been removed or
 * detached since. One statement.
 */
export function attachedRuns(store: Store, runIds: readonly string[]): Set<string> {
  const ids = store
    .prepare(
      `SELECT r.run_id FROM export_run r JOIN export_definition d USING (export_id)
         JOIN connection c ON c.connection_id = r.connection_id
       WHERE r.run_id IN (SELECT value FROM json_each(?)) AND d.removed_at IS NULL AND d.connection_id IS NOT NULL`,
    )
    .pluck()
    .all(JSON.stringify(runIds)) as string[];
  return new Set(ids);
}
