import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { type ProfileView, profileView } from '../../../preload/contract/views.ts';
import { inferDateOrder } from '../dates/date-order.ts';
import { dateOrders } from '../dates/read-dates.ts';
import type { DuckDb } from '../duckdb.ts';
import { type ColumnProfile, profileColumns } from './profile-columns.ts';
import { assignFields, type MatchScore, scoreMatches } from './score-matches.ts';

/** Counts up when columns are judged otherwise: profiles of earlier versions are made anew. */
const version = 1;
const stored = z.object({ version: z.literal(version), profile: profileView });

const mostMatches = 3;

/** What is profiled: a stage's file and its headings. */
export interface ProfiledStage {
  readonly stageFile: string;
  readonly columns: readonly string[];
  readonly rowCount: number;
}

const fileOf = ({ stageFile }: ProfiledStage): string => path.join(path.dirname(stageFile), 'profile.json');

/** The profile kept beside a stage, which never changes; null when there is none. */
export async function keptProfile(stage: ProfiledStage): Promise<ProfileView | null> {
  const text = await readFile(fileOf(stage), 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    const kept = stored.safeParse(JSON.parse(text));
    return kept.success ? kept.data.profile : null;
  } catch {
    // Half a file is no profile.
    return null;
  }
}

/** Looks through all columns of a stage, says what goes with what, and keeps the result beside the stage. */
export async function profileStage(db: DuckDb, stage: ProfiledStage): Promise<ProfileView> {
  const columns = await profileColumns(db, stage);
  const scores = scoreMatches(columns);
  const profile: ProfileView = {
    rows: stage.rowCount,
    columns: columns.map((column, index) => viewOf(column, scores, index)),
    suggested: assignFields(scores).map(scoreView),
  };
  const target = fileOf(stage);
  const half = `${target}.half`;
  // The stage may be gone by now, or the disk full: then it is made again the next time.
  await writeFile(half, JSON.stringify({ version, profile }))
    .then(() => rename(half, target))
    .catch(() => rm(half, { force: true }));
  return profile;
}

function viewOf(column: ColumnProfile, scores: readonly MatchScore[], index: number): ProfileView['columns'][number] {
  const { heading, filled, distinct, samples, kind, fitting, looked } = column;
  return {
    heading,
    filled,
    distinct,
    samples: [...samples],
    kind,
    fitting,
    looked,
    dates: datesOf(column),
    matches: scores
      .filter(({ columnIndex }) => columnIndex === index)
      .slice(0, mostMatches)
      .map(scoreView),
  };
}

function datesOf({ dates }: ColumnProfile): ProfileView['columns'][number]['dates'] {
  if (dates === null) return null;
  const { order, needless, proofs } = inferDateOrder(dates);
  return {
    order,
    needless,
    proofs: dateOrders
      .map((one) => ({ order: one, count: proofs[one], example: dates.examples[one] ?? '' }))
      .filter(({ count }) => count > 0),
    ambiguous: dates.fitting.filter(({ orders }) => orders.length > 1).reduce((sum, { count }) => sum + count, 0),
    unreadable: dates.unreadable,
  };
}

const scoreView = ({
  field,
  columnIndex,
  score,
  certainty,
  reasons,
}: MatchScore): ProfileView['suggested'][number] => ({
  field,
  columnIndex,
  score,
  certainty,
  reasons: reasons.map(({ reason }) => reason),
});
