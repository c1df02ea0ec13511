import { isAscii, isUtf8 } from 'node:buffer';
import type { TextEncoding } from './types.ts';

/*
 * The tables are written out because neither ICU's converters (which Electron trims) nor their treatment of the five
 * holes in windows-1252 should decide what a name looks like.
 */
const latin1High = Array.from({ length: 96 }, (_, i) => String.fromCharCode(0xa0 + i)).join('');
const windows1252High = `€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ${latin1High}`;
const macintoshHigh =
  'ÄÅÇÉÑÖÜáàâäãåçéèêëíìîïñóòôöõúùûü†°¢£§•¶ß®©™´¨≠ÆØ∞±≤≥¥µ∂∑∏π∫ªºΩæø¿¡¬√ƒ≈∆«»…\u00a0ÀÃÕŒœ–—“”‘’÷◊ÿŸ⁄€‹›ﬁﬂ‡·‚„‰ÂÊÁËÈÍÎÏÌÓÔ\uf8ffÒÚÛÙıˆ˜¯˘˙˚¸˝˛ˇ';

/** The characters of bytes 0x80 to 0xFF. */
export function highCharacters(encoding: 'windows-1252' | 'macintosh'): string {
  return encoding === 'macintosh' ? macintoshHigh : windows1252High;
}

/** Turns chunks of some encoding into chunks of UTF-8. Ill-formed UTF-16 comes out as the byte 0xFF, which UTF-8 never holds. */
export interface Transcoder {
  push(chunk: Buffer): Buffer;
  end(): Buffer;
}

/** A transcoder for `encoding`; `utf-8` passes through untouched. */
export function createTranscoder(encoding: TextEncoding): Transcoder {
  if (encoding === 'utf-8') return { push: (chunk) => chunk, end: () => Buffer.alloc(0) };
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return new Utf16Transcoder(encoding === 'utf-16be');
  return new SingleByteTranscoder(encoding);
}

class SingleByteTranscoder implements Transcoder {
  readonly #bytes: Uint8Array[];

  constructor(encoding: 'windows-1252' | 'macintosh') {
    this.#bytes = Array.from(highCharacters(encoding), (character) => Buffer.from(character, 'utf8'));
  }

  push(chunk: Buffer): Buffer {
    if (isAscii(chunk)) return chunk;
    const out = Buffer.allocUnsafe(chunk.length * 3);
    let length = 0;
    for (const byte of chunk) {
      if (byte < 0x80) out[length++] = byte;
      else for (const part of this.#bytes[byte - 0x80] ?? []) out[length++] = part;
    }
    return out.subarray(0, length);
  }

  end(): Buffer {
    return Buffer.alloc(0);
  }
}

const loneSurrogate = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const illFormed = Buffer.from([0xff]);

class Utf16Transcoder implements Transcoder {
  readonly #bigEndian: boolean;
  #rest: Buffer = Buffer.alloc(0);

  constructor(bigEndian: boolean) {
    this.#bigEndian = bigEndian;
  }

  push(chunk: Buffer): Buffer {
    const all = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    let end = all.length & ~1;
    if (end >= 2) {
      const lastUnitHigh = all[end - (this.#bigEndian ? 2 : 1)] ?? 0;
      if (lastUnitHigh >= 0xd8 && lastUnitHigh <= 0xdb) end -= 2;
    }
    this.#rest = Buffer.from(all.subarray(end));
    return this.#decode(all.subarray(0, end));
  }

  end(): Buffer {
    const whole = this.#decode(this.#rest.subarray(0, this.#rest.length & ~1));
    return this.#rest.length % 2 === 0 ? whole : Buffer.concat([whole, illFormed]);
  }

  #decode(bytes: Buffer): Buffer {
    const text = (this.#bigEndian ? Buffer.from(bytes).swap16() : bytes).toString('utf16le');
    if (text.isWellFormed()) return Buffer.from(text, 'utf8');
    const parts = text.split(loneSurrogate).flatMap((part, i) => {
      const encoded = Buffer.from(part, 'utf8');
      return i === 0 ? [encoded] : [illFormed, encoded];
    });
    return Buffer.concat(parts);
  }
}

/** The encoding that the first bytes prove: by a byte order mark, or by UTF-16's pattern of zeros. `bomLength` is what to skip. */
export function encodingOfHead(head: Buffer): { encoding: TextEncoding | null; bomLength: number } {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf-8', bomLength: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf-16le', bomLength: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf-16be', bomLength: 2 };
  const zeros = [0, 0];
  const length = Math.min(head.length, 65_536) & ~1;
  for (let i = 0; i < length; i++) if (head[i] === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  // Even without a single Latin letter, delimiters and line ends make one unit in fifty.
  const least = length / 100;
  if (isDamagedText(head.subarray(0, length), even + odd)) return { encoding: null, bomLength: 0 };
  if (odd >= least && odd > even * 20 && looksLikeUtf16Text(head.subarray(0, length), false)) {
    return { encoding: 'utf-16le', bomLength: 0 };
  }
  if (even >= least && even > odd * 20 && looksLikeUtf16Text(head.subarray(0, length), true)) {
    return { encoding: 'utf-16be', bomLength: 0 };
  }
  return { encoding: null, bomLength: 0 };
}

/** Text of one byte a letter in which a few zeros got lost: every other byte is what such text is made of. */
function isDamagedText(bytes: Buffer, zeros: number): boolean {
  if (zeros * 4 >= bytes.length) return false;
  let plain = 0;
  for (const byte of bytes) if ((byte >= 32 && byte < 127) || byte === 9 || byte === 10 || byte === 13) plain++;
  return plain >= (bytes.length - zeros) * 0.95;
}

function looksLikeUtf16Text(bytes: Buffer, bigEndian: boolean): boolean {
  const text = (bigEndian ? Buffer.from(bytes).swap16() : bytes).toString('utf16le');
  if (!text.slice(0, -1).isWellFormed()) return false;
  let odd = 0;
  for (let i = 0; i < text.length; i++) if (isOddInText(text.charCodeAt(i))) odd++;
  return odd * 100 <= text.length && /[\x20-\x7e\n\r]/.test(text);
}

/** Other controls, noncharacters and private use do not occur in names. */
function isOddInText(unit: number): boolean {
  // 1 and 28 to 31 are separators of data.
  if (unit < 28) return unit !== 9 && unit !== 10 && unit !== 13 && unit !== 1;
  return (unit >= 0xe000 && unit < 0xf8ff) || (unit >= 0xfdd0 && unit <= 0xfdef) || unit >= 0xfff0;
}

/** Where a UTF-8 sequence begins that `bytes` does not finish; `bytes.length` when none does. */
export function incompleteTail(bytes: Buffer): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if ((byte & 0xc0) === 0x80) continue;
    const need = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return need > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}

/** True when every byte is part of well-formed UTF-8, a cut last character aside. */
export function isUtf8Prefix(bytes: Buffer): boolean {
  return isUtf8(bytes.subarray(0, incompleteTail(bytes)));
}
