import { toWireError } from '../../errors/segue-error.ts';
import { sqlText } from '../../exports/prepared-rows.ts';
import type { DuckDb } from '../../segments/duckdb.ts';
import { getBatches } from '../../store/batches.ts';
import { getRunAccount, noteRunAccount } from '../../store/run-account.ts';
import { getRun, type RunRecord, type RunSegment } from '../../store/runs.ts';
import { inquiryOf } from '../account/learn-of-account.ts';
import { membersBeforeFile, outcomesFile } from '../account/run-files.ts';
import { balanceOf, sumBatches } from '../balance.ts';
import type { RunEnvironment } from '../run-context.ts';
import { readBack } from './read-back.ts';
import { outcomeNumber, writeOutcomes } from './write-outcomes.ts';

/**
 * Writes where every row of a run stands into its folder, and how many people an undo would take off. Whatever goes wrong
 * here is told to the log and changes nothing about the run: everything was sent as the journal says.
 */
export async function keepOutcomes(
  env: Pick<RunEnvironment, 'store' | 'runId' | 'runFolder' | 'now' | 'surprised'>,
  db: DuckDb,
  source: readonly RunSegment[],
): Promise<void> {
  const { store, runId, runFolder } = env;
  try {
    const record = getRun(store, runId);
    if (record === undefined || record.plannedAt === null) return;
    const batches = getBatches(store, runId);
    const balance = balanceOf(record, sumBatches(batches));
    await writeOutcomes(
      db,
      { segments: source, batches, balance, onlyOne: record.onlyEmail !== null },
      outcomesFile(runFolder),
    );
    const { membersBefore } = getRunAccount(store, runId);
    const newlyListed = membersBefore === null ? null : await countNewlyListed(db, runFolder);
    noteRunAccount(store, runId, { outcomesAt: env.now(), newlyListed });
  } catch (error) {
    env.surprised(error);
  }
}

/** SQL of the people (`email`) whom a run sent and who were not on the list before. */
export function newlyListedSql(runFolder: string): string {
  const sent = [outcomeNumber('accepted'), outcomeNumber('unknown')];
  return `SELECT DISTINCT o.email FROM read_parquet(${sqlText(outcomesFile(runFolder))}) o
    ANTI JOIN read_parquet(${sqlText(membersBeforeFile(runFolder))}) m ON m.email = o.email
    WHERE o.outcome IN (${sent.join(', ')})`;
}

async function countNewlyListed(db: DuckDb, runFolder: string): Promise<number> {
  const [row] = await db.table(`SELECT count(*) FROM (${newlyListedSql(runFolder)})`);
  return Number(row?.[0]);
}

/**
 * Reads the list back, and notes how that ended. Only the app's end is thrown: everything else, a cancel included,
 * leaves the run as it is, and the reading can be asked for again.
 */
export async function readListBack(env: RunEnvironment, record: RunRecord): Promise<void> {
  const { store, runId } = env;
  noteRunAccount(store, runId, { readBackState: 'reading', readBackError: null });
  env.changed(true);
  try {
    await readBack(inquiryOf(env), store, record, env.surprised);
  } catch (error) {
    const { code } = toWireError(error);
    if (code === 'unexpected') env.surprised(error);
    noteRunAccount(store, runId, { readBackState: 'failed', readBackError: code });
    if (env.stopped.aborted) throw error;
  } finally {
    env.changed(true);
  }
}

/** The same for a run that ended before, asked for by a person. Never rejects. */
export async function readListBackAgain(env: RunEnvironment): Promise<void> {
  const record = getRun(env.store, env.runId);
  if (record !== undefined) await readListBack(env, record).catch(() => undefined);
  env.changed(true);
}
