import type { Activity } from '../constant-contact/activities.ts';

/** How far an activity was when it was seen first, and when it was seen last. */
interface Sight {
  readonly at: number;
  readonly percent: number;
  readonly last: number;
}

/** Guesses from what was seen of activities when the next of them should end. Times in milliseconds, of one clock. */
export interface Foresight {
  note(seen: readonly Pick<Activity, 'activityId' | 'percentDone'>[], at: number): void;
  /** Until the first of these should have ended; infinite where none moved when it was last looked at. Never negative. */
  soonestEndMs(activityIds: Iterable<string>, now: number): number;
}

export function createForesight(): Foresight {
  const sights = new Map<string, Sight>();
  const ends = new Map<string, number>();
  return {
    note(seen, at) {
      for (const { activityId, percentDone } of seen) {
        if (percentDone === null) continue;
        const { at: since, percent, last } = sights.get(activityId) ?? { at, percent: percentDone, last: percentDone };
        sights.set(activityId, { at: since, percent, last: percentDone });
        // One that stands still is waited for longer and longer, whatever it did before.
        if (percentDone <= last || at <= since) ends.delete(activityId);
        else {
          const perPercent = (at - since) / (percentDone - percent);
          ends.set(activityId, at + Math.max(0, 100 - percentDone) * perPercent);
        }
      }
    },
    soonestEndMs(activityIds, now) {
      const known = [...activityIds].map((activityId) => ends.get(activityId) ?? Number.POSITIVE_INFINITY);
      return Math.max(0, Math.min(Number.POSITIVE_INFINITY, ...known) - now);
    },
  };
}
