/** When each part of a run began, so that people see where its time went. */
export const runTasks = {
  version: 100,
  sql: `
    CREATE TABLE run_task (
      run_id   TEXT NOT NULL REFERENCES export_run (run_id) ON DELETE CASCADE,
      phase    TEXT NOT NULL,
      -- The first time; a run that is continued goes through its phases again.
      began_at INTEGER NOT NULL,
      PRIMARY KEY (run_id, phase)
    ) STRICT, WITHOUT ROWID;
    -- Noted where the phase is written, whichever thread writes it.
    CREATE TRIGGER run_task_begins AFTER UPDATE OF phase ON export_run WHEN new.phase <> old.phase
    BEGIN
      INSERT OR IGNORE INTO run_task (run_id, phase, began_at)
      VALUES (new.run_id, new.phase, CAST(unixepoch('subsec') * 1000 AS INTEGER));
    END;
    CREATE INDEX export_run_by_connection ON export_run (connection_id, started_at);
  `,
} as const;
