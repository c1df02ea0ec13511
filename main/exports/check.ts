import { maxLengthOf } from '../../preload/contract/contact-fields.ts';
import type { CheckView } from '../../preload/contract/views.ts';
import { batchLimits } from '../runs/pack-batches.ts';
import type { DuckDb } from '../segments/duckdb.ts';
import { emailSureLength } from './email-rule.ts';
import { fieldsOf, preparedRows, rejectionReasons, type SegmentSource, splitOrd } from './prepared-rows.ts';

/** A segment with what its stage cannot tell: how many lines of the file never became rows. */
export interface CheckedSegment extends SegmentSource {
  readonly unreadableCount: number;
}

const exampleRows = 20;

/**
 * Counts over the whole of every segment what a run would do with each row, and shows the first rows as finished
 * contacts. Nothing is written.
 *
 * Duplicates are rows whose address stands in another row too: the last row wins, its blank cells are filled from the
 * others (design.md section 5).
 */
export async function checkSegments(
  db: DuckDb,
  segments: readonly CheckedSegment[],
  previewRows: number,
): Promise<CheckView> {
  if (segments.length === 0) return nothing;
  const fields = fieldsOf(segments);
  const prepared = preparedRows(segments, fields);
  const totals = await countRows(db, prepared, fields);
  const rejections = totals.rejected > 0 ? await describeRejections(db, prepared) : [];
  const preview = previewRows > 0 ? await previewContacts(db, prepared, segments, fields, previewRows) : [];
  return {
    counts: {
      rows: totals.rows,
      valid: totals.distinct,
      invalid: totals.rejected,
      duplicates: totals.valid - totals.distinct,
      unreadable: segments.reduce((sum, segment) => sum + segment.unreadableCount, 0),
    },
    rejections,
    leftOut: fields
      .map((field, index) => ({ field, count: totals.leftOut[index] ?? 0, maxLength: maxLengthOf(field) }))
      .filter((entry) => entry.count > 0),
    longAddresses: totals.longAddresses,
    preview,
    batches: Math.max(Math.ceil(totals.distinct / batchLimits.rows), Math.ceil(totals.bytes / batchLimits.bytes)),
  };
}

const nothing: CheckView = {
  counts: { rows: 0, valid: 0, invalid: 0, duplicates: 0, unreadable: 0 },
  rejections: [],
  leftOut: [],
  longAddresses: 0,
  preview: [],
  batches: 0,
};

interface Totals {
  readonly rows: number;
  readonly rejected: number;
  readonly valid: number;
  readonly distinct: number;
  readonly longAddresses: number;
  /** Roughly what all lines come to. */
  readonly bytes: number;
  readonly leftOut: number[];
}

async function countRows(db: DuckDb, prepared: string, fields: readonly string[]): Promise<Totals> {
  const lengths = fields.map(
    (field, index) => `count(*) FILTER (reason = 0 AND length(f${index}) > ${maxLengthOf(field)}) AS left_out_${index}`,
  );
  const bytes = ['strlen(email) + 2', ...fields.map((_, index) => `coalesce(strlen(f${index}), 0) + 1`)].join(' + ');
  const [row] = await db.rows(`
    SELECT count(*) AS rows, count(*) FILTER (reason > 0) AS rejected, count(*) FILTER (reason = 0) AS valid,
      count(DISTINCT email) FILTER (reason = 0) AS distinct_valid,
      count(*) FILTER (reason = 0 AND length(email) > ${emailSureLength}) AS long_addresses,
      coalesce(sum(${bytes}) FILTER (reason = 0), 0) AS bytes
      ${lengths.map((sql) => `, ${sql}`).join('')}
    FROM (${prepared})`);
  const read = (name: string) => Number(row?.[name] ?? 0);
  return {
    rows: read('rows'),
    rejected: read('rejected'),
    valid: read('valid'),
    distinct: read('distinct_valid'),
    longAddresses: read('long_addresses'),
    bytes: read('bytes'),
    leftOut: fields.map((_, index) => read(`left_out_${index}`)),
  };
}

async function describeRejections(db: DuckDb, prepared: string): Promise<CheckView['rejections']> {
  const rows = await db.rows(`
    SELECT reason, count(*) AS count, arg_min(email, ord) AS example, min(ord, ${exampleRows})::VARCHAR AS ords
    FROM (${prepared}) WHERE reason > 0 GROUP BY reason ORDER BY count DESC, reason`);
  return rows.flatMap((row) => {
    const reason = rejectionReasons[Number(row.reason) - 1];
    if (reason === undefined) return [];
    const rowNumbers = String(row.ords)
      .slice(1, -1)
      .split(',')
      .map((ord) => splitOrd(BigInt(ord.trim())).rowNumber);
    return [{ reason, count: Number(row.count), example: String(row.example), rowNumbers }];
  });
}

/** The first rows of the first segment that has any, with the values their contacts would get. */
async function previewContacts(
  db: DuckDb,
  prepared: string,
  segments: readonly CheckedSegment[],
  fields: readonly string[],
  limit: number,
): Promise<CheckView['preview']> {
  const columns = fields.map((_, index) => `f${index}`);
  // The rows that share an address with one shown: what the address's contact comes to, and which row wins.
  const contacts = columns.map((column) => `arg_max(r.${column}, r.ord) AS ${column}`);
  const own = columns.map((column) => `p.${column} AS own_${column}`);
  const rows = await db.rows(`
    WITH prepared AS (${prepared}),
      p AS MATERIALIZED (SELECT * FROM prepared ORDER BY ord LIMIT ${limit}),
      contact AS (
        SELECT r.email, max(r.ord) AS winner ${contacts.map((sql) => `, ${sql}`).join('')}
        FROM prepared r WHERE r.email IN (SELECT email FROM p WHERE reason = 0) AND r.reason = 0 GROUP BY r.email
      )
    SELECT p.ord, p.email, p.reason, contact.winner ${columns.map((column) => `, contact.${column}`).join('')}
      ${own.map((sql) => `, ${sql}`).join('')}
    FROM p LEFT JOIN contact ON p.reason = 0 AND contact.email = p.email ORDER BY p.ord`);
  return rows.map((row) => {
    const { segment, rowNumber } = splitOrd(BigInt(String(row.ord)));
    const reason = rejectionReasons[Number(row.reason) - 1] ?? null;
    const wins = reason === null && String(row.winner) === String(row.ord);
    const values = fields.flatMap((field, index) => {
      const value = row[wins ? `f${index}` : `own_f${index}`];
      if (typeof value !== 'string' || [...value].length > maxLengthOf(field)) return [];
      return [{ field, value }];
    });
    return {
      segmentId: segments[segment]?.segmentId ?? '',
      rowNumber,
      values: [{ field: 'email', value: String(row.email) }, ...values],
      outcome: reason !== null ? 'rejected' : wins ? 'send' : 'duplicate',
      reason,
    };
  });
}
