import { type FileHandle, open } from 'node:fs/promises';
import { SegueError } from '../errors/segue-error.ts';
import { cellEscaped, cellQuoted, type RecordScanner } from './csv/record-scanner.ts';
import type { SegmentRow } from './types.ts';

const quote = 34;
const comma = 44;
const lineFeed = 10;
const blockBytes = 1 << 20;

/**
 * Writes rows as the one CSV that DuckDB reads without interpretation: UTF-8, every cell quoted, quotes doubled, LF; a cell that a short
 * row does not have is the only unquoted (and empty) one. Bytes are copied as they are: no strings are made for rows from a scanner.
 */
export class CanonicalWriter {
  readonly path: string;
  readonly #handle: FileHandle;
  readonly #width: number;
  readonly #rawQuotes: boolean;
  #block = Buffer.allocUnsafeSlow(blockBytes * 2);
  #length = 0;

  private constructor(path: string, handle: FileHandle, width: number, rawQuotes: boolean) {
    this.path = path;
    this.#handle = handle;
    this.#width = width;
    this.#rawQuotes = rawQuotes;
  }

  /** `rawQuotes`: the scanner's escaped cells are in `"` with `""` inside, as ours are, and can be copied. */
  static async create(path: string, width: number, rawQuotes: boolean): Promise<CanonicalWriter> {
    return new CanonicalWriter(path, await translated(open(path, 'wx')), width, rawQuotes);
  }

  record(scanner: RecordScanner): void {
    this.#reserve((scanner.recordEnd - scanner.recordStart) * 2 + this.#width * 3 + 1);
    const { bytes } = scanner;
    for (let i = 0; i < this.#width; i++) {
      if (i > 0) this.#block[this.#length++] = comma;
      if (i >= scanner.width) continue;
      const flags = scanner.flags[i] ?? 0;
      if ((flags & cellEscaped) !== 0 && !this.#rawQuotes) {
        this.#text(scanner.text(i));
        continue;
      }
      const copyQuotes = (flags & cellQuoted) !== 0 && this.#rawQuotes;
      const block = this.#block;
      let length = this.#length;
      block[length++] = quote;
      const end = scanner.ends[i] ?? 0;
      for (let at = scanner.starts[i] ?? 0; at < end; at++) {
        const byte = bytes[at] ?? 0;
        block[length++] = byte;
        if (byte === quote && !copyQuotes) block[length++] = quote;
      }
      block[length++] = quote;
      this.#length = length;
    }
    this.#block[this.#length++] = lineFeed;
  }

  row(cells: SegmentRow): void {
    for (let i = 0; i < this.#width; i++) {
      if (i > 0) {
        this.#reserve(1);
        this.#block[this.#length++] = comma;
      }
      const cell = cells[i] ?? null;
      if (cell !== null) this.#text(cell);
    }
    this.#reserve(1);
    this.#block[this.#length++] = lineFeed;
  }

  /** Writes what has gathered once it is worth a write. Call between chunks: that keeps memory flat. */
  async flush(force = false): Promise<void> {
    if (this.#length < (force ? 1 : blockBytes)) return;
    const length = this.#length;
    this.#length = 0;
    for (let done = 0; done < length; ) {
      const { bytesWritten } = await translated(this.#handle.write(this.#block, done, length - done));
      done += bytesWritten;
    }
  }

  async close(): Promise<void> {
    try {
      await this.flush(true);
    } finally {
      await this.#handle.close();
    }
  }

  #text(text: string): void {
    const escaped = text.includes('"') ? text.replaceAll('"', '""') : text;
    this.#reserve(escaped.length * 3 + 2);
    this.#block[this.#length++] = quote;
    this.#length += this.#block.write(escaped, this.#length, 'utf8');
    this.#block[this.#length++] = quote;
  }

  #reserve(bytes: number): void {
    if (this.#length + bytes <= this.#block.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(this.#block.length * 2, this.#length + bytes));
    this.#block.copy(larger, 0, 0, this.#length);
    this.#block = larger;
  }
}

/** Waits for a file operation; a full disk becomes SegueError `disk.full`, a forbidden folder `disk.not-writable`. */
export async function translated<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOSPC' || code === 'EDQUOT') throw new SegueError('disk.full', {}, { cause: error });
    if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') {
      throw new SegueError('disk.not-writable', {}, { cause: error });
    }
    throw error;
  }
}
