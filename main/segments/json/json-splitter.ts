import type { UnreadableReason } from '../types.ts';
import type { JsonShape } from './json-shape.ts';

/** A record beyond this is taken for damage. */
const maxRecordBytes = 16 << 20;

/** Cuts a stream of UTF-8 JSON into records by brackets, strings and lines, without understanding them. */
export class JsonSplitter {
  /** Told each record's text and the physical line on which it begins. */
  readonly #record: (text: string, line: number) => void;
  readonly #damage: (line: number, reason: UnreadableReason, text: string) => void;
  readonly #layout: JsonShape['layout'];
  #skip: number;
  #bytes: Buffer = Buffer.alloc(0);
  #at = 0;
  #line = 1;
  #ended = false;

  constructor(
    shape: JsonShape,
    record: (text: string, line: number) => void,
    damage: (line: number, reason: UnreadableReason, text: string) => void,
  ) {
    this.#layout = shape.layout;
    this.#skip = shape.offset;
    this.#record = record;
    this.#damage = damage;
  }

  push(chunk: Buffer): void {
    if (this.#ended) return;
    let fresh = chunk;
    if (this.#skip > 0) {
      const skipped = chunk.subarray(0, this.#skip);
      this.#line += countLines(skipped, 0, skipped.length);
      this.#skip -= skipped.length;
      fresh = chunk.subarray(skipped.length);
    }
    this.#bytes = this.#at < this.#bytes.length ? Buffer.concat([this.#bytes.subarray(this.#at), fresh]) : fresh;
    this.#at = 0;
    this.#drain(false);
  }

  finish(): void {
    if (!this.#ended) this.#drain(true);
  }

  #drain(final: boolean): void {
    const next = this.#layout === 'lines' ? () => this.#nextLine(final) : () => this.#nextValue(final);
    while (!this.#ended && next());
  }

  #nextLine(final: boolean): boolean {
    const bytes = this.#bytes;
    if (this.#at >= bytes.length) return false;
    let end = this.#at;
    while (end < bytes.length && bytes[end] !== 10 && bytes[end] !== 13) end++;
    if (!final && (end >= bytes.length || (bytes[end] === 13 && end + 1 >= bytes.length))) return this.#tooLong();
    const text = bytes.toString('utf8', this.#at, end);
    if (text.trim() !== '') this.#record(text, this.#line);
    this.#at = end + (bytes[end] === 13 && bytes[end + 1] === 10 ? 2 : 1);
    this.#line++;
    return true;
  }

  #nextValue(final: boolean): boolean {
    const bytes = this.#bytes;
    let at = this.#at;
    for (; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0;
      if (byte === 10) this.#line++;
      if (byte > 32 && byte !== 44) break;
    }
    this.#at = at;
    if (at >= bytes.length) return false;
    if (bytes[at] === 93 && this.#layout === 'array') {
      this.#ended = true;
      return false;
    }
    const end = valueEnd(bytes, at, final);
    if (end < 0 && !final) return this.#tooLong();
    // Never closed, or a bracket closed that was not opened: what follows cannot be told apart any more.
    if (end <= at) {
      this.#damage(this.#line, 'invalid-json', bytes.toString('utf8', at, Math.min(bytes.length, at + 2000)));
      this.#ended = true;
      return false;
    }
    this.#record(bytes.toString('utf8', at, end), this.#line);
    this.#line += countLines(bytes, at, end);
    this.#at = end;
    return true;
  }

  #tooLong(): boolean {
    if (this.#bytes.length - this.#at <= maxRecordBytes) return false;
    this.#damage(this.#line, 'line-too-long', this.#bytes.toString('utf8', this.#at, this.#at + 2000));
    this.#ended = true;
    return false;
  }
}

/** Behind the value that begins at `start`; -1 when `bytes` does not hold all of it. */
function valueEnd(bytes: Buffer, start: number, final: boolean): number {
  let depth = 0;
  for (let at = start; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === 34) {
      at++;
      while (at < bytes.length && bytes[at] !== 34) at += bytes[at] === 92 ? 2 : 1;
      if (at >= bytes.length) return -1;
      if (depth === 0) return at + 1;
    } else if (byte === 123 || byte === 91) depth++;
    else if (byte === 125 || byte === 93) {
      if (depth <= 1) return depth === 1 ? at + 1 : at;
      depth--;
    } else if (depth === 0 && (byte === 44 || byte <= 32)) return at;
  }
  return final && depth === 0 ? bytes.length : -1;
}

function countLines(bytes: Buffer, start: number, end: number): number {
  let lines = 0;
  for (let at = bytes.indexOf(10, start); at >= 0 && at < end; at = bytes.indexOf(10, at + 1)) lines++;
  return lines;
}
