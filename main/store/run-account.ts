import { expectOne, type Store } from './open-store.ts';

export type ReadBackState = 'none' | 'reading' | 'done' | 'failed';

/** What a run learned of its account, and what it did beside its imports. Times are epoch milliseconds. */
export interface RunAccount {
  /** Whether the list is read before sending and read back after it. */
  readonly readBack: boolean;
  /** When the opt-outs were read that the plan was made with; null when they are not known. */
  readonly optOutsReadAt: number | null;
  /** People on the list before anything was sent; null when it was not read. */
  readonly membersBefore: number | null;
  /** Set once the changes of memberships stand in the journal. */
  readonly changesPlannedAt: number | null;
  /** People to be taken off who were not on the list any more. */
  readonly alreadyGone: number;
  /** JSON: ids of the activities there were before the first change of memberships. */
  readonly activitiesBefore: string | null;
  /** Set once every row's outcome lies in the run's folder. */
  readonly outcomesAt: number | null;
  readonly readBackState: ReadBackState;
  readonly readBackAt: number | null;
  /** Code of the error that kept the list from being read back. */
  readonly readBackError: string | null;
  /** Where the people sent were found, by contact. */
  readonly onList: number;
  readonly optedOut: number;
  readonly refused: number;
  readonly missing: number;
  /** People whom the run sent and the read before it proved absent; null when the list was not read. */
  readonly newlyListed: number | null;
  /** Set when the run's folder went: it can be neither continued nor undone. */
  readonly folderRemovedAt: number | null;
  /** Set once the clearings stand in the journal. */
  readonly clearingPlannedAt: number | null;
  /** People whose clearing has ended: cleared; nothing was there any more; left as they are; refused. */
  readonly cleared: number;
  readonly clearBlank: number;
  readonly clearLeft: number;
  readonly clearRefused: number;
}

const columns = {
  readBack: 'read_back',
  optOutsReadAt: 'opt_outs_read_at',
  membersBefore: 'members_before',
  changesPlannedAt: 'changes_planned_at',
  alreadyGone: 'already_gone',
  activitiesBefore: 'activities_before',
  outcomesAt: 'outcomes_at',
  readBackState: 'read_back_state',
  readBackAt: 'read_back_at',
  readBackError: 'read_back_error',
  onList: 'on_list',
  optedOut: 'opted_out',
  refused: 'refused',
  missing: 'missing',
  newlyListed: 'newly_listed',
  folderRemovedAt: 'folder_removed_at',
  clearingPlannedAt: 'clearing_planned_at',
  cleared: 'cleared',
  clearBlank: 'clear_blank',
  clearLeft: 'clear_left',
  clearRefused: 'clear_refused',
} as const satisfies Record<keyof RunAccount, string>;

const nothing: RunAccount = {
  readBack: false,
  optOutsReadAt: null,
  membersBefore: null,
  changesPlannedAt: null,
  alreadyGone: 0,
  activitiesBefore: null,
  outcomesAt: null,
  readBackState: 'none',
  readBackAt: null,
  readBackError: null,
  onList: 0,
  optedOut: 0,
  refused: 0,
  missing: 0,
  newlyListed: null,
  folderRemovedAt: null,
  clearingPlannedAt: null,
  cleared: 0,
  clearBlank: 0,
  clearLeft: 0,
  clearRefused: 0,
};

const select = `SELECT run_id AS runId, ${Object.entries(columns)
  .map(([name, column]) => `${column} AS ${name}`)
  .join(', ')} FROM run_account`;

type Row = Omit<RunAccount, 'readBack'> & { readonly runId: string; readonly readBack: number };

const toRecord = ({ runId: _runId, readBack, ...rest }: Row): RunAccount => ({ ...rest, readBack: readBack === 1 });

/** A run of which nothing is noted has learned and done nothing. */
export function getRunAccount(store: Store, runId: string): RunAccount {
  const row = store.prepare(`${select} WHERE run_id = ?`).get(runId) as Row | undefined;
  return row === undefined ? nothing : toRecord(row);
}

/** The same of many runs, with one statement. */
export function getRunAccounts(store: Store, runIds: readonly string[]): Map<string, RunAccount> {
  const rows = store
    .prepare(`${select} WHERE run_id IN (SELECT value FROM json_each(?))`)
    .all(JSON.stringify(runIds)) as Row[];
  const found = new Map(rows.map((row) => [row.runId, toRecord(row)]));
  return new Map(runIds.map((runId) => [runId, found.get(runId) ?? nothing]));
}

/** Notes what changed. */
export function noteRunAccount(store: Store, runId: string, change: Partial<RunAccount>): void {
  const names = Object.keys(change) as (keyof RunAccount)[];
  const sets = names.map((name) => `${columns[name]} = @${name}`).join(', ');
  const values = Object.fromEntries(
    names.map((name) => {
      const value = change[name];
      return [name, typeof value === 'boolean' ? Number(value) : value];
    }),
  );
  store.transaction(() => {
    store.prepare('INSERT OR IGNORE INTO run_account (run_id) VALUES (?)').run(runId);
    if (sets === '') return;
    expectOne(
      store.prepare(`UPDATE run_account SET ${sets} WHERE run_id = @runId`).run({ ...values, runId }),
      'noteRunAccount',
    );
  })();
}

/** Once at start: what was being read back when the app ended was not read. */
export function endReadings(store: Store): void {
  store
    .prepare(
      "UPDATE run_account SET read_back_state = 'failed', read_back_error = 'cancelled' WHERE read_back_state = 'reading'",
    )
    .run();
}

/** Finished runs that ended at `since` or later and keep where their rows ended. */
export function runsWithOutcomes(store: Store, since: number): Set<string> {
  const ids = store
    .prepare(
      `SELECT r.run_id FROM export_run r JOIN run_account a USING (run_id)
       WHERE a.outcomes_at IS NOT NULL AND r.ended_at >= ? AND r.state IN ('successful', 'completedWithWarnings')`,
    )
    .pluck()
    .all(since) as string[];
  return new Set(ids);
}

/** Runs that could still be continued, but ended before `before` and were never taken up again. */
export function forgottenRuns(store: Store, before: number): Set<string> {
  const ids = store
    .prepare(`SELECT run_id FROM export_run WHERE state IN ('cancelled', 'interrupted', 'failed') AND ended_at < ?`)
    .pluck()
    .all(before) as string[];
  return new Set(ids);
}

/** Notes that the run's folder is gone. */
export function noteFolderRemoved(store: Store, runId: string, at: number): void {
  noteRunAccount(store, runId, { folderRemovedAt: at, outcomesAt: null, newlyListed: null });
}
