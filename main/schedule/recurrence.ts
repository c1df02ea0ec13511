import { Cron } from 'croner';
import type { Recurrence } from '../../preload/contract/views.ts';
import { instantOf, wallTimeAt } from './wall-clock.ts';

// The rules, as people are told them: each time is the clock's in the schedule's time zone. A time that the clock jumps
// over in spring is the next minute that there is; one that comes twice in autumn runs the first time only. In a month
// without the 29th, 30th or 31st, its last day takes their place.

const dayMs = 86_400_000;

/** Between two runs of any schedule lie at most a month and the day that a clock may be set by. */
export const longestGapMs = 33 * dayMs;

/** The days as cron patterns, each without its minutes and hours. */
function dayPatterns({ every, weekdays, monthDays }: Recurrence): string[] {
  switch (every) {
    case 'day':
      return ['* * *'];
    case 'week':
      return [`* * ${weekdays.join(',')}`];
    case 'month':
      return [
        `${monthDays.join(',')} * *`,
        ...(monthDays.includes(31) ? ['L * *'] : []),
        ...(monthDays.some((day) => day === 29 || day === 30) ? ['L 2 *'] : []),
      ];
  }
}

function patternsOf(recurrence: Recurrence): Cron[] {
  const startAt = recurrence.startsOn === null ? {} : { startAt: `${recurrence.startsOn}T00:00:00Z` };
  return dayPatterns(recurrence).flatMap((days) =>
    recurrence.times.map((time) => {
      const [hour, minute] = time.split(':').map(Number);
      // Cron walks over wall times, which have no summer: what the clock makes of them is instantOf's.
      return new Cron(`0 ${minute} ${hour} ${days}`, { utcOffset: 0, paused: true, ...startAt });
    }),
  );
}

/** The runs of a schedule after an instant (epoch milliseconds), in order, without end. */
export function* runsAfter(recurrence: Recurrence, after: number): Generator<number> {
  const { timeZone } = recurrence;
  const patterns = patternsOf(recurrence);
  let wall = wallTimeAt(after, timeZone) - 2 * dayMs;
  let last = after;
  for (;;) {
    const next = patterns.flatMap((pattern) => pattern.nextRun(new Date(wall))?.getTime() ?? []);
    if (next.length === 0) return;
    wall = Math.min(...next);
    const instant = instantOf(wall, timeZone);
    if (instant > last) yield instant;
    last = Math.max(last, instant);
  }
}

/** The first `count` runs after an instant. */
export function nextRuns(recurrence: Recurrence, after: number, count: number): number[] {
  const runs: number[] = [];
  for (const at of runsAfter(recurrence, after)) {
    runs.push(at);
    if (runs.length === count) break;
  }
  return runs;
}

/** The newest run in (`after`, `until`]; null when there is none. */
export function newestRunBetween(recurrence: Recurrence, after: number, until: number): number | null {
  let newest: number | null = null;
  for (const at of runsAfter(recurrence, Math.max(after, until - longestGapMs))) {
    if (at > until) break;
    newest = at;
  }
  return newest;
}
