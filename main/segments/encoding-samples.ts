import { isAscii, isUtf8 } from 'node:buffer';
import { openByteSource } from './byte-source.ts';
import { createTranscoder } from './encodings.ts';
import type { TextEncoding } from './types.ts';

/** Words of a file as one encoding reads them. */
export interface EncodingSample {
  readonly encoding: TextEncoding;
  readonly samples: string[];
}

const wanted = 5;
const longest = 40;
const candidates = ['windows-1252', 'macintosh'] as const;

/**
 * Words of a file of one-byte characters as each encoding that it may be in reads them, so that a person can tell which
 * is right. Empty where every word is UTF-8: there is nothing to choose between then.
 *
 * @param limitBytes how far into the (unpacked) file words are looked for
 * @throws what reading the file throws; the signal's reason when it is aborted
 */
export async function encodingSamples(
  file: string,
  options: { readonly limitBytes: number; readonly signal?: AbortSignal },
): Promise<EncodingSample[]> {
  const source = await openByteSource(file);
  const words = new Map<string, Buffer>();
  let read = 0;
  for await (const chunk of source.chunks({ signal: options.signal })) {
    read += chunk.length;
    if (!isAscii(chunk)) collect(chunk, words);
    if (words.size >= wanted || read >= options.limitBytes) break;
  }
  if (words.size === 0) return [];
  return candidates.map((encoding) => ({
    encoding,
    samples: [...words.values()].map((word) => decode(word, encoding)),
  }));
}

/** Cells, or what looks like them whatever the dialect, that are not UTF-8 and that the encodings read differently. */
function collect(chunk: Buffer, words: Map<string, Buffer>): void {
  const text = chunk.toString('latin1');
  for (const [found] of text.matchAll(/[^\r\n\t,;|"]*[\x80-\xff][^\r\n\t,;|"]*/g)) {
    const bytes = Buffer.from(found.trim().slice(0, longest), 'latin1');
    if (isUtf8(bytes) || bytes.includes(0)) continue;
    if (decode(bytes, 'windows-1252') === decode(bytes, 'macintosh')) continue;
    words.set(bytes.toString('latin1'), bytes);
    if (words.size >= wanted) return;
  }
}

const decode = (bytes: Buffer, encoding: TextEncoding): string =>
  createTranscoder(encoding).push(bytes).toString('utf8').trim();
