import { toWireError } from '../../errors/segue-error.ts';
import { csvHeader } from '../../exports/csv-line.ts';
import { withCertainDateOrders } from '../../exports/date-orders.ts';
import { fieldsOf, preparedRows, rowNumberOf, segmentOf, sqlText } from '../../exports/prepared-rows.ts';
import { withExactReasons } from '../../exports/refusals.ts';
import { addressColumn, type SegmentSource } from '../../exports/stage-cells.ts';
import { type DuckDb, interruptible } from '../../segments/duckdb.ts';
import { stageRows } from '../../segments/stage-rows.ts';
import { type AddressRanges, addressRanges, mostAtOnce } from './address-ranges.ts';
import { makePlanTables } from './plan-tables.ts';

/** A segment with the number of columns in its stage, all of which a refused row keeps. */
export interface PlannedSegment extends SegmentSource {
  readonly columnCount: number;
}

/** What a plan's rows are, before they are held against anybody known. */
export interface Survey {
  readonly segments: readonly PlannedSegment[];
  /** Field names in the order of the request's columns, `email` left out. */
  readonly fields: readonly string[];
  /** The heading line of the plan's requests. */
  readonly header: string;
  readonly ranges: AddressRanges;
  /** Whether there is a table `merged`. */
  readonly hasRepeated: boolean;
  /** SQL of the plan's rows with these fields, as `preparedRows` makes it. */
  rowsOf(fields: readonly string[], wanted?: (segment: number) => string): string;
}

/** SQL condition on `row_number`, given the segment's position: the row's `ord` is in this table. */
export const standsIn = (table: string) => (segment: number) =>
  `row_number IN (SELECT ${rowNumberOf('ord')} FROM ${table} WHERE ${segmentOf('ord')} = ${segment})`;

/**
 * Begins a plan with all that hangs on nothing but the files, so that it can be done while the account is asked for its
 * opt-outs. Makes the plan's tables and fills `rejected` and `duplicate`. Beside them, for the rest of the plan: `addressed`
 * (every row's `ord`, `reason` and `range` of addresses), `apart` (rows that are refused or not alone with their address) and
 * `merged` (of the latter one line a person: `email`, `ord`, `f0 …`, `range`).
 */
export async function surveyRows(
  db: DuckDb,
  given: readonly PlannedSegment[],
  onlyEmail: string | null,
  most = mostAtOnce,
): Promise<Survey> {
  const segments = await withCertainDateOrders(db, given);
  const fields = fieldsOf(segments);
  const header = csvHeader(fields);
  const rowsOf: Survey['rowsOf'] = (of, wanted) => {
    const rows = preparedRows(segments, of, wanted);
    return onlyEmail === null ? rows : `SELECT * FROM (${rows}) WHERE email = ${sqlText(onlyEmail)} AND reason = 0`;
  };
  await makePlanTables(db, header);
  // Numbers instead of addresses take a fraction of the memory; two addresses that share one are merged each by itself.
  const ranges = await addressRanges(db, (wanted) => rowsOf([], wanted === undefined ? undefined : () => wanted), most);
  await db.run(`CREATE OR REPLACE TEMP TABLE addressed AS
    SELECT ord, hash(email) AS address, reason, ${ranges.number} AS range FROM (${rowsOf([])})`);
  await db.run(`CREATE OR REPLACE TEMP TABLE repeated AS SELECT ord FROM addressed WHERE reason = 0 AND address IN
    (SELECT address FROM addressed WHERE reason = 0 GROUP BY address HAVING count(*) > 1)`);
  await db.run(`CREATE OR REPLACE TEMP TABLE apart AS
    SELECT ord FROM addressed WHERE reason > 0 UNION ALL SELECT ord FROM repeated`);
  // To say why rows are refused takes patterns that are dear to make, and most small files need none of them.
  const has = async (table: string) => (await db.rows(`SELECT 1 FROM ${table} LIMIT 1`)).length > 0;
  if (await has('addressed WHERE reason > 0'))
    await db.run(`INSERT INTO rejected ${rejectedWithCells(segments)} ORDER BY ord`);
  // Only repeated addresses pay for the merge: the last row wins, blank cells are filled from the rows before it.
  const hasRepeated = await has('repeated');
  if (hasRepeated) {
    const repeated = standsIn('repeated');
    const merged = fields.map((_, index) => `, arg_max(f${index}, ord) AS f${index}`).join('');
    await db.run(`CREATE OR REPLACE TEMP TABLE merged AS SELECT *, ${ranges.number} AS range FROM (
      SELECT email, max(ord) AS ord${merged} FROM (${rowsOf(fields, repeated)}) GROUP BY email)`);
    await db.run(`INSERT INTO duplicate SELECT ord, email FROM (
        SELECT ord, email, max(ord) OVER (PARTITION BY email) AS winner FROM (${rowsOf([], repeated)})
      ) WHERE ord < winner ORDER BY ord`);
  }
  await db.run('DROP TABLE repeated');
  return { segments, fields, header, ranges, hasRepeated, rowsOf };
}

/**
 * Looks through the rows while `others` does what needs neither them nor, until `quiet` has ended, this database. When one
 * of the two fails the other is ended, and the first of the two errors is thrown.
 */
export async function whileSurveyed<T>(
  db: DuckDb,
  segments: readonly PlannedSegment[],
  onlyEmail: string | null,
  others: (signal: AbortSignal, quiet: Promise<unknown>) => Promise<T>,
): Promise<[Survey, T]> {
  const failed = new AbortController();
  const surveying = interruptible(db, failed.signal, () => surveyRows(db, segments, onlyEmail));
  const quiet = surveying.catch(() => failed.abort());
  const found = others(failed.signal, quiet);
  found.catch(() => failed.abort());
  const [survey, other] = await Promise.allSettled([surveying, found]);
  // What was ended because of the other has nothing to say.
  if (survey.status === 'rejected' && (other.status === 'fulfilled' || !isCancelled(survey.reason)))
    throw survey.reason;
  if (other.status === 'rejected') throw other.reason;
  if (survey.status === 'rejected') throw survey.reason;
  return [survey.value, other.value];
}

const isCancelled = (thrown: unknown): boolean => toWireError(thrown).code === 'cancelled';

/** Frees what {@link surveyRows} has made beside the plan. */
export async function dropSurvey(db: DuckDb): Promise<void> {
  for (const table of ['addressed', 'apart', 'merged']) await db.run(`DROP TABLE IF EXISTS ${table}`);
}

/** SQL of the refused rows with all their cells as they stand in the stage, whether matched to a field or not. */
function rejectedWithCells(segments: readonly PlannedSegment[]): string {
  const parts = segments.map((segment, position) => {
    const cells = Array.from({ length: segment.columnCount }, (_, index) => `c${index}`).join(', ');
    return `SELECT r.ord, r.reason, to_json([${cells}])::VARCHAR AS cells, ${addressColumn(segment)} AS email
      FROM (SELECT ord, reason, ${rowNumberOf('ord')} AS row_number FROM addressed
        WHERE reason > 0 AND ${segmentOf('ord')} = ${position}) r
      JOIN ${stageRows(segment.stageFile)} s USING (row_number)`;
  });
  return `SELECT ord, reason, cells FROM (${withExactReasons(parts.join(' UNION ALL '), ['ord', 'cells'])})`;
}
