import type { RunState } from '../../preload/contract/views.ts';

/**
 * The states of a run and the moves between them. Every change of state in the database names the state it leaves and
 * must find it (compare-and-set), so that two parts of the app cannot both move a run.
 *
 *   queued ──► running ──► successful | completedWithWarnings
 *    │  │        │ │ └───► failed | interrupted ──► queued (continue)
 *    │  │        │ ▼
 *    │  └────────┼ pausing ──► paused ──► queued (resume)
 *    │           ▼    │           │
 *    │     cancelling │           │
 *    └─────────► └────┴─► cancelled ──► queued (continue)
 *
 * What is under way when a run is paused or cancelled is still followed: when that turns out to be all, the run is
 * successful | completedWithWarnings.
 */
const moves: Record<RunState, readonly RunState[]> = {
  queued: ['running', 'paused', 'cancelled', 'interrupted'],
  running: ['successful', 'completedWithWarnings', 'failed', 'interrupted', 'pausing', 'cancelling', 'cancelled'],
  pausing: ['paused', 'cancelled', 'interrupted', 'failed', 'successful', 'completedWithWarnings'],
  paused: ['queued', 'cancelled'],
  cancelling: ['cancelled', 'interrupted', 'failed', 'successful', 'completedWithWarnings'],
  cancelled: ['queued', 'running', 'successful', 'completedWithWarnings'],
  interrupted: ['queued', 'running'],
  failed: ['queued', 'running'],
  successful: [],
  completedWithWarnings: [],
};

/** Whether a run may go from one state to the other. */
export function mayMove(from: RunState, to: RunState): boolean {
  return moves[from].includes(to);
}

/** Every state from which `to` may be reached. */
export function statesBefore(to: RunState): RunState[] {
  return (Object.keys(moves) as RunState[]).filter((from) => mayMove(from, to));
}

/** Whether the run is in somebody's hands just now. */
export function isActive(state: RunState): boolean {
  return state === 'queued' || state === 'running' || state === 'pausing' || state === 'cancelling';
}

/** Whether nothing can follow. */
export function isFinished(state: RunState): boolean {
  return moves[state].length === 0;
}
