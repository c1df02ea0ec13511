/** Fields of single people that are cleared because their cell is blank now, where a person chose so. */
export const clearing = {
  version: 95,
  sql: `
    -- Which bit of ledger.valued stands for which field, for each export and list. A bit keeps its field for ever.
    CREATE TABLE ledger_field (
      export_id      TEXT NOT NULL,
      destination_id INTEGER NOT NULL REFERENCES destination (destination_id),
      bit            INTEGER NOT NULL CHECK (bit BETWEEN 0 AND 61),
      field          TEXT NOT NULL,
      PRIMARY KEY (export_id, destination_id, bit),
      UNIQUE (export_id, destination_id, field)
    ) STRICT, WITHOUT ROWID;

    -- The fields that this export has given a value and not cleared since. NULL: not known, from before this schema.
    ALTER TABLE ledger ADD COLUMN valued INTEGER;

    -- People of whom the run's plan clears fields.
    ALTER TABLE export_run ADD COLUMN clearing INTEGER NOT NULL DEFAULT 0;
    -- Set once they stand in field_clearing; then how they ended, each in one of four ways.
    ALTER TABLE run_account ADD COLUMN clearing_planned_at INTEGER;
    ALTER TABLE run_account ADD COLUMN cleared INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE run_account ADD COLUMN clear_blank INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE run_account ADD COLUMN clear_left INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE run_account ADD COLUMN clear_refused INTEGER NOT NULL DEFAULT 0;

    -- The journal of clearings that are still to be done, one person each. Who is done leaves it.
    CREATE TABLE field_clearing (
      run_id  TEXT NOT NULL REFERENCES export_run (run_id) ON DELETE CASCADE,
      email   TEXT NOT NULL,
      -- As in ledger.valued.
      bits    INTEGER NOT NULL,
      -- 'sending': a request may have left whose answer is not known.
      state   TEXT NOT NULL CHECK (state IN ('planned', 'sending')),
      attempt INTEGER NOT NULL DEFAULT 0,
      PRIMARY KEY (run_id, email)
    ) STRICT, WITHOUT ROWID;
  `,
};
