import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { readingOverrides, type SegmentView } from '../../preload/contract/views.ts';
import { SegueError, toWireError } from '../errors/segue-error.ts';
import type { Events } from '../events.ts';
import { moveMatches } from '../store/field-maps.ts';
import type { Store } from '../store/open-store.ts';
import type { PersonRecord } from '../store/persons.ts';
import {
  correctionByHeadings,
  correctionByName,
  forgetCorrection,
  rememberCorrection,
} from '../store/reading-corrections.ts';
import {
  getSegment,
  insertSegment,
  insertVersion,
  type NewReading,
  replaceReading,
  type SegmentRecord,
} from '../store/segments.ts';
import type { PortRpc } from '../threads/port-rpc.ts';
import { headingsHash, sourceOfPath } from './reading-source.ts';
import type { SegmentThreadCalls } from './segment-protocol.ts';
import { type BeginningSummary, type SegmentSummary, segmentSummary } from './segment-record.ts';
import { takeTurns } from './take-turns.ts';
import type { ReadingOverrides, ReadingProgress } from './types.ts';

/** Files that are read at the same time; each takes its share of memory. */
const readAtOnce = 2;

/** A segment's files on their way into a stage. */
interface Reading {
  view: SegmentView;
  readonly files: readonly string[];
  readonly stageFolder: string;
  readonly abort: AbortController;
  /** The segment as it is stored, when it is read again; a new one has no row in the database. */
  readonly stored: SegmentRecord | null;
  /** The files are a newer version of a stored segment, not the same read in another way. */
  readonly isNewVersion: boolean;
}

/** How a reading is begun: `null` is as remembered for the source, else by itself. */
type Wish = ReadingOverrides | null;

/**
 * Readings of segment files: the beginning shown within half a second, the whole staged after it, corrections of both.
 * What a reading becomes is told as `segment.changed`.
 */
