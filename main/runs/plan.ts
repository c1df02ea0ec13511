import type { Balance, RejectionReason } from '../../preload/contract/views.ts';
import { csvHeader, csvLine } from '../exports/csv-line.ts';
import {
  fieldsOf,
  preparedRows,
  rejectionReasons,
  rowNumberOf,
  type SegmentSource,
  segmentOf,
  sentValue,
  splitOrd,
  sqlText,
} from '../exports/prepared-rows.ts';
import type { DuckDb } from '../segments/duckdb.ts';
import { stageRows } from '../segments/stage-rows.ts';
import type { PlannedBatch } from '../store/batches.ts';
import { batchLimits, type Chunk, packBatches } from './pack-batches.ts';

/** Rows of one chunk: the step in which batches are measured. */
const chunkRows = 200;

/** A segment with the number of columns in its stage, all of which a refused row keeps. */
export interface PlannedSegment extends SegmentSource {
  readonly columnCount: number;
}

export interface Plan {
  /** Field names in the order of the request's columns, `email` left out. */
  readonly fields: readonly string[];
  readonly counts: Pick<Balance, 'rowsRead' | 'rejected' | 'duplicate'>;
  readonly toSend: number;
  readonly batches: PlannedBatch[];
}

/**
 * Works out what a run sends, into the table `plan` of the run's own database file: one row per contact, ordered by
 * address, with its finished line. `rowid` is the contact's position. The table is all that sending needs, so that a
 * batch can be made again byte for byte after a crash. `rejected` holds where the refused rows stand.
 *
 * The order by address is also the order of the ledger's keys, which makes writing a million of them quick.
 */
export async function buildPlan(db: DuckDb, segments: readonly PlannedSegment[]): Promise<Plan> {
  const fields = fieldsOf(segments);
  const columns = fields.map((_, index) => `f${index}`);
  const list = columns.map((column) => `, ${column}`).join('');
  const header = csvHeader(fields);

  await db.run('DROP TABLE IF EXISTS plan');
  await db.run('DROP TABLE IF EXISTS rejected');
  // Numbers instead of addresses take a fraction of the memory; two addresses that share one are merged each by itself.
  await db.run(`CREATE OR REPLACE TEMP TABLE addressed AS
    SELECT ord, hash(email) AS address, reason FROM (${preparedRows(segments, [])})`);
  await db.run(`CREATE OR REPLACE TEMP TABLE repeated AS SELECT ord FROM addressed WHERE reason = 0 AND address IN
    (SELECT address FROM addressed WHERE reason = 0 GROUP BY address HAVING count(*) > 1)`);
  await db.run(`CREATE OR REPLACE TEMP TABLE apart AS
    SELECT ord FROM addressed WHERE reason > 0 UNION ALL SELECT ord FROM repeated`);
  await db.run(`CREATE TABLE rejected AS ${rejectedWithCells(segments)} ORDER BY ord`);
  // Only repeated addresses pay for the merge: the last row wins, blank cells are filled from the rows before it.
  const merged = columns.map((column) => `, arg_max(${column}, ord) AS ${column}`).join('');
  const values = fields.map((field, index) => sentValue(field, `f${index}`));
  const sent = values.map((value, index) => `, ${value} AS f${index}`).join('');
  // Packing the table would take longer than writing it, and it is gone when the run has ended.
  const loose = 'USING COMPRESSION uncompressed';
  // The hash is worked out when it is asked for: for a batch's ledger rows while the other side works.
  await db.run(`CREATE TABLE plan (email VARCHAR ${loose}, line VARCHAR ${loose},
    content_hash BIGINT AS ((md5_number_lower(${sqlText(header)} || line) >> 11)::BIGINT))`);
  const repeatedOf = (segment: number) =>
    `row_number IN (SELECT ${rowNumberOf('ord')} FROM repeated WHERE ${segmentOf('ord')} = ${segment})`;
  await db.run(`
    INSERT INTO plan (email, line)
    SELECT email, ${csvLine(['email', ...columns])} AS line FROM (
      SELECT email${sent} FROM (
        SELECT email${list} FROM (${preparedRows(segments, fields)}) ANTI JOIN apart USING (ord)
        UNION ALL
        SELECT email${merged} FROM (${preparedRows(segments, fields, repeatedOf)}) GROUP BY email
      )
    ) ORDER BY email`);
  const counts = await countPlan(db);
  for (const table of ['addressed', 'repeated', 'apart']) await db.run(`DROP TABLE ${table}`);
  const batches = packBatches(await measureChunks(db, header.length), header.length);
  await db.run('CHECKPOINT');
  return { fields, ...counts, batches };
}

