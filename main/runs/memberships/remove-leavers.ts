import { deleteFromLedger, doubtInLedger, sentByOtherExports } from '../../store/ledger.ts';
import {
  type ChangedPerson,
  getChangedPeople,
  getMembershipBatches,
  narrowMembershipBatch,
} from '../../store/membership-batches.ts';
import type { Store } from '../../store/open-store.ts';
import { getRunAccount } from '../../store/run-account.ts';
import { fewerLeavers, getRun, type RunRecord } from '../../store/runs.ts';
import type { Inquiry } from '../account/inquiry.ts';
import { asTheyStood, type OtherMirror } from '../planning/other-mirrors.ts';
import { otherExports } from '../planning/other-segments.ts';
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
  const { mirrors } = await otherExports(run.runFolder);
  keepWantedByOthers(run, mirrors);
  const rowsOf = (people: readonly ChangedPerson[]) => ({
    exportId: run.exportId,
    destinationId: run.destinationId,
    emails: JSON.stringify(people.map(([email]) => email)),
  });
  const forget = (people: readonly ChangedPerson[]) => deleteFromLedger(run.store, rowsOf(people));
  await carryOutChanges(
    run,
    {
      completed: (_batch, people) => forget(people),
      // The next mirror takes them off again, which does no harm.
      unsettled: (_batch, people) => doubtInLedger(run.store, rowsOf(people)),
      gone: forget,
    },
    stoppedSending,
  );
}

/**
 * Between the plan and here other exports may have sent people to the list whom the plan takes off, for a run may rest for
 * days: they stay, and are no leavers any more. What a mirror sent before counts only if it has changed meanwhile: else it
 * wants who was in its segments when the run was planned, none of whom are leavers.
 */
function keepWantedByOthers(
  { store, runId, exportId, destinationId }: RunContext,
  noted: readonly OtherMirror[],
): void {
  const mirrors = JSON.stringify(asTheyStood(store, noted));
  const since = getRun(store, runId)?.startedAt ?? 0;
  for (const { batchNumber, state } of getMembershipBatches(store, runId)) {
    if (state !== 'planned' && state !== 'failed') continue;
    const people = getChangedPeople(store, runId, batchNumber);
    const emails = JSON.stringify(people.map(([email]) => email));
    const wanted = sentByOtherExports(store, { exportId, destinationId, emails, mirrors, since });
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
