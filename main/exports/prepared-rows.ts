import { contactFields, maxLengthOf } from '../../preload/contract/contact-fields.ts';
import type { FieldMap, RejectionReason } from '../../preload/contract/views.ts';
import { SegueError } from '../errors/segue-error.ts';
import { stageRows } from '../segments/stage-rows.ts';
import { asciiEmailPattern, emailMaxLength, internationalEmailPattern, trimPattern } from './email-rule.ts';

/** One segment of an export: where its stage is and which of its columns fill which contact fields. */
export interface SegmentSource {
  readonly segmentId: string;
  /** Absolute path of the stage's Parquet file. */
  readonly stageFile: string;
  readonly fieldMap: FieldMap;
}

/** Reasons as the `reason` column holds them: 0 is a valid row, n the n-th of this list. */
export const rejectionReasons: readonly RejectionReason[] = ['email-blank', 'email-malformed', 'email-too-long'];

/** Row numbers of all segments in one order: 2^40 rows a segment are more than any file has. */
const segmentShift = 40n;

/** Position of the segment and row number that an `ord` stands for. */
export function splitOrd(ord: bigint): { segment: number; rowNumber: number } {
  return { segment: Number(ord >> segmentShift), rowNumber: Number(ord & ((1n << segmentShift) - 1n)) };
}

/** SQL of the row number in an `ord`. */
export const rowNumberOf = (ord: string): string => `${ord} & ${(1n << segmentShift) - 1n}::BIGINT`;

/** SQL of the segment's position in an `ord`. */
export const segmentOf = (ord: string): string => `(${ord} >> ${segmentShift})`;

/** A text as an SQL literal. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** The fields that a run over these segments fills, without the email, in the order of their columns in the request. */
export function fieldsOf(segments: readonly SegmentSource[]): string[] {
  const wanted = new Set(segments.flatMap((segment) => segment.fieldMap.map((match) => match.field)));
  wanted.delete('email');
  const standard = contactFields.map(({ field }) => field as string).filter((field) => wanted.has(field));
  const custom = [...wanted].filter((field) => !standard.includes(field)).sort();
  return [...standard, ...custom];
}

/** A cell without white space and shapeless characters at its ends; printable ASCII is recognised first, being fast. */
function trimmed(column: string): string {
  return `CASE WHEN regexp_full_match(${column}, '[!-~]([ -~]*[!-~])?') THEN ${column}
    ELSE regexp_replace(${column}, ${sqlText(trimPattern)}, '', 'g') END`;
}

/**
 * SQL of all rows of the segments, made ready: `ord` (which segment and row), `email` (trimmed, lower-cased, '' when
 * blank), `f0 …` (the fields of {@link fieldsOf}, trimmed, NULL when blank), `reason` (0, or why the row is refused:
 * {@link rejectionReasons}). Every row of every segment is in it, once; with `wanted`, those alone for which its condition
 * on `row_number` holds, given the segment's position.
 *
 * Throws `export.email-not-matched` for a segment whose email column is not chosen.
 */
export function preparedRows(
  segments: readonly SegmentSource[],
  fields: readonly string[],
  wanted?: (segment: number) => string,
): string {
  const rows = segments.map((segment, position) => {
    const columnOf = (field: string) => segment.fieldMap.find((match) => match.field === field)?.columnIndex;
    const email = columnOf('email');
    if (email === undefined) throw new SegueError('export.email-not-matched');
    const values = fields.map((field, index) => {
      const column = columnOf(field);
      return column === undefined ? `NULL::VARCHAR AS f${index}` : `nullif(${trimmed(`c${column}`)}, '') AS f${index}`;
    });
    return `SELECT ${[
      `(${position}::BIGINT << ${segmentShift}) + row_number AS ord`,
      `lower(coalesce(${trimmed(`c${email}`)}, '')) AS email`,
      ...values,
    ].join(', ')} FROM ${stageRows(segment.stageFile)}
      ${wanted === undefined ? '' : `WHERE ${wanted(position)}`}`;
  });
  const list = fields.map((_, index) => `, f${index}`).join('');
  const isAscii = (column: string) => `regexp_full_match(${column}, ${sqlText(asciiEmailPattern)})`;
  // The address hangs on nothing but its cell: who does not ask for the reason does not pay for the patterns.
  return `SELECT ord, email${list}, CASE
      WHEN ${isAscii('email')} THEN CASE WHEN strlen(email) > ${emailMaxLength} THEN 3 ELSE 0 END
      WHEN email = '' THEN 1
      WHEN NOT regexp_full_match(email, '[ -~]*') AND regexp_full_match(email, ${sqlText(internationalEmailPattern)})
        THEN CASE WHEN length(email) > ${emailMaxLength} THEN 3 ELSE 0 END
      ELSE 2 END::UTINYINT AS reason
    FROM (${rows.join(' UNION ALL ')})`;
}

/** SQL of a field's value as it is sent: left out when it is longer than the field may be. */
export function sentValue(field: string, column: string): string {
  const most = maxLengthOf(field);
  // Bytes are known without counting, and there are never fewer of them than characters.
  return `CASE WHEN strlen(${column}) <= ${most} OR length(${column}) <= ${most} THEN ${column} END`;
}
