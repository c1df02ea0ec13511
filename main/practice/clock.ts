/** The practice account's own time, in milliseconds since 1970. It can be moved forward to reach expiries and new days. */
export class PracticeClock {
  readonly #source: () => number;
  #moved = 0;

  /** @param source the time it starts from, by default the machine's. */
  constructor(source: () => number = Date.now) {
    this.#source = source;
  }

  now(): number {
    return this.#source() + this.#moved;
  }

  /** Moves the time by `milliseconds`, from now on. */
  move(milliseconds: number): void {
    this.#moved += milliseconds;
  }
}

/** Second-precision UTC, the form of recent live samples (constant-contact-v3.md 1). */
export function isoSeconds(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}

/** The UTC day of a time as `2026-11-23`: quotas start again with it. */
export function utcDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
