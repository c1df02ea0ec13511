import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { ExportMode, RejectionReason, StayReason } from '../../../preload/contract/views.ts';
import { SegueError } from '../../errors/segue-error.ts';
import { rejectionReasons } from '../../exports/prepared-rows.ts';
import { type DuckDb, interruptible, openDuckDb } from '../../segments/duckdb.ts';
import { findDestination } from '../../store/destinations.ts';
import { ledgerFields } from '../../store/ledger-fields.ts';
import type { Store } from '../../store/open-store.ts';
import type { RunSegment } from '../../store/runs.ts';
import { buildPlan, type Plan } from '../plan.ts';
import { writePendingStages } from '../retries/join-next-run.ts';
import { stayReasons } from './contact-groups.ts';
import type { OtherExports } from './other-segments.ts';
import { loadTerms } from './plan-terms.ts';
import { type PlannedSegment, whileSurveyed } from './survey-rows.ts';

/** What a plan is made of that only shows what a run would do. */
export interface DryRunOrder {
  readonly exportId: string;
  readonly accountId: string;
  readonly listId: string;
  readonly mode: ExportMode;
  /** For the plan's own file; is made, and is the caller's to remove. */
  readonly folder: string;
  readonly segments: readonly PlannedSegment[];
  /** Rows mended in place that the run would take along: the first of `segments`, whose stages are yet to be written. */
  readonly mended: readonly RunSegment[];
  readonly others: OtherExports;
}

export interface DryRun extends Pick<Plan, 'fields' | 'counts' | 'contacts' | 'toSend' | 'leavers' | 'clearing'> {
  readonly batches: number;
  readonly sentBefore: number;
  readonly rejected: readonly { readonly reason: RejectionReason; readonly count: number }[];
  readonly staying: readonly { readonly reason: StayReason; readonly count: number }[];
}

export const dryRunFile = (folder: string): string => path.join(folder, 'plan.duckdb');

/**
 * Makes the plan that a run would make, in a file of its own. Nothing else is written. Throws `cancelled`, and what reading
 * the stages does.
 */
export async function makeDryRun(
  env: {
    readonly store: Store;
    readonly tempFolder: string;
    readonly memoryLimitMb: number;
    profileKey(): Promise<Buffer>;
  },
  order: DryRunOrder,
  signal: AbortSignal,
): Promise<DryRun> {
  const { folder, segments, mode, exportId, accountId } = order;
  const file = dryRunFile(folder);
  await mkdir(folder, { recursive: true });
  await writePendingStages({ ...env, folder }, exportId, order.mended);
  for (const half of [file, `${file}.wal`]) await rm(half, { force: true });
  const db = await openDuckDb({
    file,
    tempFolder: env.tempFolder,
    memoryLimitMb: env.memoryLimitMb,
    threads: 2,
    readable: [...segments, ...order.others.segments].map(({ stageFile }) => stageFile),
    writable: [folder],
  });
  try {
    return await interruptible(db, signal, async () => {
      const whose = { store: env.store, exportId, accountId, destinationId: findDestination(env.store, order) };
      const wishes = {
        mode,
        onlyEmail: null,
        compare: true,
        takesOff: mode === 'mirror',
        others: order.others,
        fieldBits:
          whose.destinationId === null
            ? new Map()
            : ledgerFields(env.store, { exportId, destinationId: whose.destinationId }),
      };
      const [survey, { terms, sentBefore }] = await whileSurveyed(db, segments, null, (failed, quiet) => {
        const passage = { db, folder, signal: AbortSignal.any([signal, failed]), quiet };
        return loadTerms(passage, whose, segments, wishes, env.profileKey);
      });
      const { fields, counts, contacts, toSend, leavers, clearing, batches } = await buildPlan(db, survey, terms);
      return {
        fields,
        counts,
        contacts,
        toSend,
        leavers,
        clearing,
        batches: batches.length,
        sentBefore,
        rejected: await countedReasons(db, 'rejected', rejectionReasons),
        staying: await countedReasons(db, 'staying', stayReasons),
      };
    });
  } catch (error) {
    throw signal.aborted ? new SegueError('cancelled', {}, { cause: error }) : error;
  } finally {
    db.close();
  }
}

/** How many rows of a table have which reason, most frequent first. Reasons are numbered from 1. */
async function countedReasons<R extends string>(
  db: DuckDb,
  table: string,
  reasons: readonly R[],
): Promise<{ reason: R; count: number }[]> {
  const rows = await db.table(`SELECT reason, count(*) AS n FROM ${table} GROUP BY reason ORDER BY n DESC, reason`);
  return rows.flatMap(([number, n]) => {
    const reason = reasons[Number(number) - 1];
    return reason === undefined ? [] : [{ reason, count: Number(n) }];
  });
}
