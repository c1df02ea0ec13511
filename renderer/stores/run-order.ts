import type { RunState, RunView } from '../../preload/contract/views.ts';

const activeStates: readonly RunState[] = ['queued', 'running', 'pausing', 'cancelling'];

/** Whether a run is under way. */
export const isActive = (run: RunView): boolean => activeStates.includes(run.state);

/** Runs, the newest first. */
export function newestFirst(runs: Readonly<Record<string, RunView>>): RunView[] {
  return Object.values(runs).sort((a, b) => b.startedAt - a.startedAt || (a.runId < b.runId ? 1 : -1));
}

/** The newest run of an export among `runs`, undefined when it never ran. */
export function newestRunOf(exportId: string, runs: Readonly<Record<string, RunView>>): RunView | undefined {
  return newestFirst(runs).find((run) => run.exportId === exportId);
}

/** The newest run of every export that ran, by the export's id. */
export function newestByExport(runs: Readonly<Record<string, RunView>>): ReadonlyMap<string, RunView> {
  return new Map(
    newestFirst(runs)
      .toReversed()
      .map((run) => [run.exportId, run]),
  );
}

/** Whether a run goes on as soon as somebody has signed in again. */
export const waitsForSignIn = (run: RunView): boolean => run.waiting?.for === 'sign-in';
