/** Files that come by themselves, and rejected rows that come back mended. */
export const filesThatComeBack = {
  version: 70,
  sql: `
    -- A run over mended rows belongs to the run that rejected them.
    ALTER TABLE export_run ADD COLUMN parent_run_id TEXT REFERENCES export_run (run_id) ON DELETE SET NULL;
    CREATE INDEX export_run_by_parent ON export_run (parent_run_id) WHERE parent_run_id IS NOT NULL;

    -- Which rejected rows of a run a later one took over, having found them right by then.
    CREATE TABLE mended_row (
      run_id   TEXT NOT NULL REFERENCES export_run (run_id) ON DELETE CASCADE,
      row_id   INTEGER NOT NULL,
      sent_by  TEXT NOT NULL REFERENCES export_run (run_id) ON DELETE CASCADE,
      PRIMARY KEY (run_id, row_id, sent_by)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX mended_row_by_sender ON mended_row (sent_by);

    -- A folder whose new files become the newest version of a segment, or segments of their own.
    CREATE TABLE folder_watch (
      watch_id    TEXT PRIMARY KEY,
      folder      TEXT NOT NULL,
      -- The file's name with * for any characters and ? for one.
      pattern     TEXT NOT NULL,
      -- NULL: each new file becomes a segment.
      segment_id  TEXT UNIQUE REFERENCES segment (segment_id) ON DELETE CASCADE,
      -- Whether a new file is read by itself, or offered only.
      takes       TEXT NOT NULL CHECK (takes IN ('by-itself', 'when-asked')),
      created_at  INTEGER NOT NULL,
      created_by  TEXT NOT NULL REFERENCES person (person_id),
      -- JSON, { file, code, params }: why the newest file could not be read; NULL while all is well.
      problem     TEXT
    ) STRICT;

    -- Files that a watch has seen, as they lay on the disk then: one that differs is new.
    CREATE TABLE watched_file (
      watch_id    TEXT NOT NULL REFERENCES folder_watch (watch_id) ON DELETE CASCADE,
      name        TEXT NOT NULL,
      bytes       INTEGER NOT NULL,
      modified_ms REAL NOT NULL,
      PRIMARY KEY (watch_id, name)
    ) STRICT, WITHOUT ROWID;
  `,
};
