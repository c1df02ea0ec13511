import type { ExportScheduleView, RunState, RunView } from '../../preload/contract/views.ts';
import { isActive } from './run-order.ts';

/** A run's state as it is shown: a scheduled run that sent nothing because a person has to be asked was skipped. */
export type ShownState = RunState | 'skipped';

export const shownState = ({ state, skipped }: RunView): ShownState => (skipped ? 'skipped' : state);

/** Why an export was skipped by its schedule, if nothing was run since; null otherwise. */
export function skippedNow(run: RunView | undefined, schedule: ExportScheduleView | undefined) {
  const skipped = schedule?.skipped ?? null;
  if (skipped === null || run === undefined || run.skipped) return skipped;
  return run.startedAt < skipped.at && !isActive(run) ? skipped : null;
}

/** How an export stands: its newest run, or its schedule where that waits or was skipped since. Null when it never ran. */
export function exportState(run: RunView | undefined, schedule: ExportScheduleView | undefined): ShownState | null {
  if (run !== undefined && isActive(run)) return run.state;
  if ((schedule?.waitsFor ?? null) !== null) return 'queued';
  if (skippedNow(run, schedule) !== null) return 'skipped';
  return run === undefined ? null : shownState(run);
}
