/** Several persons: passwords, attempts at them, and the list of who changed what. */
export const people = {
  version: 130,
  sql: `
    -- Who is removed stays, unnamed in lists of people: what they did carries their name.
    ALTER TABLE person ADD COLUMN removed_at INTEGER;
    ALTER TABLE person ADD COLUMN last_seen_at INTEGER;

    CREATE TABLE person_password (
      person_id TEXT PRIMARY KEY REFERENCES person (person_id) ON DELETE CASCADE,
      -- How the hash was made; the cost stands beside it, so that it can grow.
      scheme    TEXT NOT NULL CHECK (scheme IN ('scrypt')),
      cost      INTEGER NOT NULL,
      block     INTEGER NOT NULL,
      parallel  INTEGER NOT NULL,
      salt      BLOB NOT NULL,
      hash      BLOB NOT NULL,
      set_at    INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- Wrong passwords since the last right one. An attempt is counted before it is looked at.
    CREATE TABLE password_attempt (
      person_id     TEXT PRIMARY KEY REFERENCES person (person_id) ON DELETE CASCADE,
      failures      INTEGER NOT NULL,
      blocked_until INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- Who changed what, and when. Names as they were then; nothing of any profile.
    CREATE TABLE audit (
      audit_id    INTEGER PRIMARY KEY AUTOINCREMENT,
      at          INTEGER NOT NULL,
      person_id   TEXT NOT NULL,
      person_name TEXT NOT NULL,
      via         TEXT NOT NULL CHECK (via IN ('window', 'command-line', 'schedule')),
      action      TEXT NOT NULL,
      kind        TEXT NOT NULL,
      object_id   TEXT NOT NULL,
      object_name TEXT NOT NULL,
      -- JSON: [{ fact, before, after }].
      changes     TEXT NOT NULL
    ) STRICT;
    CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'audit rows do not change'); END;
  `,
} as const;
