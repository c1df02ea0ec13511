import { contactFields, filledBy, maxLengthOf } from '../../preload/contract/contact-fields.ts';
import { type FindingKind, refusals } from '../../preload/contract/finding-kinds.ts';
import { reasonSql } from './address-reason.ts';
import { fieldsBehind, valueRows } from './field-values.ts';
import { repairedRows } from './repaired-rows.ts';
import { addressColumn, cellColumns, matchOf, type SegmentSource, stageSelect } from './stage-cells.ts';

export { sqlText } from './sql-text.ts';
export type { SegmentSource } from './stage-cells.ts';

/** Reasons as the `reason` column holds them: 0 is a valid row, n the n-th of this list. */
export const rejectionReasons: readonly Extract<FindingKind, (typeof refusals)[number]>[] = refusals;

/** Row numbers of all segments in one order: 2^40 rows a segment are more than any file has. */
const segmentShift = 40n;

/** Position of the segment and row number that an `ord` stands for. */
export function splitOrd(ord: bigint): { segment: number; rowNumber: number } {
  return { segment: Number(ord >> segmentShift), rowNumber: Number(ord & ((1n << segmentShift) - 1n)) };
}

/** SQL of the `ord` of a row of the segment at `position`. */
export const ordOf = (position: number): string => `(${position}::BIGINT << ${segmentShift}) + row_number`;

/** SQL of the row number in an `ord`. */
export const rowNumberOf = (ord: string): string => `${ord} & ${(1n << segmentShift) - 1n}::BIGINT`;

/** SQL of the segment's position in an `ord`. */
export const segmentOf = (ord: string): string => `(${ord} >> ${segmentShift})`;

/** The properties that a run over these segments fills, without the email, in the order of their columns in the request. */
export function fieldsOf(segments: readonly SegmentSource[]): string[] {
  const wanted = new Set(segments.flatMap((segment) => segment.fieldMap.flatMap((match) => filledBy(match.field))));
  wanted.delete('email');
  const standard = contactFields.map(({ field }) => field as string).filter((field) => wanted.has(field));
  const custom = [...wanted].filter((field) => !standard.includes(field)).sort();
  return [...standard, ...custom];
}

/**
 * SQL of all rows of the segments, made ready, with the chosen repairs done: `ord` (which segment and row), `email`
 * (trimmed, in small letters, '' when blank), `f0 …` (the properties of {@link fieldsOf}, as `field-values.ts` makes
 * them of trimmed cells, NULL when blank), `reason`
 * (0, or why the row is refused: {@link rejectionReasons}). Every row of every segment is in it, once; with `wanted`, those
 * alone for which its condition on `row_number` holds, given the segment's position.
 *
 * Throws `export.email-not-matched` for a segment whose email column is not chosen.
 */
export function preparedRows(
  segments: readonly SegmentSource[],
  fields: readonly string[],
  wanted?: (segment: number) => string,
): string {
  const rows = segments.map((segment, position) => {
    const matched = fieldsBehind(fields).filter((field) => matchOf(segment, field) !== undefined);
    const columns = [
      `${ordOf(position)} AS ord`,
      `${addressColumn(segment)} AS email`,
      ...cellColumns(segment, matched),
    ];
    const cells = repairedRows(segment, matched, stageSelect(segment, columns, wanted?.(position)));
    const cellOf = (field: string) => (matched.includes(field) ? `f${matched.indexOf(field)}` : null);
    return valueRows(fields, cells, { matchOf: (field) => matchOf(segment, field), cellOf });
  });
  const list = fields.map((_, index) => `, f${index}`).join('');
  // The address hangs on nothing but its cell: who does not ask for the reason does not pay for the patterns.
  return `SELECT ord, email${list}, ${reasonSql('email')} AS reason FROM (${rows.join(' UNION ALL ')})`;
}

/** SQL of a field's value as it is sent: left out when it is longer than the field may be. */
export function sentValue(field: string, column: string): string {
  const most = maxLengthOf(field);
  // Bytes are known without counting, and there are never fewer of them than characters.
  return `CASE WHEN strlen(${column}) <= ${most} OR length(${column}) <= ${most} THEN ${column} END`;
}
