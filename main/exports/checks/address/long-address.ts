import { emailSureLength } from '../../email-rule.ts';
import type { CellCheck } from '../cell-check.ts';

/** Addresses longer than one page of the papers allows, and not longer than the other does (constant-contact-v3.md 5.2). */
export const longAddress: CellCheck = {
  kind: 'email-long',
  effect: 'warning',
  repair: 'none',
  concerns: (field) => field === 'email',
  recognise: ({ cell }) => `strlen(${cell}) > ${emailSureLength} AND length(${cell}) > ${emailSureLength}`,
};
