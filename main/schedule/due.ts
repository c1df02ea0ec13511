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

/**
 * The exports whose time came in (`lookedAt`, `now`]. Of several times of one export the newest counts alone: what was
 * missed is caught up once.
 */
export function dueRuns(schedules: readonly RunningSchedule[], lookedAt: number, now: number): DueRun[] {
  return schedules.flatMap(({ exportId, recurrence, since }) => {
    const dueAt = newestRunBetween(recurrence, Math.max(lookedAt, since), now);
    if (dueAt === null) return [];
    const isMissed = now - dueAt > onTimeMs;
    return [{ exportId, dueAt, act: isMissed && recurrence.whenMissed === 'skip' ? 'skip' : 'begin' }];
  });
}
