/** The first schema. Times are epoch milliseconds; JSON columns say what they hold. */
export const first = {
  version: 10,
  sql: `
    CREATE TABLE person (
      person_id     TEXT PRIMARY KEY,
      display_name  TEXT NOT NULL,
      role          TEXT NOT NULL CHECK (role IN ('administrator', 'contributor', 'viewer')),
      created_at    INTEGER NOT NULL
    ) STRICT;

    -- A named, authenticated link to one Constant Contact account. The wording agreed to is kept as it was shown.
    CREATE TABLE connection (
      connection_id     TEXT PRIMARY KEY,
      display_name      TEXT NOT NULL UNIQUE COLLATE NOCASE,
      kind              TEXT NOT NULL CHECK (kind IN ('constant-contact', 'practice')),
      shared_with       TEXT NOT NULL CHECK (shared_with IN ('administrators', 'contributors')),
      api_key           TEXT NOT NULL,
      account_id        TEXT NOT NULL,
      organisation      TEXT NOT NULL,
      export_user_id    TEXT NOT NULL REFERENCES person (person_id),
      created_at        INTEGER NOT NULL,
      created_by        TEXT NOT NULL REFERENCES person (person_id),
      privacy_wording   TEXT NOT NULL,
      privacy_agreed_at INTEGER NOT NULL,
      privacy_agreed_by TEXT NOT NULL REFERENCES person (person_id),
      -- Only ever the keychain's ciphertext; NULL when signed out or signed in for this session only.
      token_ciphertext  BLOB
    ) STRICT;

    -- Agreement that the people sent to a list may be mailed.
    CREATE TABLE mail_permission (
      connection_id TEXT NOT NULL REFERENCES connection (connection_id) ON DELETE CASCADE,
      list_id       TEXT NOT NULL,
      agreed_by     TEXT NOT NULL,
      agreed_at     INTEGER NOT NULL,
      wording       TEXT NOT NULL,
      PRIMARY KEY (connection_id, list_id)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE segment (
      segment_id  TEXT PRIMARY KEY,
      name        TEXT NOT NULL,
      created_at  INTEGER NOT NULL,
      created_by  TEXT NOT NULL REFERENCES person (person_id)
    ) STRICT;

    -- One reading of a segment's file. The newest is the segment as it is now.
    CREATE TABLE segment_version (
      segment_version_id INTEGER PRIMARY KEY,
      segment_id         TEXT NOT NULL REFERENCES segment (segment_id) ON DELETE CASCADE,
      file_path          TEXT NOT NULL,
      file_name          TEXT NOT NULL,
      file_bytes         INTEGER NOT NULL,
      stage_folder       TEXT NOT NULL,
      -- JSON: the segment's view without what changes (see main/segments/segment-record.ts).
      summary            TEXT NOT NULL,
      row_count          INTEGER NOT NULL,
      read_at            INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX segment_version_by_segment ON segment_version (segment_id, segment_version_id);

    CREATE TABLE export_definition (
      export_id      TEXT PRIMARY KEY,
      name           TEXT NOT NULL UNIQUE COLLATE NOCASE,
      connection_id  TEXT REFERENCES connection (connection_id) ON DELETE SET NULL,
      list_id        TEXT,
      list_name      TEXT,
      created_at     INTEGER NOT NULL,
      updated_at     INTEGER NOT NULL,
      updated_by     TEXT NOT NULL REFERENCES person (person_id),
      -- A removed export keeps its runs and ledger; it is no longer offered.
      removed_at     INTEGER
    ) STRICT;

    CREATE TABLE export_segment (
      export_id  TEXT NOT NULL REFERENCES export_definition (export_id) ON DELETE CASCADE,
      segment_id TEXT NOT NULL REFERENCES segment (segment_id) ON DELETE CASCADE,
      position   INTEGER NOT NULL,
      PRIMARY KEY (export_id, segment_id)
    ) STRICT, WITHOUT ROWID;

    -- Which column of a segment fills which contact field. The heading tells when a newer file moved its columns.
    CREATE TABLE field_map (
      export_id    TEXT NOT NULL,
      segment_id   TEXT NOT NULL,
      position     INTEGER NOT NULL,
      field        TEXT NOT NULL,
      column_index INTEGER NOT NULL,
      heading      TEXT NOT NULL,
      PRIMARY KEY (export_id, segment_id, field),
      FOREIGN KEY (export_id, segment_id) REFERENCES export_segment (export_id, segment_id) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE export_run (
      run_id          TEXT PRIMARY KEY,
      export_id       TEXT NOT NULL REFERENCES export_definition (export_id),
      connection_id   TEXT NOT NULL,
      connection_name TEXT NOT NULL,
      account_id      TEXT NOT NULL,
      export_name     TEXT NOT NULL,
      list_id         TEXT NOT NULL,
      list_name       TEXT NOT NULL,
      state           TEXT NOT NULL CHECK (state IN ('queued', 'running', 'cancelling', 'cancelled', 'interrupted',
                        'failed', 'successful', 'completedWithWarnings')),
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
    CREATE INDEX export_run_by_export ON export_run (export_id, started_at);
    CREATE INDEX export_run_by_time ON export_run (started_at);

    -- The journal: a batch is 'posting' here before its request leaves this computer.
    CREATE TABLE batch (
      run_id        TEXT NOT NULL REFERENCES export_run (run_id) ON DELETE CASCADE,
      batch_number  INTEGER NOT NULL,
      -- Range of positions in the run's plan, both ends included.
      first_position INTEGER NOT NULL,
      last_position INTEGER NOT NULL,
      rows          INTEGER NOT NULL,
      bytes         INTEGER NOT NULL,
      state         TEXT NOT NULL CHECK (state IN ('planned', 'posting', 'posted', 'completed', 'failed')),
      attempt       INTEGER NOT NULL DEFAULT 0,
      file_name     TEXT NOT NULL DEFAULT '',
      activity_id   TEXT,
      posted_at     INTEGER,
      settled_at    INTEGER,
      -- More than one activity was found for one request, or people of it were refused without being named.
      unconfirmed   INTEGER NOT NULL DEFAULT 0,
      items_total_count         INTEGER,
      person_count              INTEGER,
      error_count               INTEGER,
      correctable_count         INTEGER,
      cannot_add_to_list_count  INTEGER,
      accepted      INTEGER NOT NULL DEFAULT 0,
      refused       INTEGER NOT NULL DEFAULT 0,
      unknown       INTEGER NOT NULL DEFAULT 0,
      PRIMARY KEY (run_id, batch_number)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE rejected_row (
      run_id      TEXT NOT NULL REFERENCES export_run (run_id) ON DELETE CASCADE,
      row_id      INTEGER NOT NULL,
      -- Position of the segment in the run's source.
      segment     INTEGER NOT NULL,
      row_number  INTEGER NOT NULL,
      reason      TEXT NOT NULL,
      -- JSON: the row's cells as they stood in the file, in order; null where the row was short.
      cells       TEXT NOT NULL,
      PRIMARY KEY (run_id, row_id)
    ) STRICT, WITHOUT ROWID;

    -- What each export sent last to whom. Written in key order, in the transaction of its batch's result.
    CREATE TABLE ledger (
      export_id    TEXT NOT NULL,
      email        TEXT NOT NULL,
      -- 53 bits over field names and values: tells whether anything changed.
      content_hash INTEGER NOT NULL,
      run_id       TEXT NOT NULL,
      -- 1 when Constant Contact refused people of this batch without naming them.
      unconfirmed  INTEGER NOT NULL,
      PRIMARY KEY (export_id, email)
    ) STRICT, WITHOUT ROWID;

    -- Requests of one UTC day with one API key (constant-contact-v3.md 3).
    CREATE TABLE request_day (
      api_key  TEXT NOT NULL,
      utc_day  TEXT NOT NULL,
      requests INTEGER NOT NULL,
      exhausted INTEGER NOT NULL,
      PRIMARY KEY (api_key, utc_day)
    ) STRICT, WITHOUT ROWID;
  `,
};
