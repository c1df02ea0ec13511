import { randomUUID } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate as otherTurns } from 'node:timers/promises';
import { SegueError } from '../../errors/segue-error.ts';
import { sqlText } from '../../exports/prepared-rows.ts';
import { type DuckDb, interruptible, openDuckDb } from '../../segments/duckdb.ts';
import { getBatches } from '../../store/batches.ts';
import { numberDestination } from '../../store/destinations.ts';
import { confirmLedger, forgetMissing } from '../../store/ledger.ts';
import type { Store } from '../../store/open-store.ts';
import { noteRunAccount } from '../../store/run-account.ts';
import type { RunRecord } from '../../store/runs.ts';
import { writeExportedPeople } from '../account/exported-people.ts';
import type { Inquiry } from '../account/inquiry.ts';
import { refreshOptOuts } from '../account/opt-outs.ts';
import { outcomesFile } from '../account/run-files.ts';
import { loadOptOuts } from '../planning/load-people.ts';
import type { Fate } from './read-outcomes.ts';
import { outcomeNumber } from './write-outcomes.ts';

/** Ledger rows changed by one statement. */
const ledgerPage = 20_000;

/**
 * Reads the list back with one contact export and gives everybody who was sent their fate in the run's outcomes file: on
 * the list, opted out, refused, missing (not there, and no counter explains it). People whom the list shows leave the
 * ledger's `unconfirmed`; who is not on the list leaves the ledger, so that *changes only* sends them again. Where the
 * counters of a batch and the list agree, its refused people are named; the balance stays as the counters made it.
 *
 * Memory stays flat. Throws `cancelled`, `run.activity-failed`, `remote.*` and what a person has to mend; the outcomes
 * are then as they were.
 */
export async function readBack(
  inquiry: Inquiry,
  store: Store,
  record: RunRecord,
  surprised: (error: unknown) => void,
): Promise<void> {
  const file = outcomesFile(inquiry.folder);
  const members = path.join(inquiry.folder, `members-${randomUUID()}.parquet`);
  const half = `${file}.${randomUUID()}.half`;
  await refreshOptOuts(inquiry, store, record.accountId, surprised);
  inquiry.reportWaiting({ for: 'list', until: null });
  let db: DuckDb | null = null;
  try {
    await writeExportedPeople(inquiry, { listIds: [record.listId] }, members);
    const { tempFolder, memoryLimitMb, folder, signal } = inquiry;
    const opened = await openDuckDb({ tempFolder, memoryLimitMb, threads: 2, readable: [folder], writable: [folder] });
    db = opened;
    await interruptible(opened, signal, async () => {
      const destinationId = numberDestination(store, record);
      const { exportId, accountId } = record;
      await loadOptOuts({ db: opened, folder, signal }, { store, exportId, accountId, destinationId });
      await opened.run(`COPY (${await withFates(opened, store, record, file, members)})
        TO ${sqlText(half)} (FORMAT parquet, COMPRESSION zstd)`);
    });
    const counts = await countFates(opened, half);
    await confirm(opened, store, record, half, signal);
    await rename(half, file);
    noteRunAccount(store, record.runId, {
      readBackState: 'done',
      readBackAt: inquiry.now(),
      readBackError: null,
      onList: counts['on-list'],
      optedOut: counts['opted-out'],
      refused: counts.refused,
      missing: counts.missing,
    });
  } catch (error) {
    throw inquiry.signal.aborted ? new SegueError('cancelled', {}, { cause: error }) : error;
  } finally {
    db?.close();
    inquiry.reportWaiting(null);
    await rm(members, { force: true });
    await rm(half, { force: true });
  }
}

