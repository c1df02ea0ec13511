import type { RunView } from '../../../preload/contract/views.ts';

const dayMs = 24 * 60 * 60 * 1_000;

/** The spans over which a trend is shown, in days (customer-insights-exports.md 3.7). */
export const historyDays = [3, 7, 30] as const;
export type HistoryDays = (typeof historyDays)[number];

/** How long a run took, in milliseconds; null while it goes on. */
export const durationOf = ({ startedAt, endedAt }: RunView): number | null =>
  endedAt === null ? null : Math.max(0, endedAt - startedAt);

/** An export's runs that began in the last `days` days, oldest first. */
export function runsWithin(runs: readonly RunView[], days: number, now: number): RunView[] {
  return runs.filter(({ startedAt }) => startedAt > now - days * dayMs).sort((a, b) => a.startedAt - b.startedAt);
}

/**
 * The middle duration of the ended runs, and that of the same span before it; null where none ended. The middle one,
 * since a single run that waited for the network says nothing about the others.
 */
export function durationTrend(
  runs: readonly RunView[],
  days: number,
  now: number,
): { readonly middle: number | null; readonly before: number | null } {
  const spanBefore = runs.filter(({ startedAt }) => startedAt <= now - days * dayMs);
  return { middle: middleOf(runsWithin(runs, days, now)), before: middleOf(runsWithin(spanBefore, days * 2, now)) };
}

function middleOf(runs: readonly RunView[]): number | null {
  const durations = runs.flatMap((run) => durationOf(run) ?? []).sort((a, b) => a - b);
  return durations[Math.floor(durations.length / 2)] ?? null;
}

/** A part of a run with when it began and how long it took so far; null where it has not begun. */
export interface TaskTime {
  readonly task: RunView['tasks'][number]['task'];
  readonly beganAt: number | null;
  readonly tookMs: number | null;
}

/** Planning, sending, confirming, each from its beginning to the next one's, the last to the run's end or `now`. */
export function taskTimes({ tasks, endedAt }: RunView, now: number): TaskTime[] {
  return (['planning', 'sending', 'confirming'] as const).map((task) => {
    const index = tasks.findIndex((candidate) => candidate.task === task);
    const beganAt = tasks[index]?.beganAt ?? null;
    const until = tasks[index + 1]?.beganAt ?? endedAt ?? now;
    return { task, beganAt, tookMs: beganAt === null ? null : Math.max(0, until - beganAt) };
  });
}
