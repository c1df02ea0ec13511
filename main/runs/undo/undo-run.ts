import { rm } from 'node:fs/promises';
import path from 'node:path';
import { deletedContacts } from '../../constant-contact/contacts.ts';
import { SegueError } from '../../errors/segue-error.ts';
import { type DuckDb, openDuckDb } from '../../segments/duckdb.ts';
import { numberDestination } from '../../store/destinations.ts';
import { deleteRunFromLedger, doubtInLedger, restoreLedger } from '../../store/ledger.ts';
import {
  type ChangedPerson,
  deleteMembershipBatches,
  getChangedPeople,
  getMembershipBatches,
  insertMembershipBatch,
  type MembershipBatch,
} from '../../store/membership-batches.ts';
import { optedOutAmong } from '../../store/opt-outs.ts';
import { countUnchanged, type RunRecord, savePlan } from '../../store/runs.ts';
import { type Inquiry, patiently } from '../account/inquiry.ts';
import { inquiryOf } from '../account/learn-of-account.ts';
import { refreshOptOuts } from '../account/opt-outs.ts';
import { carryOutChanges } from '../memberships/carry-out.ts';
import { findContactIds } from '../memberships/contact-ids.ts';
import { endJournal, journal } from '../memberships/journal-changes.ts';
import { newlyListedSql } from '../outcomes/end-of-run.ts';
import type { RunContext, RunEnvironment } from '../run-context.ts';

const peopleABatch = 500;

/**
 * Carries out a run that takes another one back: people whom that one sent, and who were proved absent from the list
 * before it, are taken off; people whom it took off are put back, those excepted who have opted out since, and those who were
 * deleted, whom a list would revive (constant-contact-v3.md 5.2). Field values stay as they are. Journalled and settled as removals are, and to be continued like any run.
 *
 * Throws `run.cannot-undo` when what it needs is gone, `list.not-found`, `cancelled` and what a person has to mend.
 */
export async function undoRun(env: RunEnvironment, record: RunRecord, stoppedSending: () => void): Promise<void> {
  const { undoes, exportName } = record;
  if (undoes === null) throw new SegueError('run.cannot-undo', { name: exportName });
  const folder = path.join(path.dirname(env.runFolder), undoes);
  const { tempFolder, memoryLimitMb } = env;
  const db = await openDuckDb({ tempFolder, memoryLimitMb, threads: 2, readable: [folder], writable: [] });
  try {
    const run = contextOf(env, record, db);
    if (record.plannedAt === null) await plan(env, run, record, undoes, folder);
    await carryOutChanges(
      run,
      {
        completed: (batch, people) => toLedger(run, undoes, batch, people),
        unsettled: (batch, people) => {
          if (batch.change === 'add') toLedger(run, undoes, batch, people);
          const emails = JSON.stringify(people.map(([email]) => email));
          doubtInLedger(env.store, { exportId: run.exportId, destinationId: run.destinationId, emails });
        },
        gone: () => countUnchanged(env.store, env.runId, 1),
      },
      stoppedSending,
    );
  } finally {
    db.close();
    await rm(env.runFolder, { recursive: true, force: true });
  }
}

function contextOf(env: RunEnvironment, record: RunRecord, db: DuckDb): RunContext {
  return {
    ...env,
    exportId: record.exportId,
    listId: record.listId,
    listName: record.listName,
    destinationId: numberDestination(env.store, record),
    db,
    fields: [],
    reportWaiting: (waiting) => {
      env.progress.setWaiting(waiting);
      env.changed(false);
    },
    reportBatch: () => env.changed(false),
  };
}

