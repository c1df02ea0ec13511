import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ParsedInput } from '../../preload/contract/contract.ts';
import type { CheckView, SegmentView } from '../../preload/contract/views.ts';
import { SegueError, toWireError } from '../errors/segue-error.ts';
import type { Events } from '../events.ts';
import type { CheckedSegment } from '../exports/check.ts';
import type { Ports } from '../ports.ts';
import type { Store } from '../store/open-store.ts';
import type { PersonRecord } from '../store/persons.ts';
import {
  deleteSegment,
  exportsUsing,
  getSegment,
  insertSegment,
  listSegments,
  type SegmentRecord,
} from '../store/segments.ts';
import { createThreadHost } from '../threads/thread-host.ts';
import { segmentNameOf } from './segment-name.ts';
import type { SegmentMainCalls, SegmentThreadCalls, SegmentThreadData } from './segment-protocol.ts';
import { type SegmentSummary, segmentSummary } from './segment-record.ts';
import { stageTable } from './stage.ts';

/** DuckDB's share of memory for reading and checking, in MB; what does not fit is spilled to disk. */
export const segmentMemoryMb = 256;

/** Segments: files that were read once into an immutable stage, and are then known by name. */
export function createSegmentsService(
  ports: Ports,
  store: Store,
  events: Events,
  logSurprise: (error: unknown) => void,
) {
  const stagesFolder = path.join(ports.paths.userData, 'stages');
  /** Segments that are being read, or could not be: they have no row in the database. */
  const unfinished = new Map<string, { view: SegmentView; abort: AbortController }>();
  let newestCheck: AbortController | null = null;

  const data: SegmentThreadData = { tempFolder: ports.paths.temp, stagesFolder, memoryLimitMb: segmentMemoryMb };
  const handlers: SegmentMainCalls = {
    progress({ stageId, progress }) {
      const entry = unfinished.get(stageId);
      if (entry?.view.state === 'reading') show(entry, { progress });
    },
    surprised: ({ stack }) => logSurprise(new Error(stack)),
  };
  const thread = createThreadHost<SegmentThreadCalls>({
    entry: ports.threads.segments,
    data,
    handlers,
    onSurprise: logSurprise,
  });

  function show(entry: { view: SegmentView }, change: Partial<SegmentView>): void {
    entry.view = { ...entry.view, ...change };
    events.publish('segment.changed', entry.view);
  }

  function viewOf(record: SegmentRecord): SegmentView {
    const summary: SegmentSummary = segmentSummary.parse(JSON.parse(record.summary));
    return {
      segmentId: record.segmentId,
      name: record.name,
      fileName: record.fileName,
      fileBytes: record.fileBytes,
      state: existsSync(stageOf(record)) ? 'ready' : 'missing',
      progress: null,
      ...summary,
      readAt: record.readAt,
      error: null,
    };
  }

  const stageOf = (record: SegmentRecord) => stageTable(path.join(stagesFolder, record.stageFolder));

  async function read(segmentId: string, file: string, person: PersonRecord): Promise<void> {
    const entry = unfinished.get(segmentId);
    if (entry === undefined) return;
    const stageFolder = path.join(stagesFolder, segmentId);
    try {
      await mkdir(stagesFolder, { recursive: true });
      const summary = await thread
        .rpc()
        .call('stage', { stageId: segmentId, files: [file], stageFolder }, entry.abort.signal);
      const record: SegmentRecord = {
        segmentId,
        name: entry.view.name,
        filePath: file,
        fileName: entry.view.fileName,
        fileBytes: entry.view.fileBytes,
        stageFolder: segmentId,
        summary: JSON.stringify(summary),
        rowCount: summary.rowCount,
        readAt: ports.now(),
      };
      insertSegment(store, record, person.personId);
      unfinished.delete(segmentId);
      events.publish('segment.changed', viewOf(record));
    } catch (thrown) {
      await rm(stageFolder, { recursive: true, force: true }).catch(() => undefined);
      const error = toWireError(thrown);
      if (error.code === 'cancelled') {
        unfinished.delete(segmentId);
        events.publish('segment.removed', { segmentId });
        return;
      }
      show(entry, {
        state: 'failed',
        progress: null,
        error: { ...error, params: { file: entry.view.fileName, ...error.params } },
      });
    }
  }

  /**
   * Looks at a proposed path: only regular files are read, whoever proposed it, also at the end of a link
   * (electron-facts.md 2.1). Answers its size.
   */
  async function sizeOf(file: string): Promise<number> {
    const stats = await stat(file).catch(() => null);
    if (stats === null) throw new SegueError('segment.missing', { file: path.basename(file) });
    if (!stats.isFile()) throw new SegueError('segment.not-a-file', { file: path.basename(file) });
    return stats.size;
  }

  function begin(file: string, fileBytes: number, person: PersonRecord): SegmentView {
    const fileName = path.basename(file);
    const segmentId = randomUUID();
    const view: SegmentView = {
      segmentId,
      name: segmentNameOf(fileName),
      fileName,
      fileBytes,
      state: 'reading',
      progress: { bytesRead: 0, bytesTotal: fileBytes, rows: 0 },
      reading: null,
      columns: [],
      rowCount: 0,
      unreadableCount: 0,
      unreadable: [],
      suggestedFieldMap: [],
      emailCandidates: [],
      readAt: null,
      error: null,
    };
    unfinished.set(segmentId, { view, abort: new AbortController() });
    events.publish('segment.changed', view);
    void read(segmentId, file, person);
    return view;
  }

  return {
    list: (): SegmentView[] => [
      ...listSegments(store).map(viewOf),
      ...[...unfinished.values()].map((entry) => entry.view),
    ],
    /** Begins to read each file as a segment of its own. Throws for the first path that is no file; none is read then. */
    async addFiles(files: readonly string[], person: PersonRecord): Promise<SegmentView[]> {
      const sizes = await Promise.all(files.map(sizeOf));
      const last = files.at(-1);
      if (last !== undefined) ports.settings.set({ lastFolder: path.dirname(last) });
      return files.map((file, index) => begin(file, sizes[index] ?? 0, person));
    },
    async chooseFiles(person: PersonRecord): Promise<SegmentView[]> {
      const files = await ports.desktop.chooseFiles({ defaultFolder: ports.settings.get().lastFolder });
      return files.length === 0 ? [] : this.addFiles(files, person);
    },
    cancelReading(segmentId: string): void {
      unfinished.get(segmentId)?.abort.abort();
    },
    /** Throws `segment.in-use` with the names of the exports that contain it. */
    async remove(segmentId: string): Promise<void> {
      const entry = unfinished.get(segmentId);
      if (entry !== undefined) {
        entry.abort.abort();
        if (entry.view.state === 'failed') unfinished.delete(segmentId);
      } else {
        const record = getSegment(store, segmentId);
        if (record === undefined) throw new SegueError('segment.not-found', { segment: '' });
        const users = exportsUsing(store, segmentId);
        if (users.length > 0)
          throw new SegueError('segment.in-use', { segment: record.name, exports: users.join(', ') });
        deleteSegment(store, segmentId);
        await rm(path.join(stagesFolder, record.stageFolder), { recursive: true, force: true });
      }
      events.publish('segment.removed', { segmentId });
    },
    /** The record of a segment that can be sent. Throws `segment.not-found`, `segment.missing` when its stage is gone. */
    require(segmentId: string): { record: SegmentRecord; summary: SegmentSummary; stageFile: string } {
      const record = getSegment(store, segmentId);
      if (record === undefined) throw new SegueError('segment.not-found', { segment: '' });
      const stageFile = stageOf(record);
      if (!existsSync(stageFile)) throw new SegueError('segment.missing', { file: record.fileName });
      return { record, summary: segmentSummary.parse(JSON.parse(record.summary)), stageFile };
    },
    /** Counts over whole segments. A newer check ends the one before with `cancelled`. */
    async check(input: ParsedInput<'exports.check'>): Promise<CheckView> {
      const segments = input.segments.map(({ segmentId, fieldMap }): CheckedSegment => {
        const { record, summary, stageFile } = this.require(segmentId);
        if (!fieldMap.some((match) => match.field === 'email')) {
          throw new SegueError('export.email-not-matched', { segment: record.name });
        }
        for (const { columnIndex } of fieldMap) {
          if (columnIndex < summary.columns.length) continue;
          throw new SegueError('export.column-not-found', { column: columnIndex + 1, segment: record.name });
        }
        return { segmentId, stageFile, fieldMap, unreadableCount: summary.unreadableCount };
      });
      newestCheck?.abort();
      const abort = new AbortController();
      newestCheck = abort;
      return thread.rpc().call('check', { segments, previewRows: input.previewRows }, abort.signal);
    },
    /** Once at start: stages that no segment knows are left over from a crash. */
    async removeStrayStages(): Promise<void> {
      const known = new Set(listSegments(store).map((record) => record.stageFolder));
      for (const name of await readdir(stagesFolder).catch(() => [])) {
        if (!known.has(name) && !unfinished.has(name)) {
          await rm(path.join(stagesFolder, name), { recursive: true, force: true }).catch(logSurprise);
        }
      }
    },
    async stop(limitMs: number): Promise<void> {
      for (const entry of unfinished.values()) entry.abort.abort();
      await thread.stop(limitMs);
    },
  };
}

export type SegmentsService = ReturnType<typeof createSegmentsService>;
