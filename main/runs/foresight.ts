import type { Activity } from '../constant-contact/activities.ts';

/** How far an activity was when it was looked at, and whether it had got further since the look before. */
interface Sight {
  readonly at: number;
  readonly percent: number;
  readonly moved: boolean;
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
  /** Milliseconds for each percent of one that moved between two looks and before them. */
  let usual = Number.POSITIVE_INFINITY;
  return {
    note(seen, at) {
      for (const { activityId, percentDone } of seen) {
        if (percentDone === null) continue;
        const before = sights.get(activityId);
        const moved = before !== undefined && percentDone > before.percent && at > before.at;
        sights.set(activityId, { at, percent: percentDone, moved });
        // One that stands still is waited for longer and longer, whatever it did before.
        if (!moved) {
          ends.delete(activityId);
          continue;
        }
        const perPercent = (at - before.at) / (percentDone - before.percent);
        // Of one that stood in the queue it is not known when it began: it will hardly be slower than the others.
        if (before.moved) usual = perPercent;
        ends.set(activityId, at + Math.max(0, 100 - percentDone) * Math.min(perPercent, usual));
      }
    },
    soonestEndMs(activityIds, now) {
      const known = [...activityIds].map((activityId) => ends.get(activityId) ?? Number.POSITIVE_INFINITY);
      return Math.max(0, Math.min(Number.POSITIVE_INFINITY, ...known) - now);
    },
  };
}
