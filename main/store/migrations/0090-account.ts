/** What is known of accounts: opt-outs; what runs learn of the account and change on lists beside their imports. */
export const account = {
  version: 90,
  sql: `
    -- People of an account who opted out, as last heard of. Addresses are trimmed and lower-cased.
    CREATE TABLE opt_out (
      account_id   TEXT NOT NULL,
      email        TEXT NOT NULL,
      -- NULL when the account did not say.
      opted_out_at INTEGER,
      -- The reading that told of it last: whom a whole reading does not tell of any more has come back.
      reading      INTEGER NOT NULL,
      PRIMARY KEY (account_id, email)
    ) STRICT, WITHOUT ROWID;

    -- How far the opt-outs of an account are known.
    CREATE TABLE opt_out_reading (
      account_id TEXT PRIMARY KEY,
      reading    INTEGER NOT NULL,
      read_at    INTEGER NOT NULL,
      -- The newest opt-out heard of, by the other side's clock: where the next reading goes on. NULL: read all again.
      newest_at  INTEGER,
      -- Rows in opt_out, and how many the account itself counted then.
      people     INTEGER NOT NULL,
      counted    INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- 'undo' takes back what another run did to the list.
    ALTER TABLE export_run ADD COLUMN kind TEXT NOT NULL DEFAULT 'export' CHECK (kind IN ('export', 'undo'));
    ALTER TABLE export_run ADD COLUMN undoes TEXT REFERENCES export_run (run_id);

    -- What a run learned of the account, and what it did beside its imports.
    CREATE TABLE run_account (
      run_id           TEXT PRIMARY KEY REFERENCES export_run (run_id) ON DELETE CASCADE,
      -- Whether the list is read before sending and read back after it.
      read_back        INTEGER NOT NULL DEFAULT 0,
      -- How old the opt-outs were that the plan was made with; NULL: not known.
      opt_outs_read_at INTEGER,
      -- People on the list before anything was sent; NULL: not read.
      members_before   INTEGER,
      -- Set once the changes of memberships stand in membership_batch.
      changes_planned_at INTEGER,
      -- People to be taken off who were not on the list any more.
      already_gone     INTEGER NOT NULL DEFAULT 0,
      -- JSON: ids of the activities there were before the first change, so that one of ours can be told from them.
      activities_before TEXT,
      -- Set once every row's outcome is in the run's folder.
      outcomes_at      INTEGER,
      read_back_state  TEXT NOT NULL DEFAULT 'none' CHECK (read_back_state IN ('none', 'reading', 'done', 'failed')),
      read_back_at     INTEGER,
      read_back_error  TEXT,
      on_list          INTEGER NOT NULL DEFAULT 0,
      opted_out        INTEGER NOT NULL DEFAULT 0,
      refused          INTEGER NOT NULL DEFAULT 0,
      missing          INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID;

    -- The journal of requests that take people off the run's list or put them on it.
    CREATE TABLE membership_batch (
      run_id        TEXT NOT NULL REFERENCES export_run (run_id) ON DELETE CASCADE,
      batch_number  INTEGER NOT NULL,
      change        TEXT NOT NULL CHECK (change IN ('remove', 'add')),
      people        INTEGER NOT NULL,
      -- JSON: [[email, contact id, content hash or null, run id or null], …], hash and run as the ledger had them.
      contacts      TEXT NOT NULL,
      state         TEXT NOT NULL CHECK (state IN ('planned', 'posting', 'posted', 'completed', 'failed')),
      attempt       INTEGER NOT NULL DEFAULT 0,
      activity_id   TEXT,
      posted_at     INTEGER,
      settled_at    INTEGER,
      -- More than one activity may carry it.
      unconfirmed   INTEGER NOT NULL DEFAULT 0,
      items_total_count     INTEGER,
      items_completed_count INTEGER,
      PRIMARY KEY (run_id, batch_number)
    ) STRICT;
  `,
};
