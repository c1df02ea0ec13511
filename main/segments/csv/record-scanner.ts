import type { Dialect, TextEncoding, UnreadableReason } from '../types.ts';
import { decodeCell, unescapeCell } from './cell-text.ts';
import { LineUnwrapper } from './line-unwrapper.ts';

const lf = 10;
const cr = 13;
const space = 32;
const tab = 9;
const backslash = 92;
const apostrophe = 39;
const at = 64;

/** A record, or a quoted cell, beyond this is taken for damage: an unclosed quote must not swallow the file. */
const maxRecordBytes = 1 << 20;

/** Bits of {@link RecordScanner.flags}. */
export const cellQuoted = 1;
export const cellEscaped = 2;

/** How a record ended. */
export const endOfFile = 0;
export const endLf = 1;
export const endCrlf = 2;
export const endCr = 4;

/**
 * Splits bytes into records and cells without making strings: cells are offsets into {@link bytes}. Works on any encoding that keeps
 * ASCII where it is, so an encoding may be found out in the same pass. Physical lines end with CRLF, LF or CR, in any mixture.
 *
 * Chunks are pushed; {@link next} answers true while whole records are at hand. A record's cells stay valid until the next call.
 */
export class RecordScanner {
  bytes: Buffer = Buffer.alloc(0);
  width = 0;
  starts = new Int32Array(64);
  ends = new Int32Array(64);
  flags = new Uint8Array(64);
  recordStart = 0;
  /** Where the record's text ends, before its line end. */
  recordEnd = 0;
  /** 1-based physical line on which the record begins. */
  line = 1;
  lineEnd = endOfFile;
  malformed: UnreadableReason | null = null;

  /** Facts gathered on the way, over all records so far. */
  readonly seen = {
    lineEnds: 0,
    quotedCells: 0,
    quotesInsideCells: 0,
    breaksInsideCells: 0,
    apostropheCells: 0,
    backslashQuotes: 0,
    blankQuotes: 0,
    malformedQuotes: 0,
    unclosedQuotes: 0,
    /** Bytes that may separate the cells of an outer table, in which whole lines stand as quoted cells. */
    wrappers: new Set<number>(),
  };

  readonly #dialect: Dialect;
  readonly #unwrapper: LineUnwrapper | null;
  readonly #delimiter: number;
  readonly #quote: number;
  readonly #backslash: boolean;
  readonly #blanks: boolean;
  readonly #special = new Uint8Array(256);
  #position = 0;
  #nextLine = 1;
  #final = false;
  #skipping = false;
  #expectedWidth = 0;
  #usualEnd = 0;

