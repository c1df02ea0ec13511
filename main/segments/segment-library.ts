import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { readingOverrides, type SegmentView } from '../../preload/contract/views.ts';
import { SegueError } from '../errors/segue-error.ts';
import type { Events } from '../events.ts';
import type { Ports } from '../ports.ts';
import type { Store } from '../store/open-store.ts';
import type { PersonRecord } from '../store/persons.ts';
import { addTags, removeTags, tagsOf } from '../store/segment-tags.ts';
import {
  earlierSummaries,
  getSegment,
  insertSegment,
  listSegments,
  renameSegment,
  type SegmentRecord,
} from '../store/segments.ts';
import { translated } from './canonical-writer.ts';
import { filesChanged } from './changed-files.ts';
import { copyStage } from './copy-stage.ts';
import { inPartOrder, type PartGroup, partNames } from './group-parts.ts';
import { recogniseColumn } from './recognise-column.ts';
import { freeName } from './segment-name.ts';
import type { SegmentReadings } from './segment-readings.ts';
import { readFile, segmentSummary } from './segment-record.ts';

/** Versions of a segment that its growth is drawn from, and its columns recognised by. */
export const shownVersions = 60;

/** Words that a segment can have, as in the system that Segue replaces. */
const mostTags = 20;

/** What people do with segments that were read: names, copies, newer versions, files that changed. */
export function createSegmentLibrary(parts: {
  readonly ports: Ports;
  readonly store: Store;
  readonly events: Events;
  readonly readings: SegmentReadings;
  readonly stagesFolder: string;
  /** Segments whose files were seen to be others than were read; kept here. */
  readonly changed: Set<string>;
  readonly viewOf: (record: SegmentRecord) => SegmentView;
  readonly requireStaged: (segmentId: string) => { readonly record: SegmentRecord };
  readonly filesOf: (record: SegmentRecord) => string[];
  readonly sizeOf: (file: string) => Promise<number>;
}) {
  const { ports, store, events, readings, stagesFolder, changed, viewOf, requireStaged, filesOf, sizeOf } = parts;

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

  /** Null where nothing was corrected: then what is remembered for the source counts. */
  function correctionsOf(record: SegmentRecord) {
    const overrides = readingOverrides.parse(JSON.parse(record.overrides));
    return Object.keys(overrides).length === 0 ? null : overrides;
  }

  return {
    told,
    rename(segmentId: string, name: string): SegmentView {
      required(segmentId);
      renameSegment(store, segmentId, name);
      return readings.change(segmentId, { name }) ?? told(segmentId);
    },
    /**
     * Puts words on segments and takes words off, of all or of none. Throws `segment.not-found`, and `segment.too-many-tags`
     * for one that would have more than {@link mostTags}.
     */
    changeTags(segmentIds: readonly string[], added: readonly string[], removed: readonly string[]): SegmentView[] {
      store.transaction(() => {
        for (const segmentId of segmentIds) {
          const { name } = required(segmentId);
          removeTags(store, segmentId, removed);
          addTags(store, segmentId, added);
          if (tagsOf(store, segmentId).length > mostTags) {
            throw new SegueError('segment.too-many-tags', { segment: name, count: mostTags });
          }
        }
      })();
      return segmentIds.map(
        (segmentId) => readings.change(segmentId, { tags: tagsOf(store, segmentId) }) ?? told(segmentId),
      );
    },
    /** The same rows under another name, from then on a segment of its own. Throws `segment.missing`, `disk.full`. */
    async duplicate(segmentId: string, person: PersonRecord): Promise<SegmentView> {
      const { record } = requireStaged(segmentId);
      const [copyId, stageFolder] = [randomUUID(), randomUUID()];
      await translated(copyStage(path.join(stagesFolder, record.stageFolder), path.join(stagesFolder, stageFolder)));
      const names = listSegments(store).map(({ name }) => name);
      const copy = { ...record, segmentId: copyId, stageFolder, name: freeName(record.name, names) };
      insertSegment(store, copy, person.personId);
      addTags(store, copyId, tagsOf(store, segmentId));
      return told(copyId);
    },
    /** Throws `segment.not-found` for a segment that has never been read, and for the first path that is no file. */
    async replaceFile(
      segmentId: string,
      paths: readonly string[],
      person: PersonRecord,
      /** With the corrections of the version before; else with what is remembered for the new file's source. */
      correctedAsBefore = false,
    ): Promise<SegmentView> {
      const record = required(segmentId);
      const files = inPartOrder(paths);
      const named = await namedFiles(files);
      changed.delete(segmentId);
      const wish = correctedAsBefore ? correctionsOf(record) : null;
      return readings.renew(record, named, files.files, wish, person);
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
      changed.delete(segmentId);
      return readings.renew(record, named, files, correctionsOf(record), person);
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
  };
}
