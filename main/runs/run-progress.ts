import type { RunView } from '../../preload/contract/views.ts';
import type { Batch } from '../store/batches.ts';
import { type BatchSums, sumBatches } from './balance.ts';

/** What a run tells while it goes on. */
export interface RunProgress {
  readonly phase: RunView['progress']['phase'];
  readonly sums: BatchSums;
  readonly rowsToSend: number;
  readonly rowsPosted: number;
  readonly rowsSettled: number;
  readonly batches: number;
  readonly batchesSettled: number;
  readonly rowsPerSecond: number;
  /** Null until there is something to judge by. */
  readonly remainingMs: number | null;
  readonly waiting: RunView['waiting'];
}

/** How far back the rate looks, in milliseconds: long enough for several batches at Constant Contact's pace. */
const rateWindowMs = 60_000;

/** Keeps the counts of a run's batches as they move on, and the rate at which rows are settled. */
export function createProgressTracker(now: () => number) {
  let batches = new Map<number, Batch>();
  let phase: RunProgress['phase'] = 'preparing';
  let waiting: RunProgress['waiting'] = null;
  /** Settled rows at points of time, oldest first; the first is where the window begins. */
  let marks: { at: number; rows: number }[] = [];

  const settledRows = () => {
    let rows = 0;
    for (const batch of batches.values()) if (batch.state === 'completed') rows += batch.rows;
    return rows;
  };

  return {
    /** Starts over with the batches as the journal has them. */
    begin(from: readonly Batch[]): void {
      batches = new Map(from.map((batch) => [batch.batchNumber, batch]));
      marks = [{ at: now(), rows: settledRows() }];
    },
    setPhase(next: RunProgress['phase']): void {
      phase = next;
    },
    setWaiting(next: RunProgress['waiting']): void {
      waiting = next;
    },
    setBatch(batch: Batch): void {
      batches.set(batch.batchNumber, batch);
      if (batch.state !== 'completed') return;
      const at = now();
      marks.push({ at, rows: settledRows() });
      while (marks.length > 2 && (marks[1]?.at ?? at) < at - rateWindowMs) marks.shift();
    },
    current(): RunProgress {
      const all = [...batches.values()];
      const sums = sumBatches(all);
      const rows = (of: readonly Batch[]) => of.reduce((sum, batch) => sum + batch.rows, 0);
      const settled = all.filter((batch) => batch.state === 'completed');
      const rowsToSend = rows(all);
      const rowsSettled = rows(settled);
      const first = marks[0];
      const last = marks.at(-1);
      const elapsed = first && last ? last.at - first.at : 0;
      const rowsPerSecond = elapsed > 0 && first && last ? ((last.rows - first.rows) * 1_000) / elapsed : 0;
      return {
        phase,
        sums,
        rowsToSend,
        rowsPosted: rows(all.filter((batch) => batch.state !== 'planned' && batch.state !== 'posting')),
        rowsSettled,
        batches: all.length,
        batchesSettled: settled.length,
        rowsPerSecond,
        remainingMs: rowsPerSecond > 0 ? ((rowsToSend - rowsSettled) * 1_000) / rowsPerSecond : null,
        waiting,
      };
    },
  };
}

export type ProgressTracker = ReturnType<typeof createProgressTracker>;
