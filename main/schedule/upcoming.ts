import type { Recurrence } from '../../preload/contract/views.ts';
import { nextRuns } from './recurrence.ts';

/** How many runs people are shown ahead. */
export const shownRuns = 5;

/**
 * The next runs of schedules, worked out once until the first of them has passed: a hundred exports are looked at each time
 * that one changes, and most follow a few schedules.
 */
export function createUpcoming() {
  const known = new Map<string, { readonly from: number; readonly runs: readonly number[] }>();
  return (recurrence: Recurrence, after: number): readonly number[] => {
    const key = JSON.stringify(recurrence);
    const kept = known.get(key);
    const until = kept?.runs[0] ?? Number.POSITIVE_INFINITY;
    if (kept !== undefined && after >= kept.from && after < until) return kept.runs;
    const runs = nextRuns(recurrence, after, shownRuns);
    if (known.size >= 1_000) known.clear();
    known.set(key, { from: after, runs });
    return runs;
  };
}

export type Upcoming = ReturnType<typeof createUpcoming>;
