import type { ActivityCounters } from '../constant-contact/activities.ts';
import type { Settlement } from '../store/batches.ts';

/** The counters that say what became of an import's rows. */
export type SettlingCounters = Pick<ActivityCounters, 'itemsTotal' | 'error' | 'correctable' | 'cannotAddToList'>;

/**
 * Reads a completed activity's counters as the fate of the `rows` that were posted (design.md section 1).
 *
 * `items_total_count` is rows or rows + 1 (the header is counted for files, and perhaps for JSON); with fewer, the rest
 * was dropped without a word and its outcome is unknown. Without that counter nothing can be said of any row. Refused
 * people are those of `error_count`, `correctable_count` and `cannot_add_to_list_count`; more of them than rows cannot be.
 */
export function settleCompleted(rows: number, counters: SettlingCounters): Settlement {
  if (counters.itemsTotal === null) return { accepted: 0, refused: 0, unknown: rows };
  const seen = Math.min(rows, Math.max(0, counters.itemsTotal));
  const reported = (counters.error ?? 0) + (counters.correctable ?? 0) + (counters.cannotAddToList ?? 0);
  const refused = Math.min(seen, Math.max(0, reported));
  return { accepted: seen - refused, refused, unknown: rows - seen };
}
