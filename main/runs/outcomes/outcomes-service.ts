import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { ActivityView, RowFate, RowOutcome, RunRowView, RunView } from '../../../preload/contract/views.ts';
import { SegueError } from '../../errors/segue-error.ts';
import { rejectionReasons } from '../../exports/prepared-rows.ts';
import { keptSince } from '../../kept/keep-rules.ts';
import type { Ports } from '../../ports.ts';
import { getMembershipBatches } from '../../store/membership-batches.ts';
import type { Store } from '../../store/open-store.ts';
import type { PersonRecord } from '../../store/persons.ts';
import {
  endReadings,
  forgottenRuns,
  noteFolderRemoved,
  noteRunAccount,
  runsWithOutcomes,
} from '../../store/run-account.ts';
import { getRun, insertRun, markUndo, type RunRecord, unfinishedRuns } from '../../store/runs.ts';
import type { Words } from '../../words.ts';
import { tidyRunFolder } from '../account/run-files.ts';
import type { RunQueue } from '../run-queue.ts';
import { runViewOf } from '../run-view.ts';
import type { RowWords } from './row-calls.ts';

interface WhichRows {
  readonly runId: string;
  readonly outcome: RowOutcome | null;
  readonly fate: RowFate | null;
  readonly search: string;
}

/** What can be looked up of a run's rows, reading its list back, and undoing it. */
export function createRunOutcomes(parts: {
  readonly ports: Ports;
  readonly store: Store;
  readonly runsFolder: string;
  readonly queue: RunQueue;
  readonly words: () => Words;
  /** A run is shown otherwise now. */
  readonly told: (view: RunView) => void;
  readonly logSurprise: (error: unknown) => void;
}) {
  const { ports, store, runsFolder, queue, words } = parts;

  function requireRun(runId: string): RunRecord {
    const record = getRun(store, runId);
    if (record === undefined) throw new SegueError('run.not-found');
    return record;
  }

  /** A folder that cannot go now goes next time: it must not keep the app from starting. */
  async function removeFolder(runId: string): Promise<void> {
    await rm(path.join(runsFolder, runId), { recursive: true, force: true }).catch(parts.logSurprise);
    if (getRun(store, runId) === undefined) return;
    noteFolderRemoved(store, runId, ports.now());
    if (queue.live(runId) === null) parts.told(viewOf(runId));
  }

  const viewOf = (runId: string): RunView => runViewOf(store, runId, queue.live(runId));

  return {
    /** A page of rows. Throws `run.rows-gone` once they are no longer kept. */
    async rows(which: WhichRows, after: string, limit: number): Promise<{ rows: RunRowView[]; total: number }> {
      requireRun(which.runId);
      const page = await queue.pageRows({ ...which, after, limit });
      const rows = page.rows.map(({ ord, segment: _segment, ...row }) => ({ place: ord, ...row }));
      return {
        rows: rows.map((row) => ({ ...row, cells: row.cells === null ? null : [...row.cells] })),
        total: page.total,
      };
    },
    async saveRows(which: WhichRows): Promise<{ savedTo: string | null; rows: number }> {
      const record = requireRun(which.runId);
      const { say } = words();
      const what = which.outcome === null ? say('rows.all') : say(outcomeLabels[which.outcome]);
      const name = say('rows.fileName', { name: record.exportName, rows: what });
      const target = await ports.desktop.chooseWhereToSave({
        defaultFolder: ports.settings.get().lastFolder,
        fileName: `${name.replace(/[/\\:*?"<>|]+/g, ' ')}.csv`,
      });
      if (target === null) return { savedTo: null, rows: 0 };
      const { rows } = await queue.saveRows({ ...which, target, words: rowWords(words()) });
      return { savedTo: path.basename(target), rows };
    },
    /** Has the list of a run read back when its turn comes. Throws `run.cannot-read-back`. */
    readBack(runId: string): RunView {
      const { exportName } = requireRun(runId);
      if (!viewOf(runId).account.canReadBack) throw new SegueError('run.cannot-read-back', { name: exportName });
      noteRunAccount(store, runId, { readBackState: 'reading', readBackError: null });
      queue.readBack(runId);
      return viewOf(runId);
    },
    /** Puts a run into the queue that takes another one back. Throws `run.cannot-undo`. */
    async undo(
      runId: string,
      { person, patient }: { readonly person: PersonRecord; readonly patient: boolean },
    ): Promise<RunView> {
      const undone = requireRun(runId);
      if (viewOf(runId).account.undo === null) throw new SegueError('run.cannot-undo', { name: undone.exportName });
      const undoing = randomUUID();
      await mkdir(path.join(runsFolder, undoing), { recursive: true });
      const { exportId, connectionId, connectionName, accountId, exportName, listId, listName } = undone;
      store
        .transaction(() => {
          insertRun(store, {
            runId: undoing,
            exportId,
            connectionId,
            connectionName,
            accountId,
            exportName,
            listId,
            listName,
            source: [],
            startedAt: ports.now(),
            startedBy: person.displayName,
          });
          markUndo(store, undoing, runId);
        })
        .immediate();
      return queue.add(undoing, patient);
    },
    /** The changes of memberships of a run, as activities after its imports. */
    changes(runId: string, active: boolean): ActivityView[] {
      return getMembershipBatches(store, runId).map((batch) => ({
        activityId: batch.activityId,
        kind: batch.change,
        batchNumber: batch.batchNumber,
        sourceFileName: '',
        rows: batch.people,
        bytes: 0,
        state: stateOf(batch.state, active),
        personCount: batch.itemsCompleted,
        errorCount: null,
        correctableCount: null,
        cannotAddToListCount: null,
      }));
    },
    /** Once at start: what was being read back was not read. */
    endReadings: (): void => endReadings(store),
    /** Folders of finished runs go at once. */
    async forgetFinished(): Promise<void> {
      const unfinished = unfinishedRuns(store);
      for (const name of await readdir(runsFolder).catch(() => [])) {
        if (!unfinished.has(name)) await removeFolder(name);
      }
    },
    /**
     * Folders go whose time is over (rows and undo of a finished run, stages and plan of one that stopped), and those of
     * runs that are not in the database. Only while nothing is done in any.
     */
    async tidy(): Promise<void> {
      const before = keptSince(ports.settings.get().keep.rowsDays, ports.now()) ?? 0;
      const forgotten = forgottenRuns(store, before);
      const unfinished = unfinishedRuns(store);
      const finished = runsWithOutcomes(store, before);
      for (const name of await readdir(runsFolder).catch(() => [])) {
        // A process that ended between a run's last word and its tidying up leaves that to the next start.
        if (finished.has(name)) await tidyRunFolder(path.join(runsFolder, name)).catch(parts.logSurprise);
        if (finished.has(name) || (unfinished.has(name) && !forgotten.has(name))) continue;
        await removeFolder(name);
      }
    },
  };
}

