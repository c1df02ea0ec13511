import { deleteFromLedger } from '../../store/ledger.ts';
import { type ChangedPerson, getMembershipBatches } from '../../store/membership-batches.ts';
import type { Store } from '../../store/open-store.ts';
import { getRunAccount } from '../../store/run-account.ts';
import type { RunRecord } from '../../store/runs.ts';
import type { Inquiry } from '../account/inquiry.ts';
import type { RunContext } from '../run-context.ts';
import { carryOutChanges } from './carry-out.ts';
import { journalRemovals } from './journal-changes.ts';

/**
 * Takes the leavers of a run's plan off its list: from this list only; nobody is unsubscribed or deleted
 * (design.md section 5). To be called once all imports of the run have ended well. A person's ledger row goes in the
 * transaction of the result. Throws as {@link carryOutChanges}.
 */
export async function removeLeavers(run: RunContext, inquiry: Inquiry, stoppedSending: () => void): Promise<void> {
  await journalRemovals(run, inquiry);
  const forget = (people: readonly ChangedPerson[]) =>
    deleteFromLedger(run.store, {
      exportId: run.exportId,
      destinationId: run.destinationId,
      emails: JSON.stringify(people.map(([email]) => email)),
    });
  await carryOutChanges(run, { completed: (_batch, people) => forget(people), gone: forget }, stoppedSending);
}

/** Whether a run has changes of memberships to carry out. */
export function hasChangesLeft(store: Store, record: Pick<RunRecord, 'runId' | 'leavers' | 'kind'>): boolean {
  const { changesPlannedAt } = getRunAccount(store, record.runId);
  if (changesPlannedAt === null) return record.leavers > 0 || record.kind === 'undo';
  return getMembershipBatches(store, record.runId).some(({ state }) => state !== 'completed');
}
