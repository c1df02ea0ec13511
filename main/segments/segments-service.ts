import { existsSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ParsedInput } from '../../preload/contract/contract.ts';
import {
  type CheckView,
  type FieldMatch,
  type FindingView,
  type ProfileView,
  type ReadingOverrides,
  readingOverrides,
  type SegmentMatching,
  type SegmentView,
} from '../../preload/contract/views.ts';
import { SegueError } from '../errors/segue-error.ts';
import type { Events } from '../events.ts';
import type { CheckedSegment } from '../exports/check.ts';
import { isDateMatch } from '../exports/field-values.ts';
import type { FindingCells } from '../exports/finding-rows.ts';
import type { Ports } from '../ports.ts';
import type { MendedFile, MendedRows } from '../runs/mended/mended-table.ts';
import type { Store } from '../store/open-store.ts';
import type { PersonRecord } from '../store/persons.ts';
import { tagsOf } from '../store/segment-tags.ts';
import {
  deleteSegment,
  exportsUsing,
  getSegment,
  listSegments,
  type SegmentRecord,
  versionsOf,
} from '../store/segments.ts';
import { createThreadHost } from '../threads/thread-host.ts';
import type { Words } from '../words.ts';
import { cannotOpen } from './cannot-open.ts';
import { createColumnProfiles } from './columns/column-profiles.ts';
import { groupParts, inPartOrder, type PartGroup, partNames } from './group-parts.ts';
import { createSegmentMembers } from './members/members-service.ts';
import { mendsOf } from './mended-file.ts';
import { type Matching, provedByColumn, withKnownDateOrders, withProvedBefore } from './proved-dates.ts';
import { createSegmentLibrary, shownVersions } from './segment-library.ts';
import { segmentNameOf } from './segment-name.ts';
import type { SegmentMainCalls, SegmentThreadCalls, SegmentThreadData, WriteMended } from './segment-protocol.ts';
import { createSegmentReadings } from './segment-readings.ts';
import { readFile, type SegmentSummary, segmentSummary } from './segment-record.ts';
import { createSegmentSplit } from './split-segment.ts';
import { stageTable } from './stage.ts';
import { readUnreadable, type UnreadablePage } from './unreadable-page.ts';

