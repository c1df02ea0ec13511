import { mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { SegueError } from '../errors/segue-error.ts';
import { fieldsOf } from '../exports/prepared-rows.ts';
import { type DuckDb, interruptible, openDuckDb } from '../segments/duckdb.ts';
import { getBatches } from '../store/batches.ts';
import { numberDestination } from '../store/destinations.ts';
import { numberLedgerFields } from '../store/ledger-fields.ts';
import { insertRejectedRows } from '../store/rejected-rows.ts';
import { getRunAccount } from '../store/run-account.ts';
import { type RunRecord, type RunSegment, savePlan } from '../store/runs.ts';
import { buildPlan, type Plan, rejectedRows } from './plan.ts';
import { requireAccepted } from './planning/guards.ts';
import { otherExports } from './planning/other-segments.ts';
import { dropTerms, loadTerms } from './planning/plan-terms.ts';
import { requestsLeft } from './planning/requests-left.ts';
import { type PlannedSegment, whileSurveyed } from './planning/survey-rows.ts';
import type { RunEnvironment } from './run-context.ts';

const rejectedPage = 5_000;

/**
 * Finds out of the account what a plan has to know. Ends with `cancelled` when the signal is aborted; what takes much memory
 * is done once `quiet` has ended, however it ends.
 */
export type Learn = (signal: AbortSignal, quiet: Promise<unknown>) => Promise<void>;

/** The run's segments with the stages that were frozen for it. */
export function segmentsOf(env: RunEnvironment, source: readonly RunSegment[]): PlannedSegment[] {
  return source.map((segment) => ({
    segmentId: segment.segmentId,
    stageFile: path.join(env.runFolder, segment.stageFileName),
    fieldMap: segment.fieldMap,
    columnCount: segment.headings.length,
  }));
}

/**
 * Opens the run's own database with its plan. A run that has no finished plan yet gets one. A plan that was finished and
 * is gone, or cannot be read any more, is made again from the frozen stages: as long as nobody's ledger or opt-out has
 * changed since, it comes out the same, to the byte. `learn` is called for a plan that is made, while its rows are looked
 * through.
 *
 * Throws what guards ask that the run's person has not answered (`export.nothing-to-send`, `plan.…`),
 * `plan.person-not-found` for a run of one who is not in the segments any more, `cancelled` when the run is cancelled or
 * stopped meanwhile, and `run.cannot-continue` when a plan does not come out as it was.
 */
export async function openPlan(
  env: RunEnvironment,
  record: RunRecord,
  source: readonly RunSegment[],
  learn: Learn,
): Promise<DuckDb> {
  await mkdir(env.runFolder, { recursive: true });
  const file = path.join(env.runFolder, 'plan.duckdb');
  if (record.plannedAt !== null) {
    const kept = await openKept(env, file);
    if (kept !== null) return kept;
  }
  // What an end in the middle of planning left of the file may not even open.
  for (const half of [file, `${file}.wal`]) await rm(half, { force: true });
  const db = await open(env, file);
  try {
    const { plan, sentBefore } = await build(env, db, record, source, learn);
    if (record.plannedAt === null) await keepPlan(env, db, record, source, plan, sentBefore);
    else requireSame(env, record, plan);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function open(env: RunEnvironment, file: string): Promise<DuckDb> {
  return openDuckDb({
    file,
    tempFolder: env.tempFolder,
    memoryLimitMb: env.memoryLimitMb,
    threads: 2,
    readable: [env.runFolder],
    writable: [env.runFolder],
  });
}

/** The finished plan as it lies there; null when it cannot be used. */
async function openKept(env: RunEnvironment, file: string): Promise<DuckDb | null> {
  let db: DuckDb | null = null;
  try {
    db = await open(env, file);
    await db.rows('SELECT email, line, content_hash, valued FROM plan LIMIT 1');
    return db;
  } catch (error) {
    db?.close();
    if (error instanceof SegueError) throw error;
    env.surprised(error);
    return null;
  }
}

async function build(
  env: RunEnvironment,
  db: DuckDb,
  record: RunRecord,
  source: readonly RunSegment[],
  learn: Learn,
): Promise<{ readonly plan: Plan; readonly sentBefore: number }> {
  const ended = AbortSignal.any([env.cancelled, env.stopped]);
  const segments = segmentsOf(env, source);
  const { exportId, accountId, mode, onlyEmail } = record;
  const destinationId = numberDestination(env.store, record);
  const whose = { store: env.store, exportId, accountId, destinationId };
  const order = {
    mode,
    onlyEmail,
    compare: false,
    // One person, or the mended rows of a run, say nothing of who is absent.
    takesOff: mode === 'mirror' && onlyEmail === null && record.parentRunId === null,
    others: await otherExports(env.runFolder),
    fieldBits: numberLedgerFields(env.store, { exportId, destinationId }, fieldsOf(segments)),
  };
  try {
    return await interruptible(db, ended, async () => {
      const [survey, { terms, sentBefore }] = await whileSurveyed(db, segments, onlyEmail, async (signal, quiet) => {
        await learn(AbortSignal.any([ended, signal]), quiet);
        const passage = { db, folder: env.runFolder, signal: AbortSignal.any([ended, signal]), quiet };
        return loadTerms(passage, whose, segments, order, env.profileKey);
      });
      const plan = await buildPlan(db, survey, terms);
      await dropTerms({ db });
      return { plan, sentBefore };
    });
  } catch (error) {
    throw ended.aborted ? new SegueError('cancelled', {}, { cause: error }) : error;
  }
}

async function keepPlan(
  env: RunEnvironment,
  db: DuckDb,
  record: RunRecord,
  source: readonly RunSegment[],
  built: Plan,
  sentBefore: number,
): Promise<void> {
  const { counts, toSend, batches, leavers } = built;
  const clearing = built.clearing.people;
  const { exportName, leaverLimitPercent } = record;
  const unreadable = source.reduce((sum, segment) => sum + segment.unreadableCount, 0);
  if (record.onlyEmail !== null && counts.rowsRead === 0) {
    throw new SegueError('plan.person-not-found', { name: exportName });
  }
  const guarded = {
    exportName,
    rowsRead: counts.rowsRead,
    unreadable,
    leavers,
    sentBefore,
    leaverLimitPercent,
    clearing,
    requestsLeft: requestsLeft(env.store, record.connectionId, env.now()),
  };
  requireAccepted(guarded, record.acceptedGuards);
  for (let skip = 0; skip < counts.rejected; skip += rejectedPage) {
    if (env.cancelled.aborted || env.stopped.aborted) throw new SegueError('cancelled');
    insertRejectedRows(env.store, record.runId, skip + 1, await rejectedRows(db, skip, rejectedPage));
  }
  savePlan(env.store, record.runId, { ...counts, unreadable, toSend, leavers, clearing, batches }, env.now());
}

/** The journal's batches are ranges of the plan: with another plan they would carry other people. */
function requireSame(env: RunEnvironment, record: RunRecord, built: Plan): void {
  const placeOf = ({ firstPosition, lastPosition, bytes }: Plan['batches'][number]) =>
    [firstPosition, lastPosition, bytes].join(' ');
  const now = built.batches.map(placeOf).join('\n');
  const before = getBatches(env.store, record.runId).map(placeOf).join('\n');
  const { counts, leavers } = built;
  // Who stands in the journal of clearings is not asked of the plan any more.
  const journalled = getRunAccount(env.store, record.runId).clearingPlannedAt !== null;
  const sameCounts =
    counts.unchanged === record.unchanged &&
    counts.heldBack === record.heldBack &&
    leavers === record.leavers &&
    (journalled || built.clearing.people === record.clearing);
  if (now !== before || !sameCounts) throw new SegueError('run.cannot-continue', { name: record.exportName });
}
