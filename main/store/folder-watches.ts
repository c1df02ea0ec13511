import { expectOne, type Store } from './open-store.ts';

export interface FolderWatch {
  readonly watchId: string;
  readonly folder: string;
  readonly pattern: string;
  /** Null: each new file becomes a segment. */
  readonly segmentId: string | null;
  readonly takes: 'by-itself' | 'when-asked';
  readonly createdAt: number;
  /** A person's id. */
  readonly createdBy: string;
  /** JSON, { file, code, params }: why the newest file could not be read. */
  readonly problem: string | null;
}

/** A file that a watch has seen, as it lay on the disk then. */
export interface WatchedFile {
  readonly name: string;
  readonly bytes: number;
  readonly modifiedMs: number;
}

const columns = `watch_id AS watchId, folder, pattern, segment_id AS segmentId, takes, created_at AS createdAt,
  created_by AS createdBy, problem`;

/** In the order in which they were made. */
export function listFolderWatches(store: Store): FolderWatch[] {
  return store.prepare(`SELECT ${columns} FROM folder_watch ORDER BY created_at, watch_id`).all() as FolderWatch[];
}

export function hasFolderWatch(store: Store, watchId: string): boolean {
  return store.prepare('SELECT 1 FROM folder_watch WHERE watch_id = ?').get(watchId) !== undefined;
}

/** A new watch that has seen these files. It takes the place of the segment's watch before it. */
export function insertFolderWatch(store: Store, watch: FolderWatch, seen: readonly WatchedFile[]): void {
  store.transaction(() => {
    if (watch.segmentId !== null) {
      store.prepare('DELETE FROM folder_watch WHERE segment_id = ?').run(watch.segmentId);
    }
    store
      .prepare(
        `INSERT INTO folder_watch (watch_id, folder, pattern, segment_id, takes, created_at, created_by, problem)
         VALUES (@watchId, @folder, @pattern, @segmentId, @takes, @createdAt, @createdBy, @problem)`,
      )
      .run(watch);
    noteSeenFiles(store, watch.watchId, seen);
  })();
}

export function deleteFolderWatch(store: Store, watchId: string): boolean {
  return store.prepare('DELETE FROM folder_watch WHERE watch_id = ?').run(watchId).changes === 1;
}

export function setWatchProblem(store: Store, watchId: string, problem: string | null): void {
  expectOne(
    store.prepare('UPDATE folder_watch SET problem = ? WHERE watch_id = ?').run(problem, watchId),
    'setWatchProblem',
  );
}

export function seenFiles(store: Store, watchId: string): Map<string, WatchedFile> {
  const rows = store
    .prepare('SELECT name, bytes, modified_ms AS modifiedMs FROM watched_file WHERE watch_id = ?')
    .all(watchId) as WatchedFile[];
  return new Map(rows.map((row) => [row.name, row]));
}

/** Files that a watch has seen. Those that are gone stay known: a drive that was away for a while brings nothing new. */
export function noteSeenFiles(store: Store, watchId: string, files: readonly WatchedFile[]): void {
  const note = store.prepare(
    `INSERT INTO watched_file (watch_id, name, bytes, modified_ms) VALUES (?, ?, ?, ?)
     ON CONFLICT (watch_id, name) DO UPDATE SET bytes = excluded.bytes, modified_ms = excluded.modified_ms`,
  );
  store.transaction(() => {
    for (const { name, bytes, modifiedMs } of files) note.run(watchId, name, bytes, modifiedMs);
  })();
}
