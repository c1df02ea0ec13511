import { sqlIsOneOf } from '../../sql-text.ts';
import type { CellCheck } from '../cell-check.ts';
import { isMoreThanPlain, isPlainValue } from './plain-value.ts';

/** What programs write where there is nothing, in lower case. */
const words = [
  ...['null', '(null)', '<null>', '[null]', '\\n', 'nan', '<na>', 'nat', 'undefined', 'none', '(none)', '<none>'],
  ...['n/a', '(n/a)', '(blank)', '(blanks)', '(empty)', '(vide)', '(vides)', '(aucun)', '(leer)', 'n.a.'],
];

/** Written like this they are names of people as well: pointed out, never taken away. */
const names = ['Null', 'Nan', 'None', 'Nat'];
const isName = (field: string) => field === 'first_name' || field === 'last_name';

const longest = Math.max(...words.map(({ length }) => length)) + 4;

/** SQL that is true for one of the words. */
const isWord = (cell: string): string => `CASE WHEN strlen(${cell}) BETWEEN 2 AND ${longest}
  THEN ${sqlIsOneOf(`lower(trim(${cell}))`, words)} ELSE false END`;

/** A word for nothing. It is sent as it stands; the repair makes the cell a blank one, names of people aside. */
export const placeholderWords: CellCheck = {
  kind: 'placeholder',
  effect: 'warning',
  repair: 'offered',
  concerns: isPlainValue,
  glance: (raw) => [isMoreThanPlain(raw), isWord(raw)],
  recognise: ({ cell }) => isWord(cell),
  mend: ({ cell, field }) =>
    isName(field) ? `CASE WHEN ${sqlIsOneOf(`trim(${cell})`, names)} THEN NULL ELSE '' END` : `''`,
};
