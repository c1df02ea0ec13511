import type { ErrorParams, WireError } from '../../preload/contract/error-codes.ts';
import type { AcceptedGuards, ExportMode, FieldMap, RunState } from '../../preload/contract/views.ts';
import type { PlannedBatch } from './batches.ts';
import { insertBatches } from './batches.ts';
import { numberDestination } from './destinations.ts';
import { expectOne, type Store } from './open-store.ts';

/** A segment as it was when the run started. */
export interface RunSegment {
  readonly segmentId: string;
  readonly name: string;
  /** File name of the frozen stage in the run's folder. */
  readonly stageFileName: string;
  readonly headings: readonly string[];
  readonly fieldMap: FieldMap;
  readonly unreadableCount: number;
  /** Of mended rows: the column that says which rejected row each one was. */
  readonly markColumn?: number;
  /** Of rows mended in place that join a run: which segment of which run rejected them. */
  readonly mendedOf?: { readonly runId: string; readonly segment: number };
}

export interface RunRecord {
  readonly runId: string;
  readonly exportId: string;
  readonly connectionId: string;
  readonly connectionName: string;
  readonly accountId: string;
  readonly exportName: string;
  readonly listId: string;
  readonly listName: string;
  readonly state: RunState;
  readonly phase: 'preparing' | 'sending' | 'confirming' | 'ended';
  /** The run whose rejected rows, mended, this one sends; null for a run of its own. */
  readonly parentRunId: string | null;
  readonly startedAt: number;
  readonly startedBy: string;
  readonly startedVia: 'window' | 'command-line' | 'schedule';
  readonly endedAt: number | null;
  readonly error: WireError | null;
  readonly plannedAt: number | null;
  readonly rowsRead: number;
  readonly rejected: number;
  readonly duplicate: number;
  readonly heldBack: number;
  readonly unchanged: number;
  readonly unreadable: number;
  readonly toSend: number;
  readonly batches: number;
  /** How the export sent when the run started. */
  readonly mode: ExportMode;
  readonly leaverLimitPercent: number;
  /** What a person agreed to although a guard asks. */
  readonly acceptedGuards: AcceptedGuards;
  /** The one address that the run sends; null for everybody. */
  readonly onlyEmail: string | null;
  /** People to be taken off the list. */
  readonly leavers: number;
  /** People of whom fields are cleared. */
  readonly clearing: number;
  /** `undo`: takes back what the run `undoes` did to its list. */
  readonly kind: 'export' | 'undo';
  readonly undoes: string | null;
}

const columns = `run_id AS runId, export_id AS exportId, connection_id AS connectionId, connection_name AS connectionName,
  account_id AS accountId, export_name AS exportName, list_id AS listId, list_name AS listName, state, phase,
  parent_run_id AS parentRunId,
  started_at AS startedAt, started_by AS startedBy, started_via AS startedVia, ended_at AS endedAt, error_code AS errorCode,
  error_params AS errorParams, planned_at AS plannedAt, rows_read AS rowsRead, rejected, duplicate,
  held_back AS heldBack, unchanged, unreadable, to_send AS toSend, batches, mode,
  leaver_limit_percent AS leaverLimitPercent, accepted_guards AS acceptedGuards, only_email AS onlyEmail, leavers, clearing,
  kind, undoes`;

type Row = Omit<RunRecord, 'error' | 'acceptedGuards'> & {
  errorCode: WireError['code'] | null;
  errorParams: string | null;
  acceptedGuards: string;
};

function toRecord({ errorCode, errorParams, acceptedGuards, ...rest }: Row): RunRecord {
  return {
    ...rest,
    acceptedGuards: JSON.parse(acceptedGuards) as AcceptedGuards,
    error: errorCode === null ? null : { code: errorCode, params: JSON.parse(errorParams ?? '{}') as ErrorParams },
  };
}

export function getRun(store: Store, runId: string): RunRecord | undefined {
  const row = store.prepare(`SELECT ${columns} FROM export_run WHERE run_id = ?`).get(runId) as Row | undefined;
  return row && toRecord(row);
}

/** The run's segments in their order, as they were when it started. Apart from the record: headings can be many. */
export function getRunSource(store: Store, runId: string): RunSegment[] {
  const row = store.prepare('SELECT source FROM export_run WHERE run_id = ?').get(runId) as { source: string };
  return JSON.parse(row.source) as RunSegment[];
}

