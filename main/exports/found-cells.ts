import type { FoundCell } from '../../preload/contract/views.ts';
import type { CellCheck, CellSql } from './checks/cell-check.ts';

/** The cells of one segment that a check recognised: how many, and the first of them in file order. */
export interface Found {
  readonly count: number;
  readonly repairable: number;
  readonly first: readonly Omit<FoundCell, 'segmentId'>[];
}

/** Characters of a cell that are shown; the rest is cut off. */
const mostShown = 2_000;

/** SQL of a found cell: `n` row number, `c` the cell as it stands, `r` as it is repaired. Rows have `row_number`. */
export const foundCellSql = (raw: string, repaired: string): string =>
  `{n: row_number, c: left(coalesce(${raw}, ''), ${mostShown}), r: left(${repaired}, ${mostShown})}`;

/** The same for a cell that a check recognises, NULL for every other, over rows of `cellsSelect`. */
export function foundStruct(check: CellCheck, cell: CellSql): string {
  const repaired = check.mend === undefined ? 'NULL::VARCHAR' : check.mend(cell);
  return `CASE WHEN ${check.recognise(cell)} THEN ${foundCellSql(`c${cell.match.columnIndex}`, repaired)} END`;
}

/** DuckDB's counts and list of structs as {@link Found}. */
export function readFound(count: unknown, repairable: unknown, first: unknown): Found {
  const cells = (Array.isArray(first) ? first : []) as { n: bigint; c: string; r: string | null }[];
  return {
    count: Number(count ?? 0),
    repairable: Number(repairable ?? 0),
    first: cells.map(readFoundCell),
  };
}

export const readFoundCell = ({ n, c, r }: { n: unknown; c: unknown; r: unknown }): Omit<FoundCell, 'segmentId'> => ({
  rowNumber: Number(n),
  cell: String(c),
  repaired: typeof r === 'string' ? r : null,
});
