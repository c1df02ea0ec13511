import type { ReadingOptions } from './types.ts';

/** Passes progress on at most ten times a second. `now` gives milliseconds. */
export class ProgressReporter {
  readonly signal: AbortSignal | undefined;
  readonly #report: ReadingOptions['onProgress'];
  readonly #total: number;
  readonly #now: () => number;
  #bytes = 0;
  #base = 0;
  #rows = 0;
  #baseRows = 0;
  #last = Number.NEGATIVE_INFINITY;
  /** How much of the file at hand a whole pass over it is. */
  #share = 1;
  #rowsAreKnown = false;
  #mostRows = Number.POSITIVE_INFINITY;
  #tooMany: () => Error = () => new Error('Too many rows');

  constructor(options: ReadingOptions, bytesTotal: number, now: () => number = () => performance.now()) {
    this.signal = options.signal;
    this.#report = options.onProgress;
    this.#total = bytesTotal;
    this.#now = now;
  }

  /** Bytes read of the file at hand. */
  bytes(read: number): void {
    this.#bytes = Math.round(read * this.#share);
    this.#tick();
  }

  /** Rows found in the file at hand. */
  rows(count: number): void {
    if (this.#rowsAreKnown) return;
    this.#rows = count;
    if (this.#baseRows + count > this.#mostRows) throw this.#tooMany();
  }

  /** More rows than these, of all files together, end the reading with `tooMany`. */
  stopAt(mostRows: number, tooMany: () => Error): void {
    this.#mostRows = mostRows;
    this.#tooMany = tooMany;
  }

  /** The file at hand is done; the next one's bytes and rows come on top. */
  nextFile(): void {
    this.#base += this.#bytes;
    this.#baseRows += this.#rows;
    this.#bytes = 0;
    this.#rows = 0;
    this.#share = 1;
  }

  /** The file at hand is read twice: this time and once more in {@link secondPass}. */
  inTwoPasses(): void {
    this.#share = 0.5;
  }

  /** From now on files are read again, one after the other; their rows have been counted. */
  secondPass(): void {
    this.#rowsAreKnown = true;
    this.#share = 0.5;
  }

  #tick(): void {
    if (!this.#report) return;
    const now = this.#now();
    if (now - this.#last < 100) return;
    this.#last = now;
    const bytesRead = Math.min(this.#base + this.#bytes, this.#total);
    this.#report({ bytesRead, bytesTotal: this.#total, rows: this.#baseRows + this.#rows });
  }
}
