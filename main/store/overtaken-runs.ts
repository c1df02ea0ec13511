import type { Store } from './open-store.ts';

/**
 * Which of some runs must not be taken up again, because what they were about has moved on: a newer run of the same export
 * was planned for the same list (its values and its leavers are newer), or the run was undone. A run that undoes another is
 * overtaken by anything newer on its list. Runs of one person, and of mended rows, overtake nothing; mended rows are held
 * against newer runs by themselves (main/runs/mended). What is newer is told by the order of writing, which no moved clock changes.
 * One statement.
 */
export function overtakenRuns(store: Store, runIds: readonly string[]): Set<string> {
  const ids = store
    .prepare(
      `SELECT r.run_id FROM export_run r WHERE r.run_id IN (SELECT value FROM json_each(?)) AND EXISTS (
         SELECT 1 FROM export_run l WHERE l.account_id = r.account_id AND l.list_id = r.list_id
           AND l.rowid > r.rowid AND l.planned_at IS NOT NULL
           AND (r.kind = 'undo' OR l.undoes = r.run_id
             OR r.parent_run_id IS NULL AND l.export_id = r.export_id
               AND l.kind = 'export' AND l.parent_run_id IS NULL AND l.only_email IS NULL))`,
    )
    .pluck()
    .all(JSON.stringify(runIds)) as string[];
  return new Set(ids);
}
