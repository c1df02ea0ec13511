import type { Counters } from '../state/activity-store.ts';

/** The work behind one activity, done in steps so that requests are answered in between. */
export interface Job {
  /** Items in all; a job of no items ends at once. */
  readonly total: number;
  /** Items done. */
  readonly position: number;
  readonly counters: Counters;
  readonly errors: readonly string[];
  /** Does up to `items` more, inside a transaction the engine has opened. */
  step(items: number): void;
  /** Called once everything is done, before the activity is completed. */
  finish?(): Promise<void> | void;
}
