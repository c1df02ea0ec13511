/**
 * The table of a file whose beginning looks plain, written while every byte of the rest is still being looked at. It is
 * used only if, with all bytes seen, exactly the same statement would write it; else it is thrown away.
 */
export class EarlyTable<S, T> {
  readonly #write: (statement: S, signal: AbortSignal) => Promise<T>;
  readonly #abort = new AbortController();
  #begun: string | null = null;
  #written: Promise<T | null> = Promise.resolve(null);

  /** @param write carries a statement out; its failure only means that there is no early table. */
  constructor(write: (statement: S, signal: AbortSignal) => Promise<T>) {
    this.#write = write;
  }

  /** Begins writing. Once only. */
  begin(statement: S): void {
    if (this.#begun !== null) return;
    this.#begun = JSON.stringify(statement);
    this.#written = this.#write(statement, this.#abort.signal).catch(() => null);
  }

  /** Stops writing; resolves when nothing of it goes on. */
  async giveUp(): Promise<void> {
    this.#abort.abort();
    this.#begun = '';
    await this.#written;
  }

  /** What `statement` wrote; null when it was not begun, was given up or failed. Nothing goes on afterwards. */
  async take(statement: S): Promise<T | null> {
    const isSame = this.#begun === JSON.stringify(statement);
    if (!isSame) await this.giveUp();
    const written = await this.#written;
    return isSame ? written : null;
  }
}
