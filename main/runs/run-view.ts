import type { RunView } from '../../preload/contract/views.ts';
import { SegueError } from '../errors/segue-error.ts';
import { getBatches } from '../store/batches.ts';
import type { Store } from '../store/open-store.ts';
import { getRun, type RunRecord } from '../store/runs.ts';
import { balanceOf, sumBatches } from './balance.ts';
import { createProgressTracker, type RunProgress } from './run-progress.ts';
import { isActive } from './run-states.ts';

/**
 * A run as the window and the command line see it. `live` is what the run thread told last, null for a run at rest.
 * Throws `run.not-found`.
 */
export function runViewOf(store: Store, runId: string, live: RunProgress | null): RunView {
  // One look at both: the run thread may write a whole plan between two.
  const { record, batches } = store.transaction(() => ({
    record: getRun(store, runId),
    batches: getBatches(store, runId),
  }))();
  if (record === undefined) throw new SegueError('run.not-found');
  const progress = live ?? restingProgress(record, batches);
  const { waiting, sums: _sums, ...counts } = progress;
  const active = isActive(record.state);
  return {
    runId: record.runId,
    exportId: record.exportId,
    exportName: record.exportName,
    connectionName: record.connectionName,
    listName: record.listName,
    state: record.state,
    startedAt: record.startedAt,
    endedAt: record.endedAt,
    startedBy: record.startedBy,
    balance: balanceOf(record, sumBatches(batches)),
    progress: { ...counts, phase: record.phase },
    waiting: active ? waiting : null,
    canContinue:
      (record.state === 'cancelled' || record.state === 'interrupted' || record.state === 'failed') &&
      record.phase === 'ended',
    error: record.error,
  };
}

function restingProgress(record: RunRecord, batches: ReturnType<typeof getBatches>): RunProgress {
  const tracker = createProgressTracker(() => record.endedAt ?? record.startedAt);
  tracker.setPhase(record.phase);
  tracker.begin(batches);
  return tracker.current();
}
