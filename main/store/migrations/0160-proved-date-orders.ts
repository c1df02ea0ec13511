/** What comes first in the dates of a segment's column, as one of its files proved it: for later files that do not. */
export const provedDateOrders = {
  version: 160,
  sql: `
    CREATE TABLE proved_date_order (
      segment_id TEXT NOT NULL REFERENCES segment (segment_id) ON DELETE CASCADE,
      heading    TEXT NOT NULL,
      date_order TEXT NOT NULL CHECK (date_order IN ('day-first', 'month-first', 'year-first')),
      proved_at  INTEGER NOT NULL,
      PRIMARY KEY (segment_id, heading)
    ) STRICT, WITHOUT ROWID;
  `,
} as const;
