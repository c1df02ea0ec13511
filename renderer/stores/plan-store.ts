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

interface Making {
  readonly exportId: string;
  readonly basis: string;
  readonly answer: Promise<PlanView | null>;
}

/** The plan that is being made, and what the shown one was made of: an answer to an older one is nobody's any more. */
let making: Making | null = null;
let shownBasis = '';

/** What a plan hangs on: the stored definition, the readings of its files, and what earlier runs sent. */
export function planBasis(exportId: string): string {
  const mirror = useMirrorStore.getState().mirror;
  const stored = mirror?.exports.find((candidate) => candidate.exportId === exportId);
  if (mirror === null || stored === undefined) return '';
  const readings = stored.segments.map(({ segmentId }) => mirror.segments[segmentId]?.readAt ?? 0);
  return JSON.stringify([exportId, stored.updatedAt, readings, stored.lastRun?.runId, stored.lastRun?.state]);
}

/**
 * The plan of a stored export as it is now; sends nothing. The one that is shown, or is being made of the same, serves
 * unless `anew`. Answers null when it could not be made, or a newer one was begun.
 */
export function makePlan(exportId: string, { anew = false } = {}): Promise<PlanView | null> {
  const basis = planBasis(exportId);
  if (!anew) {
    if (making?.exportId === exportId && making.basis === basis) return making.answer;
    const shown = planOf(exportId);
    if (shown !== null) return Promise.resolve(shown);
  }
  const own: Making = { exportId, basis, answer: begin(exportId, () => making === own) };
  making = own;
  return own.answer.finally(() => {
    if (making === own) making = null;
    shownBasis = basis;
  });
}

async function begin(exportId: string, isNewest: () => boolean): Promise<PlanView | null> {
  const before = usePlanStore.getState();
  const shown = before.exportId === exportId ? before.view : null;
  usePlanStore.setState({ ...none, exportId, view: shown, pending: true });
  try {
    const view = await call('exports.plan', { exportId });
    if (!isNewest()) return null;
    // What was agreed to is asked again: it was about other numbers.
    usePlanStore.setState({ ...none, exportId, view, madeAgain: shown !== null && !isSame(shown, view) });
    return view;
  } catch (thrown) {
    const error = asClientError(thrown);
    if (isNewest()) usePlanStore.setState({ ...none, exportId, error: error.code === 'cancelled' ? null : error });
    return null;
  }
}

const isSame = (a: PlanView, b: PlanView): boolean => JSON.stringify(a.groups) === JSON.stringify(b.groups);

/** Lets the plan go, in main too. */
export function dropPlan(): void {
  const { exportId } = usePlanStore.getState();
  making = null;
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
    case 'too-many-clearings':
      return accepted.clearings === guard.people;
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
  return shownBasis === planBasis(exportId) ? view : null;
}

/** What a run of an export is given of its plan: which one was shown, and what was agreed to. */
export function planAnswers(exportId: string): { planId?: string; accepted?: AcceptedGuards } {
  const plan = planOf(exportId);
  return plan === null ? {} : { planId: plan.planId, accepted: usePlanStore.getState().accepted };
}
