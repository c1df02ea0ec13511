import { mkdir } from 'node:fs/promises';
import { getRunAccount, noteRunAccount } from '../../store/run-account.ts';
import type { RunRecord } from '../../store/runs.ts';
import type { RunEnvironment } from '../run-context.ts';
import { writeExportedPeople } from './exported-people.ts';
import { type Inquiry, staysUnknown } from './inquiry.ts';
import { refreshOptOuts } from './opt-outs.ts';
import { membersBeforeFile } from './run-files.ts';

/** A run's way of reading from its account: ends when the run is cancelled or stopped. */
export function inquiryOf(env: RunEnvironment, signal = AbortSignal.any([env.cancelled, env.stopped])): Inquiry {
  return {
    client: env.client,
    purpose: 'run',
    pace: env.pace,
    signal,
    folder: env.runFolder,
    tempFolder: env.tempFolder,
    memoryLimitMb: env.memoryLimitMb,
    now: env.now,
    reportWaiting: (waiting) => {
      env.progress.setWaiting(waiting);
      env.changed(true);
    },
  };
}

/**
 * What a run has to know of its account before it is planned: who has opted out, and, when the list is read back after
 * it, who was on the list before. What cannot be read is noted as not known, and the run goes on. A run whose plan is
 * made learns nothing more. `signal` ends it; what takes much memory is done after `quiet`. Throws `cancelled` and what a
 * person has to mend.
 */
export async function learnOfAccount(
  env: RunEnvironment,
  record: RunRecord,
  signal: AbortSignal,
  quiet: Promise<unknown>,
): Promise<void> {
  if (record.plannedAt !== null) return;
  const inquiry = { ...inquiryOf(env, signal), quiet };
  await mkdir(env.runFolder, { recursive: true });
  const optOutsReadAt = await refreshOptOuts(inquiry, env.store, record.accountId, env.surprised);
  noteRunAccount(env.store, env.runId, { optOutsReadAt });
  await readMembersBefore(env, record, inquiry);
}

/**
 * Reads who is on a run's list, where it is to be read back afterwards. Belongs before anything is sent; what an earlier
 * attempt has read may be days old, and others have put people on the list since. Throws as {@link learnOfAccount}.
 */
export async function readMembersBefore(
  env: RunEnvironment,
  record: RunRecord,
  inquiry: Inquiry = inquiryOf(env),
): Promise<void> {
  if (!getRunAccount(env.store, env.runId).readBack) return;
  noteRunAccount(env.store, env.runId, { membersBefore: null });
  inquiry.reportWaiting({ for: 'list', until: null });
  try {
    const members = await writeExportedPeople(inquiry, { listIds: [record.listId] }, membersBeforeFile(env.runFolder));
    noteRunAccount(env.store, env.runId, { membersBefore: members });
  } catch (error) {
    if (!staysUnknown(error)) throw error;
  } finally {
    inquiry.reportWaiting(null);
  }
}
