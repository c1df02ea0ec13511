import { type Wrapping, wrappedLine } from './wrapped-line.ts';

const lf = 10;
const cr = 13;

/** A line that has not ended within this is passed on as it is. */
const longestLine = 1 << 21;

/**
 * Takes the outer quotes off lines that hold a whole record in one more pair of them, as files do which a spreadsheet opened
 * under another separator and saved again. Other lines stay as they are, but for the outer table's empty cells at their ends.
 * Line ends stay where they are, so lines keep their numbers.
 */
export class LineUnwrapper {
  readonly #wrapping: Wrapping;
  #rest: Buffer = Buffer.alloc(0);

  constructor(wrapping: Wrapping) {
    this.#wrapping = wrapping;
  }

  /** The whole lines that are at hand. */
  push(chunk: Buffer): Buffer {
    return this.#unwrap(chunk, false);
  }

  /** What is left at the end. */
  end(): Buffer {
    return this.#unwrap(Buffer.alloc(0), true);
  }

  #unwrap(chunk: Buffer, final: boolean): Buffer {
    const bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    const target = Buffer.allocUnsafe(bytes.length);
    let length = 0;
    let position = 0;
    while (position < bytes.length) {
      const wrapped = wrappedLine(bytes, position, this.#wrapping, final);
      if (wrapped === 'cut') break;
      if (wrapped !== null) {
        length += wrapped.content.copy(target, length);
        position = wrapped.end;
        if (position < bytes.length) target[length++] = bytes[position++] ?? 0;
        continue;
      }
      const end = lineEnd(bytes, position);
      if (end === null && !final && bytes.length - position < longestLine) break;
      const stop = end ?? bytes.length;
      length += bytes.copy(target, length, position, this.#withoutEmptyCells(bytes, position, stop));
      position = stop;
      if (position < bytes.length) target[length++] = bytes[position++] ?? 0;
    }
    this.#rest = Buffer.from(bytes.subarray(position));
    return target.subarray(0, length);
  }

  #withoutEmptyCells(bytes: Buffer, start: number, stop: number): number {
    const { wrapper, delimiter } = this.#wrapping;
    let end = stop;
    if (wrapper !== delimiter) while (end > start && bytes[end - 1] === wrapper) end--;
    return end;
  }
}

function lineEnd(bytes: Buffer, from: number): number | null {
  for (let position = from; position < bytes.length; position++) {
    const byte = bytes[position];
    if (byte === lf || byte === cr) return position;
  }
  return null;
}
