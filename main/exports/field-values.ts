import { fillersOf } from '../../preload/contract/contact-fields.ts';
import type { FieldMatch } from '../../preload/contract/views.ts';
import { dateSql } from '../segments/dates/read-dates.ts';
import { namePartsSql } from './name-parts.ts';
import { numberSql } from './number-value.ts';

/** Whether a match's cells are dates that are sent with their year. */
export const isDatedMatch = ({ field, valueType }: FieldMatch): boolean =>
  field === 'anniversary' || valueType === 'date' || valueType === 'older-date';

/** Whether a match's cells are dates, so that their order matters. */
export const isDateMatch = (match: FieldMatch): boolean => match.field === 'birthday' || isDatedMatch(match);

/** SQL of the DATE in a cell of a date match; NULL where it cannot be read. */
export const matchedDate = (match: FieldMatch, cell: string): string =>
  dateSql(cell, match.dateOrder ?? null, match.field !== 'birthday');

/** SQL of the day, in a leap year, that a month and a day in two columns come to; NULL for none. */
export const dayOfTwo = (month: string, day: string): string =>
  `try_cast('2000-' || try_cast(${month} AS INTEGER) || '-' || try_cast(${day} AS INTEGER) AS DATE)`;

/** A segment's cells while they are made into values: how a field is matched, and the column with its cell; null for none. */
interface MatchedCells {
  readonly matchOf: (field: string) => FieldMatch | undefined;
  readonly cellOf: (field: string) => string | null;
}

/**
 * SQL of rows with the values of `properties`, not yet looked at for their length, as `f0 …`: a matched column's cell as it
 * is, or what is made of it. `rows` has `ord`, `email` and the cells.
 *
 * - a birthday in one column fills month and day; in two columns, both are left out unless they come to a day;
 * - dates are written as YYYY-MM-DD, those of an older custom field as MM/DD/YYYY (constant-contact-v3.md 5.2, 7);
 * - numbers of a number field without blanks and with a decimal point;
 * - a full name fills what of first and last name its row has no column for.
 */
export function valueRows(properties: readonly string[], rows: string, cells: MatchedCells): string {
  const birthday = properties.some((property) => isBirthdayPart(property)) ? birthdaySql(cells) : null;
  const sqlOf = (property: string): string | null =>
    isBirthdayPart(property)
      ? birthday && `${property === 'birthday_month' ? 'month' : 'day'}(birthday)::VARCHAR`
      : nameOrOwn(property, cells);
  const values = properties.map((property, index) => `, ${sqlOf(property) ?? 'NULL::VARCHAR'} AS f${index}`);
  const from = birthday === null ? rows : `SELECT *, ${birthday} AS birthday FROM (${rows})`;
  return `SELECT ord, email${values.join('')} FROM (${from})`;
}

const isBirthdayPart = (property: string): boolean => property === 'birthday_month' || property === 'birthday_day';

function nameOrOwn(property: string, cells: MatchedCells): string | null {
  const own = ownValue(property, cells);
  if (property !== 'first_name' && property !== 'last_name') return own;
  const [full, match] = [cells.cellOf('full_name'), cells.matchOf('full_name')];
  if (full === null || match === undefined) return own;
  const part = `nullif(${namePartsSql(full, match.nameOrder ?? 'first-last')}.${property === 'first_name' ? 'f' : 'l'}, '')`;
  return own === null ? part : `coalesce(${own}, ${part})`;
}

function ownValue(property: string, { matchOf, cellOf }: MatchedCells): string | null {
  const [cell, match] = [cellOf(property), matchOf(property)];
  if (cell === null || match === undefined) return null;
  if (match.valueType === 'number') return numberSql(cell);
  if (!isDatedMatch(match)) return cell;
  const date = matchedDate(match, cell);
  return match.valueType === 'older-date' ? `strftime(${date}, '%m/%d/%Y')` : `${date}::VARCHAR`;
}

/** SQL of the day, in any year, on which somebody was born. */
function birthdaySql({ matchOf, cellOf }: MatchedCells): string | null {
  const [one, match] = [cellOf('birthday'), matchOf('birthday')];
  const [month, day] = [cellOf('birthday_month'), cellOf('birthday_day')];
  const days = [
    ...(one === null || match === undefined ? [] : [matchedDate(match, one)]),
    ...(month === null || day === null ? [] : [dayOfTwo(month, day)]),
  ];
  return days.length === 0 ? null : `coalesce(${days.join(', ')})`;
}

/** The fields whose columns the values of `properties` hang on. */
export function fieldsBehind(properties: readonly string[]): string[] {
  const fields = properties.flatMap((property) =>
    isBirthdayPart(property) ? ['birthday_month', 'birthday_day', 'birthday'] : fillersOf(property),
  );
  return [...new Set(fields)];
}
