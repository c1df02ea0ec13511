import type { Case } from './case.ts';
import { Broken, NotOffered } from './check.ts';

export interface Result {
  readonly section: string;
  readonly mark: string;
  readonly fact: string;
  readonly outcome: 'held' | 'failed' | 'not offered';
  /** Why it failed; empty when it held. */
  readonly reason: string;
  readonly milliseconds: number;
}

export interface RunOptions {
  /** How many cases may be under way at once. */
  readonly atOnce: number;
  readonly signal?: AbortSignal;
  /** Hears of every case as it ends. */
  readonly onResult?: (result: Result) => void;
}

/** Runs cases at a place, some at once, in their order; those not begun when the signal comes are left out. */
export async function runCases<Place>(
  cases: readonly Case<Place>[],
  place: Place,
  options: RunOptions,
): Promise<Result[]> {
  const results: Result[] = [];
  let next = 0;
  const work = async () => {
    while (next < cases.length && options.signal?.aborted !== true) {
      const one = cases[next];
      next += 1;
      if (one === undefined) return;
      const result = await runCase(one, place);
      results.push(result);
      options.onResult?.(result);
    }
  };
  await Promise.all(Array.from({ length: options.atOnce }, work));
  return results;
}

async function runCase<Place>(one: Case<Place>, place: Place): Promise<Result> {
  const { section, mark, fact } = one;
  const began = performance.now();
  const ended = (outcome: Result['outcome'], reason: string): Result => {
    return { section, mark, fact, outcome, reason, milliseconds: Math.round(performance.now() - began) };
  };
  try {
    await one.run(place);
    return ended('held', '');
  } catch (error) {
    if (error instanceof NotOffered) return ended('not offered', error.message);
    // What is no broken fact is a mistake of the suite's own, and is shown with its place.
    const reason = error instanceof Broken ? error.message : String((error as Error).stack ?? error);
    return ended('failed', reason.replaceAll(/\s*\n\s*/g, ' '));
  }
}

/** One line about a case: `FAILED 4 D: …`. */
export function lineOf(result: Result): string {
  const words = { held: 'ok    ', failed: 'FAILED', 'not offered': '-     ' }[result.outcome];
  const why = result.reason === '' ? '' : `: ${result.reason}`;
  return `${words} ${result.section} ${result.mark} ${result.fact}${why}`;
}
