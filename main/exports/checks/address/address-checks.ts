import type { CellCheck } from '../cell-check.ts';
import { longAddress } from './long-address.ts';
import { mixedLetters } from './mixed-letters.ts';
import { roleAddress } from './role-address.ts';
import { typoDomain } from './typo-domain.ts';
import { unknownDomainEnd } from './unknown-domain-end.ts';

/** The checks of valid addresses: all of these are sent. */
export const addressChecks: readonly CellCheck[] = [
  mixedLetters,
  typoDomain,
  unknownDomainEnd,
  longAddress,
  roleAddress,
];
