import type { RunView } from '../../preload/contract/views.ts';
import { SegueError } from '../errors/segue-error.ts';
import { type BatchGroup, groupBatches } from '../store/batches.ts';
import { countSentLater } from '../store/mended-rows.ts';
import type { Store } from '../store/open-store.ts';
import { getRun, listRuns, type RunRecord } from '../store/runs.ts';
import { balanceOf, sumBatches } from './balance.ts';
import type { RunProgress } from './run-progress.ts';
import { isActive } from './run-states.ts';

/** What is known of a run beside the database. */
export interface LiveRun {
  /** What the run thread told last, null for a run at rest. */
  readonly progress: RunProgress | null;
  /** What holds the run up before its thread can say so: the pace and the day's quota. */
  readonly heldUp: RunView['waiting'];
}

/** A run as the window and the command line see it. Throws `run.not-found`. */
export function runViewOf(store: Store, runId: string, live: LiveRun | null): RunView {
  // One look at both: the run thread may write a whole plan between two.
  const { record, groups, sentLater } = store.transaction(() => ({
    record: getRun(store, runId),
    groups: groupBatches(store, [runId]),
    sentLater: countSentLater(store, [runId]),
  }))();
  if (record === undefined) throw new SegueError('run.not-found');
  return viewOf(record, groups.get(runId) ?? [], sentLater.get(runId) ?? 0, live);
}

/** The newest runs, newest first, with two statements however many there are. */
export function runViews(store: Store, limit: number, live: (runId: string) => LiveRun | null): RunView[] {
  const { records, groups, sentLater } = store.transaction(() => {
    const records = listRuns(store, limit);
    const ids = records.map((record) => record.runId);
    return { records, groups: groupBatches(store, ids), sentLater: countSentLater(store, ids) };
  })();
  return records.map((record) => {
    const { runId } = record;
    return viewOf(record, groups.get(runId) ?? [], sentLater.get(runId) ?? 0, live(runId));
  });
}

function viewOf(
  record: RunRecord,
  groups: readonly BatchGroup[],
  rejectedSentLater: number,
  live: LiveRun | null,
): RunView {
  const progress = record.phase === 'ended' || !live?.progress ? restingProgress(record, groups) : live.progress;
  const { waiting, sums: _sums, ...counts } = progress;
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
    parentRunId: record.parentRunId,
    rejectedSentLater,
    balance: balanceOf(record, sumBatches(groups)),
    progress: { ...counts, phase: record.phase },
    waiting: isActive(record.state) ? (live?.heldUp ?? waiting) : null,
    canContinue: mayContinue(record),
    error: record.error,
  };
}

/** Whether taking the run up again could bring it further. */
export function mayContinue(record: RunRecord): boolean {
  const stopped = ['paused', 'cancelled', 'interrupted', 'failed'].includes(record.state);
  return stopped && record.phase === 'ended' && record.error?.code !== 'export.nothing-to-send';
}

/** Without a run thread to ask: counts from the journal, and the rate over the run's whole time. */
function restingProgress(record: RunRecord, groups: readonly BatchGroup[]): RunProgress {
  const elapsedMs = (record.endedAt ?? record.startedAt) - record.startedAt;
  const total = (of: readonly BatchGroup[], key: 'rows' | 'batches') => of.reduce((sum, group) => sum + group[key], 0);
  const settled = groups.filter((group) => group.state === 'completed');
  const rowsSettled = total(settled, 'rows');
  return {
    phase: record.phase,
    sums: sumBatches(groups),
    rowsToSend: total(groups, 'rows'),
    rowsPosted: total(
      groups.filter((group) => group.state !== 'planned' && group.state !== 'posting'),
      'rows',
    ),
    rowsSettled,
    batches: total(groups, 'batches'),
    batchesSettled: total(settled, 'batches'),
    rowsPerSecond: elapsedMs > 0 ? (rowsSettled * 1_000) / elapsedMs : 0,
    remainingMs: null,
    waiting: null,
  };
}
