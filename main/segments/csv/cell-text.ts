import { highCharacters } from '../encodings.ts';
import type { Dialect, TextEncoding } from '../types.ts';

/** Bytes as text. UTF-16 has become UTF-8 before it is scanned. */
export function decodeCell(bytes: Buffer, start: number, end: number, encoding: TextEncoding): string {
  if (encoding !== 'windows-1252' && encoding !== 'macintosh') return bytes.toString('utf8', start, end);
  const high = highCharacters(encoding);
  return bytes.toString('latin1', start, end).replace(/[\x80-\xff]/g, (byte) => high[byte.charCodeAt(0) - 0x80] ?? '');
}

/** What an escaped cell means. Only escapes that the dialect needs are undone: any other backslash is text. */
export function unescapeCell(raw: string, dialect: Dialect, quoted: boolean): string {
  const quote = dialect.quote ?? '';
  if (dialect.escape !== 'backslash') return raw.replaceAll(quote + quote, quote);
  let text = '';
  for (let i = 0; i < raw.length; i++) {
    const character = raw[i] ?? '';
    const next = raw[i + 1];
    const escapes = next !== undefined && (next === '\\' || next === quote || (!quoted && next === dialect.delimiter));
    const skip = (character === '\\' && escapes) || (quoted && character === quote && next === quote);
    text += skip ? (next ?? '') : character;
    if (skip) i++;
  }
  return text;
}
