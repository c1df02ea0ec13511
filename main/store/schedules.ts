import type { ErrorParams, WireError } from '../../preload/contract/error-codes.ts';
import type { Recurrence } from '../../preload/contract/views.ts';
import type { Store } from './open-store.ts';

/** When the system refresh comes round. */
export interface SystemRefresh {
  readonly on: boolean;
  /** Null until somebody has chosen one. */
  readonly recurrence: Recurrence | null;
  /** No earlier run is due: when it was chosen. */
  readonly since: number;
}

/** When one export runs by itself. */
export interface ExportSchedule {
  readonly exportId: string;
  readonly follows: 'system' | 'own' | 'manual';
  /** Of its own schedule. */
  readonly on: boolean;
  /** Its own schedule, kept while it follows another; null when it never had one. */
  readonly recurrence: Recurrence | null;
  readonly since: number;
}

/** What became of one time that an export was to run by itself. */
export interface ScheduledRun {
  readonly exportId: string;
  readonly dueAt: number;
  /** `foreseen`: looked at before its time; `waiting`: its time has come and it is not begun yet. */
  readonly state: 'foreseen' | 'waiting' | 'started' | 'skipped';
  readonly at: number;
  readonly error: WireError | null;
  readonly runId: string | null;
  readonly dismissed: boolean;
}

interface ScheduleRow {
  readonly isOn: number;
  readonly recurrence: string | null;
  readonly since: number;
}

const recurrenceOf = (json: string | null): Recurrence | null =>
  json === null ? null : (JSON.parse(json) as Recurrence);

export function getSystemRefresh(store: Store): SystemRefresh {
  const row = store.prepare('SELECT is_on AS isOn, recurrence, since FROM system_refresh').get() as ScheduleRow;
  return { on: row.isOn === 1, recurrence: recurrenceOf(row.recurrence), since: row.since };
}

export function saveSystemRefresh(store: Store, { on, recurrence, since }: SystemRefresh): void {
  store
    .prepare('UPDATE system_refresh SET is_on = ?, recurrence = ?, since = ?')
    .run(on ? 1 : 0, recurrence && JSON.stringify(recurrence), since);
}

/** When the schedules were looked at last; null before the first time. */
export function schedulesLookedAt(store: Store): number | null {
  return store.prepare('SELECT looked_at FROM system_refresh').pluck().get() as number | null;
}

export function noteSchedulesLookedAt(store: Store, at: number): void {
  store.prepare('UPDATE system_refresh SET looked_at = ?').run(at);
}

/** One for every export that is not removed, whether or not anything was ever chosen for it. */
export function listExportSchedules(store: Store): ExportSchedule[] {
  const rows = store
    .prepare(
      `SELECT d.export_id AS exportId, coalesce(s.follows, 'system') AS follows, coalesce(s.is_on, 0) AS isOn,
         s.recurrence, coalesce(s.since, d.created_at) AS since
       FROM export_definition d LEFT JOIN export_schedule s USING (export_id)
       WHERE d.removed_at IS NULL ORDER BY d.name`,
    )
    .all() as (ScheduleRow & Pick<ExportSchedule, 'exportId' | 'follows'>)[];
  return rows.map(({ isOn, recurrence, ...rest }) => ({
    ...rest,
    on: isOn === 1,
    recurrence: recurrenceOf(recurrence),
  }));
}

export function saveExportSchedule(store: Store, schedule: ExportSchedule): void {
  store
    .prepare(
      `INSERT INTO export_schedule (export_id, follows, is_on, recurrence, since)
       VALUES (@exportId, @follows, @isOn, @recurrence, @since)
       ON CONFLICT (export_id) DO UPDATE SET follows = excluded.follows, is_on = excluded.is_on,
         recurrence = excluded.recurrence, since = excluded.since`,
    )
    .run({
      exportId: schedule.exportId,
      follows: schedule.follows,
      since: schedule.since,
      isOn: schedule.on ? 1 : 0,
      recurrence: schedule.recurrence && JSON.stringify(schedule.recurrence),
    });
}

const columns = `export_id AS exportId, due_at AS dueAt, state, at, error_code AS errorCode, error_params AS errorParams,
  run_id AS runId, dismissed_at IS NOT NULL AS dismissed`;

type Row = Omit<ScheduledRun, 'error' | 'dismissed'> & {
  readonly errorCode: WireError['code'] | null;
  readonly errorParams: string | null;
  readonly dismissed: number;
};

