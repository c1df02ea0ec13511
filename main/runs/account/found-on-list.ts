import { setImmediate as otherTurns } from 'node:timers/promises';
import { SegueError } from '../../errors/segue-error.ts';
import { sqlText } from '../../exports/prepared-rows.ts';
import type { DuckDb } from '../../segments/duckdb.ts';
import { numberDestination } from '../../store/destinations.ts';
import { forgetListedOtherwise, noteListedOtherwise } from '../../store/listed-otherwise.ts';
import { getRunAccount } from '../../store/run-account.ts';
import type { RunRecord } from '../../store/runs.ts';
import { loadListedOtherwise } from '../planning/load-people.ts';
import type { RunEnvironment } from '../run-context.ts';
import { membersBeforeFile } from './run-files.ts';

const pagePeople = 20_000;

/**
 * Notes who of a planned run's people was on the list before this export ever sent them: they were put there otherwise, and
 * a mirror never takes them off (design.md section 5). Only a run that read its list first can tell; without that reading
 * nothing is noted. Belongs before anything is sent; doing it again changes nothing.
 *
 * Throws `cancelled` when the run ends meanwhile.
 */
export async function noteFoundOnList(env: RunEnvironment, db: DuckDb, record: RunRecord): Promise<void> {
  const { store, runFolder } = env;
  if (getRunAccount(store, env.runId).membersBefore === null) return;
  const signal = AbortSignal.any([env.cancelled, env.stopped]);
  const { exportId, accountId } = record;
  const destinationId = numberDestination(store, record);
  const members = `SELECT DISTINCT email FROM read_parquet(${sqlText(membersBeforeFile(runFolder))})`;
  const sent = 'SELECT email FROM plan WHERE line IS NOT NULL';
  await loadListedOtherwise({ db, folder: runFolder, signal }, { store, exportId, accountId, destinationId });
  const sides = [
    [noteListedOtherwise, `SELECT email FROM (${sent}) SEMI JOIN (${members}) USING (email) ORDER BY email`],
    [forgetListedOtherwise, `SELECT email FROM listed_otherwise ANTI JOIN (${members}) USING (email) ORDER BY email`],
  ] as const;
  for (const [change, people] of sides) {
    let emails: string[] = [];
    const write = () => change(store, { exportId, destinationId, emails: JSON.stringify(emails) });
    for await (const block of db.blocks(people)) {
      if (signal.aborted) throw new SegueError('cancelled');
      for (const [email] of block) emails.push(String(email));
      if (emails.length < pagePeople) continue;
      write();
      emails = [];
      await otherTurns();
    }
    write();
  }
  await db.run('DROP TABLE listed_otherwise');
}
