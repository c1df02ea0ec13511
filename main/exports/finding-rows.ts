import type { FindingKind } from '../../preload/contract/finding-kinds.ts';
import type { FoundCell } from '../../preload/contract/views.ts';
import type { DuckDb } from '../segments/duckdb.ts';
import type { CheckedSegment } from './check.ts';
import { checksOf } from './checks/cell-checks.ts';
import { repeatedAddresses } from './checks/whole/duplicates.ts';
import { withDateOrders } from './date-orders.ts';
import { foundStruct, readFoundCell } from './found-cells.ts';
import { ordOf, splitOrd } from './prepared-rows.ts';
import { isRefusal, refusedCells } from './refusals.ts';
import { sqlText } from './sql-text.ts';
import { cellsSelect } from './stage-cells.ts';

export interface FindingPage {
  readonly segments: readonly CheckedSegment[];
  readonly kind: FindingKind;
  readonly field: string;
  /** The place at which the page before ended; 0 at first. */
  readonly after: number;
  readonly limit: number;
}

export interface FindingCells {
  readonly cells: FoundCell[];
  /** Null when this was the last page. */
  readonly next: number | null;
}

/** The cells of one finding in the order of segments and rows; of `duplicates` its groups, those with the most rows first. */
export async function findingRows(db: DuckDb, page: FindingPage): Promise<FindingCells> {
  const { kind, field, after, limit } = page;
  if (kind === 'duplicates') {
    const { groups } = await repeatedAddresses(db, page.segments, after, limit);
    return { cells: [...groups], next: groups.length < limit ? null : after + limit };
  }
  const segments = await withDateOrders(db, page.segments);
  const begin = splitOrd(BigInt(after));
  const cells: FoundCell[] = [];
  let last = after;
  for (const [position, segment] of segments.entries()) {
    const found = position < begin.segment ? null : foundCells(segment, kind, field);
    if (found === null) continue;
    const afterRow = position === begin.segment ? begin.rowNumber : 0;
    const rows = await db.rows(`SELECT ${ordOf(position)} AS ord, f.n AS n, f.c AS c, f.r AS r FROM (${found})
      WHERE f IS NOT NULL AND row_number > ${afterRow} ORDER BY row_number LIMIT ${limit + 1 - cells.length}`);
    for (const { ord, n, c, r } of rows) {
      if (cells.length === limit) return { cells, next: last };
      cells.push({ segmentId: segment.segmentId, ...readFoundCell({ n, c, r }) });
      last = Number(ord);
    }
  }
  return { cells, next: null };
}

/** SQL of `row_number` and `f`, the found cell or NULL; null where the segment has nothing to look at. */
function foundCells(segment: CheckedSegment, kind: FindingKind, field: string): string | null {
  if (isRefusal(kind)) return `SELECT row_number, f FROM (${refusedCells(segment)}) WHERE kind = ${sqlText(kind)}`;
  const check = checksOf(field).find((candidate) => candidate.kind === kind);
  const { from, cells } = cellsSelect(segment, [field]);
  const [cell] = cells;
  return check === undefined || cell === undefined
    ? null
    : `SELECT row_number, ${foundStruct(check, cell)} AS f FROM (${from})`;
}
