import { randomUUID } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import type { Balance } from '../../../preload/contract/views.ts';
import { rejectionReasons, segmentOf, sqlText } from '../../exports/prepared-rows.ts';
import type { DuckDb } from '../../segments/duckdb.ts';
import type { Batch } from '../../store/batches.ts';
import { firstKept, holdStands, stands } from '../planning/contact-groups.ts';
import type { PlannedSegment } from '../planning/survey-rows.ts';

/** Where a row can have ended: the eight parts of the balance, as the file numbers them. */
export const outcomes = [
  'accepted',
  'unchanged',
  'duplicate',
  'rejected',
  'heldBack',
  'refused',
  'notSent',
  'unknown',
] as const satisfies readonly (keyof Balance)[];
export type Outcome = (typeof outcomes)[number];

/** SQL number of an outcome. */
export const outcomeNumber = (outcome: Outcome): number => outcomes.indexOf(outcome);

/** What became of a batch's rows, as far as its counters tell it of each of them. */
function outcomeOfBatch(batch: Batch): { outcome: Outcome; sure: boolean } {
  switch (batch.state) {
    case 'planned':
      return { outcome: 'notSent', sure: true };
    case 'posting':
    case 'posted':
      return { outcome: 'unknown', sure: true };
    case 'completed':
    case 'failed':
      if (batch.accepted === batch.rows) return { outcome: 'accepted', sure: true };
      if (batch.unknown === batch.rows) return { outcome: 'unknown', sure: true };
      if (batch.refused === batch.rows) return { outcome: 'refused', sure: true };
      // Counters say how many, not who: until the list is read back nobody of the batch is sure.
      return { outcome: batch.unknown > 0 ? 'unknown' : 'accepted', sure: false };
  }
}

/**
 * Writes where every row of a run ended to a Parquet file, from the plan in `db` and its batches: `ord` (segment and row,
 * see `splitOrd`), `email` (as sent; as it stood for a rejected row), `outcome` (number in {@link outcomes}), `sure`
 * (false for people of a batch of which some were refused without being named), `reason` (a code, or NULL), `batch` and
 * `fate` (NULL until the list is read back). In no order. Half a second for a million rows.
 *
 * Throws when the rows do not add up to the balance: that is a bug.
 */
export async function writeOutcomes(
  db: DuckDb,
  run: {
    /** In their order; all that is asked is where the addresses stand. */
    readonly segments: readonly Pick<PlannedSegment, 'fieldMap'>[];
    readonly batches: readonly Batch[];
    readonly balance: Balance;
    /** Rows of a run for one person that lost to another row of theirs count for nothing. */
    readonly onlyOne: boolean;
  },
  target: string,
): Promise<void> {
  const half = `${target}.${randomUUID()}.half`;
  try {
    await db.run(`COPY (${await outcomesSql(db, run)}) TO ${sqlText(half)} (FORMAT parquet, COMPRESSION zstd)`);
    await requireBalance(db, half, run.balance, run.batches);
    await rename(half, target);
  } finally {
    await rm(half, { force: true });
  }
}

async function outcomesSql(
  db: DuckDb,
  { segments, batches, onlyOne }: Parameters<typeof writeOutcomes>[1],
): Promise<string> {
  await db.run(`CREATE OR REPLACE TEMP TABLE settled
    (first_position BIGINT, batch INTEGER, outcome UTINYINT, sure BOOLEAN)`);
  const rows = batches.map((batch) => {
    const { outcome, sure } = outcomeOfBatch(batch);
    return `(${batch.firstPosition}, ${batch.batchNumber}, ${outcomeNumber(outcome)}, ${sure})`;
  });
  if (rows.length > 0) await db.run(`INSERT INTO settled VALUES ${rows.join(', ')}`);
  const kept = [
    `WHEN ${stands.unchanged} THEN ${outcomeNumber('unchanged')}`,
    ...Object.values(holdStands).map((stand) => `WHEN ${stand} THEN ${outcomeNumber('heldBack')}`),
  ];
  const held = Object.entries(holdStands).map(([reason, stand]) => `WHEN ${stand} THEN ${sqlText(reason)}`);
  const refused = rejectionReasons.map((reason, index) => `WHEN ${index + 1} THEN ${sqlText(reason)}`);
  const address = segments.map((segment, position) => {
    const column = segment.fieldMap.find(({ field }) => field === 'email')?.columnIndex ?? 0;
    return `WHEN ${position} THEN json_extract_string(cells, '$[${column}]')`;
  });
  const parts = [
    `SELECT ord, email, outcome, sure, NULL::VARCHAR AS reason, batch
     FROM (SELECT ord, email, rowid AS position FROM plan WHERE stands < ${firstKept}) p
     ASOF JOIN settled s ON p.position >= s.first_position`,
    `SELECT ord, email, CASE stands ${kept.join(' ')} END::UTINYINT, true, CASE stands ${held.join(' ')} END, NULL
     FROM plan WHERE stands >= ${firstKept}`,
    `SELECT ord, CASE ${segmentOf('ord')} ${address.join(' ')} END, ${outcomeNumber('rejected')}::UTINYINT, true,
       CASE reason ${refused.join(' ')} END, NULL FROM rejected`,
    ...(onlyOne ? [] : [`SELECT ord, email, ${outcomeNumber('duplicate')}::UTINYINT, true, NULL, NULL FROM duplicate`]),
  ];
  return `SELECT *, NULL::VARCHAR AS fate FROM (${parts.join(' UNION ALL ')})`;
}

async function requireBalance(db: DuckDb, file: string, balance: Balance, batches: readonly Batch[]): Promise<void> {
  const counted = await db.table(
    `SELECT outcome, sure, count(*) FROM read_parquet(${sqlText(file)}) GROUP BY outcome, sure`,
  );
  const count = (outcome: Outcome) =>
    counted.reduce(
      (sum, [number, sure, n]) => sum + (Number(number) === outcomeNumber(outcome) && sure === true ? Number(n) : 0),
      0,
    );
  const unsure = counted.reduce((sum, [, sure, n]) => sum + (sure === true ? 0 : Number(n)), 0);
  const open = batches.filter((batch) => !outcomeOfBatch(batch).sure);
  const ofOpen = (part: 'accepted' | 'refused' | 'unknown') => open.reduce((sum, batch) => sum + batch[part], 0);
  const found = Object.fromEntries(outcomes.map((outcome) => [outcome, count(outcome)])) as Record<Outcome, number>;
  for (const part of ['accepted', 'refused', 'unknown'] as const) found[part] += ofOpen(part);
  const wrong = outcomes.find((outcome) => found[outcome] !== balance[outcome]);
  const unsureRows = open.reduce((sum, batch) => sum + batch.rows, 0);
  if (wrong !== undefined || unsure !== unsureRows) {
    throw new Error(`The rows do not add up to the balance: ${JSON.stringify({ found, balance, unsure, unsureRows })}`);
  }
}