/** Segments: files that were read once into an immutable stage, and are then known by name. */
export function createSegmentsService(
  ports: Ports,
  store: Store,
  events: Events,
  logSurprise: (error: unknown) => void,
  words: () => Words,
  /** The columns that stored exports use may stand elsewhere now, or be gone. */
  onColumnsChanged: () => void = () => undefined,
) {
  const stagesFolder = path.join(ports.paths.userData, 'stages');
  /** Segments whose files were seen to be others than were read. */
  const changed = new Set<string>();
  let newestCheck: AbortController | null = null;
  let newestFindings: AbortController | null = null;

  const data: SegmentThreadData = {
    tempFolder: ports.paths.temp,
    stagesFolder,
    memoryLimitMb: ports.settings.get().memoryMb,
  };
  const handlers: SegmentMainCalls = {
    progress: ({ stageId, progress }) => readings.progress(stageId, progress),
    membersWritten: (written) => members.written(written),
    surprised: ({ stack }) => logSurprise(new Error(stack)),
  };
  const thread = createThreadHost<SegmentThreadCalls>({
    entry: ports.threads.segments,
    data,
    handlers,
    onSurprise: logSurprise,
    gone: 'segment.reader-stopped',
  });

  /** Throws `segment.not-found`, `segment.missing`, `export.email-not-matched`, `export.column-not-found`. */
  const checkedSegments = (matchings: readonly SegmentMatching[]): CheckedSegment[] =>
    matchings.map(({ segmentId, fieldMap }) => {
      const { record, summary, stageFile } = requireStaged(segmentId);
      if (!fieldMap.some((match) => match.field === 'email')) {
        throw new SegueError('export.email-not-matched', { segment: record.name });
      }
      for (const { columnIndex } of fieldMap) {
        if (columnIndex < summary.columns.length) continue;
        throw new SegueError('export.column-not-found', { column: columnIndex + 1, segment: record.name });
      }
      const provedBefore = provedByColumn(store, segmentId, summary);
      return { segmentId, stageFile, fieldMap, provedBefore, unreadableCount: summary.unreadableCount };
    });

  const profiles = createColumnProfiles((stage, signal) => thread.rpc().call('profile', stage, signal));

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
      tags: tagsOf(store, record.segmentId),
      changedOnDisk: changed.has(record.segmentId),
      mends: mendsOf(
        store,
        summary.columns.map(({ heading }) => heading),
      ),
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
    const stats = await stat(file).catch((cause: unknown) => {
      throw cannotOpen(file, cause);
    });
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

  /** The record of a segment that can be sent. Throws `segment.not-found`, `segment.missing` when its stage is gone. */
  function requireStaged(segmentId: string): { record: SegmentRecord; summary: SegmentSummary; stageFile: string } {
    const record = getSegment(store, segmentId);
    if (record === undefined) throw new SegueError('segment.not-found', { segment: '' });
    const stageFile = stageOf(record);
    if (!existsSync(stageFile)) throw new SegueError('segment.missing', { file: record.fileName });
    return { record, summary: segmentSummary.parse(JSON.parse(record.summary)), stageFile };
  }

  const library = createSegmentLibrary({
    ports,
    store,
    events,
    readings,
    stagesFolder,
    changed,
    viewOf,
    requireStaged,
    filesOf,
    sizeOf,
  });

  const splitting = createSegmentSplit({
    ports,
    store,
    stagesFolder,
    requireStaged,
    splitStage: (input, signal) => thread.rpc().call('split', input, signal),
    told: library.told,
  });

  const members = createSegmentMembers({ ports, events, words, requireStaged, thread: () => thread.rpc() });

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
    isReading: (segmentId: string): boolean => readings.has(segmentId),
    /** Whether its files were others than were read when `lookForChanges` looked last. */
    isChangedOnDisk: (segmentId: string): boolean => changed.has(segmentId),
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
    /**
     * Reads the files of several segments as one segment: parts by their numbers, whatever else in the order given. The
     * segments stay as they are. Throws `segment.not-found`, `segment.missing`.
     */
    async join(segmentIds: readonly string[], person: PersonRecord): Promise<SegmentView> {
      const files = [...new Set(segmentIds.flatMap(filesOfSegment))];
      const sizes = new Map(await Promise.all(files.map(async (file) => [file, await sizeOf(file)] as const)));
      return begin(inPartOrder(files), sizes, person);
    },
    /** Lines that could not be read, of the segment as it was read last. Throws `segment.not-found`, `segment.missing`. */
    async unreadable(segmentId: string, fromByte: number, limit: number): Promise<UnreadablePage> {
      const { stageFile } = requireStaged(segmentId);
      return readUnreadable(path.dirname(stageFile), fromByte, limit);
    },
    ...library,
    ...splitting,
    pageMembers: members.page,
    countFormulas: members.countFormulas,
    saveMembers: members.save,
    cancelSaving: members.cancelSaving,
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
        profiles.forget(stageOf(record));
        await rm(path.join(stagesFolder, record.stageFolder), { recursive: true, force: true });
      }
      events.publish('segment.removed', { segmentId });
    },
    /** Throws `segment.not-found`, `segment.missing`. */
    async profile(segmentId: string): Promise<ProfileView> {
      const { summary, stageFile } = requireStaged(segmentId);
      const columns = summary.columns.map(({ heading }) => heading);
      const profile = await profiles.get({ stageFile, columns, rowCount: summary.rowCount });
      return withProvedBefore(profile, provedByColumn(store, segmentId, summary));
    },
    /**
     * The matchings with the order of every column of dates that does not say it, but did in an earlier file of its segment;
     * what a column proves now is remembered for later files. Throws `export.date-order-unknown` when dates are matched that
     * could be read in two ways and nobody has decided.
     */
    async settleDateOrders<F extends FieldMatch, M extends Matching<F>>(matchings: readonly (M & Matching<F>)[]) {
      const segments = matchings
        .filter(({ fieldMap }) => fieldMap.some(isDateMatch))
        .map(({ record: { segmentId }, fieldMap }) => ({
          segmentId,
          fieldMap,
          stageFile: requireStaged(segmentId).stageFile,
        }));
      const none = new AbortController().signal;
      const orders = segments.length === 0 ? [] : await thread.rpc().call('dateOrders', { segments }, none);
      return withKnownDateOrders<F, M & Matching<F>>(store, requireStaged, ports.now(), matchings, orders);
    },
    require: requireStaged,
    /** The headings of a segment as it was read last, none of one that is not known. */
    headings(segmentId: string): string[] {
      const record = getSegment(store, segmentId);
      return record === undefined
        ? []
        : segmentSummary.parse(JSON.parse(record.summary)).columns.map(({ heading }) => heading);
    },
    /** Counts over whole segments. A newer check ends the one before, and what is being looked for, with `cancelled`. */
    async check(input: ParsedInput<'exports.check'>): Promise<CheckView> {
      const segments = checkedSegments(input.segments);
      for (const under of [newestCheck, newestFindings]) under?.abort();
      const abort = new AbortController();
      newestCheck = abort;
      return thread.rpc().call('check', { segments, previewRows: input.previewRows }, abort.signal);
    },
    /** Everything the checks find. A newer call ends the one before with `cancelled`. */
    async findings(input: ParsedInput<'exports.findings'>): Promise<FindingView[]> {
      const segments = checkedSegments(input.segments);
      newestFindings?.abort();
      const abort = new AbortController();
      newestFindings = abort;
      return thread.rpc().call('findings', { segments }, abort.signal);
    },
    /** A page of a finding's cells. */
    async findingRows(input: ParsedInput<'exports.findingRows'>): Promise<FindingCells> {
      return thread.rpc().call('findingRows', { ...input, segments: checkedSegments(input.segments) });
    },
    /** Looks through a staged file of mended rows. */
    readMended: (file: MendedFile): Promise<MendedRows> => thread.rpc().call('readMended', file),
    /** Writes the rows of it that a run is to have into the run's folder; answers which of its segments have any. */
    writeMended: (input: WriteMended): Promise<number[]> => thread.rpc().call('writeMended', input),
    /** Once at start: stages that no segment knows are left over from a crash. */
    async removeStrayStages(): Promise<void> {
      const known = new Set(listSegments(store).map((record) => record.stageFolder));
      for (const name of await readdir(stagesFolder).catch(() => [])) {
        if (!known.has(name)) {
          await rm(path.join(stagesFolder, name), { recursive: true, force: true }).catch(logSurprise);
        }
      }
    },
    /** What reading and checking may take, from the next reading on. */
    setMemory(memoryLimitMb: number): void {
      data.memoryLimitMb = memoryLimitMb;
      thread.running()?.tell('setMemory', { memoryLimitMb });
    },
    isReadingAny: (): boolean => readings.views().some(({ state }) => state === 'reading'),
    /** Which folder each segment's stage lies in. */
    stageFolders: (): ReadonlyMap<string, string> =>
      new Map(listSegments(store).map(({ segmentId, stageFolder }) => [segmentId, stageFolder])),
    /** Tells of segments whose stage lies elsewhere than before: what was known of the old one is of no use. */
    tellMoved(before: ReadonlyMap<string, string>): void {
      for (const record of listSegments(store)) {
        const folder = before.get(record.segmentId);
        if (folder === undefined || folder === record.stageFolder) continue;
        profiles.forget(stageTable(path.join(stagesFolder, folder)));
        library.told(record.segmentId);
      }
    },
    /** Stages go of segments that no export contains and that were read before `before`; they can be read again. */
    async forgetUnusedStages(before: number): Promise<void> {
      for (const record of listSegments(store)) {
        const { segmentId, readAt, stageFolder } = record;
        if (readAt >= before || readings.has(segmentId) || exportsUsing(store, segmentId).length > 0) continue;
        const folder = path.join(stagesFolder, stageFolder);
        if (!existsSync(folder)) continue;
        await rm(folder, { recursive: true, force: true }).catch(logSurprise);
        library.told(segmentId);
      }
    },
    async stop(limitMs: number): Promise<void> {
      readings.stop();
      await thread.stop(limitMs);
    },
  };
}

export type SegmentsService = ReturnType<typeof createSegmentsService>;
