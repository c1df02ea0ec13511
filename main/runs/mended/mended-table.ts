import type { FieldMap, RejectionReason } from '../../../preload/contract/views.ts';
import { preparedRows, rejectionReasons, rowNumberOf } from '../../exports/prepared-rows.ts';
import { type DuckDb, quoteText } from '../../segments/duckdb.ts';
import { rowMarkPattern } from '../../segments/rejected-rows-mark.ts';
import { stageRows } from '../../segments/stage-rows.ts';

/** The rejected rows of one segment of a run, as a file of mended rows holds them. */
export interface MendedSegment {
  readonly segmentId: string;
  /** They are numbered `first` to `last` among the run's rejected rows. */
  readonly first: number;
  readonly last: number;
  /** The run's matching, over the columns of this file. */
  readonly fieldMap: FieldMap;
}

/** A staged file of mended rows. A type, not an interface: it crosses to a thread. */
export type MendedFile = {
  readonly stageFile: string;
  /** The column that says which rejected row each one was. */
  readonly markColumn: number;
  readonly segments: readonly MendedSegment[];
  /** Rejected rows that a later run has sent, as ranges, both ends included. */
  readonly sentLater: readonly (readonly [first: number, last: number])[];
};

/** A row that can be sent by now. */
export interface RightRow {
  readonly rowNumber: number;
  readonly rowId: number;
  readonly email: string;
}

/** What became of the rows of a file: `rows` is the sum of the others. */
export interface MendedRows {
  readonly rows: number;
  /** Rows that are none of the run's rejected ones: added since, or without their mark. */
  readonly foreign: number;
  /** Rows that a later run has sent. */
  readonly sentLater: number;
  /** Rows that the checks still refuse. */
  readonly wrong: readonly { readonly reason: RejectionReason; readonly rowNumbers: readonly number[] }[];
  /** In file order. */
  readonly right: readonly RightRow[];
}

/** Looks through a file of mended rows with the checks of every run. */
export async function readMendedRows(db: DuckDb, file: MendedFile): Promise<MendedRows> {
  await markRows(db, file);
  const [counts] = await db.rows(
    `SELECT count(*) AS rows, count(*) FILTER (segment IS NULL) AS foreign_rows,
       count(*) FILTER (segment IS NOT NULL AND sent_later) AS sent_later FROM marked`,
  );
  const checked = await db.table(
    file.segments.length === 0
      ? 'SELECT 0, 0, 0, NULL WHERE false'
      : `SELECT m.row_number, m.row_id, reason, email
         FROM (SELECT ${rowNumberOf('ord')} AS row_number, reason, email FROM (${checkedRows(file)})) p
         JOIN marked m USING (row_number) ORDER BY m.row_number`,
  );
  const right: RightRow[] = [];
  const wrong = rejectionReasons.map((reason) => ({ reason, rowNumbers: [] as number[] }));
  for (const [rowNumber, rowId, reason, email] of checked) {
    if (Number(reason) === 0) right.push({ rowNumber: Number(rowNumber), rowId: Number(rowId), email: String(email) });
    else wrong[Number(reason) - 1]?.rowNumbers.push(Number(rowNumber));
  }
  return {
    rows: Number(counts?.rows),
    foreign: Number(counts?.foreign_rows),
    sentLater: Number(counts?.sent_later),
    wrong: wrong.filter(({ rowNumbers }) => rowNumbers.length > 0),
    right,
  };
}

/**
 * Writes the rows that a run is to have, those still wrong included, as one stage for each segment. Rows in `leftOut` are
 * not among them. Answers the segments that have any.
 */
export async function writeMendedStages(
  db: DuckDb,
  file: MendedFile,
  leftOut: readonly number[],
  targets: readonly string[],
): Promise<number[]> {
  await markRows(db, file);
  await db.run(`CREATE OR REPLACE TEMP TABLE left_out AS SELECT unnest(from_json($1, '["BIGINT"]')) AS row_number`, [
    JSON.stringify(leftOut),
  ]);
  const written: number[] = [];
  for (const [segment, target] of targets.entries()) {
    const [result] = await db.table(
      `COPY (SELECT COLUMNS('^c[0-9]+$') FROM ${stageRows(file.stageFile)}
         WHERE row_number IN (SELECT row_number FROM marked WHERE ${isWanted(segment)})
           AND row_number NOT IN (SELECT row_number FROM left_out) ORDER BY row_number)
       TO ${quoteText(target)} (FORMAT parquet)`,
    );
    if (Number(result?.[0] ?? 0) > 0) written.push(segment);
  }
  return written;
}

/** The table `marked`: every row of the file, which rejected row it was, and of which segment; NULL for any other row. */
async function markRows(db: DuckDb, { stageFile, markColumn, segments, sentLater }: MendedFile): Promise<void> {
  const cases = segments.map(({ first, last }, segment) => `WHEN row_id BETWEEN ${first} AND ${last} THEN ${segment}`);
  await db.run(
    `CREATE OR REPLACE TEMP TABLE sent_later AS
       SELECT r[1] AS first, r[2] AS last FROM (SELECT unnest(from_json($1, '[["BIGINT"]]')) AS r)`,
    [JSON.stringify(sentLater)],
  );
  await db.run(
    `CREATE OR REPLACE TEMP TABLE marked AS
     SELECT row_number, row_id, ${cases.length === 0 ? 'NULL::INTEGER' : `CASE ${cases.join(' ')} END`} AS segment,
       row_id IN (SELECT unnest(range(first, last + 1)) FROM sent_later) AS sent_later
     FROM (SELECT row_number, TRY_CAST(regexp_extract(c${markColumn}, '${rowMarkPattern}', 1) AS BIGINT) AS row_id
       FROM ${stageRows(stageFile)})`,
  );
}

const isWanted = (segment: number): string => `segment = ${segment} AND sent_later IS NOT TRUE`;

const checkedRows = ({ stageFile, segments }: MendedFile): string =>
  preparedRows(
    segments.map(({ segmentId, fieldMap }) => ({
      segmentId,
      stageFile,
      fieldMap: fieldMap.filter(({ field }) => field === 'email'),
    })),
    [],
    (segment) => `row_number IN (SELECT row_number FROM marked WHERE ${isWanted(segment)})`,
  );
