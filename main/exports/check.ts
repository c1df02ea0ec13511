import { maxLengthOf } from '../../preload/contract/contact-fields.ts';
import type { CheckView, RejectionReason } from '../../preload/contract/views.ts';
import { batchLimits } from '../runs/pack-batches.ts';
import type { DuckDb } from '../segments/duckdb.ts';
import { emailSureLength } from './email-rule.ts';
import { fieldsOf, preparedRows, rejectionReasons, type SegmentSource, splitOrd, sqlText } from './prepared-rows.ts';

/** A segment with what its stage cannot tell: how many lines of the file never became rows. */
export interface CheckedSegment extends SegmentSource {
  readonly unreadableCount: number;
}

const exampleRows = 20;
/** Rows that share an address with one shown, up to which they are fetched by their numbers instead of by a second pass. */
const mostNamesakes = 1_000;

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
  const first = previewRows > 0 ? await firstRows(db, segments, fields, previewRows) : [];
  const addresses = [...new Set(first.filter((row) => row.reason === null).map((row) => row.email))];
  const { totals, rejections, namesakes } = await countRows(db, segments, fields, addresses);
  const contacts = addresses.length > 0 ? await contactsOf(db, segments, fields, addresses, namesakes) : new Map();
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
    preview: first.map((row) => previewOf(row, segments, fields, contacts)),
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

/**
 * Everything that is counted, in one pass over all rows. `namesakes` are the rows with one of the addresses, null when they
 * are too many to be named; rejections are sorted by frequency.
 */
async function countRows(
  db: DuckDb,
  segments: readonly CheckedSegment[],
  fields: readonly string[],
  addresses: readonly string[],
): Promise<{ totals: Totals; rejections: CheckView['rejections']; namesakes: bigint[] | null }> {
  const lengths = fields.map(
    (field, index) => `count(*) FILTER (reason = 0 AND length(f${index}) > ${maxLengthOf(field)}) AS left_out_${index}`,
  );
  const bytes = ['strlen(email) + 2', ...fields.map((_, index) => `coalesce(strlen(f${index}), 0) + 1`)].join(' + ');
  const reasons = rejectionReasons.map((_, index) => {
    const filter = `FILTER (reason = ${index + 1})`;
    return `count(*) ${filter} AS count_${index}, arg_min(email, ord) ${filter} AS example_${index},
      min(ord, ${exampleRows}) ${filter}::VARCHAR AS ords_${index}`;
  });
  const [row] = await db.rows(`
    SELECT count(*) AS rows, count(*) FILTER (reason = 0) AS valid,
      count(DISTINCT email) FILTER (reason = 0) AS distinct_valid,
      count(*) FILTER (reason = 0 AND strlen(email) > ${emailSureLength} AND length(email) > ${emailSureLength}) AS long_addresses,
      ${addresses.length > 0 ? `max(ord, ${mostNamesakes + 1}) FILTER (reason = 0 AND ${isOneOf(addresses)})` : 'NULL'}::VARCHAR AS namesakes,
      coalesce(sum(${bytes}) FILTER (reason = 0), 0) AS bytes
      ${[...lengths, ...reasons].map((sql) => `, ${sql}`).join('')}
    FROM (${preparedRows(segments, fields)})`);
  const read = (name: string) => Number(row?.[name] ?? 0);
  const rejections = rejectionReasons
    .map((reason, index) => ({
      reason,
      count: read(`count_${index}`),
      example: String(row?.[`example_${index}`] ?? ''),
      rowNumbers: ordsIn(row?.[`ords_${index}`]).map((ord) => splitOrd(ord).rowNumber),
    }))
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count);
  const totals = {
    rows: read('rows'),
    rejected: rejections.reduce((sum, { count }) => sum + count, 0),
    valid: read('valid'),
    distinct: read('distinct_valid'),
    longAddresses: read('long_addresses'),
    bytes: read('bytes'),
    leftOut: fields.map((_, index) => read(`left_out_${index}`)),
  };
  const namesakes = ordsIn(row?.namesakes);
  return { totals, rejections, namesakes: namesakes.length > mostNamesakes ? null : namesakes };
}

const isOneOf = (addresses: readonly string[]) => `email IN (${addresses.map(sqlText).join(', ')})`;

/** The `ord`s in DuckDB's text of a list of them. */
const ordsIn = (list: unknown): bigint[] => [...String(list ?? '').matchAll(/\d+/g)].map(([ord]) => BigInt(ord));

/** A row made ready, by itself. */
interface ReadyRow {
  readonly ord: bigint;
  readonly email: string;
  readonly reason: RejectionReason | null;
  /** In the order of the fields; null where blank. */
  readonly values: readonly (string | null)[];
}

async function firstRows(
  db: DuckDb,
  segments: readonly CheckedSegment[],
  fields: readonly string[],
  limit: number,
): Promise<ReadyRow[]> {
  const rows = await db.rows(
    `SELECT * FROM (${preparedRows(segments, fields, () => `row_number <= ${limit}`)}) ORDER BY ord LIMIT ${limit}`,
  );
  return rows.map((row) => ({
    ord: BigInt(String(row.ord)),
    email: String(row.email),
    reason: rejectionReasons[Number(row.reason) - 1] ?? null,
    values: valuesIn(row, fields),
  }));
}

const valuesIn = (row: Record<string, unknown>, fields: readonly string[]) =>
  fields.map((_, index) => (typeof row[`f${index}`] === 'string' ? String(row[`f${index}`]) : null));

/** What each address comes to over all rows that have it, and which row wins. */
interface Contact {
  readonly winner: bigint;
  readonly values: readonly (string | null)[];
}

async function contactsOf(
  db: DuckDb,
  segments: readonly CheckedSegment[],
  fields: readonly string[],
  addresses: readonly string[],
  namesakes: readonly bigint[] | null,
): Promise<Map<string, Contact>> {
  const rowsOf = (segment: number) => (namesakes ?? []).map(splitOrd).filter((place) => place.segment === segment);
  const wanted = (segment: number) =>
    `row_number IN (${[0, ...rowsOf(segment).map(({ rowNumber }) => rowNumber)].join(', ')})`;
  const merged = fields.map((_, index) => `, arg_max(f${index}, ord) AS f${index}`).join('');
  const rows = await db.rows(`
    SELECT email, max(ord) AS winner${merged} FROM (${preparedRows(segments, fields, namesakes === null ? undefined : wanted)})
    WHERE ${isOneOf(addresses)} AND reason = 0 GROUP BY email`);
  return new Map(
    rows.map((row) => [String(row.email), { winner: BigInt(String(row.winner)), values: valuesIn(row, fields) }]),
  );
}

/** The row as a finished contact: the one that its address comes to, when it is the row that wins. */
function previewOf(
  row: ReadyRow,
  segments: readonly CheckedSegment[],
  fields: readonly string[],
  contacts: ReadonlyMap<string, Contact>,
): CheckView['preview'][number] {
  const { segment, rowNumber } = splitOrd(row.ord);
  const contact = row.reason === null ? contacts.get(row.email) : undefined;
  const wins = contact?.winner === row.ord;
  const shown = wins && contact !== undefined ? contact.values : row.values;
  const values = fields.flatMap((field, index) => {
    const value = shown[index] ?? null;
    return value === null || [...value].length > maxLengthOf(field) ? [] : [{ field, value }];
  });
  return {
    segmentId: segments[segment]?.segmentId ?? '',
    rowNumber,
    values: [{ field: 'email', value: row.email }, ...values],
    outcome: row.reason !== null ? 'rejected' : wins ? 'send' : 'duplicate',
    reason: row.reason,
  };
}
