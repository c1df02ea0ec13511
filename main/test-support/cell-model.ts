import type { RejectionReason } from '../../preload/contract/views.ts';
import { emailMaxLength, internationalEmailPattern, trimPattern } from '../exports/email-rule.ts';
import { judgementOf } from './address-model.ts';

// What the engine's SQL must do with a cell, said again in plain JavaScript, for tests to hold one against the other.

const email = new RegExp(internationalEmailPattern, 'u');
const ends = new RegExp(trimPattern, 'gu');

export const trimmedText = (cell: string | null): string => (cell ?? '').replace(ends, '');

/** Letter by letter, as DuckDB does: a whole text would make a sigma at its end a final one. */
export const sentAddress = (cell: string | null): string =>
  [...trimmedText(cell)].map((letter) => letter.toLowerCase()).join('');

export const lengthOf = (text: string): number => [...text].length;

export function reasonOf(address: string): RejectionReason | null {
  if (address === '') return 'email-blank';
  if (!email.test(address)) return judgementOf(address).kind;
  return lengthOf(address) > emailMaxLength ? 'email-too-long' : null;
}

/** RFC 4180. */
export function csvCellOf(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
