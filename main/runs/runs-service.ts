import path from 'node:path';
import type { ActivityView, MendedView, RejectedRowView, RunView } from '../../preload/contract/views.ts';
import type { ConnectionAccess } from '../connections/connection-access.ts';
import { SegueError } from '../errors/segue-error.ts';
import type { Events } from '../events.ts';
import type { ExportsService } from '../exports/exports-service.ts';
import type { Ports } from '../ports.ts';
import { shortRunId } from '../segments/rejected-rows-mark.ts';
import type { SegmentsService } from '../segments/segments-service.ts';
import { type Batch, getBatches } from '../store/batches.ts';
import type { Store } from '../store/open-store.ts';
import type { PersonRecord } from '../store/persons.ts';
import { pageRejectedRows } from '../store/rejected-rows.ts';
import { retryDecisions, sentMended } from '../store/retried-rows.ts';
import {
  countRunsOf,
  getRun,
  getRunSource,
  hasActiveRun,
  hasUnendedRun,
  interruptActiveRuns,
  type RunRecord,
  requeueRun,
} from '../store/runs.ts';
import type { Words } from '../words.ts';
import { endToTell } from './end-to-tell.ts';
import { createMendedRuns } from './mended/mended-runs.ts';
import { createRunOutcomes } from './outcomes/outcomes-service.ts';
import { createRunPreparation, type RunWishes } from './prepare-run.ts';
import { writeRejectedRows } from './rejected-rows-file.ts';
import { createRetries } from './retries/retries-service.ts';
import { createRunQueue } from './run-queue.ts';
import { createRunSigns } from './run-signs.ts';
import { isActive } from './run-states.ts';
import { lastRunViews, runViewOf, runViews } from './run-view.ts';

/** Runs shown in the history of all exports: far more than anybody scrolls, and few enough to be read at once. */
const historyLength = 200;

