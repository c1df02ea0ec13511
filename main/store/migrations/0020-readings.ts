/** How a segment's files were read: which they were, what a person corrected, and what is remembered of that. */
export const readings = {
  version: 20,
  sql: `
    -- JSON: [{ path, bytes, modifiedMs }], the parts in their order; NULL for readings of the first schema.
    ALTER TABLE segment_version ADD COLUMN files TEXT;
    -- JSON: the corrections with which the files were read.
    ALTER TABLE segment_version ADD COLUMN overrides TEXT NOT NULL DEFAULT '{}';

    -- A correction holds for later files of the same folder with a like name, or with the same headings.
    CREATE TABLE reading_correction (
      folder        TEXT NOT NULL,
      -- The file's name with every number in it replaced by #.
      name_pattern  TEXT NOT NULL,
      -- Hash of the headings that the file has when it is read by itself; '' when it could not be.
      headings      TEXT NOT NULL,
      -- JSON
      overrides     TEXT NOT NULL,
      corrected_at  INTEGER NOT NULL,
      corrected_by  TEXT NOT NULL REFERENCES person (person_id),
      PRIMARY KEY (folder, name_pattern)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX reading_correction_by_headings ON reading_correction (folder, headings);
  `,
};
