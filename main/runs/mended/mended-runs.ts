import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { MendedView } from '../../../preload/contract/views.ts';
import type { ConnectionAccess } from '../../connections/connection-access.ts';
import { SegueError } from '../../errors/segue-error.ts';
import type { Ports } from '../../ports.ts';
import { runMark } from '../../segments/rejected-rows-mark.ts';
import type { SegmentsService } from '../../segments/segments-service.ts';
import {
  addressesSentSince,
  insertMendedRows,
  rejectedRowsBySegment,
  sentLaterRanges,
} from '../../store/mended-rows.ts';
import type { Store } from '../../store/open-store.ts';
import type { PersonRecord } from '../../store/persons.ts';
import { findRunByShortId, getRunSource, insertRun, type RunRecord, type RunSegment } from '../../store/runs.ts';
import { type MendedMatching, matchMended } from './matching.ts';
import type { MendedFile, MendedRows, RightRow } from './mended-table.ts';

/** Addresses looked up at a time, so that the window never waits. */
const lookedUpAtOnce = 2_000;

/** A segment that turned out to be a file of mended rows, looked through to its end. */
interface Looked {
  readonly parent: RunRecord;
  readonly source: readonly RunSegment[];
  readonly matchings: readonly MendedMatching[];
  /** Which of the run's segments each one of `file.segments` is. */
  readonly positions: readonly number[];
  readonly file: MendedFile;
  readonly columns: readonly string[];
  readonly unreadable: number;
  readonly read: MendedRows;
  /** Right rows whose address the export has sent to the list since the run began: another row of the person was accepted. */
  readonly sentSince: readonly RightRow[];
  /** What is left of the right rows. */
  readonly toSend: readonly RightRow[];
}

/**
 * Rejected rows that come back mended: they are recognised by what the file says, checked like any others, and sent by a
 * run that belongs to the one that rejected them. Only rejected rows of that run are ever sent so, each once, and nobody
 * whom the export has sent to that list since.
 */
