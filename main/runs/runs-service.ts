import { randomUUID } from 'node:crypto';
import { copyFile, link, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { ActivityView, RejectedRowView, RunView } from '../../preload/contract/views.ts';
import { type ConnectionAccess, userAgentOf } from '../connections/connection-access.ts';
import { fetchAccountSummary } from '../constant-contact/account.ts';
import { fetchList } from '../constant-contact/lists.ts';
import { SegueError, toWireError } from '../errors/segue-error.ts';
import type { Events } from '../events.ts';
import type { ExportsService } from '../exports/exports-service.ts';
import type { Ports } from '../ports.ts';
import { type SegmentsService, segmentMemoryMb } from '../segments/segments-service.ts';
import { type Batch, getBatches } from '../store/batches.ts';
import { getMailPermission } from '../store/connections.ts';
import type { Store } from '../store/open-store.ts';
import type { PersonRecord } from '../store/persons.ts';
import { pageRejectedRows } from '../store/rejected-rows.ts';
import {
  getRun,
  insertRun,
  interruptActiveRuns,
  listRuns,
  moveRun,
  newestRunOf,
  type RunRecord,
  setRunPhase,
} from '../store/runs.ts';
import { createThreadHost } from '../threads/thread-host.ts';
import type { Words } from '../words.ts';
import { writeRejectedRows } from './rejected-rows-file.ts';
import { fullSpeed, realPace } from './run-pace.ts';
import type { RunProgress } from './run-progress.ts';
import type { MainCalls, RunThreadCalls, RunThreadData } from './run-protocol.ts';
import { isActive } from './run-states.ts';
import { runViewOf } from './run-view.ts';

/** Runs shown in the history: far more than anybody scrolls, and few enough to be read at once. */
const historyLength = 200;

/** Starting, following, cancelling and continuing runs. One run goes on at a time; the others stand in the queue. */
export function createRunsService(parts: {
  readonly ports: Ports;
  readonly store: Store;
  readonly storeFile: string;
  readonly access: ConnectionAccess;
  readonly segments: SegmentsService;
  readonly exports: () => ExportsService;
  readonly events: Events;
  readonly words: () => Words;
  readonly logSurprise: (error: unknown) => void;
}) {
  const { ports, store, access, segments, events, words } = parts;
  const runsFolder = path.join(ports.paths.userData, 'runs');
  /** What the run thread told last of runs that are active or being settled. */
  const live = new Map<string, RunProgress>();
  const queue: string[] = [];
  let current: { runId: string; done: Promise<void> } | null = null;
  let allowSleep: (() => void) | null = null;
  let stopping = false;

  const data: RunThreadData = {
    storeFile: parts.storeFile,
    runsFolder,
    tempFolder: ports.paths.temp,
    memoryLimitMb: segmentMemoryMb,
    userAgent: userAgentOf(ports.appVersion),
  };
  const handlers: MainCalls = {
    permit: async ({ connectionId, purpose }, signal) =>
      (await access.access(connectionId)).gate.permit({ purpose, signal }),
    unauthorized: async ({ connectionId, usedToken }) =>
      (await access.access(connectionId)).gate.onUnauthorized(usedToken),
    limited: ({ connectionId, kind, retryAfterMs }) => {
      void access.access(connectionId).then(({ gate }) => gate.onLimited(kind, retryAfterMs));
    },
    progress: ({ runId, progress }) => {
      live.set(runId, progress);
      publish(runId);
    },
  };
  const thread = createThreadHost<RunThreadCalls>({
    entry: ports.threads.runs,
    data,
    handlers,
    onSurprise: parts.logSurprise,
  });

  function publish(runId: string): void {
    const view = runViewOf(store, runId, live.get(runId) ?? null);
    events.publish('run.changed', view);
    const { rowsToSend, rowsSettled } = view.progress;
    ports.desktop.showProgress(isActive(view.state) && rowsToSend > 0 ? rowsSettled / rowsToSend : null);
  }

  function startNext(): void {
    if (current !== null || stopping) return;
    const runId = queue.shift();
    if (runId === undefined) return;
    allowSleep ??= ports.desktop.preventSleep();
    const done = execute(runId).finally(() => {
      current = null;
      live.delete(runId);
      publish(runId);
      parts.exports().changed();
      if (queue.length > 0) return startNext();
      allowSleep?.();
      allowSleep = null;
    });
    current = { runId, done };
  }

  async function execute(runId: string): Promise<void> {
    try {
      const record = requireRun(runId);
      const { record: connection, addresses, client } = await access.access(record.connectionId);
      const account = await fetchAccountSummary(client, { purpose: 'run' });
      if (account.accountId !== record.accountId) {
        throw new SegueError('connection.other-account', {
          name: connection.displayName,
          account: account.organizationName,
        });
      }
      const unpaced = access.isUnpaced(connection.kind);
      await thread.rpc().call('execute', {
        runId,
        connectionId: record.connectionId,
        apiUrl: addresses.apiUrl,
        pace: unpaced ? fullSpeed : realPace,
      });
    } catch (thrown) {
      // The thread writes the ends it knows of; this is for what came before it, and for its own death.
      const error = toWireError(thrown);
      if (error.code === 'unexpected') parts.logSurprise(thrown);
      moveRun(store, runId, ['queued', 'running', 'cancelling'], 'interrupted', { at: ports.now(), error });
      setRunPhase(store, runId, 'ended');
    }
  }

  function requireRun(runId: string): RunRecord {
    const record = getRun(store, runId);
    if (record === undefined) throw new SegueError('run.not-found');
    return record;
  }

  function enqueue(runId: string): RunView {
    queue.push(runId);
    const view = runViewOf(store, runId, null);
    events.publish('run.changed', view);
    startNext();
    return view;
  }

  return {
    history: (): RunView[] =>
      listRuns(store, historyLength).map(({ runId }) => runViewOf(store, runId, live.get(runId) ?? null)),
    lastRunOf(exportId: string): RunView | null {
      const record = newestRunOf(store, exportId);
      return record === undefined ? null : runViewOf(store, record.runId, live.get(record.runId) ?? null);
    },
    hasActive: (): boolean => current !== null || queue.length > 0,
    /**
     * Starts a run of an export as it is saved now. Its segments' stages are frozen first: a file that is read anew does
     * not change what this run sends.
     *
     * Throws `export.no-list`, `export.no-segment`, `export.email-not-matched`, `export.permission-missing`,
     * `export.already-running`, `list.not-found`, `connection.*`, `segment.*`.
     */
    async start(exportId: string, agreedToMail: boolean, person: PersonRecord): Promise<RunView> {
      const definition = parts.exports().get(exportId);
      const { connectionId, listId } = definition;
      if (connectionId === null) throw new SegueError('connection.not-found', { name: '' });
      if (listId === null) throw new SegueError('export.no-list', { name: definition.name });
      if (definition.segments.length === 0) throw new SegueError('export.no-segment', { name: definition.name });
      if (listRuns(store, historyLength).some((run) => run.exportId === exportId && isActive(run.state))) {
        throw new SegueError('export.already-running', { name: definition.name });
      }
      const sources = definition.segments.map(({ segmentId, fieldMap }) => {
        const segment = segments.require(segmentId);
        if (!fieldMap.some((match) => match.field === 'email')) {
          throw new SegueError('export.email-not-matched', { segment: segment.record.name });
        }
        return { ...segment, fieldMap };
      });
      const { record: connection, client } = await access.access(connectionId);
      if (!agreedToMail && getMailPermission(store, connectionId, listId) === undefined) {
        throw new SegueError('export.permission-missing', { list: definition.listName ?? '' });
      }
      const list = await fetchList(client, listId).catch((error: unknown) => {
        const gone = error instanceof SegueError && error.code === 'list.not-found';
        throw gone ? new SegueError('list.not-found', { list: definition.listName ?? listId }) : error;
      });
      if (agreedToMail) parts.exports().agreeToMail(definition, person);
      const runId = randomUUID();
      const runFolder = path.join(runsFolder, runId);
      await mkdir(runFolder, { recursive: true });
      try {
        const source = await Promise.all(
          sources.map(async ({ record, summary, stageFile, fieldMap }, position) => {
            const stageFileName = `stage-${position}.parquet`;
            await freeze(stageFile, path.join(runFolder, stageFileName));
            return {
              segmentId: record.segmentId,
              name: record.name,
              stageFileName,
              headings: summary.columns.map((column) => column.heading),
              fieldMap: fieldMap.map(({ field, columnIndex }) => ({ field, columnIndex })),
              unreadableCount: summary.unreadableCount,
            };
          }),
        );
        insertRun(store, {
          runId,
          exportId,
          connectionId,
          connectionName: connection.displayName,
          accountId: connection.accountId,
          exportName: definition.name,
          listId,
          listName: list.name,
          source,
          startedAt: ports.now(),
          startedBy: person.displayName,
        });
      } catch (error) {
        await rm(runFolder, { recursive: true, force: true });
        throw error;
      }
      return enqueue(runId);
    },
    cancel(runId: string): void {
      requireRun(runId);
      const waiting = queue.indexOf(runId);
      if (waiting >= 0) {
        queue.splice(waiting, 1);
        moveRun(store, runId, ['queued'], 'cancelled', { at: ports.now(), error: null });
        setRunPhase(store, runId, 'ended');
        publish(runId);
      } else if (current?.runId === runId) {
        thread.rpc().tell('cancel', { runId });
      }
    },
    /** Takes a run up again where it stopped. Throws `run.cannot-continue`. */
    continue(runId: string): RunView {
      const record = requireRun(runId);
      const view = runViewOf(store, runId, live.get(runId) ?? null);
      if (!view.canContinue || !moveRun(store, runId, [record.state], 'queued')) {
        throw new SegueError('run.cannot-continue', { name: record.exportName });
      }
      return enqueue(runId);
    },
    activities(runId: string): ActivityView[] {
      const { state } = requireRun(runId);
      return getBatches(store, runId).map((batch) => activityOf(batch, isActive(state)));
    },
    rejectedRows(runId: string, afterRowId: number, limit: number): RejectedRowView[] {
      const { source } = requireRun(runId);
      return pageRejectedRows(store, runId, afterRowId, limit).map((row) => ({
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
      const rows = await writeRejectedRows(store, runId, record.source, file, {
        reasonHeading: say('rejectedRows.reasonHeading'),
        segmentHeading: say('rejectedRows.segmentHeading'),
        reason: (code) => say(`rejection.${code}`),
      });
      return { savedTo: path.basename(file), rows };
    },
    /** Once at start: runs that were under way when the app ended are offered to be continued. */
    async recover(): Promise<void> {
      interruptActiveRuns(store, ports.now());
      const unfinished = new Set(
        listRuns(store, Number.MAX_SAFE_INTEGER)
          .filter((run) => run.state !== 'successful' && run.state !== 'completedWithWarnings')
          .map((run) => run.runId),
      );
      for (const name of await readdir(runsFolder).catch(() => [])) {
        if (!unfinished.has(name)) await rm(path.join(runsFolder, name), { recursive: true, force: true });
      }
    },
    async stop(limitMs: number): Promise<void> {
      stopping = true;
      await thread.stop(limitMs);
      await current?.done.catch(() => undefined);
      allowSleep?.();
    },
  };
}

/** The same file under a second name costs nothing; across disks it is copied. */
async function freeze(stageFile: string, frozen: string): Promise<void> {
  await link(stageFile, frozen).catch(() => copyFile(stageFile, frozen));
}

function activityOf(batch: Batch, active: boolean): ActivityView {
  const state = ((): ActivityView['state'] => {
    if (batch.state === 'planned') return active ? 'planned' : 'not-sent';
    if (batch.state === 'posting') return active ? 'posting' : 'unknown';
    return batch.state;
  })();
  return {
    activityId: batch.activityId,
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
