import type { CellCheck } from '../cell-check.ts';
import { glanceAtUnplain, isPlainValue } from './plain-value.ts';

const pattern = String.raw`\s*[-+]?[0-9]([.,][0-9]+)?[eE]\+[0-9]{1,3}\s*`;
/** Longer numbers than this are no phones and no ids, and a double holds no more digits. */
const mostDigits = 15;

const first = (cell: string) => `regexp_extract(${cell}, '([-+]?[0-9])', 1)`;
const behindPoint = (cell: string) => `regexp_extract(${cell}, '[.,]([0-9]+)', 1)`;
const exponent = (cell: string) => `regexp_extract(${cell}, '\\+([0-9]+)\\s*$', 1)::INT`;

/**
 * A long number that a spreadsheet shortened: `1.23E+10`. Most have lost digits for good. The repair writes out those in
 * which every digit still stands, because as many follow the point as the exponent asks for.
 */
export const shortenedNumbers: CellCheck = {
  kind: 'number-shortened',
  effect: 'warning',
  repair: 'safe',
  concerns: isPlainValue,
  glance: glanceAtUnplain,
  recognise: ({ cell }) => `CASE
    WHEN contains(${cell}, 'E+') OR contains(${cell}, 'e+') THEN regexp_full_match(${cell}, '${pattern}') ELSE false END`,
  mend: ({ cell }) => `CASE
    WHEN length(${behindPoint(cell)}) = ${exponent(cell)} AND ${exponent(cell)} BETWEEN 1 AND ${mostDigits - 1}
    THEN ltrim(${first(cell)}, '+') || ${behindPoint(cell)} END`,
};
