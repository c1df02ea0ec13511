/** What an undo would take off, and what is decided about rows that wait to be sent again. */
export const whatBecame = {
  version: 91,
  sql: `
    -- People whom the run sent and a read of the list before it proved absent; NULL when it was not read.
    ALTER TABLE run_account ADD COLUMN newly_listed INTEGER;
    -- Set when the run's folder went because nobody asked for it any more: the run cannot be continued or undone.
    ALTER TABLE run_account ADD COLUMN folder_removed_at INTEGER;

    -- What a person decided about a rejected row; without an entry it waits as it is.
    CREATE TABLE retried_row (
      run_id     TEXT NOT NULL REFERENCES export_run (run_id) ON DELETE CASCADE,
      row_id     INTEGER NOT NULL,
      -- The address as it was mended; NULL: the row is dismissed.
      email      TEXT,
      decided_at INTEGER NOT NULL,
      decided_by TEXT NOT NULL,
      PRIMARY KEY (run_id, row_id)
    ) STRICT, WITHOUT ROWID;
  `,
};
