import { kindOf } from './cell-kinds.ts';
import type { SegmentSummary } from './segment-record.ts';

type Columns = SegmentSummary['columns'];

/** Below this nothing is proposed: a wrong proposal is worse than none. */
const leastScore = 2;

/**
 * The column of a newer file that took the place of one whose heading is gone: judged by what the field usually looks
 * like, by values that stand in both, by the neighbours' headings and the place. Null when nothing speaks clearly for one.
 *
 * @param before the file's columns when the match was made; null when they are not known any more
 * @param taken columns that other fields are matched with
 */
export function recogniseColumn(
  lost: { readonly field: string; readonly columnIndex: number },
  before: Columns | null,
  now: Pick<SegmentSummary, 'columns' | 'suggestedFieldMap'>,
  taken: ReadonlySet<number>,
): number | null {
  const known = new Set(before?.map(({ heading }) => heading));
  const suggested = now.suggestedFieldMap.find(({ field }) => field === lost.field)?.columnIndex;
  let best: { readonly column: number; readonly score: number } | null = null;
  for (const [column, { heading }] of now.columns.entries()) {
    // A heading that was there before means what it meant before.
    if (taken.has(column) || known.has(heading)) continue;
    const score =
      (column === suggested ? 3 : 0) + (before === null ? 0 : likeness(lost.columnIndex, before, column, now.columns));
    if (score >= leastScore && score > (best?.score ?? 0)) best = { column, score };
  }
  return best?.column ?? null;
}

function likeness(index: number, before: Columns, column: number, now: Columns): number {
  const old = before[index]?.samples ?? [];
  const samples = now[column]?.samples ?? [];
  const shared = samples.filter((sample) => old.includes(sample)).length / Math.max(1, samples.length);
  const sameNeighbour = (step: number) => {
    const heading = before[index + step]?.heading;
    const other = now[column + step]?.heading;
    // Both ends of a table are neighbours of the same nothing.
    return heading === other ? 1 : 0;
  };
  const sameKind = samples.length > 0 && old.length > 0 && mainKind(samples) === mainKind(old) ? 0.5 : 0;
  return shared * 3 + sameNeighbour(-1) + sameNeighbour(1) + sameKind + (index === column ? 0.5 : 0);
}

/** What most of the values are. */
function mainKind(samples: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const sample of samples) counts.set(kindOf(sample), (counts.get(kindOf(sample)) ?? 0) + 1);
  return [...counts].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? '';
}