/** Newest first; those of one export alone when it is given. */
export function listRuns(store: Store, limit: number, exportId: string | null = null): RunRecord[] {
  const newest = 'ORDER BY started_at DESC, run_id LIMIT ?';
  const rows =
    exportId === null
      ? store.prepare(`SELECT ${columns} FROM export_run ${newest}`).all(limit)
      : store.prepare(`SELECT ${columns} FROM export_run WHERE export_id = ? ${newest}`).all(exportId, limit);
  return (rows as Row[]).map(toRecord);
}

/**
 * When the people of each export last were sent to the end, by the export's id; left out are those whose never were. Neither
 * cancelled nor failed runs count, nor undone ones.
 */
export function lastRefreshes(store: Store, exportIds: readonly string[]): Map<string, number> {
  const rows = store
    .prepare(
      `SELECT export_id AS exportId, max(ended_at) AS at FROM export_run
       WHERE export_id IN (SELECT value FROM json_each(?)) AND kind = 'export' AND parent_run_id IS NULL
         AND state IN ('successful', 'completedWithWarnings') AND ended_at IS NOT NULL GROUP BY export_id`,
    )
    .all(JSON.stringify(exportIds)) as { exportId: string; at: number }[];
  return new Map(rows.map(({ exportId, at }) => [exportId, at]));
}

export function countRunsOf(store: Store, exportId: string): number {
  const row = store.prepare('SELECT count(*) AS n FROM export_run WHERE export_id = ?').get(exportId);
  return (row as { n: number }).n;
}

/** The run that a short id stands for (see main/segments/rejected-rows-mark.ts), if it stands for one alone. */
export function findRunByShortId(store: Store, shortId: string): RunRecord | undefined {
  const rows = store.prepare(`SELECT ${columns} FROM export_run WHERE substr(run_id, 1, 8) = ? LIMIT 2`).all(shortId);
  const [row, other] = rows as Row[];
  return row === undefined || other !== undefined ? undefined : toRecord(row);
}

/** The newest run of each export that ever ran. Runs over mended rows aside: they belong to the run that rejected them. */
export function newestRunsOf(store: Store, exportIds: readonly string[]): RunRecord[] {
  const rows = store
    .prepare(
      `SELECT ${columns} FROM export_run WHERE run_id IN (
         SELECT run_id FROM (
           SELECT run_id, row_number() OVER (PARTITION BY export_id ORDER BY started_at DESC, run_id) AS place
           FROM export_run WHERE parent_run_id IS NULL AND export_id IN (SELECT value FROM json_each(?)))
         WHERE place = 1)`,
    )
    .all(JSON.stringify(exportIds));
  return (rows as Row[]).map(toRecord);
}

/** The same of one export; undefined when it never ran. */
export const newestRunOf = (store: Store, exportId: string): RunRecord | undefined =>
  newestRunsOf(store, [exportId])[0];

/** Whether a run of the export is queued, under way, or paused by somebody who means to go on with it. */
export function hasActiveRun(store: Store, exportId: string): boolean {
  const active = "state IN ('queued', 'running', 'pausing', 'paused', 'cancelling')";
  return (
    store.prepare(`SELECT 1 FROM export_run WHERE export_id = ? AND ${active} LIMIT 1`).get(exportId) !== undefined
  );
}

/** As {@link hasActiveRun}, or cancelled and still confirming what had been sent. */
export function hasUnendedRun(store: Store, exportId: string): boolean {
  const active = "(state IN ('queued', 'running', 'pausing', 'paused', 'cancelling') OR phase <> 'ended')";
  return (
    store.prepare(`SELECT 1 FROM export_run WHERE export_id = ? AND ${active} LIMIT 1`).get(exportId) !== undefined
  );
}

/** The runs that could still be continued: their folders are kept. */
export function unfinishedRuns(store: Store): Set<string> {
  const rows = store
    .prepare("SELECT run_id AS runId FROM export_run WHERE state NOT IN ('successful', 'completedWithWarnings')")
    .all() as { runId: string }[];
  return new Set(rows.map((row) => row.runId));
}

/** How many runs stopped that could still be continued, as far as their folders are concerned. */
export function continuableRuns(store: Store): number {
  const row = store
    .prepare(
      `SELECT count(*) AS n FROM export_run r LEFT JOIN run_account a USING (run_id)
       WHERE r.state IN ('paused', 'cancelled', 'interrupted', 'failed') AND a.folder_removed_at IS NULL`,
    )
    .get();
  return (row as { n: number }).n;
}

