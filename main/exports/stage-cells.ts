import type { DateOrder, FieldMatch } from '../../preload/contract/views.ts';
import { SegueError } from '../errors/segue-error.ts';
import { stageRows } from '../segments/stage-rows.ts';
import { reasonSql } from './address-reason.ts';
import type { CellSql } from './checks/cell-check.ts';
import { checksOf } from './checks/cell-checks.ts';
import { trimPattern } from './email-rule.ts';
import { fieldsBehind } from './field-values.ts';
import { sqlText } from './sql-text.ts';

/** One segment of an export: where its stage is and which of its columns fill which contact fields, and how. */
export interface SegmentSource {
  readonly segmentId: string;
  /** Absolute path of the stage's Parquet file. */
  readonly stageFile: string;
  readonly fieldMap: readonly FieldMatch[];
  /** What earlier files of the segment proved of dates, by column: counts where the column itself does not say. */
  readonly provedBefore?: Readonly<Record<number, DateOrder>>;
}

/** A cell without white space and shapeless characters at its ends; printable ASCII is recognised first, being fast. */
export function trimmed(column: string): string {
  return `CASE WHEN regexp_full_match(${column}, '[!-~]([ -~]*[!-~])?') THEN ${column}
    ELSE regexp_replace(${column}, ${sqlText(trimPattern)}, '', 'g') END`;
}

export const matchOf = (segment: SegmentSource, field: string): FieldMatch | undefined =>
  segment.fieldMap.find((match) => match.field === field);

/** Throws `export.email-not-matched`. */
export function emailMatchOf(segment: SegmentSource): FieldMatch {
  const match = matchOf(segment, 'email');
  if (match === undefined) throw new SegueError('export.email-not-matched');
  return match;
}

/** The fields that checks of `fields` look at beside them, and that are matched here. */
function fieldsBeside(segment: SegmentSource, fields: readonly string[]): string[] {
  const wanted = fields.flatMap((field) => checksOf(field).flatMap(({ beside = [] }) => beside));
  return [...new Set(wanted)].filter((field) => matchOf(segment, field) !== undefined);
}

/** The columns that the values of `fields` hang on, with all that a person chose for them. */
export function basisOf(segment: SegmentSource, fields: readonly string[]): unknown {
  const behind = fieldsBehind(fields);
  return [...behind, ...fieldsBeside(segment, behind)].map((field) => matchOf(segment, field) ?? null);
}

/** SQL of a matched column's cells, trimmed, NULL when blank. */
const textOf = (match: FieldMatch): string => `nullif(${trimmed(`c${match.columnIndex}`)}, '')`;

const besideColumn = (match: FieldMatch): string => `beside_${match.columnIndex}`;

/** The cell of `field` as checks are given it, in rows of {@link cellColumns}. */
export function cellOf(segment: SegmentSource, match: FieldMatch, column: string): CellSql {
  return {
    field: match.field,
    cell: column,
    match,
    other: (field) => {
      const beside = matchOf(segment, field);
      return beside === undefined ? null : besideColumn(beside);
    },
    everyCell: (field) => {
      const wanted = matchOf(segment, field);
      return wanted === undefined ? null : stageSelect(segment, [`${textOf(wanted)} AS cell`]);
    },
  };
}

/**
 * SQL columns over a stage: the cells of `fields` as `f0 …`, trimmed, NULL when blank or not matched, and what their
 * checks look at beside them.
 */
export function cellColumns(segment: SegmentSource, fields: readonly string[]): string[] {
  const cells = fields.map((field, index) => {
    const match = matchOf(segment, field);
    return `${match === undefined ? 'NULL::VARCHAR' : textOf(match)} AS f${index}`;
  });
  const beside = fieldsBeside(segment, fields).flatMap((field) => {
    const match = matchOf(segment, field);
    return match === undefined ? [] : [`${textOf(match)} AS ${besideColumn(match)}`];
  });
  return [...cells, ...new Set(beside)];
}

/** SQL of an address as it is compared and sent: trimmed, in small letters, '' when blank. */
export const addressColumn = (segment: SegmentSource): string =>
  `lower(coalesce(${trimmed(`c${emailMatchOf(segment).columnIndex}`)}, ''))`;

/** SQL of a segment's rows, with `columns` over its stage. */
export function stageSelect(segment: SegmentSource, columns: readonly string[], where = ''): string {
  return `SELECT ${columns.join(', ')} FROM ${stageRows(segment.stageFile)} ${where === '' ? '' : `WHERE ${where}`}`;
}

/**
 * A segment's rows with the cells of `fields`, for checks to look at: `row_number`, the stage's columns, `f0 …`. With
 * `where`, those alone for which it holds, said of the stage's columns.
 */
export function cellsSelect(
  segment: SegmentSource,
  fields: readonly string[],
  where = '',
): { readonly from: string; readonly cells: readonly CellSql[] } {
  const matches = fields.flatMap((field) => matchOf(segment, field) ?? []);
  const address = ({ field }: FieldMatch, index: number): string[] =>
    field === 'email' ? [`CASE WHEN ${reasonSql('email')} = 0 THEN email END AS f${index}`] : [];
  const raw = [...new Set(matches.map(({ columnIndex }) => `c${columnIndex}`))];
  const columns = ['row_number', ...raw, ...cellColumns(segment, fields)];
  const withAddress = matches.flatMap(address);
  const from = stageSelect(
    segment,
    withAddress.length > 0 ? [...columns, `${addressColumn(segment)} AS email`] : columns,
    where,
  );
  return {
    from: withAddress.length > 0 ? `SELECT * REPLACE (${withAddress.join(', ')}) FROM (${from})` : from,
    cells: matches.map((match, index) => cellOf(segment, match, `f${index}`)),
  };
}