  constructor(dialect: Dialect) {
    this.#dialect = dialect;
    this.#delimiter = dialect.delimiter?.charCodeAt(0) ?? -1;
    this.#quote = dialect.quote?.charCodeAt(0) ?? -1;
    this.#backslash = dialect.escape === 'backslash';
    this.#blanks = dialect.blanksAroundQuotes;
    const wrapper = dialect.wrapper?.charCodeAt(0);
    this.#unwrapper = wrapper === undefined ? null : new LineUnwrapper({ wrapper, delimiter: this.#delimiter });
    for (const byte of [lf, cr, 0, this.#delimiter, this.#quote]) if (byte >= 0) this.#special[byte] = 1;
    if (this.#backslash) this.#special[backslash] = 1;
  }

  /**
   * With the usual width and line end of a file known, a line end of another kind inside a record that is still too narrow is a break
   * inside a cell, provided that the record then comes out exactly as wide as usual.
   */
  expect(width: number, usualEnd: number): void {
    this.#expectedWidth = width;
    this.#usualEnd = usualEnd;
  }

  push(bytes: Buffer): void {
    const chunk = this.#unwrapper === null ? bytes : this.#unwrapper.push(bytes);
    const rest = this.bytes.length - this.#position;
    this.bytes = rest === 0 ? chunk : Buffer.concat([this.bytes.subarray(this.#position), chunk]);
    this.#position = 0;
  }

  /** No more chunks will come: what is left is the last record. */
  finish(): void {
    if (this.#unwrapper !== null) {
      const rest = this.#unwrapper.end();
      this.bytes = Buffer.concat([this.bytes.subarray(this.#position), rest]);
      this.#position = 0;
    }
    this.#final = true;
  }

  /** Reads the next record; false when it is not whole yet (push more, or finish). */
  next(): boolean {
    if (this.#skipping && !this.#skipLine()) return false;
    const start = this.#position;
    if (start >= this.bytes.length) return false;
    this.recordStart = start;
    this.line = this.#nextLine;
    this.malformed = null;
    if (this.#record(start, true)) return true;
    if (this.bytes.length - start > maxRecordBytes) return this.#giveUp('line-too-long');
    return false;
  }

  /** A cell's text as it was meant: unquoted, unescaped, decoded. */
  text(cell: number, encoding: TextEncoding = 'utf-8'): string {
    const raw = decodeCell(this.bytes, this.starts[cell] ?? 0, this.ends[cell] ?? 0, encoding);
    if (((this.flags[cell] ?? 0) & cellEscaped) === 0) return raw;
    return unescapeCell(raw, this.#dialect, ((this.flags[cell] ?? 0) & cellQuoted) !== 0);
  }

  /** All cells of the record. */
  texts(encoding: TextEncoding = 'utf-8'): string[] {
    const cells: string[] = [];
    for (let i = 0; i < this.width; i++) cells.push(this.text(i, encoding));
    return cells;
  }

  /** The record as it stands in the file. */
  rawText(encoding: TextEncoding = 'utf-8'): string {
    return decodeCell(this.bytes, this.recordStart, this.recordEnd, encoding);
  }

  /** True when no cell of the record holds a character. */
  isEmpty(): boolean {
    for (let i = 0; i < this.width; i++) if ((this.starts[i] ?? 0) < (this.ends[i] ?? 0)) return false;
    return true;
  }

  /** True for a line of nothing but blanks. */
  isBlank(): boolean {
    for (let i = this.recordStart; i < this.recordEnd; i++) {
      const byte = this.bytes[i];
      // Control-Z ends files from DOS.
      if (byte !== space && byte !== tab && byte !== 26) return false;
    }
    return this.width <= 1 || this.recordStart === this.recordEnd;
  }

  #record(start: number, joinBreaks: boolean): boolean {
    const { bytes } = this;
    const limit = bytes.length;
    const special = this.#special;
    const delimiter = this.#delimiter;
    const quote = this.#quote;
    let position = start;
    let lines = 0;
    let joined = 0;
    let nul = false;
    let inner = 0;
    this.width = 0;
    for (;;) {
      let cellStart = position;
      if (this.#blanks && quote >= 0) {
        let ahead = position;
        while (ahead < limit && (bytes[ahead] === space || (bytes[ahead] === tab && delimiter !== tab))) ahead++;
        if (ahead >= limit && !this.#final) return false;
        if (bytes[ahead] === quote) cellStart = position = ahead;
      }
      let flag = 0;
      let cellEnd: number;
      if (position < limit && bytes[position] === quote) {
        flag = cellQuoted;
        cellStart = ++position;
        const linesBefore = lines;
        for (;;) {
          if (position >= limit) {
            if (!this.#final && position - start <= maxRecordBytes) return false;
            return this.#malformedLine(start, lines === 0 && !this.#final ? 'line-too-long' : 'quote-not-closed');
          }
          const byte = bytes[position];
          if (byte === quote) {
            if (position + 1 >= limit && !this.#final) return false;
            if (bytes[position + 1] !== quote) break;
            flag |= cellEscaped;
            position += 2;
          } else if (byte === backslash && this.#backslash) {
            if (position + 1 >= limit && !this.#final) return false;
            const escaped = bytes[position + 1];
            const isEscape = escaped === quote || escaped === backslash;
            if (isEscape) flag |= cellEscaped;
            position += isEscape ? 2 : 1;
          } else {
            if (byte === lf || (byte === cr && bytes[position + 1] !== lf)) lines++;
            else if (byte === 0) nul = true;
            position++;
          }
        }
        if (position - start > maxRecordBytes)
          return this.#malformedLine(start, lines === 0 ? 'line-too-long' : 'quote-not-closed');
        cellEnd = position++;
        if (this.#blanks) {
          while (position < limit && (bytes[position] === space || (bytes[position] === tab && delimiter !== tab)))
            position++;
        }
        if (position >= limit && !this.#final) return false;
        const after = bytes[position];
        if (position < limit && after !== delimiter && after !== lf && after !== cr) {
          if (bytes[cellEnd - 1] === backslash) this.seen.backslashQuotes++;
          if (this.width === 0 && after !== undefined && this.#holdsRecord(cellStart, cellEnd))
            this.seen.wrappers.add(after);
          // The quote met on a later line is rather the beginning of another cell.
          return this.#malformedLine(start, lines > linesBefore ? 'quote-not-closed' : 'text-after-quote');
        }
      } else {
        for (;;) {
          while (position < limit && special[bytes[position] ?? 0] === 0) position++;
          if (position >= limit) break;
          const byte = bytes[position];
          if (byte === delimiter) break;
          if (byte === lf || byte === cr) {
            const kind = byte === lf ? endLf : bytes[position + 1] === lf ? endCrlf : endCr;
            if (byte === cr && position + 1 >= limit && !this.#final) return false;
            const inside =
              joinBreaks &&
              kind !== this.#usualEnd &&
              this.width > 0 &&
              this.width + 1 < this.#expectedWidth &&
              this.#usualEnd !== 0;
            if (!inside) break;
            joined++;
            lines++;
            position += kind === endCrlf ? 2 : 1;
            continue;
          }
          if (byte === backslash) {
            const escaped = bytes[position + 1];
            if (position + 1 >= limit && !this.#final) return false;
            if (escaped === delimiter || escaped === backslash || escaped === quote) {
              flag |= cellEscaped;
              position++;
            }
          } else if (byte === 0) nul = true;
          else if (byte === quote) inner++;
          position++;
        }
        cellEnd = position;
        if (position >= limit && !this.#final) return false;
      }
      if (this.width === this.starts.length) this.#grow();
      this.starts[this.width] = cellStart;
      this.ends[this.width] = cellEnd;
      this.flags[this.width] = flag;
      this.width++;
      if (position < limit && bytes[position] === delimiter) {
        position++;
        if (position >= limit && !this.#final) return false;
        continue;
      }
      break;
    }
    if (joined > 0 && this.width !== this.#expectedWidth) return this.#record(start, false);
    this.recordEnd = position;
    this.#endLine(position, lines);
    this.malformed = nul ? 'nul-character' : null;
    this.seen.quotesInsideCells += inner;
    this.seen.breaksInsideCells += lines;
    this.#countQuotes();
    return true;
  }

  #countQuotes(): void {
    const { bytes, seen } = this;
    if (this.width > 0 && ((this.flags[0] ?? 0) & cellQuoted) !== 0 && !seen.wrappers.has(this.#delimiter)) {
      let other = 1;
      while (other < this.width && (this.starts[other] ?? 0) >= (this.ends[other] ?? 0)) other++;
      if (other >= this.width && this.#holdsRecord(this.starts[0] ?? 0, this.ends[0] ?? 0))
        seen.wrappers.add(this.#delimiter);
    }
    for (let i = 0; i < this.width; i++) {
      if (((this.flags[i] ?? 0) & cellQuoted) !== 0) {
        seen.quotedCells++;
        continue;
      }
      const start = this.starts[i] ?? 0;
      const first = bytes[start];
      if (first === apostrophe && this.#quote !== apostrophe) seen.apostropheCells++;
      else if (first === space && bytes[start + 1] === this.#quote && (this.ends[i] ?? 0) > start + 1)
        seen.blankQuotes++;
    }
  }

  /** Whether a quoted cell holds delimiters and one address: perhaps a whole record. */
  #holdsRecord(start: number, end: number): boolean {
    const cell = this.bytes.subarray(start, end);
    const first = cell.indexOf(at);
    return first > 0 && cell.indexOf(at, first + 1) < 0 && cell.includes(this.#delimiter);
  }

  /** Ends the record's line at `position` (a line end or the end of all bytes). */
  #endLine(position: number, linesInside: number): void {
    const byte = this.bytes[position];
    this.lineEnd = endOfFile;
    if (byte === lf) this.lineEnd = endLf;
    else if (byte === cr) this.lineEnd = this.bytes[position + 1] === lf ? endCrlf : endCr;
    this.seen.lineEnds |= this.lineEnd;
    this.#position = position + (this.lineEnd === endOfFile ? 0 : this.lineEnd === endCrlf ? 2 : 1);
    this.#nextLine += linesInside + (this.lineEnd === endOfFile ? 0 : 1);
  }

  /** Only the line on which the damage begins is lost: reading goes on with the line below it. */
  #malformedLine(start: number, reason: UnreadableReason): boolean {
    let position = start;
    while (position < this.bytes.length && this.bytes[position] !== lf && this.bytes[position] !== cr) position++;
    const cut = position >= this.bytes.length || (this.bytes[position] === cr && position + 1 >= this.bytes.length);
    if (cut && !this.#final) return this.bytes.length - start > maxRecordBytes ? this.#giveUp(reason) : false;
    this.seen.malformedQuotes++;
    if (reason === 'quote-not-closed') this.seen.unclosedQuotes++;
    this.malformed = reason;
    this.width = 0;
    this.recordEnd = position;
    this.#endLine(position, 0);
    return true;
  }

  #giveUp(reason: UnreadableReason): boolean {
    this.malformed = reason;
    this.width = 0;
    this.recordEnd = Math.min(this.recordStart + 4096, this.bytes.length);
    this.lineEnd = endOfFile;
    this.#skipping = true;
    return true;
  }

  /** Drops bytes up to the next line end; false when it has not come yet. */
  #skipLine(): boolean {
    let position = this.#position;
    while (position < this.bytes.length && this.bytes[position] !== lf && this.bytes[position] !== cr) position++;
    const cut = position >= this.bytes.length || (this.bytes[position] === cr && position + 1 >= this.bytes.length);
    if (cut && !this.#final) {
      this.#position = position;
      return false;
    }
    this.#endLine(position, 0);
    this.#skipping = false;
    return true;
  }

  #grow(): void {
    const length = this.starts.length * 2;
    const grown = <T extends Int32Array | Uint8Array>(from: T, to: T): T => {
      to.set(from);
      return to;
    };
    this.starts = grown(this.starts, new Int32Array(length));
    this.ends = grown(this.ends, new Int32Array(length));
    this.flags = grown(this.flags, new Uint8Array(length));
  }
}
