import { deleteFromLedger, sentByOtherExports } from '../../store/ledger.ts';
import {
  type ChangedPerson,
  getChangedPeople,
  getMembershipBatches,
  narrowMembershipBatch,
} from '../../store/membership-batches.ts';
import type { Store } from '../../store/open-store.ts';
import { getRunAccount } from '../../store/run-account.ts';
import { fewerLeavers, type RunRecord } from '../../store/runs.ts';
import type { Inquiry } from '../account/inquiry.ts';
import type { RunContext } from '../run-context.ts';
import { carryOutChanges } from './carry-out.ts';
import { journalRemovals } from './journal-changes.ts';

/**
 * Takes the leavers of a run's plan off its list: from this list only; nobody is unsubscribed or deleted
 * (design.md section 5). To be called once all imports of the run have ended well. A person's ledger row goes in the
 * transaction of the result. Whom another export has sent to the list meanwhile stays. Throws as {@link carryOutChanges}.
 */
export async function removeLeavers(run: RunContext, inquiry: Inquiry, stoppedSending: () => void): Promise<void> {
  await journalRemovals(run, inquiry);
  keepWantedByOthers(run);
  const forget = (people: readonly ChangedPerson[]) =>
    deleteFromLedger(run.store, {
      exportId: run.exportId,
      destinationId: run.destinationId,
      emails: JSON.stringify(people.map(([email]) => email)),
    });
  await carryOutChanges(run, { completed: (_batch, people) => forget(people), gone: forget }, stoppedSending);
}

/**
 * Between the plan and here other exports may have sent people to the list whom the plan takes off, for a run may rest for
 * days: they stay, and are no leavers any more.
 */
function keepWantedByOthers({ store, runId, exportId, destinationId }: RunContext): void {
  for (const { batchNumber, state } of getMembershipBatches(store, runId)) {
    if (state !== 'planned' && state !== 'failed') continue;
    const people = getChangedPeople(store, runId, batchNumber);
    const emails = JSON.stringify(people.map(([email]) => email));
    const wanted = sentByOtherExports(store, { exportId, destinationId, emails });
    if (wanted.size === 0) continue;
    const leaving = people.filter(([email]) => !wanted.has(email));
    store.transaction(() => {
      narrowMembershipBatch(store, runId, batchNumber, leaving);
      fewerLeavers(store, runId, people.length - leaving.length);
    })();
  }
}

/** Whether a run has changes of memberships to carry out. */
export function hasChangesLeft(store: Store, record: Pick<RunRecord, 'runId' | 'leavers' | 'kind'>): boolean {
  const { changesPlannedAt } = getRunAccount(store, record.runId);
  if (changesPlannedAt === null) return record.leavers > 0 || record.kind === 'undo';
  return getMembershipBatches(store, record.runId).some(({ state }) => state !== 'completed');
}
