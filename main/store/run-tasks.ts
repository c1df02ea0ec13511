import type { RunView } from '../../preload/contract/views.ts';
import type { Store } from './open-store.ts';

type Task = RunView['tasks'][number];

/** When sending and confirming began, by run, for runs that came so far; `ended` is where the last of them ended. */
export function getRunTasks(store: Store, runIds: readonly string[]): ReadonlyMap<string, readonly Task[]> {
  const rows = store
    .prepare(
      `SELECT run_id AS runId, phase AS task, began_at AS beganAt FROM run_task
       WHERE run_id IN (SELECT value FROM json_each(?)) AND phase IN ('sending', 'confirming') ORDER BY began_at`,
    )
    .all(JSON.stringify(runIds)) as (Task & { runId: string })[];
  const tasks = new Map<string, Task[]>();
  for (const { runId, task, beganAt } of rows) tasks.set(runId, [...(tasks.get(runId) ?? []), { task, beganAt }]);
  return tasks;
}
