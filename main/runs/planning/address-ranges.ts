import { sqlText } from '../../exports/sql-text.ts';
import type { DuckDb } from '../../segments/duckdb.ts';

/** All addresses in parts of about the same size, in their order. */
export interface AddressRanges {
  readonly count: number;
  /** SQL of the number of an `email`'s range, from 0. */
  readonly number: string;
  /** SQL condition on `email`: it lies in the range of this number. */
  isIn(range: number): string;
}

/**
 * Rows that are compared and put in order at once, and with more of them at a time: what the sort holds fits into the memory
 * that a plan has, or nearly.
 */
export const mostAtOnce = { whole: 600_000, range: 500_000 };

/** Everybody in one range. */
export const oneRange: AddressRanges = { count: 1, number: '0::UTINYINT', isIn: () => 'true' };

const mostRanges = 200;
/** Addresses looked at for each range. */
const samplesPerRange = 500;

/**
 * Parts addresses into ranges of about `most.range` rows where there are more than `most.whole`: putting everybody in order
 * at once needs memory that grows with them. `addresses` makes SQL of rows with an `email` and a `reason`, given a condition on `row_number`.
 */
export async function addressRanges(
  db: DuckDb,
  addresses: (wanted?: string) => string,
  most: { readonly whole: number; readonly range: number },
): Promise<AddressRanges> {
  const [counted] = await db.rows(`SELECT count(*) AS rows FROM (${addresses()})`);
  const rows = Number(counted?.rows);
  if (rows <= most.whole) return oneRange;
  const count = Math.min(mostRanges, Math.ceil(rows / most.range));
  const step = Math.max(1, Math.floor(rows / (count * samplesPerRange)));
  // By chance: whatever comes round every so many rows would be all or nothing of a sample of every n-th.
  const sample = await db.table(
    `SELECT email FROM (${addresses(`hash(row_number) % ${step} = 0`)}) WHERE reason = 0 ORDER BY email`,
  );
  const found = Array.from({ length: count - 1 }, (_, at) => sample[Math.floor((sample.length * (at + 1)) / count)]);
  return rangesBetween([...new Set(found.flatMap((row) => (row === undefined ? [] : [String(row[0])])))]);
}

/** Ranges with the given first addresses of all but the first, in order. */
export function rangesBetween(bounds: readonly string[]): AddressRanges {
  const edges = bounds.map(sqlText);
  const cases = edges.map((edge, index) => `WHEN email < ${edge} THEN ${index}`);
  return {
    count: edges.length + 1,
    number: cases.length === 0 ? oneRange.number : `(CASE ${cases.join(' ')} ELSE ${edges.length} END)::UTINYINT`,
    isIn(range) {
      const from = edges[range - 1];
      const to = edges[range];
      const both = [
        ...(from === undefined ? [] : [`email >= ${from}`]),
        ...(to === undefined ? [] : [`email < ${to}`]),
      ];
      return both.join(' AND ') || 'true';
    },
  };
}