/** Starting, cancelling and continuing runs, and what can be looked up of them. */
export function createRunsService(parts: {
  readonly ports: Ports;
  readonly store: Store;
  readonly storeFile: string;
  readonly access: ConnectionAccess;
  readonly segments: SegmentsService;
  readonly exports: () => ExportsService;
  readonly events: Events;
  readonly words: () => Words;
  readonly profileKey: () => Promise<Buffer>;
  readonly logSurprise: (error: unknown) => void;
}) {
  const { ports, store, access, segments, words } = parts;
  const runsFolder = path.join(ports.paths.userData, 'runs');
  const queue = createRunQueue({
    ports,
    store,
    storeFile: parts.storeFile,
    runsFolder,
    access,
    profileKey: parts.profileKey,
    events: parts.events,
    ended: () => parts.exports().changed(),
    changed: createRunSigns(ports.desktop, words).show,
    settled: (run) => {
      const notification = endToTell(run, words());
      if (notification !== null && !ports.desktop.isInFront()) ports.desktop.notify(notification);
    },
    logSurprise: parts.logSurprise,
  });
  const mended = createMendedRuns({ ports, store, access, segments, runsFolder });
  /** Exports whose run is being prepared: not in the database yet, and not to be started a second time. */
  const starting = new Set<string>();

  function requireRun(runId: string): RunRecord {
    const record = getRun(store, runId);
    if (record === undefined) throw new SegueError('run.not-found');
    return record;
  }

  /** Does `start` unless a run of the export is on its way. Throws `export.already-running`. */
  async function alone<T>(exportId: string, name: string, start: () => Promise<T>): Promise<T> {
    if (starting.has(exportId) || hasActiveRun(store, exportId))
      throw new SegueError('export.already-running', { name });
    starting.add(exportId);
    try {
      return await start();
    } finally {
      starting.delete(exportId);
    }
  }

  /** Throws `export.not-found`, `export.no-connection` for a run whose export was removed or detached since. */
  function requireAttached({ exportId, exportName }: RunRecord): void {
    const { connectionId } = parts.exports().get(exportId);
    if (connectionId === null) throw new SegueError('export.no-connection', { name: exportName });
  }

  const retries = createRetries(ports, store);
  const outcomes = createRunOutcomes({
    ports,
    store,
    runsFolder,
    queue,
    words,
    told: (view) => parts.events.publish('run.changed', view),
    logSurprise: parts.logSurprise,
  });
  const prepare = createRunPreparation({ ports, store, access, segments, exports: parts.exports, runsFolder });

  return {
    history: (): RunView[] => runViews(store, { limit: historyLength }, queue.live),
    /** The newest runs of one export, and how many it has had. */
    ofExport: (exportId: string, limit: number): { runs: RunView[]; total: number } => ({
      runs: runViews(store, { limit, exportId }, queue.live),
      total: countRunsOf(store, exportId),
    }),
    /** The newest run of each of some exports, by the export's id. */
    lastRuns: (exportIds: readonly string[]): ReadonlyMap<string, RunView> =>
      lastRunViews(store, exportIds, queue.live),
    thread: queue.thread,
    hasActive: queue.isBusy,
    /** Whether a run of the export is prepared, queued, under way, paused or still confirmed. */
    isUnderWay: (exportId: string): boolean => starting.has(exportId) || hasUnendedRun(store, exportId),
    /** Whether nothing is prepared, sent, confirmed or read back. */
    isIdle: (): boolean => starting.size === 0 && queue.isIdle(),
    endAll: queue.endAll,
    /**
     * Starts a run of an export as it is saved now. Its segments' stages are frozen first: a file that is read anew does
     * not change what this run sends. A `patient` run waits for the person when its sign-in ends.
     *
     * Throws what preparing a run does (see main/runs/prepare-run.ts), and `export.already-running`.
     */
    async start(exportId: string, { patient, ...wishes }: RunWishes & { readonly patient: boolean }): Promise<RunView> {
      const definition = parts.exports().get(exportId);
      return alone(exportId, definition.name, async () => queue.add(await prepare(definition, wishes), patient));
    },
    cancel(runId: string): void {
      requireRun(runId);
      queue.cancel(runId);
    },
    /** Lets a run rest after the batch under way. Throws `run.not-found`. */
    pause(runId: string): void {
      requireRun(runId);
      queue.pause(runId);
    },
    /** Takes a paused run up again; `patient` as in {@link start}. Throws `run.cannot-continue`. */
    resume(runId: string, patient: boolean): RunView {
      const record = requireRun(runId);
      requireAttached(record);
      if (!runViewOf(store, runId, null).canContinue || !requeueRun(store, runId, ['paused']))
        throw new SegueError('run.cannot-continue', { name: record.exportName });
      return queue.add(runId, patient);
    },
    /**
     * Takes a run up again where it stopped; `patient` as in {@link start}. Throws `run.cannot-continue`,
     * `export.already-running` while another run of its export is on its way, and `export.no-connection` or
     * `export.not-found` where the export was detached or removed since.
     */
    continue(runId: string, patient: boolean): RunView {
      queue.writeEnds();
      if (queue.live(runId)?.end !== undefined) throw new SegueError('disk.full');
      const record = requireRun(runId);
      const { exportId, exportName } = record;
      requireAttached(record);
      // A newer one may not be planned yet, but will be by the time that this one has its turn.
      if (record.state !== 'paused' && (starting.has(exportId) || hasActiveRun(store, exportId))) {
        throw new SegueError('export.already-running', { name: exportName });
      }
      if (!runViewOf(store, runId, null).canContinue || !requeueRun(store, runId, [record.state])) {
        throw new SegueError('run.cannot-continue', { name: record.exportName });
      }
      return queue.add(runId, patient);
    },
    activities(runId: string): ActivityView[] {
      const { state } = requireRun(runId);
      const active = isActive(state);
      return [
        ...getBatches(store, runId).map((batch) => activityOf(batch, active)),
        ...outcomes.changes(runId, active),
      ];
    },
    rejectedRows(runId: string, afterRowId: number, limit: number): RejectedRowView[] {
      requireRun(runId);
      const source = getRunSource(store, runId);
      const rows = pageRejectedRows(store, runId, afterRowId, limit);
      const last = rows.at(-1)?.rowId ?? afterRowId;
      const decisions = new Map(
        retryDecisions(store, runId, afterRowId, last).map(({ rowId, email }) => [rowId, email]),
      );
      const sent = sentMended(store, runId, afterRowId, last);
      const stateOf = (rowId: number): RejectedRowView['retry'] => {
        if (sent.has(rowId)) return 'sent';
        const email = decisions.get(rowId);
        if (email === undefined) return 'waiting';
        return email === null ? 'dismissed' : 'mended';
      };
      return rows.map((row) => ({
        retry: stateOf(row.rowId),
        mendedTo: decisions.get(row.rowId) ?? null,
        rowId: row.rowId,
        segmentName: source[row.segment]?.name ?? '',
        rowNumber: row.rowNumber,
        cells: JSON.parse(row.cells) as (string | null)[],
        reason: row.reason,
      }));
    },
    async saveRejectedRows(runId: string): Promise<{ savedTo: string | null; rows: number }> {
      const record = requireRun(runId);
      const { say } = words();
      const file = await ports.desktop.chooseWhereToSave({
        defaultFolder: ports.settings.get().lastFolder,
        fileName: `${say('rejectedRows.fileName', { name: record.exportName }).replace(/[/\\:*?"<>|]+/g, ' ')}.csv`,
      });
      if (file === null) return { savedTo: null, rows: 0 };
      const rows = await writeRejectedRows(store, runId, getRunSource(store, runId), file, {
        reasonHeading: say('rejectedRows.reasonHeading', { run: shortRunId(record.parentRunId ?? runId) }),
        segmentHeading: say('rejectedRows.segmentHeading'),
        reason: (code) => say(`rejection.${code}`),
      });
      return { savedTo: path.basename(file), rows };
    },
    mendRow(runId: string, rowId: number, email: string | null, person: PersonRecord): 'kept' | 'wrong' {
      requireRun(runId);
      const answer = retries.decide(runId, rowId, email, person);
      parts.events.publish('run.changed', runViewOf(store, runId, queue.live(runId)));
      return answer;
    },
    unmendRow(runId: string, rowId: number): void {
      requireRun(runId);
      retries.forget(runId, rowId);
      parts.events.publish('run.changed', runViewOf(store, runId, queue.live(runId)));
    },
    rows: outcomes.rows,
    saveRows: outcomes.saveRows,
    readBack: outcomes.readBack,
    /** Takes back what a run did to its list, by a run of its own. Throws `run.cannot-undo`, `export.already-running`. */
    async undo(runId: string, options: { person: PersonRecord; patient: boolean }): Promise<RunView> {
      const { exportId, exportName } = requireRun(runId);
      return alone(exportId, exportName, () => outcomes.undo(runId, options));
    },
    /** What sending a file of mended rows would do; the segment must hold rejected rows of this very run. */
    checkMended: (runId: string, segmentId: string): Promise<MendedView> => mended.check(runId, segmentId),
    /** Sends what is right of it by now, as a run of its own that belongs to this one. Throws `export.already-running` too. */
    async sendMended(
      runId: string,
      segmentId: string,
      { person, patient }: { person: PersonRecord; patient: boolean },
    ): Promise<RunView> {
      const record = requireRun(runId);
      const { exportId, exportName } = record;
      requireAttached(record);
      return alone(exportId, exportName, async () =>
        queue.add(await mended.prepare(runId, segmentId, person), patient),
      );
    },
    /** Once at start: runs that were under way when the app ended are offered to be continued. */
    async recover(): Promise<void> {
      interruptActiveRuns(store, ports.now());
      outcomes.endReadings();
      await outcomes.tidy();
    },
    setMemory: queue.setMemory,
    /** Folders go that were kept for long enough, unless something is done in one just now. */
    async tidy(): Promise<void> {
      if (starting.size === 0 && queue.isIdle()) await outcomes.tidy();
    },
    /** The rows of every finished run go at once, and with them its undo. Throws `kept.run-under-way`. */
    async forgetFinishedRows(): Promise<void> {
      if (starting.size > 0 || !queue.isIdle()) throw new SegueError('kept.run-under-way');
      await outcomes.forgetFinished();
    },
    stop: queue.stop,
  };
}

function activityOf(batch: Batch, active: boolean): ActivityView {
  const state = ((): ActivityView['state'] => {
    if (batch.state === 'planned') return active ? 'planned' : 'not-sent';
    if (batch.state === 'posting') return active ? 'posting' : 'unknown';
    return batch.state;
  })();
  return {
    activityId: batch.activityId,
    kind: 'import',
    batchNumber: batch.batchNumber,
    sourceFileName: batch.fileName,
    rows: batch.rows,
    bytes: batch.bytes,
    state,
    personCount: batch.personCount,
    errorCount: batch.errorCount,
    correctableCount: batch.correctableCount,
    cannotAddToListCount: batch.cannotAddToListCount,
  };
}

export type RunsService = ReturnType<typeof createRunsService>;
