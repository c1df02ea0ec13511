/** Modes of exports, the ledger by destination, and the never-mail list. */
export const plan = {
  version: 80,
  sql: `
    ALTER TABLE export_definition ADD COLUMN mode TEXT NOT NULL DEFAULT 'add-and-update'
      CHECK (mode IN ('add-and-update', 'changes-only', 'mirror'));
    -- More leavers than this share of the people whom the export put on the list make a mirror ask.
    ALTER TABLE export_definition ADD COLUMN leaver_limit_percent INTEGER NOT NULL DEFAULT 20;
    -- Whether a run reads the list back to learn each row's fate.
    ALTER TABLE export_definition ADD COLUMN read_back INTEGER NOT NULL DEFAULT 0;

    -- A list of an account: the same list id in another account is another list.
    CREATE TABLE destination (
      destination_id INTEGER PRIMARY KEY,
      account_id     TEXT NOT NULL,
      list_id        TEXT NOT NULL,
      UNIQUE (account_id, list_id)
    ) STRICT;
    INSERT INTO destination (account_id, list_id) SELECT DISTINCT account_id, list_id FROM export_run;

    -- As the export stood when the run started.
    ALTER TABLE export_run ADD COLUMN mode TEXT NOT NULL DEFAULT 'add-and-update';
    ALTER TABLE export_run ADD COLUMN leaver_limit_percent INTEGER NOT NULL DEFAULT 20;
    -- JSON: what the person agreed to although a guard asks (see main/runs/guards.ts).
    ALTER TABLE export_run ADD COLUMN accepted_guards TEXT NOT NULL DEFAULT '{}';
    -- The one address that the run sends; NULL for everybody.
    ALTER TABLE export_run ADD COLUMN only_email TEXT;
    ALTER TABLE export_run ADD COLUMN leavers INTEGER NOT NULL DEFAULT 0;

    -- What each export sent last to whom on which list. Written in key order, in the transaction of its batch's result.
    CREATE TABLE ledger_by_destination (
      export_id      TEXT NOT NULL,
      destination_id INTEGER NOT NULL REFERENCES destination (destination_id),
      email          TEXT NOT NULL,
      -- 53 bits over field names and values without the address: tells whether anything changed. Rows from before
      -- this schema have one over the address as well, which equals none: they are sent once more.
      content_hash   INTEGER NOT NULL,
      run_id         TEXT NOT NULL,
      -- 1 when Constant Contact refused people of this batch without naming them.
      unconfirmed    INTEGER NOT NULL,
      PRIMARY KEY (export_id, destination_id, email)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO ledger_by_destination
      SELECT l.export_id, d.destination_id, l.email, l.content_hash, l.run_id, l.unconfirmed
      FROM ledger l JOIN export_run r USING (run_id) JOIN destination d USING (account_id, list_id)
      ORDER BY l.export_id, d.destination_id, l.email;
    DROP TABLE ledger;
    ALTER TABLE ledger_by_destination RENAME TO ledger;

    -- People and domains that are never sent to any account.
    CREATE TABLE never_mail (
      entry_id   INTEGER PRIMARY KEY,
      kind       TEXT NOT NULL CHECK (kind IN ('address', 'domain')),
      -- HMAC-SHA-256 with the profile's key over the trimmed, lower-cased text.
      keyed_hash BLOB NOT NULL,
      -- NULL once the person was deleted: the hash alone still holds them back.
      clear_text TEXT,
      added_at   INTEGER NOT NULL,
      added_by   TEXT NOT NULL,
      UNIQUE (kind, keyed_hash)
    ) STRICT;
    CREATE INDEX never_mail_by_text ON never_mail (clear_text);

    -- Keys made once for this profile; 'ciphertext' where the keychain protects them.
    CREATE TABLE profile_key (
      name       TEXT PRIMARY KEY,
      protection TEXT NOT NULL CHECK (protection IN ('ciphertext', 'plain')),
      bytes      BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
