import type { FindingView, FoundCell } from '../../../../preload/contract/views.ts';
import type { DuckDb } from '../../../segments/duckdb.ts';
import { memoryKeys } from '../../check-memory.ts';
import { preparedRows, type SegmentSource, splitOrd } from '../../prepared-rows.ts';
import type { WholeCheck } from '../whole-checks.ts';

/** Groups on the card, and rows of one group that are named. */
const mostShown = 20;

interface Repeated {
  /** Rows that do not win. */
  readonly count: number;
  readonly addresses: number;
  readonly groups: readonly FoundCell[];
}

/** Valid rows with a number in place of their address, which takes a fraction of the memory. */
const addressed = (segments: readonly SegmentSource[]): string =>
  `(SELECT ord, email, hash(email) AS address FROM (${preparedRows(segments, [])}) WHERE reason = 0)`;

/**
 * Addresses that stand in several rows of all segments together, those with the most rows first: `limit` groups after the
 * first `skip`. A group's place is that of the row that wins, the last one; its rows are named beside it.
 */
export async function repeatedAddresses(
  db: DuckDb,
  segments: readonly SegmentSource[],
  skip: number,
  limit: number,
): Promise<Repeated> {
  const found = await db.rows(`
    SELECT address, sum(rows - 1) OVER () AS losing, count(*) OVER () AS addresses FROM (
      SELECT address, count(*) AS rows, max(ord) AS winner FROM ${addressed(segments)} GROUP BY address HAVING count(*) > 1
    ) ORDER BY rows DESC, winner LIMIT ${limit} OFFSET ${skip}`);
  if (found.length === 0) return { count: 0, addresses: 0, groups: [] };
  const rows = await db.rows(`
    SELECT email, count(*) AS rows, max(ord) AS winner, min(ord, ${mostShown})::VARCHAR AS ords FROM ${addressed(segments)}
    WHERE address IN (${found.map(({ address }) => `${address}::UBIGINT`).join(', ')})
    GROUP BY email HAVING count(*) > 1 ORDER BY rows DESC, winner`);
  const placeOf = (ord: unknown) => {
    const { segment, rowNumber } = splitOrd(BigInt(String(ord)));
    return { segmentId: segments[segment]?.segmentId ?? '', rowNumber };
  };
  return {
    count: Number(found[0]?.losing),
    addresses: Number(found[0]?.addresses),
    groups: rows.map((row) => ({
      ...placeOf(row.winner),
      cell: String(row.email),
      repaired: null,
      alike: { count: Number(row.rows), rows: [...String(row.ords).matchAll(/\d+/g)].map(([ord]) => placeOf(ord)) },
    })),
  };
}

/** The same address again, over all chosen segments. */
export const duplicates: WholeCheck = async (db, segments, memory) => {
  const key = (await memoryKeys(segments))('duplicates', ['email']);
  const repeated = memory.get<Repeated>(key) ?? (await repeatedAddresses(db, segments, 0, mostShown));
  memory.set(key, repeated);
  if (repeated.count === 0) return [];
  const finding: FindingView = {
    kind: 'duplicates',
    field: 'email',
    effect: 'warning',
    count: repeated.count,
    repairable: 0,
    repaired: 0,
    repair: 'none',
    repairChosen: false,
    examples: [...repeated.groups],
    params: { addresses: repeated.addresses },
  };
  return [finding];
};