export type RunOutcomes = ReturnType<typeof createRunOutcomes>;

function stateOf(
  state: ReturnType<typeof getMembershipBatches>[number]['state'],
  active: boolean,
): ActivityView['state'] {
  if (state === 'planned') return active ? 'planned' : 'not-sent';
  if (state === 'posting') return active ? 'posting' : 'unknown';
  return state;
}

const outcomeLabels = {
  accepted: 'balance.accepted',
  unchanged: 'balance.unchanged',
  duplicate: 'balance.duplicate',
  rejected: 'balance.rejected',
  heldBack: 'balance.held-back',
  refused: 'balance.refused',
  notSent: 'balance.not-sent',
  unknown: 'balance.unknown',
} as const satisfies Record<RowOutcome, string>;

/** Words of a saved file: the thread that writes it has no catalogue. */
function rowWords({ say }: Words): RowWords {
  return {
    headings: [
      say('rows.segment'),
      say('rows.row'),
      say('rows.address'),
      say('rows.outcome'),
      say('rows.reason'),
      say('rows.fate'),
    ],
    outcomes: Object.fromEntries(Object.entries(outcomeLabels).map(([outcome, label]) => [outcome, say(label)])),
    unsure: say('rows.unsure'),
    reasons: {
      ...Object.fromEntries(rejectionReasons.map((reason) => [reason, say(`rejection.${reason}`)])),
      'opted-out': say('rows.held.opted-out'),
      'never-mail': say('rows.held.never-mail'),
    },
    fates: {
      'on-list': say('fate.on-list'),
      'opted-out': say('fate.opted-out'),
      refused: say('fate.refused'),
      missing: say('fate.missing'),
    },
  };
}
