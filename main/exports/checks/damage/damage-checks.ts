import type { CellCheck } from '../cell-check.ts';
import { formulaErrors } from './formula-errors.ts';
import { garbledText, lostLetters } from './garbled-text.ts';
import { nameCase } from './name-case.ts';
import { phonePrefix } from './phone-prefix.ts';
import { placeholderWords } from './placeholder-words.ts';
import { postcodeZeros } from './postcode-zeros.ts';
import { shortenedNumbers } from './shortened-numbers.ts';
import { controlCharacters, doubleSpaces } from './untidy-text.ts';

/**
 * What spreadsheets and converters leave in cells, in the order of repair: letters first, because everything else looks at
 * them; then what is no value at all; then what a value has lost; its looks last.
 */
export const damageChecks: readonly CellCheck[] = [
  garbledText,
  lostLetters,
  formulaErrors,
  placeholderWords,
  shortenedNumbers,
  controlCharacters,
  doubleSpaces,
  postcodeZeros,
  phonePrefix,
  nameCase,
];
