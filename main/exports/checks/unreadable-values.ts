import { isCustomField } from '../../../preload/contract/contact-fields.ts';
import type { FieldMatch } from '../../../preload/contract/views.ts';
import { anyDateSql } from '../../segments/dates/read-dates.ts';
import { dayOfTwo, isDateMatch, matchedDate } from '../field-values.ts';
import { numberSql } from '../number-value.ts';
import type { CellCheck } from './cell-check.ts';

const mayBeDate = (field: string): boolean => field === 'birthday' || field === 'anniversary' || isCustomField(field);

/** SQL of whether a cell is a date in one order at least. */
const isSomeDate = (match: FieldMatch, cell: string): string =>
  `${anyDateSql(cell, match.field !== 'birthday')} IS NOT NULL`;

/** Cells of a date's column that are no date, or none in the order that the column has. */
export const unreadableDate: CellCheck = {
  kind: 'date-unreadable',
  effect: 'left-out',
  repair: 'none',
  concerns: mayBeDate,
  recognise: ({ cell, match }) => {
    if (!isDateMatch(match)) return 'false';
    const readable =
      match.dateOrder === undefined ? isSomeDate(match, cell) : `${matchedDate(match, cell)} IS NOT NULL`;
    return `${cell} IS NOT NULL AND NOT (${readable})`;
  },
};

/** Dates that could be read in two ways, in a column that does not tell which: somebody has to say. */
export const unknownDateOrder: CellCheck = {
  kind: 'date-order-unknown',
  effect: 'left-out',
  repair: 'none',
  concerns: mayBeDate,
  recognise: ({ cell, match }) =>
    isDateMatch(match) && match.dateOrder === undefined
      ? `${cell} IS NOT NULL AND ${matchedDate(match, cell)} IS NULL AND ${isSomeDate(match, cell)}`
      : 'false',
};

/** Birthdays in two columns of which one is blank, or that come to no day: Constant Contact takes both or none. */
export const unreadableBirthday: CellCheck = {
  kind: 'birthday-incomplete',
  effect: 'left-out',
  repair: 'none',
  concerns: (field) => field === 'birthday_month' || field === 'birthday_day',
  beside: ['birthday_month', 'birthday_day'],
  recognise: ({ field, cell, other }) => {
    const beside = other(field === 'birthday_month' ? 'birthday_day' : 'birthday_month');
    if (beside === null) return `${cell} IS NOT NULL`;
    const day = field === 'birthday_month' ? dayOfTwo(cell, beside) : dayOfTwo(beside, cell);
    // What is wrong with both is told of the month alone.
    const told = field === 'birthday_day' ? ` AND ${beside} IS NULL` : '';
    return `${cell} IS NOT NULL AND ${day} IS NULL${told}`;
  },
};

/** Cells of a custom field's column that are no number, or could be two. */
export const unreadableNumber: CellCheck = {
  kind: 'number-unreadable',
  effect: 'left-out',
  repair: 'none',
  concerns: isCustomField,
  recognise: ({ cell, match }) =>
    match.valueType === 'number' ? `${cell} IS NOT NULL AND ${numberSql(cell)} IS NULL` : 'false',
};

export const unreadableValues: readonly CellCheck[] = [
  unreadableDate,
  unknownDateOrder,
  unreadableBirthday,
  unreadableNumber,
];
