import { sqlText } from '../../sql-text.ts';
import type { CellCheck } from '../cell-check.ts';
import { domainOf, localPartOf } from './address-parts.ts';
import { letterLookalikes } from './lookalikes.ts';

const latinised = (text: string): string => {
  const [from, to] = [0, 1].map((side) => letterLookalikes.map((table) => table[side]).join(''));
  return `translate(${text}, ${sqlText(from ?? '')}, ${sqlText(to ?? '')})`;
};
const isAscii = (text: string): string => `regexp_full_match(${text}, '[ -~]*')`;

/**
 * Domains that are Latin but for letters of other scripts that look the same. Such domains exist, mostly to deceive, so
 * the shape is right and the address is sent.
 */
export const mixedLetters: CellCheck = {
  kind: 'email-mixed-letters',
  effect: 'warning',
  repair: 'offered',
  concerns: (field) => field === 'email',
  recognise: ({ cell }) => `NOT ${isAscii(cell)} AND ${isAscii(latinised(cell))}`,
  mend: ({ cell }) => `${localPartOf(cell)} || '@' || ${latinised(domainOf(cell))}`,
};
