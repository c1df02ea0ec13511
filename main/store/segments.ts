import { expectOne, type Store } from './open-store.ts';

export interface SegmentRecord {
  readonly segmentId: string;
  readonly name: string;
  readonly filePath: string;
  readonly fileName: string;
  readonly fileBytes: number;
  /** Folder name of the stage, below the profile's stages folder. */
  readonly stageFolder: string;
  /** JSON, see main/segments/segment-record.ts. */
  readonly summary: string;
  readonly rowCount: number;
  readonly readAt: number;
  /** JSON: the parts as they were read, see main/segments/segment-record.ts; null for readings of the first schema. */
  readonly files: string | null;
  /** JSON: the corrections with which they were read. */
  readonly overrides: string;
  /** Display name of who read the newest version. */
  readonly readBy: string;
}

/** A reading on its way into the database, which knows its reader by id. */
export type NewReading = Omit<SegmentRecord, 'readBy'>;

/** What is kept of every version. */
export interface SegmentVersion {
  readonly readAt: number;
  readonly rowCount: number;
}

const columns = `s.segment_id AS segmentId, s.name, v.file_path AS filePath, v.file_name AS fileName,
  v.file_bytes AS fileBytes, v.stage_folder AS stageFolder, v.summary, v.row_count AS rowCount, v.read_at AS readAt,
  v.files, v.overrides, p.display_name AS readBy`;

const newest = `FROM segment s JOIN segment_version v ON v.segment_version_id =
  (SELECT max(segment_version_id) FROM segment_version WHERE segment_id = s.segment_id)
  JOIN person p ON p.person_id = coalesce(v.read_by, s.created_by)`;

/** Oldest first. */
export function listSegments(store: Store): SegmentRecord[] {
  return store.prepare(`SELECT ${columns} ${newest} ORDER BY s.created_at, s.segment_id`).all() as SegmentRecord[];
}

export function getSegment(store: Store, segmentId: string): SegmentRecord | undefined {
  return store.prepare(`SELECT ${columns} ${newest} WHERE s.segment_id = ?`).get(segmentId) as
    | SegmentRecord
    | undefined;
}

/** A segment whose file has been read for the first time. */
export function insertSegment(store: Store, segment: NewReading, createdBy: string): void {
  store.transaction(() => {
    store
      .prepare('INSERT INTO segment (segment_id, name, created_at, created_by) VALUES (?, ?, ?, ?)')
      .run(segment.segmentId, segment.name, segment.readAt, createdBy);
    insertVersion(store, segment, createdBy);
  })();
}

/** The segment's newest version; the ones before stay for their counts and headings. */
export function insertVersion(store: Store, reading: NewReading, readBy: string): void {
  store
    .prepare(
      `INSERT INTO segment_version (segment_id, file_path, file_name, file_bytes, stage_folder, summary, row_count,
         read_at, files, overrides, read_by)
       VALUES (@segmentId, @filePath, @fileName, @fileBytes, @stageFolder, @summary, @rowCount, @readAt, @files,
         @overrides, @readBy)`,
    )
    .run({ ...reading, readBy });
}

/** The newest versions of a segment, at most `limit`, oldest first. */
export function versionsOf(store: Store, segmentId: string, limit: number): SegmentVersion[] {
  const rows = store
    .prepare(
      `SELECT read_at AS readAt, row_count AS rowCount FROM segment_version WHERE segment_id = ?
       ORDER BY segment_version_id DESC LIMIT ?`,
    )
    .all(segmentId, limit) as SegmentVersion[];
  return rows.reverse();
}

/** Summaries (JSON) of a segment's versions before the newest, newest first. */
export function earlierSummaries(store: Store, segmentId: string, limit: number): string[] {
  const rows = store
    .prepare(
      `SELECT summary FROM segment_version WHERE segment_id = ? ORDER BY segment_version_id DESC LIMIT ? OFFSET 1`,
    )
    .all(segmentId, limit) as { summary: string }[];
  return rows.map((row) => row.summary);
}

export function renameSegment(store: Store, segmentId: string, name: string): void {
  expectOne(store.prepare('UPDATE segment SET name = ? WHERE segment_id = ?').run(name, segmentId), 'renameSegment');
}

/** The newest version, read again in another way: it takes its own place. */
export function replaceReading(store: Store, segment: NewReading, readBy: string): void {
  expectOne(
    store
      .prepare(
        `UPDATE segment_version SET file_bytes = @fileBytes, stage_folder = @stageFolder, summary = @summary,
           row_count = @rowCount, read_at = @readAt, files = @files, overrides = @overrides, read_by = @readBy
         WHERE segment_version_id = (SELECT max(segment_version_id) FROM segment_version WHERE segment_id = @segmentId)`,
      )
      .run({ ...segment, readBy }),
    'replaceReading',
  );
}

/** Columns of a segment that exports, removed ones too, match with the address. */
export function emailColumnsOf(store: Store, segmentId: string): number[] {
  return store
    .prepare(`SELECT DISTINCT column_index FROM field_map WHERE segment_id = ? AND field = 'email'`)
    .pluck()
    .all(segmentId) as number[];
}

/** The newest version lies in another folder from now on, with fewer rows. `summary` is JSON. */
export function moveStage(
  store: Store,
  segmentId: string,
  stageFolder: string,
  rowCount: number,
  summary: string,
): void {
  expectOne(
    store
      .prepare(
        `UPDATE segment_version SET stage_folder = ?, row_count = ?, summary = ?
         WHERE segment_version_id = (SELECT max(segment_version_id) FROM segment_version WHERE segment_id = ?)`,
      )
      .run(stageFolder, rowCount, summary, segmentId),
    'moveStage',
  );
}

/** Earlier versions of a segment keep counts and headings, and no values of people any more. */
export function forgetSamplesOfEarlier(store: Store, segmentId: string): void {
  store
    .prepare(
      `UPDATE segment_version SET summary = json_set(summary, '$.firstRows', json('[]'), '$.encodings', json('[]'),
         '$.columns', (SELECT json_group_array(json_object('heading', value ->> 'heading', 'samples', json('[]')))
           FROM json_each(segment_version.summary, '$.columns')))
       WHERE segment_id = @segmentId AND segment_version_id <
         (SELECT max(segment_version_id) FROM segment_version WHERE segment_id = @segmentId)`,
    )
    .run({ segmentId });
}

/** Names of exports, not removed, that use the segment. */
export function exportsUsing(store: Store, segmentId: string): string[] {
  const rows = store
    .prepare(
      `SELECT d.name FROM export_segment e JOIN export_definition d USING (export_id)
       WHERE e.segment_id = ? AND d.removed_at IS NULL ORDER BY d.name`,
    )
    .all(segmentId) as { name: string }[];
  return rows.map((row) => row.name);
}

export function deleteSegment(store: Store, segmentId: string): void {
  expectOne(store.prepare('DELETE FROM segment WHERE segment_id = ?').run(segmentId), 'deleteSegment');
}
