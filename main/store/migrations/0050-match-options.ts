/** A matched column says how its cells become values: chosen repairs, the order of its dates, what a blank cell does. */
export const matchOptions = {
  version: 50,
  sql: `
    -- JSON: MatchOptions of the contract; what is absent is done as always.
    ALTER TABLE field_map ADD COLUMN options TEXT NOT NULL DEFAULT '{}';
  `,
};
