import { isAscii, isUtf8 } from 'node:buffer';
import { isAccentedName } from './accented-names.ts';
import { highCharacters, incompleteTail } from './encodings.ts';
import type { TextEncoding } from './types.ts';

/** Classes of neighbours: what stands beside a byte above 0x7F decides which character it can be. */
const other = 0;
const lower = 1;
const upper = 2;
const digit = 3;
const high = 4;

/** Words that are looked at: enough to hold some names, whatever the file's language. */
const mostWords = 400;
const longestWord = 20;
const gatherBytes = 1 << 16;
/** How much of what is not plain is looked through for them. */
const mostGathered = 1 << 24;

function classOf(byte: number): number {
  if (byte >= 97 && byte <= 122) return lower;
  if (byte >= 65 && byte <= 90) return upper;
  if (byte >= 48 && byte <= 57) return digit;
  return byte >= 0x80 ? high : other;
}

/**
 * Tells UTF-8 from windows-1252 and Mac Roman over a *whole* file, since the first accent may stand in its last line. Costs next to nothing
 * while the bytes are UTF-8 (checked natively); only bytes that are not are counted with their neighbours.
 */
export class EncodingCensus {
  #carry: Buffer = Buffer.alloc(0);
  #wellFormedChunks = 0;
  #wellFormedSequences = 0;
  #illFormed = 0;
  /** Occurrences by (byte - 128) * 25 + class before * 5 + class after. */
  readonly #contexts = new Uint32Array(128 * 25);
  /** Different words with such bytes, as latin1. */
  readonly #words = new Set<string>();
  #gathered = 0;

  push(chunk: Buffer): void {
    const bytes = this.#carry.length > 0 ? Buffer.concat([this.#carry, chunk]) : chunk;
    if (isAscii(bytes)) {
      this.#carry = Buffer.alloc(0);
      return;
    }
    const cut = incompleteTail(bytes);
    this.#count(bytes.subarray(0, cut));
    this.#carry = Buffer.from(bytes.subarray(cut));
  }

  /** The verdict. `illFormed`: some bytes are not UTF-8 although the file as a whole is; their lines cannot be read. */
  end(): { encoding: TextEncoding; illFormed: boolean } {
    if (this.#carry.length > 0) this.#count(this.#carry);
    this.#carry = Buffer.alloc(0);
    if (this.#illFormed === 0) return { encoding: 'utf-8', illFormed: false };
    if (this.#wellFormedSequences + this.#wellFormedChunks * 2 > this.#illFormed * 10) {
      return { encoding: 'utf-8', illFormed: true };
    }
    // A file with a single kind of accent may read well in both; names do not.
    const asMac = this.#names('macintosh');
    const asWindows = this.#names('windows-1252');
    if (asMac !== asWindows && Math.min(asMac, asWindows) === 0) {
      return { encoding: asMac > 0 ? 'macintosh' : 'windows-1252', illFormed: false };
    }
    const mac = this.#score('macintosh');
    const windows = this.#score('windows-1252');
    // Files from old Macs are rare: in doubt it is Windows.
    const isMac = mac > 0 && (windows <= 0 || mac > windows * 3);
    return { encoding: isMac ? 'macintosh' : 'windows-1252', illFormed: false };
  }

  #count(bytes: Buffer): void {
    if (isUtf8(bytes)) {
      if (!isAscii(bytes)) this.#wellFormedChunks++;
      return;
    }
    this.#gather(bytes);
    for (let i = 0; i < bytes.length; i++) {
      const byte = bytes[i] ?? 0;
      if (byte < 0x80) continue;
      const context = classOf(bytes[i - 1] ?? 32) * 5 + classOf(bytes[i + 1] ?? 32);
      const cell = (byte - 0x80) * 25 + context;
      this.#contexts[cell] = (this.#contexts[cell] ?? 0) + 1;
    }
    for (let i = 0; i < bytes.length; ) {
      const byte = bytes[i] ?? 0;
      const length = byte < 0x80 ? 1 : byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc2 ? 2 : 0;
      if (length === 1) i++;
      else if (length > 1 && isUtf8(bytes.subarray(i, i + length))) {
        this.#wellFormedSequences++;
        i += length;
      } else {
        this.#illFormed++;
        i++;
      }
    }
  }

  #gather(bytes: Buffer): void {
    if (this.#gathered >= mostGathered) return;
    this.#gathered += bytes.length;
    for (let from = 0; this.#words.size < mostWords && from < bytes.length; from += gatherBytes) {
      const text = bytes.toString('latin1', from, from + gatherBytes);
      for (const [word] of text.matchAll(/[A-Za-z-]*[\x80-\xff][A-Za-z\x80-\xff-]*/g)) {
        if (word.length >= 3 && word.length <= longestWord && this.#words.size < mostWords) this.#words.add(word);
      }
    }
  }

  /** How many of the words are names as the encoding reads them. */
  #names(encoding: 'windows-1252' | 'macintosh'): number {
    const characters = highCharacters(encoding);
    const read = (word: string) =>
      word.replace(/[\x80-\xff]/g, (character) => characters[character.charCodeAt(0) - 0x80] ?? '');
    return [...this.#words].filter((word) => isAccentedName(read(word))).length;
  }

  #score(encoding: 'windows-1252' | 'macintosh'): number {
    const characters = highCharacters(encoding);
    let score = 0;
    for (let byte = 0; byte < 128; byte++) {
      const character = characters[byte] ?? '';
      for (let context = 0; context < 25; context++) {
        const times = this.#contexts[byte * 25 + context] ?? 0;
        if (times > 0) score += times * plausibility(character, Math.floor(context / 5), context % 5);
      }
    }
    return score;
  }
}

const common = new Set('éèàçêôûîâëïüöäñßáíóúãõåøæœÉÈÀÇÖÄÜØÅÑÊÎÔ');

/** How likely `character` is between neighbours of these classes in names, addresses and headings; 0 is indifferent. */
function plausibility(character: string, before: number, after: number): number {
  const besideLower = before === lower || after === lower;
  const inWord = besideLower || before === upper || after === upper;
  if (/\p{Cc}|\p{Co}/u.test(character)) return -6;
  // Unicode counts the florin sign among the small letters; no name holds it.
  if (/\p{Ll}/u.test(character) && character !== 'ƒ') {
    const base = common.has(character) ? 3 : 'šž'.includes(character) ? 1.5 : 0.5;
    return after === upper ? base - 3 : base;
  }
  if (/\p{Lu}/u.test(character)) {
    const base = common.has(character) ? 2.5 : 0.5;
    return before === lower ? -3 : base;
  }
  // Opening quotes do not stand inside words, where an apostrophe may.
  if (character === '‘') return before === lower && besideLower ? -2 : 0;
  if (character === '’') return inWord ? 1.5 : 0;
  if (character === '€' || character === '£') return before === digit || after === digit ? 2 : inWord ? -2 : 1;
  if ('–—“”«»…°\u00a0'.includes(character)) return before === lower && after === lower ? -2 : 0.5;
  return before === lower || before === upper ? -3 : inWord ? -2 : -0.5;
}
