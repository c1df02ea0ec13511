/** Runs can be paused. SQLite cannot change a CHECK: the table is made anew, its columns as they stood before. */
export const pause = {
  version: 40,
  sql: `
    CREATE TABLE export_run_with_pause (
      run_id          TEXT PRIMARY KEY,
      export_id       TEXT NOT NULL REFERENCES export_definition (export_id),
      connection_id   TEXT NOT NULL,
      connection_name TEXT NOT NULL,
      account_id      TEXT NOT NULL,
      export_name     TEXT NOT NULL,
      list_id         TEXT NOT NULL,
      list_name       TEXT NOT NULL,
      state           TEXT NOT NULL CHECK (state IN ('queued', 'running', 'pausing', 'paused', 'cancelling', 'cancelled',
                        'interrupted', 'failed', 'successful', 'completedWithWarnings')),
      phase           TEXT NOT NULL CHECK (phase IN ('preparing', 'sending', 'confirming', 'ended')),
      -- JSON: segments with stage folder, name and field map, as they were when the run started.
      source          TEXT NOT NULL,
      started_at      INTEGER NOT NULL,
      started_by      TEXT NOT NULL,
      ended_at        INTEGER,
      error_code      TEXT,
      error_params    TEXT,
      -- Set once the plan is complete; NULL means that nothing was sent and planning starts over.
      planned_at      INTEGER,
      rows_read       INTEGER NOT NULL DEFAULT 0,
      rejected        INTEGER NOT NULL DEFAULT 0,
      duplicate       INTEGER NOT NULL DEFAULT 0,
      held_back       INTEGER NOT NULL DEFAULT 0,
      unchanged       INTEGER NOT NULL DEFAULT 0,
      unreadable      INTEGER NOT NULL DEFAULT 0,
      to_send         INTEGER NOT NULL DEFAULT 0,
      batches         INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    INSERT INTO export_run_with_pause SELECT * FROM export_run;
    DROP TABLE export_run;
    ALTER TABLE export_run_with_pause RENAME TO export_run;
    CREATE INDEX export_run_by_export ON export_run (export_id, started_at);
    CREATE INDEX export_run_by_time ON export_run (started_at);
  `,
};
