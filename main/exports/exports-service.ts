import { randomUUID } from 'node:crypto';
import { filledTwice, isContactField } from '../../preload/contract/contact-fields.ts';
import type { ParsedInput } from '../../preload/contract/contract.ts';
import { usualLeaverLimitPercent } from '../../preload/contract/export-modes.ts';
import type { ExportView, RunView, SegmentMatching } from '../../preload/contract/views.ts';
import { SegueError } from '../errors/segue-error.ts';
import type { Events } from '../events.ts';
import type { Ports } from '../ports.ts';
import type { SegmentsService } from '../segments/segments-service.ts';
import { getConnection, getMailPermission, insertMailPermission } from '../store/connections.ts';
import {
  detachExport,
  type ExportRecord,
  type ExportSegment,
  findExportByName,
  getExport,
  getRemovedExport,
  listExports,
  removeExport,
  restoreExport,
  saveExport,
} from '../store/exports.ts';
import type { Store } from '../store/open-store.ts';
import type { PersonRecord } from '../store/persons.ts';
import { lastRefreshes } from '../store/runs.ts';
import type { Words } from '../words.ts';

/** Characters that an export's name may have (preload/contract/views/common.ts). */
const longestName = 255;

/** Export definitions: which segments go to which list, matched how. Saving sends nothing. */
export function createExportsService(
  ports: Ports,
  store: Store,
  segments: SegmentsService,
  lastRuns: (exportIds: readonly string[]) => ReadonlyMap<string, RunView>,
  events: Events,
  words: () => Words,
  isUnderWay: (exportId: string) => boolean,
) {
  /** A match whose heading is gone from the segment is not shown: its column has to be chosen anew. */
  function matchingOf({ segmentId, fieldMap }: ExportSegment): SegmentMatching {
    const headings = segments.headings(segmentId);
    return {
      segmentId,
      fieldMap: fieldMap
        .filter(({ columnIndex, heading }) => headings[columnIndex] === heading)
        .map(({ heading: _, ...match }) => match),
    };
  }

  function lostColumnsOf(segment: ExportSegment): ExportView['lostColumns'] {
    const { segmentId, fieldMap } = segment;
    const kept = new Map(matchingOf(segment).fieldMap.map(({ field, columnIndex }) => [field, columnIndex]));
    return fieldMap
      .filter(({ field }) => !kept.has(field))
      .map((match) => ({
        segmentId,
        field: match.field,
        heading: match.heading,
        columnIndex: segments.recognise(segmentId, match, new Set(kept.values())),
      }));
  }

  /** As they are shown, with a few statements for the runs of all. */
  function viewsOf(records: readonly ExportRecord[]): ExportView[] {
    const exportIds = records.map(({ exportId }) => exportId);
    const runs = lastRuns(exportIds);
    const refreshes = lastRefreshes(store, exportIds);
    return records.map((record) => ({
      ...definitionOf(record),
      refreshedAt: refreshes.get(record.exportId) ?? null,
      lastRun: runs.get(record.exportId) ?? null,
    }));
  }

  function viewOf(exportId: string): ExportView {
    const [view] = viewsOf([requireExport(exportId)]);
    if (view === undefined) throw new SegueError('export.not-found', { name: '' });
    return view;
  }

  function requireExport(exportId: string): ExportRecord {
    const record = getExport(store, exportId);
    if (record === undefined) throw new SegueError('export.not-found', { name: '' });
    return record;
  }

  function definitionOf(record: ExportRecord): Omit<ExportView, 'refreshedAt' | 'lastRun'> {
    const { exportId, name, connectionId, listId, listName, createdAt, updatedAt, updatedBy } = record;
    const permission = connectionId !== null && listId !== null ? getMailPermission(store, connectionId, listId) : null;
    return {
      exportId,
      name,
      connectionId,
      list: listId === null ? null : { listId, name: listName ?? '' },
      segments: record.segments.map(matchingOf),
      mode: record.mode,
      leaverLimitPercent: record.leaverLimitPercent,
      readBack: record.readBack,
      lostColumns: record.segments.flatMap(lostColumnsOf),
      createdAt,
      updatedAt,
      updatedBy,
      permission: permission ?? null,
    };
  }

  /** The name, with the first number that makes it one of its own. */
  function freeName(name: string): string {
    for (let number = 1; ; number += 1) {
      const behind = number === 1 ? '' : ` (${number})`;
      const candidate = `${name.slice(0, longestName - behind.length).trimEnd()}${behind}`;
      if (findExportByName(store, candidate) === undefined) return candidate;
    }
  }

  /** What a run goes by is not taken away from it. */
  function requireAtRest({ exportId, name }: ExportRecord): void {
    if (isUnderWay(exportId)) throw new SegueError('export.run-under-way', { name });
  }

  const list = () => viewsOf(listExports(store));
  const changed = () => events.publish('exports.changed', list());

  return {
    list,
    changed,
    get: requireExport,
    findByName: (name: string): ExportRecord | undefined => findExportByName(store, name),
    /**
     * Throws `export.name-taken`, `connection.not-found`, `segment.*`, `export.column-not-found`, and `ipc.invalid-input` for
     * a segment that stands in the draft twice, or a field that is filled twice.
     */
    save(draft: ParsedInput<'exports.save'>, person: PersonRecord): ExportView {
      const segmentIds = new Set(draft.segments.map(({ segmentId }) => segmentId));
      const matchedOnce = ({ fieldMap }: (typeof draft.segments)[number]) =>
        filledTwice(fieldMap.map(({ field }) => field)) === undefined;
      if (segmentIds.size < draft.segments.length || !draft.segments.every(matchedOnce)) {
        throw new SegueError('ipc.invalid-input', { call: 'exports.save' });
      }
      const before = draft.exportId === undefined ? undefined : requireExport(draft.exportId);
      const namesake = findExportByName(store, draft.name);
      if (namesake !== undefined && namesake.exportId !== before?.exportId) {
        throw new SegueError('export.name-taken', { name: draft.name });
      }
      if (getConnection(store, draft.connectionId) === undefined) {
        throw new SegueError('connection.not-found', { name: '' });
      }
      const mode = draft.mode ?? before?.mode ?? 'add-and-update';
      const readBackAsBefore = before?.mode === mode ? before.readBack : mode === 'mirror';
      const record: ExportRecord = {
        exportId: before?.exportId ?? randomUUID(),
        name: draft.name,
        connectionId: draft.connectionId,
        listId: draft.list?.listId ?? null,
        listName: draft.list?.name ?? null,
        mode,
        leaverLimitPercent: draft.leaverLimitPercent ?? before?.leaverLimitPercent ?? usualLeaverLimitPercent,
        readBack: draft.readBack ?? readBackAsBefore,
        createdAt: before?.createdAt ?? ports.now(),
        updatedAt: ports.now(),
        updatedBy: person.personId,
        segments: draft.segments.map(({ segmentId, fieldMap }) => {
          const { record: segment, summary } = segments.require(segmentId);
          return {
            segmentId,
            fieldMap: fieldMap.map((match) => {
              const { field, columnIndex } = match;
              const heading = summary.columns[columnIndex]?.heading;
              if (heading === undefined) {
                throw new SegueError('export.column-not-found', { column: columnIndex + 1, segment: segment.name });
              }
              if (!isContactField(field)) throw new SegueError('export.field-unknown', { name: field });
              return { ...match, heading };
            }),
          };
        }),
      };
      saveExport(store, record);
      changed();
      return viewOf(record.exportId);
    },
    /** Throws `export.not-found`, and `export.run-under-way` until its run has ended. */
    remove(exportId: string): void {
      requireAtRest(requireExport(exportId));
      removeExport(store, exportId, ports.now());
      changed();
    },
    /** Takes a removal back. Throws `export.not-found` when there is none. */
    restore(exportId: string, person: PersonRecord): ExportView {
      const removed = getRemovedExport(store, exportId);
      if (removed === undefined) throw new SegueError('export.not-found', { name: '' });
      restoreExport(store, exportId, freeName(removed.name), ports.now(), person.personId);
      changed();
      return viewOf(exportId);
    },
    /**
     * The same definition under another name, with a ledger of its own. A lost column stays lost. Throws
     * `export.not-found`, `export.name-taken`.
     */
    duplicate(exportId: string, name: string, person: PersonRecord): ExportView {
      const record = requireExport(exportId);
      if (findExportByName(store, name) !== undefined) throw new SegueError('export.name-taken', { name });
      const made = { exportId: randomUUID(), name, createdAt: ports.now(), updatedAt: ports.now() };
      saveExport(store, { ...record, ...made, updatedBy: person.personId });
      changed();
      return viewOf(made.exportId);
    },
    /** The export keeps everything but its connection. Throws as {@link remove} does. */
    detach(exportId: string, person: PersonRecord): ExportView {
      requireAtRest(requireExport(exportId));
      detachExport(store, exportId, ports.now(), person.personId);
      changed();
      return viewOf(exportId);
    },
    /** Notes that the people sent to the export's list may be mailed, in the words that were shown. */
    agreeToMail(record: ExportRecord, person: PersonRecord): void {
      if (record.connectionId === null || record.listId === null) return;
      insertMailPermission(store, record.connectionId, record.listId, {
        agreedBy: person.displayName,
        agreedAt: ports.now(),
        wording: words().say('permission.statement', { list: record.listName ?? '' }),
      });
      changed();
    },
  };
}

export type ExportsService = ReturnType<typeof createExportsService>;