export type NewRun = Pick<
  RunRecord,
  | 'runId'
  | 'exportId'
  | 'connectionId'
  | 'connectionName'
  | 'accountId'
  | 'exportName'
  | 'listId'
  | 'listName'
  | 'startedAt'
  | 'startedBy'
> &
  Partial<
    Pick<RunRecord, 'startedVia' | 'parentRunId' | 'mode' | 'leaverLimitPercent' | 'acceptedGuards' | 'onlyEmail'>
  > & {
    readonly source: readonly RunSegment[];
  };

/** People of a run's plan turned out to stay on the list: they are no leavers any more. */
export function fewerLeavers(store: Store, runId: string, people: number): void {
  expectOne(
    store.prepare('UPDATE export_run SET leavers = leavers - ? WHERE run_id = ?').run(people, runId),
    'fewerLeavers',
  );
}

/** Puts a run that stopped into the queue again. False when it is not in one of `from`, the states it may be continued from. */
export function requeueRun(store: Store, runId: string, from: readonly RunState[]): boolean {
  return store.transaction(() => {
    const moved = moveRun(store, runId, from, 'queued');
    if (moved) setRunPhase(store, runId, 'preparing');
    return moved;
  })();
}

/**
 * A new run stands in the queue; its destination has a number from now on. Where it is part of a transaction, that one has to
 * begin as `immediate`: what reads first and writes then fails at once when the other thread writes in between.
 */
export function insertRun(store: Store, run: NewRun): void {
  const usual = {
    startedVia: 'window',
    parentRunId: null,
    mode: 'add-and-update',
    leaverLimitPercent: 20,
    onlyEmail: null,
  };
  store
    .transaction(() => {
      numberDestination(store, run);
      store
        .prepare(
          `INSERT INTO export_run (run_id, export_id, connection_id, connection_name, account_id, export_name, list_id,
           list_name, state, phase, source, started_at, started_by, started_via, parent_run_id, mode, leaver_limit_percent,
           accepted_guards, only_email)
         VALUES (@runId, @exportId, @connectionId, @connectionName, @accountId, @exportName, @listId,
           @listName, 'queued', 'preparing', @source, @startedAt, @startedBy, @startedVia, @parentRunId, @mode, @leaverLimitPercent,
           @acceptedGuards, @onlyEmail)`,
        )
        .run({
          ...usual,
          ...run,
          source: JSON.stringify(run.source),
          acceptedGuards: JSON.stringify(run.acceptedGuards ?? {}),
        });
    })
    .immediate();
}

/**
 * Moves a run to `to` if it stands in one of `from`; says whether it did. The one way a state changes, so that two
 * parts of the app can never both move a run. `ended` writes the time and the error with it, in the same statement.
 */
export function moveRun(
  store: Store,
  runId: string,
  from: readonly RunState[],
  to: RunState,
  ended?: { readonly at: number; readonly error: WireError | null },
): boolean {
  const marks = from.map(() => '?').join(', ');
  const result = store
    .prepare(
      `UPDATE export_run SET state = ?, ended_at = ?, error_code = ?, error_params = ?
       WHERE run_id = ? AND state IN (${marks})`,
    )
    .run(
      to,
      ended?.at ?? null,
      ended?.error?.code ?? null,
      ended?.error ? JSON.stringify(ended.error.params) : null,
      runId,
      ...from,
    );
  return result.changes === 1;
}

export function setRunPhase(store: Store, runId: string, phase: RunRecord['phase']): void {
  expectOne(store.prepare('UPDATE export_run SET phase = ? WHERE run_id = ?').run(phase, runId), 'setRunPhase');
}

export interface PlanRecord {
  readonly rowsRead: number;
  readonly rejected: number;
  readonly duplicate: number;
  readonly heldBack: number;
  readonly unchanged: number;
  readonly unreadable: number;
  readonly toSend: number;
  readonly leavers: number;
  readonly clearing: number;
  readonly batches: readonly PlannedBatch[];
}

/** Keeps a finished plan: counts and batches at once, so that a crash before it leaves nothing and after it everything. */
export function savePlan(store: Store, runId: string, plan: PlanRecord, at: number): void {
  store.transaction(() => {
    insertBatches(store, runId, plan.batches);
    expectOne(
      store
        .prepare(
          `UPDATE export_run SET planned_at = ?, rows_read = ?, rejected = ?, duplicate = ?, held_back = ?, unchanged = ?,
             unreadable = ?, to_send = ?, leavers = ?, clearing = ?, batches = ? WHERE run_id = ? AND planned_at IS NULL`,
        )
        .run(
          at,
          plan.rowsRead,
          plan.rejected,
          plan.duplicate,
          plan.heldBack,
          plan.unchanged,
          plan.unreadable,
          plan.toSend,
          plan.leavers,
          plan.clearing,
          plan.batches.length,
          runId,
        ),
      'savePlan',
    );
  })();
}

