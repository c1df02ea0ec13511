import type { ExportMode, FieldMap, MatchOptions } from '../../preload/contract/views.ts';
import { expectOne, type Store } from './open-store.ts';

export interface ExportSegment {
  readonly segmentId: string;
  readonly fieldMap: readonly (FieldMap[number] & { readonly heading: string })[];
}

export interface ExportRecord {
  readonly exportId: string;
  readonly name: string;
  readonly connectionId: string | null;
  readonly listId: string | null;
  readonly listName: string | null;
  readonly mode: ExportMode;
  readonly leaverLimitPercent: number;
  /** Whether the list is read back after a run. */
  readonly readBack: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Display name. */
  readonly updatedBy: string;
  readonly segments: readonly ExportSegment[];
}

type Row = Omit<ExportRecord, 'segments' | 'readBack'> & { readonly readBack: number };

const select = `SELECT d.export_id AS exportId, d.name, d.connection_id AS connectionId, d.list_id AS listId,
  d.list_name AS listName, d.mode, d.leaver_limit_percent AS leaverLimitPercent, d.read_back AS readBack, d.created_at AS createdAt, d.updated_at AS updatedAt, p.display_name AS updatedBy
  FROM export_definition d JOIN person p ON p.person_id = d.updated_by WHERE d.removed_at IS NULL`;

/** By name. */
export function listExports(store: Store): ExportRecord[] {
  return (store.prepare(`${select} ORDER BY d.name`).all() as Row[]).map((row) => withSegments(store, row));
}

export function getExport(store: Store, exportId: string): ExportRecord | undefined {
  const row = store.prepare(`${select} AND d.export_id = ?`).get(exportId) as Row | undefined;
  return row && withSegments(store, row);
}

export function findExportByName(store: Store, name: string): ExportRecord | undefined {
  const row = store.prepare(`${select} AND d.name = ?`).get(name) as Row | undefined;
  return row && withSegments(store, row);
}

function withSegments(store: Store, row: Row): ExportRecord {
  const matches = store
    .prepare(
      `SELECT s.segment_id AS segmentId, f.field, f.column_index AS columnIndex, f.heading, f.options FROM export_segment s
       LEFT JOIN field_map f USING (export_id, segment_id) WHERE s.export_id = ? ORDER BY s.position, f.position`,
    )
    .all(row.exportId) as {
    segmentId: string;
    field: string | null;
    columnIndex: number;
    heading: string;
    options: string;
  }[];
  const segments = new Map<string, ExportSegment['fieldMap'][number][]>();
  for (const { segmentId, field, columnIndex, heading, options } of matches) {
    const fieldMap = segments.get(segmentId) ?? [];
    segments.set(segmentId, fieldMap);
    if (field !== null) fieldMap.push({ field, columnIndex, heading, ...(JSON.parse(options) as MatchOptions) });
  }
  return {
    ...row,
    readBack: row.readBack === 1,
    segments: [...segments].map(([segmentId, fieldMap]) => ({ segmentId, fieldMap })),
  };
}

/** Inserts or replaces a definition with its segments and matching, at once. `updatedBy` is a person's id here. */
export function saveExport(store: Store, record: ExportRecord): void {
  store.transaction(() => {
    store
      .prepare(
        `INSERT INTO export_definition (export_id, name, connection_id, list_id, list_name, mode, leaver_limit_percent,
           read_back, created_at, updated_at, updated_by)
         VALUES (@exportId, @name, @connectionId, @listId, @listName, @mode, @leaverLimitPercent, @readBack, @createdAt,
           @updatedAt, @updatedBy)
         ON CONFLICT (export_id) DO UPDATE SET name = excluded.name, connection_id = excluded.connection_id,
           list_id = excluded.list_id, list_name = excluded.list_name, mode = excluded.mode,
           leaver_limit_percent = excluded.leaver_limit_percent, read_back = excluded.read_back,
           updated_at = excluded.updated_at, updated_by = excluded.updated_by`,
      )
      .run({ ...record, readBack: record.readBack ? 1 : 0 });
    store.prepare('DELETE FROM export_segment WHERE export_id = ?').run(record.exportId);
    const insertSegment = store.prepare(
      'INSERT INTO export_segment (export_id, segment_id, position) VALUES (?, ?, ?)',
    );
    const insertField = store.prepare(
      'INSERT INTO field_map (export_id, segment_id, position, field, column_index, heading, options) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    record.segments.forEach((segment, position) => {
      insertSegment.run(record.exportId, segment.segmentId, position);
      segment.fieldMap.forEach(({ field, columnIndex, heading, ...options }, index) => {
        const stored = JSON.stringify(options satisfies MatchOptions);
        insertField.run(record.exportId, segment.segmentId, index, field, columnIndex, heading, stored);
      });
    });
  })();
}

/** Ids of the exports that a segment is part of. */
export function exportsOfSegment(store: Store, segmentId: string): string[] {
  const rows = store
    .prepare(
      `SELECT s.export_id AS exportId FROM export_segment s JOIN export_definition d USING (export_id)
       WHERE s.segment_id = ? AND d.removed_at IS NULL`,
    )
    .all(segmentId) as { exportId: string }[];
  return rows.map(({ exportId }) => exportId);
}

/** No longer offered; runs and ledger stay. The name becomes free. */
export function removeExport(store: Store, exportId: string, at: number): void {
  expectOne(
    store
      .prepare(
        `UPDATE export_definition SET removed_at = ?, name = name || ' · ' || export_id WHERE export_id = ? AND removed_at IS NULL`,
      )
      .run(at, exportId),
    'removeExport',
  );
}

/** Takes a removal back under the given name. `personId` is who does it. */
export function restoreExport(store: Store, exportId: string, name: string, at: number, personId: string): void {
  expectOne(
    store
      .prepare(
        `UPDATE export_definition SET removed_at = NULL, name = ?, updated_at = ?, updated_by = ?
         WHERE export_id = ? AND removed_at IS NOT NULL`,
      )
      .run(name, at, personId, exportId),
    'restoreExport',
  );
}

/** The export has no connection any more; list, segments and matching stay. */
export function detachExport(store: Store, exportId: string, at: number, personId: string): void {
  expectOne(
    store
      .prepare(
        `UPDATE export_definition SET connection_id = NULL, updated_at = ?, updated_by = ?
         WHERE export_id = ? AND removed_at IS NULL`,
      )
      .run(at, personId, exportId),
    'detachExport',
  );
}

/** The name that a removed export had, and the connection it still names; undefined when none was removed. */
export function getRemovedExport(store: Store, exportId: string) {
  const row = store
    .prepare(
      `SELECT name, connection_id AS connectionId FROM export_definition
       WHERE export_id = ? AND removed_at IS NOT NULL`,
    )
    .get(exportId) as { name: string; connectionId: string | null } | undefined;
  return row && { name: row.name.replace(` · ${exportId}`, ''), connectionId: row.connectionId };
}

/** Exports, not removed, that use a connection, by name. */
export function exportsOnConnection(store: Store, connectionId: string): { exportId: string; name: string }[] {
  return store
    .prepare(
      `SELECT export_id AS exportId, name FROM export_definition
       WHERE connection_id = ? AND removed_at IS NULL ORDER BY name`,
    )
    .all(connectionId) as { exportId: string; name: string }[];
}
