import { create } from 'zustand';
import type { AcceptedGuards, PlanGuard, PlanStep, PlanView } from '../../preload/contract/views.ts';
import { asClientError, type ClientError, call } from '../bridge/client.ts';
import { useMirrorStore } from './mirror-store.ts';

/** The plan of the export being edited: what a run would do with it as it is stored. */
interface PlanState {
  /** Whose plan it is, or is being made; null for none. */
  readonly exportId: string | null;
  /** The last finished plan; of an earlier state of the export while `pending`. */
  readonly view: PlanView | null;
  readonly pending: boolean;
  readonly step: PlanStep | null;
  readonly error: ClientError | null;
  /** What the person agreed to in answer to this plan's guards. */
  readonly accepted: AcceptedGuards;
  /** It was made again because a file, the matching or the list had changed since the one before was shown. */
  readonly madeAgain: boolean;
}

const none: PlanState = {
  exportId: null,
  view: null,
  pending: false,
  step: null,
  error: null,
  accepted: {},
  madeAgain: false,
};

export const usePlanStore = create<PlanState>(() => none);

/** Counts plans begun: an answer to an older one is nobody's any more. */
let newest = 0;

/** Makes the plan of a stored export; sends nothing. Answers it, null when it could not be made or a newer one was begun. */
export async function makePlan(exportId: string): Promise<PlanView | null> {
  newest += 1;
  const own = newest;
  const before = usePlanStore.getState();
  const shown = before.exportId === exportId ? before.view : null;
  usePlanStore.setState({ ...none, exportId, view: shown, pending: true });
  try {
    const view = await call('exports.plan', { exportId });
    if (own !== newest) return null;
    // What was agreed to is asked again: it was about other numbers.
    usePlanStore.setState({ ...none, exportId, view, madeAgain: shown !== null && !isSame(shown, view) });
    return view;
  } catch (thrown) {
    const error = asClientError(thrown);
    if (own === newest) usePlanStore.setState({ ...none, exportId, error: error.code === 'cancelled' ? null : error });
    return null;
  }
}

const isSame = (a: PlanView, b: PlanView): boolean => JSON.stringify(a.groups) === JSON.stringify(b.groups);

/** Lets the plan go, in main too. */
export function dropPlan(): void {
  const { exportId } = usePlanStore.getState();
  newest += 1;
  usePlanStore.setState(none);
  if (exportId !== null) void call('exports.cancelPlan', { exportId }).catch(() => undefined);
}

/** Ends a plan that is being made. */
export function cancelPlan(): void {
  const { exportId } = usePlanStore.getState();
  if (exportId !== null) void call('exports.cancelPlan', { exportId }).catch(() => undefined);
}

export function noteStep(exportId: string, step: PlanStep): void {
  usePlanStore.setState((state) => (state.exportId === exportId && state.pending ? { step } : {}));
}

export function accept(answer: AcceptedGuards): void {
  usePlanStore.setState(({ accepted }) => ({ accepted: { ...accepted, ...answer } }));
}

/** Takes an agreement back. */
export function refuse(kind: keyof AcceptedGuards): void {
  usePlanStore.setState(({ accepted }) => {
    const { [kind]: _, ...others } = accepted;
    return { accepted: others };
  });
}

/** Whether a person may answer a guard, and has. */
export function isAnswered(guard: PlanGuard, accepted: AcceptedGuards): boolean {
  switch (guard.kind) {
    case 'nothing-to-send':
    case 'list-gone':
      return false;
    case 'too-many-leavers':
      return accepted.leavers === guard.leavers;
    case 'unreadable-lines':
      return accepted.unreadableLines === true;
    case 'other-account':
      return accepted.otherAccount === true;
  }
}

/** The plan of an export, if it is shown and of the export as it is stored. */
export function planOf(exportId: string): PlanView | null {
  const { exportId: planned, view, pending } = usePlanStore.getState();
  if (planned !== exportId || view === null || pending) return null;
  const stored = useMirrorStore.getState().mirror?.exports.find((candidate) => candidate.exportId === exportId);
  return stored !== undefined && stored.updatedAt > view.madeAt ? null : view;
}

/** What a run of an export is given of its plan: which one was shown, and what was agreed to. */
export function planAnswers(exportId: string): { planId?: string; accepted?: AcceptedGuards } {
  const plan = planOf(exportId);
  return plan === null ? {} : { planId: plan.planId, accepted: usePlanStore.getState().accepted };
}
