/** Every version of a segment names who read it. */
export const segmentLibrary = {
  version: 30,
  sql: `
    -- NULL for readings of earlier schemas: then it was whoever made the segment.
    ALTER TABLE segment_version ADD COLUMN read_by TEXT REFERENCES person (person_id);
  `,
};
