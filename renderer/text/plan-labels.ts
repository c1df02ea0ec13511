import type {
  ExportMode,
  HoldReason,
  PlanGroup,
  PlanRow,
  PlanStep,
  PlanView,
  RejectionReason,
  StayReason,
} from '../../preload/contract/views.ts';
import { reasonLabel } from './labels.ts';
import type { MessageKey } from './messages.ts';

// Words for what a plan tells. Each map is exhaustive, so that a new value without words does not compile.

export const modeLabels: Readonly<Record<ExportMode, MessageKey>> = {
  'add-and-update': 'plan.mode.add-and-update',
  'changes-only': 'plan.mode.changes-only',
  mirror: 'plan.mode.mirror',
};

export const modeExplanations: Readonly<Record<ExportMode, MessageKey>> = {
  'add-and-update': 'plan.mode.add-and-update.explanation',
  'changes-only': 'plan.mode.changes-only.explanation',
  mirror: 'plan.mode.mirror.explanation',
};

export const stepLabels: Readonly<Record<PlanStep, MessageKey>> = {
  account: 'plan.step.account',
  'opt-outs': 'plan.step.opt-outs',
  rows: 'plan.step.rows',
};

interface GroupWords {
  readonly group: PlanGroup;
  readonly label: MessageKey;
  readonly explanation: MessageKey;
}

/** Where the rows read stand, in the order they are shown: they add up. */
export const rowGroups: readonly GroupWords[] = [
  { group: 'new', label: 'plan.group.new', explanation: 'plan.group.new.explanation' },
  { group: 'changed', label: 'plan.group.changed', explanation: 'plan.group.changed.explanation' },
  { group: 'same', label: 'plan.group.same', explanation: 'plan.group.same.explanation' },
  { group: 'unconfirmed', label: 'plan.group.unconfirmed', explanation: 'plan.group.unconfirmed.explanation' },
  { group: 'unchanged', label: 'plan.group.unchanged', explanation: 'plan.group.unchanged.explanation' },
  { group: 'heldBack', label: 'plan.group.held-back', explanation: 'plan.group.held-back.explanation' },
  { group: 'duplicate', label: 'plan.group.duplicate', explanation: 'plan.group.duplicate.explanation' },
  { group: 'rejected', label: 'plan.group.rejected', explanation: 'plan.group.rejected.explanation' },
];

/** Who is absent from the segments. */
export const absentGroups: readonly GroupWords[] = [
  { group: 'leavers', label: 'plan.group.leavers', explanation: 'plan.group.leavers.explanation' },
  { group: 'staying', label: 'plan.group.staying', explanation: 'plan.group.staying.explanation' },
];

/** Whose fields are cleared, whichever group they stand in. */
export const clearingGroups: readonly GroupWords[] = [
  { group: 'clearing', label: 'plan.group.clearing', explanation: 'plan.group.clearing.explanation' },
];

/** The groups whose people a run sends. */
export const sentGroups: ReadonlySet<PlanGroup> = new Set(['new', 'changed', 'same', 'unconfirmed']);

const otherReasons: Readonly<Record<HoldReason | StayReason, MessageKey>> = {
  'opted-out': 'plan.reason.opted-out',
  'never-mail': 'plan.reason.never-mail',
  'other-export': 'plan.reason.other-export',
  'rejected-row': 'plan.reason.rejected-row',
  unconfirmed: 'plan.reason.unconfirmed',
  'listed-otherwise': 'plan.reason.listed-otherwise',
};

/** Why a row stands where it stands. */
export const rowReasonLabel = (reason: NonNullable<PlanRow['reason']>): MessageKey =>
  reason in otherReasons ? otherReasons[reason as HoldReason | StayReason] : reasonLabel(reason as RejectionReason);

export const requestLabels: Readonly<Record<Exclude<keyof PlanView['requests'], 'total'>, MessageKey>> = {
  look: 'plan.requests.look',
  imports: 'plan.requests.imports',
  leaverIds: 'plan.requests.leaver-ids',
  removals: 'plan.requests.removals',
  clearing: 'plan.requests.clearing',
  readBack: 'plan.requests.read-back',
  follow: 'plan.requests.follow',
};
