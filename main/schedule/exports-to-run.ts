import type { Recurrence } from '../../preload/contract/views.ts';
import { getExport } from '../store/exports.ts';
import type { Store } from '../store/open-store.ts';
import { type ExportSchedule, getSystemRefresh, listExportSchedules, type SystemRefresh } from '../store/schedules.ts';

/** The schedule by which an export runs now. */
export interface RunningSchedule {
  readonly exportId: string;
  readonly recurrence: Recurrence;
  /** No earlier run is due. */
  readonly since: number;
}

/**
 * By what an export runs by itself: its own schedule or the system refresh, whichever it follows, if that is on. Null for
 * one that nothing runs, as one without a connection.
 */
export function runningSchedule(
  { exportId, follows, on, recurrence, since }: ExportSchedule,
  refresh: SystemRefresh,
  isConnected: boolean,
): RunningSchedule | null {
  if (!isConnected) return null;
  if (follows === 'own') return on && recurrence !== null ? { exportId, recurrence, since } : null;
  if (follows !== 'system' || !refresh.on || refresh.recurrence === null) return null;
  return { exportId, recurrence: refresh.recurrence, since: Math.max(since, refresh.since) };
}

/** Every export that runs by itself, by name. */
export function runningSchedules(store: Store): RunningSchedule[] {
  const refresh = getSystemRefresh(store);
  return listExportSchedules(store).flatMap((schedule) => {
    const isConnected = (getExport(store, schedule.exportId)?.connectionId ?? null) !== null;
    return runningSchedule(schedule, refresh, isConnected) ?? [];
  });
}