/** SQL of the refused rows with all their cells as they stand in the stage, whether matched to a field or not. */
function rejectedWithCells(segments: readonly PlannedSegment[]): string {
  const parts = segments.map((segment, position) => {
    const cells = Array.from({ length: segment.columnCount }, (_, index) => `s.c${index}`).join(', ');
    return `SELECT r.ord, r.reason, to_json([${cells}])::VARCHAR AS cells
      FROM (SELECT ord, reason, ${rowNumberOf('ord')} AS row_number FROM addressed
        WHERE reason > 0 AND ${segmentOf('ord')} = ${position}) r
      JOIN ${stageRows(segment.stageFile)} s USING (row_number)`;
  });
  return `SELECT * FROM (${parts.join(' UNION ALL ')})`;
}

async function countPlan(db: DuckDb): Promise<Pick<Plan, 'counts' | 'toSend'>> {
  const [row] = await db.rows(`SELECT count(*) AS rows_read, count(*) FILTER (reason > 0) AS rejected,
    (SELECT count(*) FROM plan) AS to_send FROM addressed`);
  const rowsRead = Number(row?.rows_read);
  const rejected = Number(row?.rejected);
  const toSend = Number(row?.to_send);
  return { counts: { rowsRead, rejected, duplicate: rowsRead - rejected - toSend }, toSend };
}

async function measureChunks(db: DuckDb, headerBytes: number): Promise<Chunk[]> {
  const rows = await db.rows(`SELECT rowid // ${chunkRows} AS chunk, count(*) AS rows, sum(strlen(line)) AS bytes
    FROM plan GROUP BY chunk ORDER BY chunk`);
  const chunks: Chunk[] = [];
  for (const row of rows) {
    const chunk = { rows: Number(row.rows), bytes: Number(row.bytes) };
    if (chunk.bytes + headerBytes <= batchLimits.bytes) chunks.push(chunk);
    else chunks.push(...(await measureRows(db, Number(row.chunk))));
  }
  return chunks;
}

/** Row by row, for a chunk whose rows are so long that it would not fit into one request. */
async function measureRows(db: DuckDb, chunk: number): Promise<Chunk[]> {
  const first = chunk * chunkRows;
  const rows = await db.rows(
    `SELECT strlen(line) AS bytes FROM plan WHERE rowid BETWEEN ${first} AND ${first + chunkRows - 1} ORDER BY rowid`,
  );
  return rows.map((row) => ({ rows: 1, bytes: Number(row.bytes) }));
}

/** The file of one batch, heading line included, exactly as it was measured. */
export async function buildBody(db: DuckDb, fields: readonly string[], batch: PlannedBatch): Promise<Buffer> {
  // As bytes: a text would be decoded, kept twice as wide, and encoded again.
  const [row] = await db.rows(`SELECT encode(string_agg(line, '' ORDER BY rowid)) AS lines FROM plan
    WHERE rowid BETWEEN ${batch.firstPosition} AND ${batch.lastPosition}`);
  const body = Buffer.concat([Buffer.from(csvHeader(fields)), row?.lines as Uint8Array]);
  if (body.length !== batch.bytes) throw new Error(`A batch has ${body.length} bytes instead of ${batch.bytes}`);
  return body;
}

/**
 * Who is in a batch, for the ledger, as JSON: [[email, content hash], …] in the order of addresses.
 * One text for the whole batch, because twenty thousand rows one by one cost more than sending them.
 */
export async function batchContacts(db: DuckDb, batch: PlannedBatch): Promise<string> {
  const [row] =
    await db.rows(`SELECT '[' || string_agg(to_json([email, content_hash::VARCHAR])::VARCHAR, ',' ORDER BY rowid) || ']' AS contacts
    FROM plan WHERE rowid BETWEEN ${batch.firstPosition} AND ${batch.lastPosition}`);
  return String(row?.contacts);
}

/** A refused row: where it stands, why it was refused, and its cells as a JSON array of texts and nulls. */
export interface RejectedRow {
  readonly segment: number;
  readonly rowNumber: number;
  readonly reason: RejectionReason;
  readonly cells: string;
}

/** Refused rows in file order: `limit` of them after the first `skip`. */
export async function rejectedRows(db: DuckDb, skip: number, limit: number): Promise<RejectedRow[]> {
  const rows = await db.rows(
    `SELECT ord, reason, cells FROM rejected WHERE rowid BETWEEN ${skip} AND ${skip + limit - 1} ORDER BY rowid`,
  );
  return rows.map((row) => {
    const reason = rejectionReasons[Number(row.reason) - 1];
    if (reason === undefined) throw new Error('A rejected row has no reason');
    return { ...splitOrd(BigInt(String(row.ord))), reason, cells: String(row.cells) };
  });
}
