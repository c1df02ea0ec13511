import type { NeverMailEntry } from '../../preload/contract/views.ts';
import { asciiEmailPattern, emailMaxLength, internationalEmailPattern, trimPattern } from '../exports/email-rule.ts';

/** An address, or a domain, that is never mailed: trimmed, lower-cased. */
export interface ReadEntry {
  readonly kind: NeverMailEntry['kind'];
  readonly text: string;
}

const address = [new RegExp(asciiEmailPattern, 'u'), new RegExp(internationalEmailPattern, 'u')];
const ends = new RegExp(trimPattern, 'gu');
/** Blanks, and what people put between addresses: a pasted column, a line, a mail program's list. */
const between = /[\s,;"'<>()]+/u;

/**
 * Reads addresses and domains out of pasted text or a file's text: one a line, or with anything usual between them.
 * A domain is written `example.com` or `@example.com`. Words that are neither, such as headings and names, are counted.
 */
export function readEntries(text: string): { readonly entries: ReadEntry[]; readonly leftOut: number } {
  const entries = new Map<string, ReadEntry>();
  let leftOut = 0;
  for (const word of text.split(between)) {
    const trimmed = word
      .replace(ends, '')
      .replace(/^mailto:/i, '')
      .replace(/\.$/, '')
      .toLowerCase();
    if (trimmed === '') continue;
    const entry = entryOf(trimmed);
    if (entry === null) leftOut += 1;
    else entries.set(`${entry.kind} ${entry.text}`, entry);
  }
  return { entries: [...entries.values()], leftOut };
}

function entryOf(text: string): ReadEntry | null {
  if (text.length > 255) return null;
  if (isAddress(text)) return text.length <= emailMaxLength ? { kind: 'address', text } : null;
  const domain = text.replace(/^@/, '');
  return isAddress(`x@${domain}`) ? { kind: 'domain', text: domain } : null;
}

const isAddress = (text: string): boolean => address.some((pattern) => pattern.test(text));