export function createMendedRuns(parts: {
  readonly ports: Ports;
  readonly store: Store;
  readonly access: ConnectionAccess;
  readonly segments: SegmentsService;
  readonly runsFolder: string;
}) {
  const { ports, store, access, segments, runsFolder } = parts;

  async function look(runId: string, segmentId: string): Promise<Looked> {
    const { record, summary, stageFile } = segments.require(segmentId);
    const columns = summary.columns.map(({ heading }) => heading);
    const mark = runMark(columns);
    const parent = mark === null ? undefined : findRunByShortId(store, mark.shortId);
    if (mark === null || parent?.runId !== runId) throw new SegueError('run.not-found');
    const source = getRunSource(store, parent.runId);
    const matchings = matchMended(source, columns);
    const ranges = rejectedRowsBySegment(store, parent.runId);
    for (const { segment } of ranges) {
      const lost = matchings[segment]?.lost.find(({ field }) => field === 'email');
      if (lost === undefined) continue;
      throw new SegueError('export.column-not-found', { column: lost.heading, segment: record.name });
    }
    const file: MendedFile = {
      stageFile,
      markColumn: mark.column,
      segments: ranges.map(({ segment, first, last }) => ({
        segmentId: source[segment]?.segmentId ?? '',
        first,
        last,
        fieldMap: matchings[segment]?.fieldMap ?? [],
      })),
      sentLater: sentLaterRanges(store, parent.runId),
    };
    const read = await segments.readMended(file);
    const sent = await sentSince(parent, read.right);
    return {
      parent,
      source,
      matchings,
      positions: ranges.map(({ segment }) => segment),
      file,
      columns,
      unreadable: summary.unreadableCount,
      read,
      sentSince: read.right.filter(({ email }) => sent.has(email)),
      toSend: read.right.filter(({ email }) => !sent.has(email)),
    };
  }

  async function sentSince(parent: RunRecord, rows: readonly RightRow[]): Promise<Set<string>> {
    const { exportId, listId, startedAt } = parent;
    const found = new Set<string>();
    for (let at = 0; at < rows.length; at += lookedUpAtOnce) {
      if (at > 0) await setImmediate();
      const emails = rows.slice(at, at + lookedUpAtOnce).map(({ email }) => email);
      for (const email of addressesSentSince(store, { exportId, listId, since: startedAt }, emails)) found.add(email);
    }
    return found;
  }

  return {
    /**
     * What sending the right rows of a file would do. Throws `run.not-found` when the file names another run,
     * `export.column-not-found` when the column of the addresses is gone, `segment.*`.
     */
    async check(runId: string, segmentId: string): Promise<MendedView> {
      const { parent, matchings, positions, read, sentSince, toSend } = await look(runId, segmentId);
      const people = new Set(toSend.map(({ email }) => email)).size;
      const lost = positions.flatMap((position) => matchings[position]?.lost ?? []);
      return {
        runId: parent.runId,
        exportName: parent.exportName,
        listName: parent.listName,
        connectionName: parent.connectionName,
        startedAt: parent.startedAt,
        rejected: parent.rejected,
        counts: {
          rows: read.rows,
          toSend: people,
          duplicates: toSend.length - people,
          wrong: read.wrong.reduce((sum, { rowNumbers }) => sum + rowNumbers.length, 0),
          sentBefore: read.sentLater + sentSince.length,
          foreign: read.foreign,
        },
        wrong: read.wrong.map(({ reason, rowNumbers }) => ({
          reason,
          count: rowNumbers.length,
          rowNumbers: rowNumbers.slice(0, 20),
        })),
        lostColumns: [...new Set(lost.map(({ heading }) => heading))].slice(0, 64),
      };
    },
    /**
     * Makes the run that sends what is right, with the matching, to the list and over the connection of the run that
     * rejected the rows; it stands in the queue. Throws as {@link check}, `export.nothing-to-send`, `connection.*`.
     */
    async prepare(runId: string, segmentId: string, person: PersonRecord): Promise<string> {
      const looked = await look(runId, segmentId);
      const { parent, source, file, toSend } = looked;
      if (toSend.length === 0) throw new SegueError('export.nothing-to-send', { name: parent.exportName });
      const { record: connection } = await access.access(parent.connectionId);
      if (connection.accountId !== parent.accountId) {
        throw new SegueError('connection.other-account', {
          name: connection.displayName,
          account: connection.organisation,
        });
      }
      const mendingId = randomUUID();
      const runFolder = path.join(runsFolder, mendingId);
      await mkdir(runFolder, { recursive: true });
      try {
        const names = file.segments.map((_, index) => `stage-${index}.parquet`);
        const targets = names.map((name) => path.join(runFolder, name));
        const leftOut = looked.sentSince.map(({ rowNumber }) => rowNumber);
        const written = await segments.writeMended({ file, leftOut, targets, folder: runFolder });
        const runSegments = written.map((index, nth): RunSegment => {
          const before = source[looked.positions[index] ?? -1];
          return {
            segmentId: before?.segmentId ?? '',
            name: before?.name ?? '',
            stageFileName: names[index] ?? '',
            headings: looked.columns,
            fieldMap: file.segments[index]?.fieldMap ?? [],
            unreadableCount: nth === 0 ? looked.unreadable : 0,
            markColumn: file.markColumn,
          };
        });
        store
          .transaction(() => {
            insertRun(store, {
              runId: mendingId,
              exportId: parent.exportId,
              connectionId: parent.connectionId,
              connectionName: connection.displayName,
              accountId: parent.accountId,
              exportName: parent.exportName,
              listId: parent.listId,
              listName: parent.listName,
              source: runSegments,
              startedAt: ports.now(),
              startedBy: person.displayName,
              parentRunId: runId,
            });
            insertMendedRows(store, runId, mendingId, [...new Set(toSend.map(({ rowId }) => rowId))]);
          })
          .immediate();
      } catch (error) {
        await rm(runFolder, { recursive: true, force: true });
        throw error;
      }
      return mendingId;
    },
  };
}