export function createSegmentReadings(parts: {
  readonly store: Store;
  readonly events: Events;
  readonly thread: () => PortRpc<SegmentThreadCalls>;
  readonly stagesFolder: string;
  readonly viewOf: (record: SegmentRecord) => SegmentView;
  readonly now: () => number;
  /** The columns that stored exports use may stand elsewhere now, or be gone. */
  readonly onColumnsChanged: () => void;
  readonly logSurprise: (error: unknown) => void;
}) {
  const { store, events, thread, stagesFolder, viewOf } = parts;
  /** By segment. Those that failed stay, to be shown and corrected. */
  const readings = new Map<string, Reading>();
  const inTurn = takeTurns(readAtOnce);

  const isCurrent = (reading: Reading) => readings.get(reading.view.segmentId) === reading;

  function show(reading: Reading, change: Partial<SegmentView>): void {
    if (!isCurrent(reading)) return;
    reading.view = { ...reading.view, ...change };
    events.publish('segment.changed', reading.view);
  }

  const preview = (reading: Reading, overrides: ReadingOverrides) =>
    thread().call('preview', { files: reading.files, overrides }, reading.abort.signal);

  /** What cannot be previewed is told by the reading of the whole, which fails likewise. */
  const previewed = (reading: Reading, overrides: ReadingOverrides) =>
    preview(reading, overrides).catch(() => {
      if (reading.abort.signal.aborted) throw new SegueError('cancelled');
      return null;
    });

  /** Settles how the files are read, and shows their beginning read so. */
  async function look(reading: Reading, wish: Wish): Promise<ReadingOverrides> {
    const showBeginning = (beginning: BeginningSummary | null, overrides: ReadingOverrides, remembered: boolean) => {
      show(reading, { ...beginning, overrides, overridesRemembered: remembered });
      return overrides;
    };
    if (wish !== null) return showBeginning(await previewed(reading, wish), wish, false);
    const source = sourceOfPath(reading.files[0] ?? '');
    const alike = parseOverrides(correctionByName(store, source));
    if (alike !== null) {
      // A correction that does not fit the new file is no reason to refuse it.
      const beginning = await preview(reading, alike).catch(() => undefined);
      if (beginning !== undefined && fits(beginning, alike)) return showBeginning(beginning, alike, true);
    }
    const own = await previewed(reading, {});
    const headings = headingsHash(own === null ? [] : headingsIn(own));
    const known = headings === '' ? null : parseOverrides(correctionByHeadings(store, { ...source, headings }));
    const beginning = known === null ? null : await previewed(reading, known);
    return known !== null && beginning !== null && fits(beginning, known)
      ? showBeginning(beginning, known, true)
      : showBeginning(own, {}, false);
  }

  async function remember(reading: Reading, overrides: ReadingOverrides, person: PersonRecord): Promise<void> {
    const own = await preview(reading, {}).catch(() => null);
    const headings = headingsHash(own === null ? [] : headingsIn(own));
    const source = { ...sourceOfPath(reading.files[0] ?? ''), headings };
    if (Object.keys(overrides).length === 0) forgetCorrection(store, source);
    else {
      rememberCorrection(store, source, {
        overrides: JSON.stringify(overrides),
        correctedAt: parts.now(),
        correctedBy: person.personId,
      });
    }
  }

  async function read(reading: Reading, wish: Wish, person: PersonRecord): Promise<void> {
    const stageFolder = path.join(stagesFolder, reading.stageFolder);
    const { signal } = reading.abort;
    try {
      await mkdir(stagesFolder, { recursive: true });
      const overrides = await look(reading, wish);
      const stage = () =>
        thread().call('stage', { stageId: reading.stageFolder, files: reading.files, overrides, stageFolder }, signal);
      const { summary, files } = await inTurn(stage, signal);
      if (!isCurrent(reading)) throw new SegueError('cancelled');
      const { view } = reading;
      const record: NewReading = {
        segmentId: view.segmentId,
        name: reading.stored?.name ?? view.name,
        filePath: reading.files[0] ?? '',
        fileName: view.fileName,
        fileBytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
        stageFolder: reading.stageFolder,
        summary: JSON.stringify(summary),
        rowCount: summary.rowCount,
        readAt: parts.now(),
        files: JSON.stringify(files),
        overrides: JSON.stringify(overrides),
      };
      if (reading.stored === null) insertSegment(store, record, person.personId);
      else {
        if (reading.isNewVersion) insertVersion(store, record, person.personId);
        else replaceReading(store, record, person.personId);
        moveMatches(store, record.segmentId, headingsOf(reading.stored), headingsIn(summary));
        parts.onColumnsChanged();
        // Runs have links of their own to the stage that goes.
        await rm(path.join(stagesFolder, reading.stored.stageFolder), { recursive: true, force: true }).catch(
          parts.logSurprise,
        );
      }
      if (wish !== null) await remember(reading, overrides, person);
      if (!isCurrent(reading)) return;
      readings.delete(view.segmentId);
      // As it is stored by now: it may have been renamed meanwhile.
      const kept = getSegment(store, view.segmentId) ?? { ...record, readBy: person.displayName };
      events.publish('segment.changed', { ...viewOf(kept), overridesRemembered: view.overridesRemembered });
    } catch (thrown) {
      await rm(stageFolder, { recursive: true, force: true }).catch(() => undefined);
      if (isCurrent(reading)) end(reading, thrown);
    }
  }

  /** A reading that came to nothing: a stored segment stays as it was. */
  function end(reading: Reading, thrown: unknown): void {
    const { view, stored } = reading;
    const wire = toWireError(thrown);
    const error = { ...wire, params: { file: view.fileName, ...wire.params } };
    const cancelled = wire.code === 'cancelled' || reading.abort.signal.aborted;
    if (stored !== null) {
      readings.delete(view.segmentId);
      events.publish('segment.changed', {
        ...viewOf(getSegment(store, view.segmentId) ?? stored),
        error: cancelled ? null : error,
      });
    } else if (cancelled) {
      readings.delete(view.segmentId);
      events.publish('segment.removed', { segmentId: view.segmentId });
    } else {
      show(reading, { state: 'failed', progress: null, error });
    }
  }

  function start(
    view: SegmentView,
    files: readonly string[],
    stored: SegmentRecord | null,
    isNewVersion = false,
  ): Reading {
    readings.get(view.segmentId)?.abort.abort();
    const reading = { view, files, stored, isNewVersion, stageFolder: randomUUID(), abort: new AbortController() };
    readings.set(view.segmentId, reading);
    events.publish('segment.changed', view);
    return reading;
  }

  const beginningAnew = (fileBytes: number) =>
    ({ state: 'reading', progress: { bytesRead: 0, bytesTotal: fileBytes, rows: 0 }, error: null }) as const;

  return {
    /** Readings that go on or failed, instead of the segments as they are stored. */
    views: (): SegmentView[] => [...readings.values()].map(({ view }) => view),
    /** Files of a segment that is being read or could not be. */
    filesOf: (segmentId: string): readonly string[] | undefined => readings.get(segmentId)?.files,
    has: (segmentId: string): boolean => readings.has(segmentId),
    /** Reads files as a new segment. */
    begin(
      named: Pick<SegmentView, 'name' | 'fileName' | 'fileBytes' | 'parts'>,
      files: readonly string[],
      person: PersonRecord,
    ) {
      const view: SegmentView = {
        segmentId: randomUUID(),
        ...named,
        ...beginningAnew(named.fileBytes),
        reading: null,
        overrides: {},
        overridesRemembered: false,
        encodings: [],
        sheets: [],
        hiddenRows: 0,
        firstRows: [],
        columns: [],
        rowCount: 0,
        unreadableCount: 0,
        suggestedFieldMap: [],
        emailCandidates: [],
        readAt: null,
        readBy: '',
        versions: [],
        tags: [],
        changedOnDisk: false,
        mends: null,
      };
      void read(start(view, files, null), null, person);
      return view;
    },
    /**
     * Reads a segment's files again with these corrections; `stored` is the segment when it has been read before.
     * Throws `segment.not-found` for a segment that is neither stored nor being read.
     */
    correct(
      segmentId: string,
      overrides: ReadingOverrides,
      stored: { readonly record: SegmentRecord; readonly files: readonly string[] } | null,
      person: PersonRecord,
    ): SegmentView {
      const before = readings.get(segmentId);
      const files = before?.files ?? stored?.files;
      const view = before?.view ?? (stored === null ? undefined : viewOf(stored.record));
      if (files === undefined || view === undefined) throw new SegueError('segment.not-found', { segment: '' });
      const anew = { ...view, ...beginningAnew(view.fileBytes), overrides, overridesRemembered: false };
      const reading = start(anew, files, before?.stored ?? stored?.record ?? null, before?.isNewVersion);
      void read(reading, overrides, person);
      return reading.view;
    },
    /** Reads files as the newest version of a stored segment, in the way `wish` says. */
    renew(
      stored: SegmentRecord,
      named: Pick<SegmentView, 'fileName' | 'fileBytes' | 'parts'>,
      files: readonly string[],
      wish: Wish,
      person: PersonRecord,
    ): SegmentView {
      const anew = { ...viewOf(stored), ...named, ...beginningAnew(named.fileBytes), overridesRemembered: false };
      const reading = start(anew, files, stored, true);
      void read(reading, wish, person);
      return reading.view;
    },
    /** Another name or other tags of a segment that is being read; undefined when it is not. */
    change(segmentId: string, change: Partial<Pick<SegmentView, 'name' | 'tags'>>): SegmentView | undefined {
      const reading = readings.get(segmentId);
      if (reading !== undefined) show(reading, change);
      return reading?.view;
    },
    cancel(segmentId: string): void {
      readings.get(segmentId)?.abort.abort();
    },
    /** Ends and forgets a reading; says whether there was one of a segment that is not stored. */
    forget(segmentId: string): boolean {
      const reading = readings.get(segmentId);
      if (reading === undefined) return false;
      reading.abort.abort();
      readings.delete(segmentId);
      return reading.stored === null;
    },
    progress(stageFolder: string, progress: ReadingProgress): void {
      for (const reading of readings.values()) {
        if (reading.stageFolder === stageFolder && reading.view.state === 'reading') show(reading, { progress });
      }
    },
    stop(): void {
      for (const reading of readings.values()) reading.abort.abort();
    },
  };
}

export type SegmentReadings = ReturnType<typeof createSegmentReadings>;

const headingsIn = (summary: Pick<SegmentSummary, 'columns'>) => summary.columns.map(({ heading }) => heading);
const headingsOf = (record: SegmentRecord) => headingsIn(segmentSummary.parse(JSON.parse(record.summary)));

/** A correction names what the file may not have: a sheet, a line so far down. */
const fits = (beginning: BeginningSummary | null, { sheet, headerLine }: ReadingOverrides): boolean =>
  beginning === null ||
  ((sheet === undefined || beginning.sheets.some(({ name }) => name === sheet)) &&
    (headerLine === undefined || beginning.reading.headerLine === headerLine));

function parseOverrides(text: string | undefined): ReadingOverrides | null {
  return text === undefined ? null : readingOverrides.parse(JSON.parse(text));
}
