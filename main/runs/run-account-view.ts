import type { RunAccountView } from '../../preload/contract/views.ts';
import type { MembershipGroup } from '../store/membership-batches.ts';
import type { RunAccount } from '../store/run-account.ts';
import type { RunRecord } from '../store/runs.ts';
import { isActive, isFinished } from './run-states.ts';

/** What a run learned of its account and did beside its imports, as the window and the command line see it. */
export function runAccountView(
  record: RunRecord,
  account: RunAccount,
  changes: readonly MembershipGroup[],
  isNewestOnList: boolean,
  decisions: { readonly mended: number; readonly dismissed: number },
): RunAccountView {
  const people = (change: MembershipGroup['change'], done: boolean) =>
    changes
      .filter((group) => group.change === change && (!done || group.state === 'completed'))
      .reduce((sum, group) => sum + group.people, 0);
  const unsettled = changes.reduce((sum, group) => sum + group.unsettled, 0);
  const unsettledOf = (change: MembershipGroup['change']) =>
    changes.filter((group) => group.change === change).reduce((sum, group) => sum + group.unsettled, 0);
  const removed = people('remove', true) - unsettledOf('remove');
  // Whoever may have been taken off may be put back.
  const takenOff = people('remove', true);
  const atRest = !isActive(record.state) && record.phase === 'ended' && record.kind === 'export';
  const rowsKept = account.outcomesAt !== null;
  const takeOff = account.newlyListed;
  const undoable = atRest && isNewestOnList && rowsKept && takeOff !== null && takeOff + takenOff > 0;
  return {
    optOutsReadAt: account.optOutsReadAt,
    membersBefore: account.membersBefore,
    leavers: record.kind === 'export' ? record.leavers : people('remove', false) + account.alreadyGone,
    removed,
    unsettled,
    alreadyGone: account.alreadyGone,
    clearing: {
      people: record.clearing,
      cleared: account.cleared,
      alreadyBlank: account.clearBlank,
      leftAsIs: account.clearLeft,
      refused: account.clearRefused,
    },
    toPutBack: people('add', false),
    putBack: people('add', true) - unsettledOf('add'),
    ...decisions,
    rowsKept,
    readBack: {
      state: account.readBackState,
      at: account.readBackAt,
      error: account.readBackError,
      onList: account.onList,
      optedOut: account.optedOut,
      refused: account.refused,
      missing: account.missing,
    },
    canReadBack: atRest && isFinished(record.state) && rowsKept && account.readBackState !== 'reading',
    undo: undoable ? { takeOff, putBack: takenOff } : null,
  };
}