function toRecord({ errorCode, errorParams, dismissed, ...rest }: Row): ScheduledRun {
  const params = JSON.parse(errorParams ?? '{}') as ErrorParams;
  return { ...rest, dismissed: dismissed === 1, error: errorCode === null ? null : { code: errorCode, params } };
}

export function getScheduledRun(store: Store, exportId: string, dueAt: number): ScheduledRun | undefined {
  const row = store
    .prepare(`SELECT ${columns} FROM scheduled_run WHERE export_id = ? AND due_at = ?`)
    .get(exportId, dueAt) as Row | undefined;
  return row && toRecord(row);
}

/** The newest of each export whose time has come. */
export function newestScheduledRuns(store: Store): ScheduledRun[] {
  const rows = store
    .prepare(
      `SELECT ${columns} FROM scheduled_run AS r
       WHERE due_at = (SELECT max(due_at) FROM scheduled_run WHERE export_id = r.export_id AND state <> 'foreseen')`,
    )
    .all();
  return (rows as Row[]).map(toRecord);
}

/** What became of runs before a time is no longer kept. */
export function forgetScheduledRuns(store: Store, before: number): void {
  store.prepare("DELETE FROM scheduled_run WHERE due_at < ? AND state <> 'waiting'").run(before);
}

/** Runs whose time has come and that are not begun yet. */
export function waitingScheduledRuns(store: Store): ScheduledRun[] {
  return (store.prepare(`SELECT ${columns} FROM scheduled_run WHERE state = 'waiting'`).all() as Row[]).map(toRecord);
}

/** The scheduled run that began a run, undefined for one that a person began. */
export function scheduledRunOf(store: Store, runId: string): ScheduledRun | undefined {
  const row = store.prepare(`SELECT ${columns} FROM scheduled_run WHERE run_id = ?`).get(runId) as Row | undefined;
  return row && toRecord(row);
}

/**
 * Takes a time that has come for its own: false when somebody has already, so that nothing is begun twice, whatever the
 * computer's clock does.
 */
export function claimScheduledRun(store: Store, exportId: string, dueAt: number, at: number): boolean {
  const result = store
    .prepare(
      `INSERT INTO scheduled_run (export_id, due_at, state, at) VALUES (@exportId, @dueAt, 'waiting', @at)
       ON CONFLICT (export_id, due_at) DO UPDATE SET state = 'waiting', at = @at, error_code = NULL,
         error_params = NULL, dismissed_at = NULL WHERE state = 'foreseen'`,
    )
    .run({ exportId, dueAt, at });
  return result.changes === 1;
}

/** What became of it, or what is foreseen. */
export function noteScheduledRun(
  store: Store,
  run: Pick<ScheduledRun, 'exportId' | 'dueAt' | 'state' | 'at' | 'error' | 'runId'>,
): void {
  store
    .prepare(
      `INSERT INTO scheduled_run (export_id, due_at, state, at, error_code, error_params, run_id)
       VALUES (@exportId, @dueAt, @state, @at, @errorCode, @errorParams, @runId)
       ON CONFLICT (export_id, due_at) DO UPDATE SET state = excluded.state, at = excluded.at,
         error_code = excluded.error_code, error_params = excluded.error_params, run_id = excluded.run_id`,
    )
    .run({
      exportId: run.exportId,
      dueAt: run.dueAt,
      state: run.state,
      at: run.at,
      runId: run.runId,
      errorCode: run.error?.code ?? null,
      errorParams: run.error === null ? null : JSON.stringify(run.error.params),
    });
}

/**
 * The time of an export that has come is taken up by this run. Part of the transaction that writes the run, so that an app
 * that dies in between begins no second one.
 */
export function noteScheduledRunBegun(store: Store, exportId: string, runId: string, at: number): void {
  store
    .prepare(
      `UPDATE scheduled_run SET state = 'started', at = ?, error_code = NULL, error_params = NULL, run_id = ?
       WHERE export_id = ? AND state = 'waiting'`,
    )
    .run(at, runId, exportId);
}

/** A time that had come is nobody's any more: the schedule that asked for it is off. */
export function letGoOfScheduledRun(store: Store, exportId: string, dueAt: number): void {
  store
    .prepare("DELETE FROM scheduled_run WHERE export_id = ? AND due_at = ? AND state = 'waiting'")
    .run(exportId, dueAt);
}

export function dismissScheduledRun(store: Store, exportId: string, dueAt: number, at: number): void {
  store
    .prepare('UPDATE scheduled_run SET dismissed_at = ? WHERE export_id = ? AND due_at = ?')
    .run(at, exportId, dueAt);
}
