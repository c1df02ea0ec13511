import { maxLengthOf } from '../../preload/contract/contact-fields.ts';
import type { CheckView, RejectionReason } from '../../preload/contract/views.ts';
import { batchLimits } from '../runs/pack-batches.ts';
import type { DuckDb } from '../segments/duckdb.ts';
import { isRowNumber } from '../segments/stage-rows.ts';
import { CheckMemory, memoryKeys } from './check-memory.ts';
import { withDateOrders } from './date-orders.ts';
import { fieldsOf, preparedRows, rejectionReasons, type SegmentSource, splitOrd } from './prepared-rows.ts';
import { withExactReasons } from './refusals.ts';
import { fenced, sqlText } from './sql-text.ts';

/** A segment with what its stage cannot tell: how many lines of the file never became rows. */
export interface CheckedSegment extends SegmentSource {
  readonly unreadableCount: number;
}

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
  given: readonly CheckedSegment[],
  previewRows: number,
  memory: CheckMemory = new CheckMemory(),
): Promise<CheckView> {
  if (given.length === 0) return nothing;
  const segments = await withDateOrders(db, given, memory);
  const fields = fieldsOf(segments);
  const first = previewRows > 0 ? await firstRows(db, segments, fields, previewRows) : [];
  const addresses = [...new Set(first.filter((row) => row.reason === null).map((row) => row.email))];
  const { emails, perField } = await countRows(db, segments, fields, addresses, memory);
  const share = emails.rows === 0 ? 0 : emails.distinct / emails.rows;
  const bytes = share * (emails.bytes + perField.reduce((sum, field) => sum + field, 0));
  const contacts =
    addresses.length > 0 ? await contactsOf(db, segments, fields, addresses, emails.namesakes) : new Map();
  return {
    counts: {
      rows: emails.rows,
      valid: emails.distinct,
      invalid: emails.rows - emails.valid,
      duplicates: emails.valid - emails.distinct,
      unreadable: segments.reduce((sum, segment) => sum + segment.unreadableCount, 0),
    },
    preview: first.map((row) => previewOf(row, segments, fields, contacts)),
    batches: Math.max(Math.ceil(emails.distinct / batchLimits.rows), Math.ceil(bytes / batchLimits.bytes)),
  };
}

const nothing: CheckView = {
  counts: { rows: 0, valid: 0, invalid: 0, duplicates: 0, unreadable: 0 },
  preview: [],
  batches: 0,
};

interface EmailCounts {
  readonly rows: number;
  readonly valid: number;
  readonly distinct: number;
  /** What the addresses of all rows come to. */
  readonly bytes: number;
  /** The rows with one of the addresses shown; null when they are too many to be named. */
  readonly namesakes: readonly bigint[] | null;
}

/**
 * Everything that is counted and not remembered, in one pass over the columns it needs: a recount only looks at what its
 * mapping has that none before it had. The addresses' part hangs on the email columns alone; a field's part, the bytes of
 * its values in all rows, on its own columns.
 */
async function countRows(
  db: DuckDb,
  segments: readonly CheckedSegment[],
  fields: readonly string[],
  addresses: readonly string[],
  memory: CheckMemory,
): Promise<{ emails: EmailCounts; perField: number[] }> {
  const keyOf = await memoryKeys(segments);
  const emailKey = keyOf(`addresses ${addresses.join(' ')}`, ['email']);
  const fieldKey = (field: string): string => keyOf('bytes', [field]);
  const counted = new Map(fields.map((field) => [field, memory.get<number>(fieldKey(field))]));
  const missing = fields.filter((field) => counted.get(field) === undefined);
  const known = memory.get<EmailCounts>(emailKey);
  const wanted = [...(known ? [] : emailCountsSql(addresses)), ...missing.map(fieldBytesSql)];
  const [row] =
    wanted.length === 0 ? [] : await db.rows(`SELECT ${wanted.join(', ')} FROM (${preparedRows(segments, missing)})`);
  const emails = known ?? emailCountsIn(row ?? {});
  memory.set(emailKey, emails);
  const perField = fields.map((field) => {
    const place = missing.indexOf(field);
    const bytes = place < 0 ? (counted.get(field) ?? 0) : Number(row?.[`bytes_${place}`]);
    memory.set(fieldKey(field), bytes);
    return bytes;
  });
  return { emails, perField };
}

function emailCountsSql(addresses: readonly string[]): string[] {
  return [
    'count(*) AS rows',
    'count(*) FILTER (reason = 0) AS valid',
    'count(DISTINCT email) FILTER (reason = 0) AS distinct_valid',
    `${addresses.length > 0 ? `max(ord, ${mostNamesakes + 1}) FILTER (reason = 0 AND ${isOneOf(addresses)})` : 'NULL'}::VARCHAR AS namesakes`,
    'coalesce(sum(strlen(email) + 2), 0) AS bytes',
  ];
}

/** A column for a field that stands as `f<index>` in the prepared rows. */
const fieldBytesSql = (_: string, index: number): string =>
  `coalesce(sum(coalesce(strlen(f${index}), 0) + 1), 0) AS bytes_${index}`;

function emailCountsIn(row: Record<string, unknown>): EmailCounts {
  const read = (name: string) => Number(row[name] ?? 0);
  const namesakes = ordsIn(row.namesakes);
  return {
    rows: read('rows'),
    valid: read('valid'),
    distinct: read('distinct_valid'),
    bytes: read('bytes'),
    namesakes: namesakes.length > mostNamesakes ? null : namesakes,
  };
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
  const first = `SELECT * FROM (${preparedRows(segments, fields, () => `row_number <= ${limit}`)}) ORDER BY ord LIMIT ${limit}`;
  const kept = ['ord', 'email', ...fields.map((_, index) => `f${index}`)];
  const rows = await db.rows(`SELECT * FROM (${withExactReasons(first, kept)}) ORDER BY ord`);
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
  const wanted = (segment: number) => isRowNumber(rowsOf(segment).map(({ rowNumber }) => rowNumber));
  const merged = fields.map((_, index) => `, arg_max(f${index}, ord) AS f${index}`).join('');
  const rows = await db.rows(`
    SELECT email, max(ord) AS winner${merged} FROM (${fenced(preparedRows(segments, fields, namesakes === null ? undefined : wanted))})
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
