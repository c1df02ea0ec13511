import { fetchActivities } from '../../constant-contact/activities.ts';
import { membershipLimits } from '../../constant-contact/memberships.ts';
import { SegueError } from '../../errors/segue-error.ts';
import { deleteFromLedger, ledgerRows } from '../../store/ledger.ts';
import {
  type ChangedPerson,
  deleteMembershipBatches,
  insertMembershipBatch,
  type MembershipChangeKind,
} from '../../store/membership-batches.ts';
import { getRunAccount, noteRunAccount } from '../../store/run-account.ts';
import { type Inquiry, patiently } from '../account/inquiry.ts';
import type { RunContext } from '../run-context.ts';
import { findContactIds } from './contact-ids.ts';

/** Activities noted before the first change: as many as may be queued (constant-contact-v3.md 3). */
const activitiesNoted = { limit: 500, maxPages: 2 };

/**
 * Writes the removal of the run's leavers (table `leaver` of its plan) to the journal, 500 people a request, and notes
 * which activities there are already. Once: a run whose changes stand there changes nothing more. People who are not on
 * the list any more leave the ledger at once. Nothing is sent but questions.
 */
export async function journalRemovals(run: RunContext, inquiry: Inquiry): Promise<void> {
  if (getRunAccount(run.store, run.runId).changesPlannedAt !== null) return;
  const [row] = await run.db.rows('SELECT count(*) AS people FROM leaver');
  const leavers = Number(row?.people);
  deleteMembershipBatches(run.store, run.runId);
  if (leavers === 0) return;
  await findContactIds(inquiry, run.db, 'leaver', run.listId);
  const found = await journal(run, inquiry, 'remove', 'SELECT email, contact_id FROM found ORDER BY email', 1);
  const gone = await run.db.rows('SELECT count(*) AS people FROM leaver ANTI JOIN found USING (email)');
  await forget(run, 'SELECT email FROM leaver ANTI JOIN found USING (email) ORDER BY email');
  await endJournal(run, inquiry, Number(gone[0]?.people), found);
}

/** Journals the change for the people of a query (`email`, `contact_id`), from a batch number on; answers the next one. */
export async function journal(
  run: Pick<RunContext, 'store' | 'runId' | 'db' | 'exportId' | 'destinationId'>,
  inquiry: Inquiry,
  change: MembershipChangeKind,
  people: string,
  firstBatch: number,
): Promise<number> {
  let next = firstBatch;
  let batch: [string, string][] = [];
  const close = () => {
    if (batch.length === 0) return;
    insertMembershipBatch(run.store, run.runId, next, change, withLedger(run, batch));
    next += 1;
    batch = [];
  };
  for await (const block of run.db.blocks(people)) {
    if (inquiry.signal.aborted) throw new SegueError('cancelled');
    for (const [email, contactId] of block) {
      batch.push([String(email), String(contactId)]);
      if (batch.length === membershipLimits.contacts) close();
    }
  }
  close();
  return next;
}

/** Ends the planning of changes: from here on they are carried out, whatever happens. */
export async function endJournal(
  run: Pick<RunContext, 'store' | 'runId' | 'now'>,
  inquiry: Inquiry,
  alreadyGone: number,
  nextBatch: number,
): Promise<void> {
  const activities =
    nextBatch === 1
      ? []
      : await patiently(inquiry, () =>
          fetchActivities(inquiry.client, { purpose: inquiry.purpose, signal: inquiry.signal, ...activitiesNoted }),
        );
  noteRunAccount(run.store, run.runId, {
    changesPlannedAt: run.now(),
    alreadyGone,
    activitiesBefore: JSON.stringify(activities.map(({ activityId }) => activityId)),
  });
}

/** Takes the people of a query (`email`) off the ledger. */
async function forget(run: RunContext, people: string): Promise<void> {
  for await (const block of run.db.blocks(people)) {
    const emails = JSON.stringify(block.map(([email]) => String(email)));
    deleteFromLedger(run.store, { exportId: run.exportId, destinationId: run.destinationId, emails });
  }
}

function withLedger(
  run: Pick<RunContext, 'store' | 'exportId' | 'destinationId'>,
  people: readonly [string, string][],
): ChangedPerson[] {
  const emails = JSON.stringify(people.map(([email]) => email));
  const rows = ledgerRows(run.store, { exportId: run.exportId, destinationId: run.destinationId, emails });
  const known = new Map(rows.map((row) => [row.email, row]));
  return people.map(([email, contactId]) => {
    const row = known.get(email);
    return [email, contactId, row?.contentHash ?? null, row?.runId ?? null];
  });
}
