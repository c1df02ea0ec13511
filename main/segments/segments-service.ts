import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ParsedInput } from '../../preload/contract/contract.ts';
import {
  type CheckView,
  type ReadingOverrides,
  readingOverrides,
  type SegmentView,
} from '../../preload/contract/views.ts';
import { SegueError } from '../errors/segue-error.ts';
import type { Events } from '../events.ts';
import type { CheckedSegment } from '../exports/check.ts';
import type { Ports } from '../ports.ts';
import type { Store } from '../store/open-store.ts';
import type { PersonRecord } from '../store/persons.ts';
import {
  deleteSegment,
  earlierSummaries,
  exportsUsing,
  getSegment,
  insertSegment,
  listSegments,
  renameSegment,
  type SegmentRecord,
  versionsOf,
} from '../store/segments.ts';
import { createThreadHost } from '../threads/thread-host.ts';
import { translated } from './canonical-writer.ts';
import { filesChanged } from './changed-files.ts';
import { copyStage } from './copy-stage.ts';
import { groupParts, inPartOrder, type PartGroup, partNames } from './group-parts.ts';
import { recogniseColumn } from './recognise-column.ts';
import { freeName, segmentNameOf } from './segment-name.ts';
import type { SegmentMainCalls, SegmentThreadCalls, SegmentThreadData } from './segment-protocol.ts';
import { createSegmentReadings } from './segment-readings.ts';
import { readFile, type SegmentSummary, segmentSummary } from './segment-record.ts';
import { stageTable } from './stage.ts';
import { readUnreadable, type UnreadablePage } from './unreadable-page.ts';

/** DuckDB's share of memory for reading and checking, in MB; what does not fit is spilled to disk. */
export const segmentMemoryMb = 192;

/** Versions of a segment that its growth is drawn from, and its columns recognised by. */
const shownVersions = 60;

