import { SegueError } from '../../errors/segue-error.ts';
import { deleteFieldClearings, insertFieldClearings } from '../../store/field-clearings.ts';
import { getRunAccount, noteRunAccount } from '../../store/run-account.ts';
import type { RunContext } from '../run-context.ts';

/**
 * Writes of whom the run's plan clears which fields (its table `clearing`) to the journal. Once: a run whose clearings stand
 * there plans no more. Throws `cancelled`.
 */
export async function journalClearings(run: RunContext): Promise<void> {
  if (getRunAccount(run.store, run.runId).clearingPlannedAt !== null) return;
  deleteFieldClearings(run.store, run.runId);
  for await (const block of run.db.blocks('SELECT email, bits::VARCHAR FROM clearing ORDER BY rowid')) {
    if (run.cancelled.aborted || run.stopped.aborted) throw new SegueError('cancelled');
    insertFieldClearings(run.store, run.runId, JSON.stringify(block.map(([email, bits]) => [email, bits])));
  }
  noteRunAccount(run.store, run.runId, { clearingPlannedAt: run.now() });
}
