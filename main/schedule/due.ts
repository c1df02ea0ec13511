import type { RunningSchedule } from './exports-to-run.ts';
import { newestRunBetween } from './recurrence.ts';

/** A run begun later than this after its time was missed: the computer was off or asleep. */
export const onTimeMs = 5 * 60_000;

/** An export whose time has come, and what is done about it. */
export interface DueRun {
  readonly exportId: string;
  readonly dueAt: number;
  /** `skip`: its time was missed, and so it was chosen. */
  readonly act: 'begin' | 'skip';
}

/** What is done at `now` about a time of a schedule that has come. */
export function actOf({ recurrence }: Pick<RunningSchedule, 'recurrence'>, dueAt: number, now: number): DueRun['act'] {
  return now - dueAt > onTimeMs && recurrence.whenMissed === 'skip' ? 'skip' : 'begin';
}

/**
 * From when on a schedule's times count that have not been looked at: `lookedAt`, and none before it was chosen. What lies
 * ahead of `now` was written down by a clock that was set back since, and says nothing.
 */
export function dueFrom({ since }: Pick<RunningSchedule, 'since'>, lookedAt: number, now: number): number {
  return Math.max(Math.min(lookedAt, now), since > now ? 0 : since);
}

/** The exports whose time has come. Of several times of one export the newest counts alone: what was missed is caught up once. */
export function dueRuns(schedules: readonly RunningSchedule[], lookedAt: number, now: number): DueRun[] {
  return schedules.flatMap((schedule) => {
    const { exportId, recurrence } = schedule;
    const dueAt = newestRunBetween(recurrence, dueFrom(schedule, lookedAt, now), now);
    return dueAt === null ? [] : [{ exportId, dueAt, act: actOf(schedule, dueAt, now) }];
  });
}
