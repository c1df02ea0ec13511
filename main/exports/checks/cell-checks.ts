import { addressChecks } from './address/address-checks.ts';
import type { CellCheck } from './cell-check.ts';
import { damageChecks } from './damage/damage-checks.ts';
import { tooLong, tooLongNames } from './too-long.ts';
import { unreadableValues } from './unreadable-values.ts';

/**
 * Every check of cells, in the order in which chosen repairs are applied: each sees what the ones before it made.
 * The length is judged last.
 */
export const cellChecks: readonly CellCheck[] = [
  ...addressChecks,
  ...damageChecks,
  ...unreadableValues,
  tooLong,
  tooLongNames,
];

/** The checks that look at `field`, in their order. */
export const checksOf = (field: string): CellCheck[] => cellChecks.filter((check) => check.concerns(field));
