/** How often a run looks and how much it lets pile up on the other side. Times in milliseconds. */
export interface RunPace {
  /** First look at what was posted; each further one waits half as long again (constant-contact-v3.md 6.1). */
  readonly firstPollMs: number;
  readonly longestPollMs: number;
  /** How long a lost answer's activity is looked for before the batch is sent again (design.md section 5). */
  readonly lostAnswerMs: number;
  /** Activities that may be under way at once; few, so that a cancel leaves little behind. */
  readonly outstanding: number;
}

/** For Constant Contact and the practice account at its real pace. */
export const realPace: RunPace = { firstPollMs: 2_000, longestPollMs: 30_000, lostAnswerMs: 60_000, outstanding: 4 };

/** For the practice account at full speed, where nothing is gained by waiting. */
export const fullSpeed: RunPace = { firstPollMs: 20, longestPollMs: 250, lostAnswerMs: 2_000, outstanding: 6 };