/** Makes a run that was just put into the queue one that takes another back. */
export function markUndo(store: Store, runId: string, undoes: string): void {
  expectOne(
    store.prepare("UPDATE export_run SET kind = 'undo', undoes = ? WHERE run_id = ?").run(undoes, runId),
    'markUndo',
  );
}

/** People of an undo turn out to be gone: nothing is changed for them. */
export function countUnchanged(store: Store, runId: string, people: number): void {
  expectOne(
    store
      .prepare(
        'UPDATE export_run SET unchanged = unchanged + @people, to_send = to_send - @people WHERE run_id = @runId',
      )
      .run({ runId, people }),
    'countUnchanged',
  );
}

/** People of a plan turn out to be held back before they were sent. */
export function moreHeldBack(store: Store, runId: string, people: number): void {
  expectOne(
    store
      .prepare(
        'UPDATE export_run SET held_back = held_back + @people, to_send = to_send - @people WHERE run_id = @runId',
      )
      .run({ runId, people }),
    'moreHeldBack',
  );
}

/** Those of some runs after which no other one began, or is to begin, to change the same list. */
export function newestOnTheirLists(store: Store, runIds: readonly string[]): Set<string> {
  const ids = store
    .prepare(
      `SELECT r.run_id FROM export_run r WHERE r.run_id IN (SELECT value FROM json_each(?)) AND NOT EXISTS (
         SELECT 1 FROM export_run l WHERE l.account_id = r.account_id AND l.list_id = r.list_id AND l.run_id <> r.run_id
           AND l.rowid > r.rowid
           AND (l.planned_at IS NOT NULL OR l.state IN ('queued', 'running', 'cancelling')))`,
    )
    .pluck()
    .all(JSON.stringify(runIds)) as string[];
  return new Set(ids);
}

/** Once at start: whatever was under way when the app ended, ended with it. */
export function interruptActiveRuns(store: Store, at: number): void {
  store.transaction(() => {
    store
      .prepare(
        `UPDATE export_run
         SET state = CASE state WHEN 'cancelling' THEN 'cancelled' WHEN 'pausing' THEN 'paused' ELSE 'interrupted' END,
           ended_at = ?
         WHERE state IN ('queued', 'running', 'pausing', 'cancelling')`,
      )
      .run(at);
    store.prepare("UPDATE export_run SET phase = 'ended' WHERE phase <> 'ended'").run();
  })();
}

/** Rows that finished runs sent to an account in a millisecond, of the newest that sent a thousand or more; null without any. */
export function sendingRate(store: Store, accountId: string): number | null {
  const { rate } = store
    .prepare(
      `SELECT sum(to_send) * 1.0 / sum(ended_at - started_at) AS rate FROM (
         SELECT to_send, ended_at, started_at FROM export_run
         WHERE account_id = ? AND to_send >= 1000 AND ended_at > started_at
           AND state IN ('successful', 'completedWithWarnings')
         ORDER BY started_at DESC LIMIT 5)`,
    )
    .get(accountId) as { rate: number | null };
  return rate;
}

/** The newest run of an export to one list of one account that was planned for everybody, before any that is under way. */
export function newestPlannedRun(
  store: Store,
  { exportId, accountId, listId }: Pick<RunRecord, 'exportId' | 'accountId' | 'listId'>,
): RunRecord | undefined {
  const row = store
    .prepare(
      `SELECT ${columns} FROM export_run
       WHERE export_id = ? AND account_id = ? AND list_id = ? AND planned_at IS NOT NULL AND only_email IS NULL
         AND parent_run_id IS NULL AND kind = 'export'
       ORDER BY started_at DESC, run_id LIMIT 1`,
    )
    .get(exportId, accountId, listId) as Row | undefined;
  return row && toRecord(row);
}

/** The account that an export's newest planned run sent to, null when there is none. */
export function lastAccountOf(store: Store, exportId: string): string | null {
  const id = store
    .prepare(
      `SELECT account_id FROM export_run WHERE export_id = ? AND planned_at IS NOT NULL
       ORDER BY started_at DESC, run_id LIMIT 1`,
    )
    .pluck()
    .get(exportId);
  return (id as string | undefined) ?? null;
}
