import type { ActivityView, RowFate } from '../../preload/contract/views.ts';
import type { balanceParts } from './labels.ts';
import type { MessageKey } from './messages.ts';

// Words for what became of a run's rows. Each map is exhaustive, so that a new value without words does not compile.

export const activityKindLabels: Readonly<Record<ActivityView['kind'], MessageKey>> = {
  import: 'activities.kind.import',
  remove: 'activities.kind.remove',
  add: 'activities.kind.add',
};

/** What became of people who were sent, as the list showed it. */
export const fateLabels: Readonly<Record<RowFate, MessageKey>> = {
  'on-list': 'fate.on-list',
  'opted-out': 'fate.opted-out',
  refused: 'fate.refused',
  missing: 'fate.missing',
};

/** Why a row was held back, by its code; undefined for other codes. */
export const heldLabels: Readonly<Record<string, MessageKey | undefined>> = {
  'opted-out': 'rows.held.opted-out',
  'never-mail': 'rows.held.never-mail',
};

/** The parts of the balance in which people of an undo can be, each with its name and what it means there. */
export const undoParts: typeof balanceParts = [
  { part: 'accepted', label: 'balance.undo.accepted', explanation: 'balance.undo.accepted.explanation' },
  { part: 'unchanged', label: 'balance.undo.unchanged', explanation: 'balance.undo.unchanged.explanation' },
  { part: 'heldBack', label: 'balance.undo.held-back', explanation: 'balance.undo.held-back.explanation' },
  { part: 'notSent', label: 'balance.not-sent', explanation: 'balance.not-sent.explanation' },
  { part: 'unknown', label: 'balance.unknown', explanation: 'balance.unknown.explanation' },
];
