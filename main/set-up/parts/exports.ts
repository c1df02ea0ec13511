import { randomUUID } from 'node:crypto';
import { findConnectionByName, getConnection } from '../../store/connections.ts';
import { type ExportRecord, findExportByName, listExports, saveExport } from '../../store/exports.ts';
import type { Store } from '../../store/open-store.ts';
import { comparedBy, entryId, isNew, type SetUpEntry } from '../set-up-entry.ts';
import type { SetUpExport, SetUpFile } from '../set-up-file.ts';
import type { SetUpHome, SetUpPartOf } from '../set-up-parts.ts';
import { segmentHere } from './segments.ts';

/** Exports with their lists, matching and repairs; none of their runs. */
export const exportsPart: SetUpPartOf<'exports'> = {
  key: 'exports',
  save: ({ store }) => listExports(store).map((record) => written(store, record)),
  entries: (home, file) =>
    file.exports.map((wanted, index): SetUpEntry => {
      const here = findExportByName(home.store, wanted.name);
      return {
        itemId: entryId('exports', index),
        part: 'exports',
        name: wanted.name,
        ...(here === undefined ? isNew : compared(home.store, here, wanted, file)),
        needs: wanted.segments.map(({ segment }) =>
          entryId(
            'segments',
            file.segments.findIndex(({ id }) => id === segment),
          ),
        ),
        take: (person) => take(home, wanted, file, person.personId),
      };
    }),
};

type Matching = SetUpExport['segments'][number]['matching'];

function written(store: Store, record: ExportRecord): SetUpExport {
  const { name, connectionId, listId, listName, mode, leaverLimitPercent, readBack, segments } = record;
  return {
    name,
    connection: connectionId === null ? null : (getConnection(store, connectionId)?.displayName ?? null),
    list: listId === null ? null : { id: listId, name: listName ?? '' },
    mode,
    leaverLimitPercent,
    readBack,
    segments: segments.map(({ segmentId, fieldMap }) => ({
      segment: segmentId,
      matching: fieldMap.map(({ field, columnIndex, heading, ...options }) => ({
        field,
        column: heading,
        position: columnIndex + 1,
        ...options,
      })),
    })),
  };
}

/** The segments of this computer that an export of the file means; '' for one that is not here. */
const segmentsHere = (store: Store, wanted: SetUpExport, file: SetUpFile): string[] =>
  wanted.segments.map(({ segment }) => {
    const entry = file.segments.find(({ id }) => id === segment);
    return entry === undefined ? '' : (segmentHere(store, entry)?.segmentId ?? '');
  });

/** What matters of a match, in an order of its own: the place of a column follows its heading. */
const told = (matching: Matching): string =>
  JSON.stringify(
    matching
      .map(({ position: _, ...match }) => JSON.stringify(Object.entries(match).sort(([a], [b]) => (a < b ? -1 : 1))))
      .sort(),
  );

function compared(store: Store, record: ExportRecord, wanted: SetUpExport, file: SetUpFile) {
  const here = written(store, record);
  return comparedBy({
    connection: here.connection?.toLowerCase() !== wanted.connection?.toLowerCase(),
    list: here.list?.id !== wanted.list?.id,
    mode:
      here.mode !== wanted.mode ||
      here.leaverLimitPercent !== wanted.leaverLimitPercent ||
      here.readBack !== wanted.readBack,
    segments: here.segments.map(({ segment }) => segment).join() !== segmentsHere(store, wanted, file).join(),
    matching:
      here.segments.map(({ matching }) => told(matching)).join() !==
      wanted.segments.map(({ matching }) => told(matching)).join(),
  });
}

/** An export whose connection was not taken over is detached: it keeps everything and does not run. */
function take({ ports, store }: SetUpHome, wanted: SetUpExport, file: SetUpFile, personId: string): void {
  const here = findExportByName(store, wanted.name);
  const segmentIds = segmentsHere(store, wanted, file);
  const connection = wanted.connection === null ? undefined : findConnectionByName(store, wanted.connection);
  saveExport(store, {
    exportId: here?.exportId ?? randomUUID(),
    name: here?.name ?? wanted.name,
    connectionId: connection?.connectionId ?? null,
    listId: wanted.list?.id ?? null,
    listName: wanted.list?.name ?? null,
    mode: wanted.mode,
    leaverLimitPercent: wanted.leaverLimitPercent,
    readBack: wanted.readBack,
    createdAt: here?.createdAt ?? ports.now(),
    updatedAt: ports.now(),
    updatedBy: personId,
    segments: wanted.segments.flatMap(({ matching }, index) => {
      const segmentId = segmentIds[index] ?? '';
      if (segmentId === '' || segmentIds.indexOf(segmentId) < index) return [];
      return [
        {
          segmentId,
          fieldMap: matching.map(({ column, position, ...match }) => ({
            ...match,
            columnIndex: position - 1,
            heading: column,
          })),
        },
      ];
    }),
  });
}
