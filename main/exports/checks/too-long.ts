import { maxLengthOf } from '../../../preload/contract/contact-fields.ts';
import { isDateMatch } from '../field-values.ts';
import { namePartsSql } from '../name-parts.ts';
import { sqlLet } from '../sql-text.ts';
import type { CellCheck } from './cell-check.ts';

/**
 * Values longer than Constant Contact keeps (constant-contact-v3.md 5.2), in characters. They are left out of their
 * rows, which are sent all the same; cut only when a person chose so.
 */
export const tooLong: CellCheck = {
  kind: 'too-long',
  effect: 'left-out',
  repair: 'offered',
  concerns: (field) => field !== 'email' && field !== 'full_name',
  glance: (raw, field) => [`strlen(${raw}) > ${maxLengthOf(field)}`],
  // Bytes are known without counting, and there are never fewer of them than characters.
  recognise: ({ field, cell, match }) =>
    isDateMatch(match)
      ? 'false'
      : `strlen(${cell}) > ${maxLengthOf(field)} AND length(${cell}) > ${maxLengthOf(field)}`,
  mend: ({ field, cell }) => `rtrim(left(${cell}, ${maxLengthOf(field)}))`,
  params: (field) => ({ length: maxLengthOf(field) }),
};

const longestName = maxLengthOf('last_name');

/** Full names of which a part is longer than it may be. */
export const tooLongNames: CellCheck = {
  kind: 'too-long',
  effect: 'left-out',
  repair: 'none',
  concerns: (field) => field === 'full_name',
  glance: (raw) => [`strlen(${raw}) > ${longestName}`],
  recognise: ({ cell, match }) =>
    sqlLet(
      'name_parts',
      namePartsSql(cell, match.nameOrder ?? 'first-last'),
      `greatest(length(name_parts.f), length(name_parts.l)) > ${longestName}`,
    ),
  params: () => ({ length: longestName }),
};
