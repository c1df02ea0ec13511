import { csvHeader } from '../../exports/csv-line.ts';
import type { DuckDb } from '../../segments/duckdb.ts';
import { type Batch, getBatches, narrowBatch } from '../../store/batches.ts';
import { getRunAccount, noteRunAccount } from '../../store/run-account.ts';
import { moreHeldBack, type RunRecord } from '../../store/runs.ts';
import { inquiryOf } from '../account/learn-of-account.ts';
import { refreshOptOuts } from '../account/opt-outs.ts';
import type { RunContext, RunEnvironment } from '../run-context.ts';
import { firstKept } from './contact-groups.ts';
import { findHeld } from './held-people.ts';
import { loadNeverMail, loadOptOuts } from './load-people.ts';
import { dropTerms } from './plan-terms.ts';

/** What is known of opt-outs is good for this long; after it they are asked for anew before more is sent. */
export const optOutsKeepMs = 3_600_000;

/**
 * Looks once more at the people of a run's batches that are still to be sent: who has opted out since the plan was made (the
 * account is asked when that was more than {@link optOutsKeepMs} ago), or stands on the never-mail list by now, is held back.
 * They leave their batches and are counted so in the balance; the batches keep their places. May be done again at any time,
 * also after an end in its middle.
 *
 * Throws `cancelled` when the run is cancelled or stopped meanwhile, and what a person has to mend.
 */
export async function holdBackSince(env: RunEnvironment, run: RunContext, record: RunRecord): Promise<void> {
  const { store, runId } = env;
  const open = getBatches(store, runId).filter(({ state }) => state === 'planned' || state === 'failed');
  if (open.length === 0) return;
  const { optOutsReadAt } = getRunAccount(store, runId);
  const age = optOutsReadAt === null ? Number.POSITIVE_INFINITY : env.now() - optOutsReadAt;
  // A clock that was set back since does not keep them for longer.
  if (age < 0 || age >= optOutsKeepMs) {
    const readAt = await refreshOptOuts(inquiryOf(env), store, record.accountId, env.surprised);
    if (readAt !== null) noteRunAccount(store, runId, { optOutsReadAt: readAt });
  }
  await markHeld(env, run, record, open);
  const header = csvHeader(run.fields).length;
  for (const batch of open) {
    const { rows, bytes } = await measure(run.db, batch, header);
    if (rows === batch.rows) continue;
    const narrowed = store.transaction(() => {
      moreHeldBack(store, runId, batch.rows - rows);
      return narrowBatch(store, runId, batch, { rows, bytes, at: env.now() });
    })();
    run.reportBatch(narrowed);
  }
}

/** Marks in the plan who of some batches is held back by now. */
async function markHeld(
  env: RunEnvironment,
  { db, exportId, destinationId }: RunContext,
  { accountId }: RunRecord,
  batches: readonly Batch[],
): Promise<void> {
  const signal = AbortSignal.any([env.cancelled, env.stopped]);
  const passage = { db, folder: env.runFolder, signal };
  const whose = { store: env.store, exportId, accountId, destinationId };
  try {
    await loadOptOuts(passage, whose);
    await loadNeverMail(passage, whose);
    const places = batches.map(({ firstPosition, lastPosition }) => between(firstPosition, lastPosition)).join(' OR ');
    const waiting = `stands < ${firstKept} AND (${places})`;
    if (!(await findHeld(db, `SELECT email FROM plan WHERE ${waiting}`, env.profileKey))) return;
    await db.run(`UPDATE plan SET stands = (SELECT held.stands FROM held WHERE held.email = plan.email), line = NULL
      WHERE ${waiting} AND email IN (SELECT email FROM held)`);
    await db.run('CHECKPOINT');
  } finally {
    await dropTerms({ db });
  }
}

async function measure(db: DuckDb, batch: Batch, header: number): Promise<{ rows: number; bytes: number }> {
  const [row] = await db.rows(`SELECT count(*) AS rows, coalesce(sum(strlen(line)), 0) AS bytes FROM plan
    WHERE ${between(batch.firstPosition, batch.lastPosition)} AND stands < ${firstKept}`);
  return { rows: Number(row?.rows), bytes: header + Number(row?.bytes) };
}

const between = (first: number, last: number): string => `rowid BETWEEN ${first} AND ${last}`;
