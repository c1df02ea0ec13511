/** An allowance that fills up by `perSecond` to at most `capacity`. Times are milliseconds. */
export class TokenBucket {
  readonly #capacity: number;
  readonly #perSecond: number;
  #left: number;
  #at: number | null = null;

  constructor(capacity: number, perSecond: number) {
    this.#capacity = capacity;
    this.#perSecond = perSecond;
    this.#left = capacity;
  }

  /** Takes one; false when there is none. */
  take(now: number): boolean {
    const passed = this.#at === null ? 0 : Math.max(0, now - this.#at);
    this.#left = Math.min(this.#capacity, this.#left + (passed / 1_000) * this.#perSecond);
    this.#at = now;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
