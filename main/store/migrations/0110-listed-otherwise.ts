/** People whom an export did not put on its list: they were there when it first sent them, and so it may not take them off. */
export const listedOtherwise = {
  version: 110,
  sql: `
    CREATE TABLE listed_otherwise (
      export_id      TEXT NOT NULL REFERENCES export_definition (export_id) ON DELETE CASCADE,
      destination_id INTEGER NOT NULL REFERENCES destination (destination_id),
      email          TEXT NOT NULL,
      PRIMARY KEY (export_id, destination_id, email)
    ) STRICT, WITHOUT ROWID;
  `,
} as const;
