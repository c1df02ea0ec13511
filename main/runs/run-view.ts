import type { RunView } from '../../preload/contract/views.ts';
import { SegueError } from '../errors/segue-error.ts';
import { type Batch, getBatches } from '../store/batches.ts';
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
  const progress = record.phase === 'ended' || live === null ? restingProgress(record, batches) : live;
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

/** Without a run thread to ask: counts from the journal, and the rate over the run's whole time. */
function restingProgress(record: RunRecord, batches: readonly Batch[]): RunProgress {
  const tracker = createProgressTracker(() => record.startedAt);
  tracker.setPhase(record.phase);
  tracker.begin(batches);
  const counts = tracker.current();
  const elapsedMs = (record.endedAt ?? record.startedAt) - record.startedAt;
  return { ...counts, rowsPerSecond: elapsedMs > 0 ? (counts.rowsSettled * 1_000) / elapsedMs : 0, remainingMs: null };
}