async function plan(
  env: RunEnvironment,
  run: RunContext,
  record: RunRecord,
  undoes: string,
  folder: string,
): Promise<void> {
  const { store, runId } = env;
  const inquiry = inquiryOf(env);
  await refreshOptOuts(inquiry, store, record.accountId, env.surprised);
  deleteMembershipBatches(store, runId);
  try {
    await run.db.run(`CREATE TEMP TABLE leaver AS ${newlyListedSql(folder)}`);
  } catch (error) {
    throw new SegueError('run.cannot-undo', { name: record.exportName }, { cause: error });
  }
  await findContactIds(inquiry, run.db, 'leaver', record.listId);
  const afterRemovals = await journal(run, inquiry, 'remove', 'SELECT email, contact_id FROM found ORDER BY email', 1);
  const [row] = await run.db.rows(
    `SELECT (SELECT count(*) FROM leaver) AS wanted, (SELECT count(*) FROM found) AS found`,
  );
  const [takeOff, found] = [Number(row?.wanted), Number(row?.found)];
  const back = await putBack(run, inquiry, record, undoes, afterRemovals);
  await endJournal(run, inquiry, takeOff - found, back.nextBatch);
  savePlan(
    store,
    runId,
    {
      rowsRead: takeOff + back.people,
      rejected: 0,
      duplicate: 0,
      heldBack: back.optedOut,
      unchanged: takeOff - found + back.deleted,
      unreadable: 0,
      toSend: found + back.people - back.optedOut - back.deleted,
      leavers: 0,
      clearing: 0,
      batches: [],
    },
    env.now(),
  );
}

/** Journals who is put back. Nobody is who has opted out meanwhile, or was deleted. */
async function putBack(
  run: RunContext,
  inquiry: Inquiry,
  record: RunRecord,
  undoes: string,
  firstBatch: number,
): Promise<{ people: number; optedOut: number; deleted: number; nextBatch: number }> {
  const { store, runId } = run;
  const counts = { people: 0, optedOut: 0, deleted: 0, nextBatch: firstBatch };
  const removals = getMembershipBatches(store, undoes).filter(
    ({ change, state }) => change === 'remove' && state === 'completed',
  );
  const peopleOf = ({ batchNumber }: MembershipBatch) => getChangedPeople(store, undoes, batchNumber);
  const gone = await deletedAmong(inquiry, new Set(removals.flatMap((batch) => peopleOf(batch).map(([, id]) => id))));
  for (const batch of removals) {
    const removed = peopleOf(batch);
    const emails = JSON.stringify(removed.map(([email]) => email));
    const out = new Set(optedOutAmong(store, record.accountId, emails));
    const staying = removed.filter(([email]) => !out.has(email));
    const welcome = staying.filter(([, contactId]) => !gone.has(contactId));
    counts.people += removed.length;
    counts.optedOut += removed.length - staying.length;
    counts.deleted += staying.length - welcome.length;
    for (let at = 0; at < welcome.length; at += peopleABatch) {
      insertMembershipBatch(store, runId, counts.nextBatch, 'add', welcome.slice(at, at + peopleABatch));
      counts.nextBatch += 1;
    }
  }
  return counts;
}

/** Those of some people, by contact id, who were deleted in the account. */
async function deletedAmong(inquiry: Inquiry, contactIds: ReadonlySet<string>): Promise<ReadonlySet<string>> {
  const gone = new Set<string>();
  if (contactIds.size === 0) return gone;
  const options = { purpose: inquiry.purpose, signal: inquiry.signal };
  // Pages are a walk: when it breaks off, it begins again.
  await patiently(inquiry, async () => {
    for await (const page of deletedContacts(inquiry.client, options)) {
      for (const { contactId } of page) if (contactIds.has(contactId)) gone.add(contactId);
    }
  });
  return gone;
}

/** The ledger as it was before the run that is undone, as far as people are on the list again or off it. */
function toLedger(run: RunContext, undoes: string, batch: MembershipBatch, people: readonly ChangedPerson[]): void {
  const entry = { exportId: run.exportId, destinationId: run.destinationId };
  if (batch.change === 'remove') {
    const emails = JSON.stringify(people.map(([email]) => email));
    deleteRunFromLedger(run.store, { ...entry, runId: undoes, emails });
  } else {
    const rows = people.filter(([, , hash, runId]) => hash !== null && runId !== null);
    restoreLedger(run.store, {
      ...entry,
      rows: JSON.stringify(rows.map(([email, , hash, runId]) => [email, hash, runId])),
    });
  }
}
