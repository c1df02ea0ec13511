import type { Balance, RunState } from '../../preload/contract/views.ts';
import type { BatchState } from '../store/batches.ts';

/** What planning found, over every row of every segment of the run. */
export interface PlanCounts {
  readonly rowsRead: number;
  readonly rejected: number;
  readonly duplicate: number;
  readonly heldBack: number;
  readonly unchanged: number;
  readonly unreadable: number;
}

/** Sums over the run's batches. */
export interface BatchSums {
  readonly accepted: number;
  readonly refused: number;
  /** Rows of batches that were posted, or may have been, without an outcome so far. */
  readonly unknown: number;
  /** Rows of batches whose request never left. */
  readonly notSent: number;
}

/** A batch as far as the sums need it. */
export interface BatchOutcome {
  readonly state: BatchState;
  readonly rows: number;
  readonly accepted: number;
  readonly refused: number;
  readonly unknown: number;
}

/** Adds one batch's rows to where they stand. */
export function sumBatches(batches: Iterable<BatchOutcome>): BatchSums {
  let accepted = 0;
  let refused = 0;
  let unknown = 0;
  let notSent = 0;
  for (const batch of batches) {
    switch (batch.state) {
      case 'planned':
        notSent += batch.rows;
        break;
      case 'posting':
      case 'posted':
        unknown += batch.rows;
        break;
      case 'completed':
      case 'failed':
        accepted += batch.accepted;
        refused += batch.refused;
        unknown += batch.unknown;
        break;
    }
  }
  return { accepted, refused, unknown, notSent };
}

/** The row balance (design.md section 1). Throws when it does not close: that is a bug, never a warning. */
export function balanceOf(plan: PlanCounts, sums: BatchSums): Balance {
  const balance: Balance = {
    rowsRead: plan.rowsRead,
    accepted: sums.accepted,
    unchanged: plan.unchanged,
    duplicate: plan.duplicate,
    rejected: plan.rejected,
    heldBack: plan.heldBack,
    refused: sums.refused,
    notSent: sums.notSent,
    unknown: sums.unknown,
    unreadable: plan.unreadable,
  };
  if (!closes(balance)) throw new Error(`The balance does not close: ${JSON.stringify(balance)}`);
  return balance;
}

/** Whether every row read stands in exactly one place. */
export function closes(balance: Balance): boolean {
  const { rowsRead, accepted, unchanged, duplicate, rejected, heldBack, refused, notSent, unknown } = balance;
  return rowsRead === accepted + unchanged + duplicate + rejected + heldBack + refused + notSent + unknown;
}

/** How a run that has nothing left to do ended; null while rows are unsent or their outcome is unknown. */
export function finalStateOf(balance: Balance): Extract<RunState, 'successful' | 'completedWithWarnings'> | null {
  if (balance.unknown > 0 || balance.notSent > 0) return null;
  const clean = balance.refused === 0 && balance.rejected === 0 && balance.unreadable === 0;
  return clean ? 'successful' : 'completedWithWarnings';
}
