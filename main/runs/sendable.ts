import { copyFile, link } from 'node:fs/promises';
import path from 'node:path';
import { SegueError } from '../errors/segue-error.ts';
import type { SegmentSummary } from '../segments/segment-record.ts';
import type { SegmentsService } from '../segments/segments-service.ts';
import { getConnection } from '../store/connections.ts';
import { type ExportRecord, type ExportSegment, listExports } from '../store/exports.ts';
import type { Store } from '../store/open-store.ts';
import type { RunSegment } from '../store/runs.ts';
import type { SegmentRecord } from '../store/segments.ts';
import { type OtherMirror, standingOf } from './planning/other-mirrors.ts';
import type { OtherSegment } from './planning/other-segments.ts';

/** A segment of an export that can be sent, with its stage. */
export interface SendableSegment {
  readonly record: SegmentRecord;
  readonly summary: SegmentSummary;
  readonly stageFile: string;
  readonly fieldMap: ExportSegment['fieldMap'];
}

/** An export that has all that a run needs. */
export interface Sendable {
  readonly connectionId: string;
  readonly listId: string;
  readonly segments: readonly SendableSegment[];
}

/**
 * What a run of an export takes. Throws `export.no-connection`, `export.no-list`, `export.no-segment`,
 * `export.email-not-matched`, `export.column-not-found` and `segment.*` for one that cannot be run as it is.
 */
export function requireSendable(definition: ExportRecord, segments: SegmentsService): Sendable {
  const { connectionId, listId, name } = definition;
  if (connectionId === null) throw new SegueError('export.no-connection', { name });
  if (listId === null) throw new SegueError('export.no-list', { name });
  if (definition.segments.length === 0) throw new SegueError('export.no-segment', { name });
  return { connectionId, listId, segments: definition.segments.map((segment) => sendableSegment(segment, segments)) };
}

function sendableSegment({ segmentId, fieldMap }: ExportSegment, segments: SegmentsService): SendableSegment {
  const segment = segments.require(segmentId);
  if (!fieldMap.some((match) => match.field === 'email')) {
    throw new SegueError('export.email-not-matched', { segment: segment.record.name });
  }
  const lost = fieldMap.find(({ columnIndex, heading }) => segment.summary.columns[columnIndex]?.heading !== heading);
  if (lost !== undefined) {
    throw new SegueError('export.column-not-found', { column: lost.heading, segment: segment.record.name });
  }
  return { ...segment, fieldMap };
}

/** A segment of which nobody asks but who is in it: whatever else its file has lost. */
function addressesOf({ segmentId, fieldMap }: ExportSegment, segments: SegmentsService): SendableSegment {
  return sendableSegment({ segmentId, fieldMap: fieldMap.filter(({ field }) => field === 'email') }, segments);
}

/** A segment of another export, and whether that is a mirror which wants nobody beside its segments. */
export interface SegmentOfOther extends SendableSegment {
  readonly ofMirror: boolean;
}

/**
 * Other exports to the same list of the same account. Whoever is in their segments, as far as they can be read, is wanted
 * there, whether or not that export has run; what an export sent before stands in its ledger, which counts too but for the
 * `mirrors`: those whose segments can all be read, with somebody in them.
 */
export function exportsToSameList(
  store: Store,
  segments: SegmentsService,
  { exportId, listId, accountId }: { exportId: string; listId: string; accountId: string },
): { readonly segments: SegmentOfOther[]; readonly mirrors: OtherMirror[] } {
  const found: { segments: SegmentOfOther[]; mirrors: OtherMirror[] } = { segments: [], mirrors: [] };
  const others = listExports(store)
    .filter((other) => other.exportId !== exportId && other.listId === listId && other.connectionId !== null)
    .filter((other) => getConnection(store, other.connectionId ?? '')?.accountId === accountId);
  for (const other of others) {
    const readable = other.segments.flatMap((segment) => {
      try {
        return [addressesOf(segment, segments)];
      } catch (error) {
        // A file that is gone, or whose address column is: nobody can be read out of it.
        if (error instanceof SegueError) return [];
        throw error;
      }
    });
    // In a line that could not be read anybody may stand, and a file without anybody is hardly meant.
    const isWhole = readable.length === other.segments.length && readable.every(({ summary }) => isReadWhole(summary));
    const standing = other.mode === 'mirror' && isWhole ? standingOf(store, other.exportId) : null;
    const ofMirror = standing !== null && readable.length > 0;
    found.segments.push(...readable.map((segment) => ({ ...segment, ofMirror })));
    if (ofMirror) found.mirrors.push({ exportId: other.exportId, standing });
  }
  return found;
}

const isReadWhole = ({ rowCount, unreadableCount }: SegmentSummary): boolean => rowCount > 0 && unreadableCount === 0;

/** Freezes the stages of a run's segments in its folder. Throws `segment.missing`. */
export function freezeSegments(runFolder: string, segments: readonly SendableSegment[]): Promise<RunSegment[]> {
  return Promise.all(
    segments.map(async ({ record, summary, stageFile, fieldMap }, position) => {
      const stageFileName = `stage-${position}.parquet`;
      await freeze(stageFile, path.join(runFolder, stageFileName), record.fileName);
      return {
        segmentId: record.segmentId,
        name: record.name,
        stageFileName,
        headings: summary.columns.map((column) => column.heading),
        fieldMap: plainFieldMap(fieldMap),
        unreadableCount: summary.unreadableCount,
      };
    }),
  );
}

/** The same for segments of other exports, which are only asked who is in them. */
export function freezeOthers(runFolder: string, segments: readonly SegmentOfOther[]): Promise<OtherSegment[]> {
  return Promise.all(
    segments.map(async ({ record, stageFile, fieldMap, ofMirror }, position) => {
      const stageFileName = `other-${position}.parquet`;
      await freeze(stageFile, path.join(runFolder, stageFileName), record.fileName);
      return { segmentId: record.segmentId, stageFileName, fieldMap: plainFieldMap(fieldMap), ofMirror };
    }),
  );
}

/** A stored matching as the engine takes it. */
export const plainFieldMap = (fieldMap: ExportSegment['fieldMap']) => fieldMap.map(({ heading: _, ...match }) => match);

/** The same file under a second name costs nothing; across disks it is copied. */
async function freeze(stageFile: string, frozen: string, fileName: string): Promise<void> {
  try {
    await link(stageFile, frozen).catch(() => copyFile(stageFile, frozen));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new SegueError('segment.missing', { file: fileName }, { cause: error });
  }
}

/** Names what a plan was made of: another file, read or only lying there, another matching, another list give another text. */
export function fingerprintOf(
  definition: ExportRecord,
  { segments }: Pick<Sendable, 'segments'>,
  isChangedOnDisk: (segmentId: string) => boolean,
): string {
  const { connectionId, listId, mode, leaverLimitPercent } = definition;
  return JSON.stringify([
    connectionId,
    listId,
    mode,
    leaverLimitPercent,
    segments.map(({ record, stageFile, fieldMap }) => [stageFile, fieldMap, isChangedOnDisk(record.segmentId)]),
  ]);
}
