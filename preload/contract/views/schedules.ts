import { z } from 'zod';
import { mostRefreshTimes, mostScheduleTimes } from '../schedule-limits.ts';
import { count, id, time, wireError } from './common.ts';

/** Hours and minutes on the clock of the schedule's time zone. */
const clockTime = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/);
const unlike = <T>(values: readonly T[]): boolean => new Set(values).size === values.length;
/** Monday is 1, as in ISO 8601. */
const weekdays = z.array(z.int().min(1).max(7)).max(7).refine(unlike);

/**
 * When something comes round: at each of `times` on the days that `every` and the days beside it say. Days that do not
 * belong to `every` are kept for when it is chosen again, and mean nothing until then.
 */
export const recurrence = z
  .strictObject({
    every: z.enum(['day', 'week', 'month']),
    weekdays,
    /** In a month that is shorter, its last day stands for the days that it lacks. */
    monthDays: z.array(z.int().min(1).max(31)).max(31).refine(unlike),
    times: z.array(clockTime).min(1).max(mostScheduleTimes).refine(unlike),
    /** IANA name; main refuses one that this computer does not know. */
    timeZone: z.string().min(1).max(64),
    /** The first day, in that time zone; null: at once. */
    startsOn: z.iso.date().nullable(),
    /** What becomes of runs whose time passed while the computer was off or asleep: one in place of all, or none. */
    whenMissed: z.enum(['catch-up', 'skip']),
  })
  .refine(({ every, weekdays }) => every !== 'week' || weekdays.length > 0)
  .refine(({ every, monthDays }) => every !== 'month' || monthDays.length > 0);
export type Recurrence = z.infer<typeof recurrence>;

/** The system refresh: daily or weekly, a few times a day (customer-insights-exports.md 3.5). */
export const refreshRecurrence = recurrence.refine(
  ({ every, times }) => every !== 'month' && times.length <= mostRefreshTimes,
);

/** When an export runs by itself: with the system refresh, at times of its own, or never. */
export const exportScheduleChange = z.discriminatedUnion('follows', [
  z.strictObject({ follows: z.literal('system') }),
  z.strictObject({ follows: z.literal('manual') }),
  z.strictObject({ follows: z.literal('own'), on: z.boolean(), recurrence }),
]);
export type ExportScheduleChange = z.infer<typeof exportScheduleChange>;

const nextRuns = z.array(time).max(5);

export const exportScheduleView = z.strictObject({
  exportId: id,
  follows: z.enum(['system', 'own', 'manual']),
  /** Whether it has a schedule that is on, its own or the system refresh: then *Run all* runs it too. */
  active: z.boolean(),
  /** Its own schedule, kept while it follows another. */
  own: z.strictObject({ on: z.boolean(), recurrence }).nullable(),
  nextRuns,
  /** A run whose time has come waits for this. */
  waitsFor: z.enum(['segment', 'account']).nullable(),
  /** The newest run of the schedule that was not begun, or sent nothing because a person has to be asked. */
  skipped: z.strictObject({ dueAt: time, at: time, error: wireError }).nullable(),
});
export type ExportScheduleView = z.infer<typeof exportScheduleView>;

/** Something that a schedule could not do by itself, or will not be able to unless somebody helps. */
export const attentionView = z.strictObject({
  exportId: id,
  exportName: z.string(),
  dueAt: time,
  kind: z.enum(['skipped', 'failed', 'foreseen']),
  error: wireError,
  runId: id.nullable(),
});
export type AttentionView = z.infer<typeof attentionView>;

export const schedulesView = z.strictObject({
  systemRefresh: z.strictObject({ on: z.boolean(), recurrence, nextRuns }),
  exports: z.array(exportScheduleView),
  attention: z.array(attentionView),
  /** IANA name of this computer's time zone. */
  timeZone: z.string(),
  /** Exports whose schedule is on: without any, nothing has to stay open for them. */
  activeCount: count,
});
export type SchedulesView = z.infer<typeof schedulesView>;
