import type { AttentionView, ExportScheduleView } from '../../preload/contract/views.ts';
import { asksAnew } from '../runs/run-view.ts';
import type { Store } from '../store/open-store.ts';
import { getRun, newestRunOf, type RunRecord } from '../store/runs.ts';
import type { ScheduledRun } from '../store/schedules.ts';

/** What became of a scheduled run, if a person is to know of it. */
type Trouble = Pick<AttentionView, 'kind' | 'error'>;

/**
 * What went wrong with a scheduled run, or will unless somebody helps; null where nothing did. A run that a guard ended is
 * one that was skipped: nothing was sent, and a person has to be asked.
 */
export function troubleOf(scheduled: ScheduledRun, run: RunRecord | undefined): Trouble | null {
  const { state, error } = scheduled;
  if (state === 'foreseen') return error === null ? null : { kind: 'foreseen', error };
  if (state === 'skipped') return { kind: 'skipped', error: error ?? { code: 'unexpected', params: {} } };
  if (state === 'waiting' || run === undefined) return null;
  if (run.state === 'interrupted') {
    const params = { name: run.exportName };
    return { kind: 'failed', error: run.error ?? { code: 'schedule.interrupted', params } };
  }
  if (run.state !== 'failed' || run.error === null) return null;
  return { kind: asksAnew.has(run.error.code) ? 'skipped' : 'failed', error: run.error };
}

/** The newest of an export's scheduled runs as the list of exports shows it when it was skipped. */
export function skippedOf(store: Store, scheduled: ScheduledRun): ExportScheduleView['skipped'] {
  const run = scheduled.runId === null ? undefined : getRun(store, scheduled.runId);
  const trouble = troubleOf(scheduled, run);
  if (trouble?.kind !== 'skipped') return null;
  return { dueAt: scheduled.dueAt, at: scheduled.at, error: trouble.error };
}

/**
 * What needs a person's attention of one scheduled run; null when nothing does, when they have seen it, when it was chosen
 * so, or when the export has been run well since.
 */
export function attentionOf(store: Store, scheduled: ScheduledRun, exportName: string): AttentionView | null {
  if (scheduled.dismissed || scheduled.error?.code === 'schedule.missed') return null;
  const { exportId, dueAt, runId, at } = scheduled;
  const trouble = troubleOf(scheduled, runId === null ? undefined : getRun(store, runId));
  if (trouble === null) return null;
  const newest = newestRunOf(store, exportId);
  const since = newest !== undefined && newest.runId !== runId && newest.startedAt >= at;
  if (since && scheduled.state !== 'foreseen' && ['successful', 'completedWithWarnings'].includes(newest.state))
    return null;
  return { exportId, exportName, dueAt, ...trouble, runId };
}
