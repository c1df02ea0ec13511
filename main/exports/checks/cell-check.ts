import type { FieldMatch, FindingView } from '../../../preload/contract/views.ts';

/** A matched cell as SQL. */
export interface CellSql {
  readonly field: string;
  /** The cell's column, without white space at its ends; NULL when blank. An address is in small letters. */
  readonly cell: string;
  /** How the field is matched in this segment, a person's choices included. */
  readonly match: FieldMatch;
  /** The cell of another field in the same row, trimmed and NULL when blank; null where that field is not matched. */
  other(field: string): string | null;
  /** SQL of a query for all cells of a field in the segment, as `cell`, trimmed and NULL when blank; null where it is not matched. */
  everyCell(field: string): string | null;
}

/**
 * One thing to look for in the cells of a field, with its repair where it has one: a small file each, named in
 * {@link cellChecks}. All of it is SQL over one row, so that findings, counts, preview, plan and sent rows can never
 * differ. What hangs on a whole column is decided before and stands in the match (an order of dates), or is a query of
 * its own over {@link CellSql.everyCell} (the country that nearly all rows name).
 *
 * A check of `email` sees valid addresses alone; what is wrong with the others is told by `judge-address.ts`.
 */
export interface CellCheck {
  readonly kind: FindingView['kind'];
  readonly effect: FindingView['effect'];
  /** `safe` is for repairs whose result nobody would dispute: *Repair all safe ones* takes them together. */
  readonly repair: FindingView['repair'];
  /** Whether it looks at this field at all. */
  concerns(field: string): boolean;
  /** Fields that {@link CellSql.other} and {@link CellSql.everyCell} are asked for. */
  readonly beside?: readonly string[];
  /**
   * Cheap SQL over the column as it stands in the file, of which one part at least is true for every cell that could be
   * recognised. Where all checks of a field have some, only cells for which one part holds are looked at closely; a part
   * that several checks share is paid for once.
   */
  glance?(raw: string, field: string): readonly string[];
  /** SQL, true for a cell that it recognises; `false` where it has nothing to look for in this match. */
  recognise(cell: CellSql): string;
  /**
   * SQL of what the repair makes of a recognised cell: a text, '' where the cell is to count as blank, NULL where it
   * cannot be mended. It is never asked for another cell. Doing it again must change nothing.
   */
  mend?(cell: CellSql): string;
  /** Numbers and texts for the words. */
  params?(field: string): FindingView['params'];
  /** SQL of a query for more of them, one row with a column each; `rows` has the cells of the segment. Asked only when something was found. */
  evidence?(cell: CellSql, rows: string): string;
}
