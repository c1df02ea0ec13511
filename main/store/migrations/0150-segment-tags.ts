/** Words that people put on segments, to find them by. */
export const segmentTags = {
  version: 150,
  sql: `
    CREATE TABLE segment_tag (
      segment_id TEXT NOT NULL REFERENCES segment (segment_id) ON DELETE CASCADE,
      tag        TEXT NOT NULL COLLATE NOCASE CHECK (length(tag) BETWEEN 1 AND 40),
      PRIMARY KEY (segment_id, tag)
    ) STRICT, WITHOUT ROWID;
  `,
} as const;