/** Segments: files that were read once into an immutable stage, and are then known by name. */
export function createSegmentsService(
  ports: Ports,
  store: Store,
  events: Events,
  logSurprise: (error: unknown) => void,
  /** The columns that stored exports use may stand elsewhere now, or be gone. */
  onColumnsChanged: () => void = () => undefined,
) {
  const stagesFolder = path.join(ports.paths.userData, 'stages');
  /** Segments whose files were seen to be others than were read. */
  const changed = new Set<string>();
  let newestCheck: AbortController | null = null;

  const data: SegmentThreadData = { tempFolder: ports.paths.temp, stagesFolder, memoryLimitMb: segmentMemoryMb };
  const handlers: SegmentMainCalls = {
    progress: ({ stageId, progress }) => readings.progress(stageId, progress),
    surprised: ({ stack }) => logSurprise(new Error(stack)),
  };
  const thread = createThreadHost<SegmentThreadCalls>({
    entry: ports.threads.segments,
    data,
    handlers,
    onSurprise: logSurprise,
  });

  function viewOf(record: SegmentRecord): SegmentView {
    const summary: SegmentSummary = segmentSummary.parse(JSON.parse(record.summary));
    return {
      segmentId: record.segmentId,
      name: record.name,
      fileName: record.fileName,
      fileBytes: record.fileBytes,
      parts: partNames(filesOf(record)),
      state: existsSync(stageOf(record)) ? 'ready' : 'missing',
      progress: null,
      ...summary,
      overrides: readingOverrides.parse(JSON.parse(record.overrides)),
      overridesRemembered: false,
      readAt: record.readAt,
      readBy: record.readBy,
      versions: versionsOf(store, record.segmentId, shownVersions),
      changedOnDisk: changed.has(record.segmentId),
      error: null,
    };
  }

  const stageOf = (record: SegmentRecord) => stageTable(path.join(stagesFolder, record.stageFolder));

  /** The files of which a stored segment was read. */
  const filesOf = (record: SegmentRecord): string[] =>
    record.files === null
      ? [record.filePath]
      : readFile
          .array()
          .parse(JSON.parse(record.files))
          .map((file) => file.path);

  const readings = createSegmentReadings({
    store,
    events,
    thread: () => thread.rpc(),
    stagesFolder,
    viewOf,
    now: ports.now,
    onColumnsChanged,
    logSurprise,
  });

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

  function begin(
    { files, fileName }: PartGroup,
    sizes: ReadonlyMap<string, number>,
    person: PersonRecord,
  ): SegmentView {
    const fileBytes = files.reduce((sum, file) => sum + (sizes.get(file) ?? 0), 0);
    const named = { name: segmentNameOf(fileName), fileName, fileBytes, parts: partNames(files) };
    return readings.begin(named, files, person);
  }

  function required(segmentId: string): SegmentRecord {
    const record = getSegment(store, segmentId);
    if (record === undefined) throw new SegueError('segment.not-found', { segment: '' });
    return record;
  }

  /** Tells of a stored segment as it is now. */
  function told(segmentId: string): SegmentView {
    const view = viewOf(required(segmentId));
    events.publish('segment.changed', view);
    return view;
  }

  /** What the window is told of files that are to be read. Throws for the first that is none. */
  async function namedFiles({ files, fileName }: PartGroup) {
    const sizes = await Promise.all(files.map(sizeOf));
    return { fileName, fileBytes: sizes.reduce((sum, bytes) => sum + bytes, 0), parts: partNames(files) };
  }

  /** The files of a segment, read or being read. Throws `segment.not-found`. */
  function filesOfSegment(segmentId: string): readonly string[] {
    const record = getSegment(store, segmentId);
    const files = readings.filesOf(segmentId) ?? (record && filesOf(record));
    if (files === undefined) throw new SegueError('segment.not-found', { segment: '' });
    return files;
  }

  return {
    list: (): SegmentView[] => [
      ...listSegments(store)
        .filter(({ segmentId }) => !readings.has(segmentId))
        .map(viewOf),
      ...readings.views(),
    ],
    /** Begins to read each file, or parts that belong together, as a segment. Throws for the first path that is no file; none is read then. */
    async addFiles(files: readonly string[], person: PersonRecord): Promise<SegmentView[]> {
      const sizes = new Map(await Promise.all(files.map(async (file) => [file, await sizeOf(file)] as const)));
      const last = files.at(-1);
      if (last !== undefined) ports.settings.set({ lastFolder: path.dirname(last) });
      return groupParts(files).map((group) => begin(group, sizes, person));
    },
    async chooseFiles(person: PersonRecord): Promise<SegmentView[]> {
      const files = await ports.desktop.chooseFiles({ defaultFolder: ports.settings.get().lastFolder });
      return files.length === 0 ? [] : this.addFiles(files, person);
    },
    cancelReading(segmentId: string): void {
      readings.cancel(segmentId);
    },
    /**
     * Reads a segment's files again with these corrections, which are remembered for their source once they worked; by
     * themselves without any. Throws `segment.not-found`.
     */
    correctReading(segmentId: string, overrides: ReadingOverrides, person: PersonRecord): SegmentView {
      const record = getSegment(store, segmentId);
      return readings.correct(segmentId, overrides, record ? { record, files: filesOf(record) } : null, person);
    },
    /** Reads the parts of a segment as segments of their own; the segment stays as it is. Throws `segment.not-found`. */
    async takeApart(segmentId: string, person: PersonRecord): Promise<SegmentView[]> {
      const files = filesOfSegment(segmentId);
      const sizes = new Map(await Promise.all(files.map(async (file) => [file, await sizeOf(file)] as const)));
      return files.map((file) => begin({ files: [file], fileName: path.basename(file) }, sizes, person));
    },
    /** Lines that could not be read, of the segment as it was read last. Throws `segment.not-found`, `segment.missing`. */
    async unreadable(segmentId: string, fromByte: number, limit: number): Promise<UnreadablePage> {
      const { stageFile } = this.require(segmentId);
      return readUnreadable(path.dirname(stageFile), fromByte, limit);
    },
    rename(segmentId: string, name: string): SegmentView {
      required(segmentId);
      renameSegment(store, segmentId, name);
      return told(segmentId);
    },
    /** The same rows under another name, from then on a segment of its own. Throws `segment.missing`, `disk.full`. */
    async duplicate(segmentId: string, person: PersonRecord): Promise<SegmentView> {
      const { record } = this.require(segmentId);
      const [copyId, stageFolder] = [randomUUID(), randomUUID()];
      await translated(copyStage(path.join(stagesFolder, record.stageFolder), path.join(stagesFolder, stageFolder)));
      const names = listSegments(store).map(({ name }) => name);
      const copy = { ...record, segmentId: copyId, stageFolder, name: freeName(record.name, names) };
      insertSegment(store, copy, person.personId);
      return told(copyId);
    },
    /** Throws `segment.not-found` for a segment that has never been read, and for the first path that is no file. */
    async replaceFile(segmentId: string, paths: readonly string[], person: PersonRecord): Promise<SegmentView> {
      const record = required(segmentId);
      const files = inPartOrder(paths);
      const named = await namedFiles(files);
      changed.delete(segmentId);
      return readings.renew(record, named, files.files, null, person);
    },
    async chooseReplacement(segmentId: string, person: PersonRecord): Promise<SegmentView | null> {
      required(segmentId);
      const files = await ports.desktop.chooseFiles({ defaultFolder: ports.settings.get().lastFolder });
      return files.length === 0 ? null : this.replaceFile(segmentId, files, person);
    },
    /** Throws `segment.not-found`, `segment.missing` when the file is gone. */
    async readAgain(segmentId: string, person: PersonRecord): Promise<SegmentView> {
      const record = required(segmentId);
      const files = filesOf(record);
      const named = await namedFiles({ files, fileName: record.fileName });
      const overrides = readingOverrides.parse(JSON.parse(record.overrides));
      changed.delete(segmentId);
      return readings.renew(record, named, files, Object.keys(overrides).length === 0 ? null : overrides, person);
    },
    /** Looks at the files of every segment that is not being read, and tells what is new. */
    async lookForChanges(): Promise<void> {
      for (const record of listSegments(store)) {
        if (record.files === null || readings.has(record.segmentId)) continue;
        const isChanged = await filesChanged(readFile.array().parse(JSON.parse(record.files)));
        const { segmentId } = record;
        if (isChanged === changed.has(segmentId) || getSegment(store, segmentId)?.stageFolder !== record.stageFolder)
          continue;
        if (isChanged) changed.add(segmentId);
        else changed.delete(segmentId);
        told(segmentId);
      }
    },
    /**
     * The column that took the place of one whose heading is gone, see `recogniseColumn`; null when nothing tells.
     */
    recognise(segmentId: string, match: { field: string; columnIndex: number; heading: string }, taken: Set<number>) {
      const record = getSegment(store, segmentId);
      if (record === undefined) return null;
      const before = earlierSummaries(store, segmentId, shownVersions)
        .map((summary) => segmentSummary.parse(JSON.parse(summary)).columns)
        .find((columns) => columns[match.columnIndex]?.heading === match.heading);
      return recogniseColumn(match, before ?? null, segmentSummary.parse(JSON.parse(record.summary)), taken);
    },
    /** Throws `segment.in-use` with the names of the exports that contain it, unless it is to go from them too. */
    async remove(segmentId: string, fromExports: boolean): Promise<void> {
      const record = getSegment(store, segmentId);
      if (record === undefined) {
        if (!readings.forget(segmentId)) throw new SegueError('segment.not-found', { segment: '' });
      } else {
        const users = exportsUsing(store, segmentId);
        if (users.length > 0 && !fromExports)
          throw new SegueError('segment.in-use', { segment: record.name, exports: users.join(', ') });
        readings.forget(segmentId);
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
    /** The headings of a segment as it was read last, none of one that is not known. */
    headings(segmentId: string): string[] {
      const record = getSegment(store, segmentId);
      return record === undefined
        ? []
        : segmentSummary.parse(JSON.parse(record.summary)).columns.map(({ heading }) => heading);
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
        if (!known.has(name)) {
          await rm(path.join(stagesFolder, name), { recursive: true, force: true }).catch(logSurprise);
        }
      }
    },
    async stop(limitMs: number): Promise<void> {
      readings.stop();
      await thread.stop(limitMs);
    },
  };
}

export type SegmentsService = ReturnType<typeof createSegmentsService>;
