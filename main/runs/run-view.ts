import type { ErrorCode } from '../../preload/contract/error-codes.ts';
import type { RunView } from '../../preload/contract/views.ts';
import { SegueError } from '../errors/segue-error.ts';
import { attachedRuns } from '../store/attached-runs.ts';
import { type BatchGroup, groupBatches } from '../store/batches.ts';
import { groupMembershipBatches, type MembershipGroup } from '../store/membership-batches.ts';
import { countSentLater } from '../store/mended-rows.ts';
import type { Store } from '../store/open-store.ts';
import { overtakenRuns } from '../store/overtaken-runs.ts';
import { countDecisions } from '../store/retried-rows.ts';
import { getRunAccount, getRunAccounts, type RunAccount } from '../store/run-account.ts';
import { getRunTasks } from '../store/run-tasks.ts';
import { getRun, listRuns, newestOnTheirLists, newestRunsOf, type RunRecord } from '../store/runs.ts';
import { balanceOf, sumBatches } from './balance.ts';
import { sentGroups } from './balance-of-run.ts';
import { runAccountView } from './run-account-view.ts';
import type { RunProgress } from './run-progress.ts';
import { isActive } from './run-states.ts';
import type { AttemptEnd } from './unwritten-ends.ts';

/** What is known of a run beside the database. */
export interface LiveRun {
  /** What the run thread told last, null for a run at rest. */
  readonly progress: RunProgress | null;
  /** What holds the run up before its thread can say so: the pace and the day's quota. */
  readonly heldUp: RunView['waiting'];
  /** How it ended, where the database does not say so yet because the disk is full. */
  readonly end?: AttemptEnd;
}

/** A run as the window and the command line see it. Throws `run.not-found`. */
export function runViewOf(store: Store, runId: string, live: LiveRun | null): RunView {
  // One look at everything: the run thread may write a whole plan between two.
  const { record, known } = store.transaction(() => ({
    record: getRun(store, runId),
    known: knownOf(store, [runId]),
  }))();
  if (record === undefined) throw new SegueError('run.not-found');
  return viewOf(record, known(runId), live);
}

/** The newest runs, of one export or of all, newest first, with a few statements however many there are. */
export function runViews(
  store: Store,
  { limit, exportId = null }: { readonly limit: number; readonly exportId?: string | null },
  live: (runId: string) => LiveRun | null,
): RunView[] {
  return viewsOf(store, () => listRuns(store, limit, exportId), live);
}

/** The newest run of each of some exports, by the export's id; runs over mended rows aside. A few statements. */
export function lastRunViews(
  store: Store,
  exportIds: readonly string[],
  live: (runId: string) => LiveRun | null,
): Map<string, RunView> {
  const views = viewsOf(store, () => newestRunsOf(store, exportIds), live);
  return new Map(views.map((view) => [view.exportId, view]));
}

function viewsOf(store: Store, find: () => RunRecord[], live: (runId: string) => LiveRun | null): RunView[] {
  const { records, known } = store.transaction(() => {
    const records = find();
    const runIds = records.map(({ runId }) => runId);
    return { records, known: knownOf(store, runIds) };
  })();
  return records.map((record) => viewOf(record, known(record.runId), live(record.runId)));
}

/** What is known of a run beside its record. */
interface Known {
  readonly imports: readonly BatchGroup[];
  readonly changes: readonly MembershipGroup[];
  readonly account: RunAccount;
  readonly rejectedSentLater: number;
  readonly isNewestOnList: boolean;
  readonly isOvertaken: boolean;
  readonly isAttached: boolean;
  readonly tasks: RunView['tasks'];
  readonly decisions: { readonly mended: number; readonly dismissed: number };
}

function knownOf(store: Store, runIds: readonly string[]): (runId: string) => Known {
  const imports = groupBatches(store, runIds);
  const changes = groupMembershipBatches(store, runIds);
  const accounts = getRunAccounts(store, runIds);
  const sentLater = countSentLater(store, runIds);
  const newest = newestOnTheirLists(store, runIds);
  const overtaken = overtakenRuns(store, runIds);
  const attached = attachedRuns(store, runIds);
  const decisions = countDecisions(store, runIds);
  const tasks = getRunTasks(store, runIds);
  return (runId) => ({
    imports: imports.get(runId) ?? [],
    changes: changes.get(runId) ?? [],
    account: accounts.get(runId) ?? getRunAccount(store, runId),
    rejectedSentLater: sentLater.get(runId) ?? 0,
    isNewestOnList: newest.has(runId),
    isOvertaken: overtaken.has(runId),
    isAttached: attached.has(runId),
    tasks: [...(tasks.get(runId) ?? [])],
    decisions: decisions.get(runId) ?? { mended: 0, dismissed: 0 },
  });
}

function viewOf(written: RunRecord, known: Known, live: LiveRun | null): RunView {
  const record = withEnd(written, live?.end);
  const groups = sentGroups(record, known.imports, known.changes);
  const resting = record.phase === 'ended' || record.kind === 'undo' || !live?.progress;
  const progress = resting ? restingProgress(record, groups) : live.progress;
  const { waiting: _waiting, sums: _sums, ...counts } = progress;
  const waiting = live?.heldUp ?? live?.progress?.waiting ?? null;
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
    startedVia: record.startedVia,
    skipped: isSkipped(record),
    tasks: [{ task: 'planning', beganAt: record.startedAt }, ...known.tasks],
    parentRunId: record.parentRunId,
    rejectedSentLater: known.rejectedSentLater,
    kind: record.kind,
    undoes: record.undoes,
    account: runAccountView(record, known.account, known.changes, known.isNewestOnList, known.decisions),
    balance: balanceOf(record, sumBatches(groups)),
    progress: { ...counts, phase: record.phase },
    waiting: isActive(record.state) ? waiting : null,
    canContinue:
      mayContinue(record) && known.account.folderRemovedAt === null && !known.isOvertaken && known.isAttached,
    error: record.error,
  };
}

/** The record as it would be, had the disk had room for it. */
function withEnd(record: RunRecord, end: AttemptEnd | undefined): RunRecord {
  if (end === undefined || !isActive(record.state)) return record;
  return { ...record, state: 'interrupted', phase: 'ended', endedAt: end.at, error: end.error };
}

/** Whether taking the run up again could bring it further. */
export function mayContinue(record: RunRecord): boolean {
  const stopped = ['paused', 'cancelled', 'interrupted', 'failed'].includes(record.state);
  return stopped && record.phase === 'ended' && !(record.error !== null && asksAnew.has(record.error.code));
}

/** What a guard asked: the answer comes with a new run. */
export const asksAnew: ReadonlySet<ErrorCode> = new Set([
  'export.nothing-to-send',
  'plan.person-not-found',
  'plan.too-many-leavers',
  'plan.too-many-clearings',
  'plan.unreadable-lines',
]);

/** Whether a scheduled run sent nothing because a person has to be asked first, and nobody was there. */
const isSkipped = ({ startedVia, state, error }: RunRecord): boolean =>
  startedVia === 'schedule' && state === 'failed' && error !== null && asksAnew.has(error.code);

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
