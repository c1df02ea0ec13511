/** Exports that run by themselves. */
export const schedules = {
  version: 120,
  sql: `
    -- One row: when the system refresh comes round, and when the schedules were looked at last.
    CREATE TABLE system_refresh (
      only_row   INTEGER PRIMARY KEY CHECK (only_row = 1),
      is_on      INTEGER NOT NULL CHECK (is_on IN (0, 1)),
      -- JSON, see preload/contract/views/schedules.ts; NULL until somebody has chosen one.
      recurrence TEXT,
      -- No earlier run is due: when it was chosen.
      since      INTEGER NOT NULL,
      looked_at  INTEGER
    ) STRICT;
    INSERT INTO system_refresh (only_row, is_on, since) VALUES (1, 0, 0);

    -- An export without a row follows the system refresh.
    CREATE TABLE export_schedule (
      export_id  TEXT PRIMARY KEY REFERENCES export_definition (export_id) ON DELETE CASCADE,
      follows    TEXT NOT NULL CHECK (follows IN ('system', 'own', 'manual')),
      is_on      INTEGER NOT NULL CHECK (is_on IN (0, 1)),
      recurrence TEXT,
      since      INTEGER NOT NULL
    ) STRICT;

    -- What became of each time that an export was to run by itself; the key keeps one from being begun twice.
    CREATE TABLE scheduled_run (
      export_id    TEXT NOT NULL REFERENCES export_definition (export_id) ON DELETE CASCADE,
      due_at       INTEGER NOT NULL,
      state        TEXT NOT NULL CHECK (state IN ('foreseen', 'waiting', 'started', 'skipped')),
      at           INTEGER NOT NULL,
      -- Why it was skipped, or will be unless somebody helps.
      error_code   TEXT,
      error_params TEXT,
      run_id       TEXT REFERENCES export_run (run_id) ON DELETE SET NULL,
      dismissed_at INTEGER,
      PRIMARY KEY (export_id, due_at)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX scheduled_run_by_run ON scheduled_run (run_id);

    ALTER TABLE export_run ADD COLUMN started_via TEXT NOT NULL DEFAULT 'window'
      CHECK (started_via IN ('window', 'command-line', 'schedule'));
  `,
} as const;