/** SQL of all outcomes with the fate of those who were sent, and what it says of who was refused. */
async function withFates(db: DuckDb, store: Store, record: RunRecord, file: string, members: string): Promise<string> {
  await db.run('CREATE TEMP TABLE counted (batch INTEGER, refused INTEGER, unknown INTEGER)');
  const rows = getBatches(store, record.runId).map(
    ({ batchNumber, refused, unknown }) => `(${batchNumber}, ${refused}, ${unknown})`,
  );
  if (rows.length > 0) await db.run(`INSERT INTO counted VALUES ${rows.join(', ')}`);
  // Who is unchanged was sent before: they ought to be there as well.
  const sent = ['accepted', 'refused', 'unknown', 'unchanged'] as const;
  await db.run(`CREATE TEMP TABLE seen AS
    SELECT o.ord, o.batch,
      CASE WHEN opted.email IS NOT NULL OR m.opted_out_at IS NOT NULL THEN 'opted-out'
        WHEN m.email IS NOT NULL THEN 'on-list' ELSE 'absent' END AS found
    FROM read_parquet(${sqlText(file)}) o
    LEFT JOIN read_parquet(${sqlText(members)}) m ON m.email = o.email
    LEFT JOIN (SELECT DISTINCT email FROM opted_out) opted ON opted.email = o.email
    WHERE o.outcome IN (${sent.map(outcomeNumber).join(', ')})`);
  // Per batch: how many are not on the list, and how many of them no counter explains.
  await db.run(`CREATE TEMP TABLE told AS
    SELECT batch, refused, unknown, off, refused - off AS on_list_refused FROM (
      SELECT batch, count(*) FILTER (found <> 'on-list') AS off FROM seen GROUP BY batch
    ) JOIN counted USING (batch)`);
  const off = "s.found <> 'on-list'";
  const settled = `(t.unknown = 0 AND CASE WHEN ${off} THEN t.off <= t.refused ELSE t.off >= t.refused END)`;
  return `SELECT o.ord, o.email,
      CASE WHEN s.ord IS NULL OR o.sure OR NOT ${settled} THEN o.outcome
        WHEN ${off} THEN ${outcomeNumber('refused')} ELSE ${outcomeNumber('accepted')} END::UTINYINT AS outcome,
      (o.sure OR coalesce(${settled}, false)) AS sure, o.reason, o.batch,
      CASE s.found WHEN 'absent' THEN CASE WHEN t.refused > 0 AND t.off <= t.refused THEN 'refused' ELSE 'missing' END
        ELSE s.found END AS fate
    FROM read_parquet(${sqlText(file)}) o LEFT JOIN seen s USING (ord) LEFT JOIN told t ON t.batch = o.batch`;
}

async function countFates(db: DuckDb, file: string): Promise<Record<Fate, number>> {
  const rows = await db.table(`SELECT fate, count(*) FROM read_parquet(${sqlText(file)}) GROUP BY fate`);
  const count = (fate: Fate) => Number(rows.find(([name]) => name === fate)?.[1] ?? 0);
  return {
    'on-list': count('on-list'),
    'opted-out': count('opted-out'),
    refused: count('refused'),
    missing: count('missing'),
  };
}

/** Takes what the list showed over into the ledger, where no later run wrote of a person. */
async function confirm(db: DuckDb, store: Store, record: RunRecord, file: string, signal: AbortSignal): Promise<void> {
  const { exportId, runId, startedAt } = record;
  const entry = { exportId, destinationId: numberDestination(store, record), runId, startedAt };
  const from = `read_parquet(${sqlText(file)})`;
  const sides = [
    [confirmLedger, `SELECT email FROM ${from} WHERE fate = 'on-list' AND sure ORDER BY email`],
    [forgetMissing, `SELECT email FROM ${from} WHERE fate <> 'on-list' ORDER BY email`],
  ] as const;
  for (const [change, people] of sides) {
    let emails: string[] = [];
    const write = () => change(store, { ...entry, emails: JSON.stringify(emails) });
    for await (const block of db.blocks(people)) {
      if (signal.aborted) throw new SegueError('cancelled');
      for (const [email] of block) emails.push(String(email));
      if (emails.length < ledgerPage) continue;
      write();
      emails = [];
      await otherTurns();
    }
    write();
  }
}
