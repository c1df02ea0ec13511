import type { FieldMap } from '../../preload/contract/views.ts';
import { kindOf } from './cell-kinds.ts';
import { type HeadingMeaning, meaningOf } from './heading-dictionary.ts';

export interface FieldSuggestion {
  /** In the order in which fields are offered. Without `email` when no column qualifies or more than one does. */
  readonly fieldMap: FieldMap;
  /** Columns that may hold the address, the likelier first. More than one: ask, do not guess. */
  readonly emailCandidates: readonly number[];
}

/** Properties matched by their heading alone. Birthdays are left out: they need splitting first. */
const matched: readonly HeadingMeaning[] = [
  'first_name',
  'last_name',
  'company_name',
  'job_title',
  'phone',
  'street',
  'city',
  'state',
  'zip',
  'country',
  'anniversary',
];

/**
 * Matches columns to contact properties: by heading through an English and French dictionary (customer-insights-exports.md 5.3), the address
 * also by content, when no heading names it or what the heading names holds none.
 * @param samples rows as read, a few hundred are enough
 */
export function suggestFieldMap(
  columns: readonly string[],
  samples: readonly (readonly (string | null)[])[],
): FieldSuggestion {
  const profiles = columns.map((_, column) => profileOf(column, samples));
  const emailCandidates = findEmailColumns(columns, profiles);
  const fieldMap: FieldMap = [];
  const [only] = emailCandidates;
  if (emailCandidates.length === 1 && only !== undefined) fieldMap.push({ field: 'email', columnIndex: only });
  const taken = new Set(emailCandidates);
  for (const field of matched) {
    const column = bestColumn(field, columns, profiles, taken);
    if (column === null) continue;
    taken.add(column);
    fieldMap.push({ field, columnIndex: column });
  }
  return { fieldMap, emailCandidates };
}

interface ColumnProfile {
  readonly filled: number;
  /** Shares of the filled cells. */
  readonly emails: number;
  readonly keys: number;
}

function profileOf(column: number, samples: readonly (readonly (string | null)[])[]): ColumnProfile {
  let filled = 0;
  let emails = 0;
  let keys = 0;
  for (const row of samples) {
    const kind = kindOf(row[column] ?? '');
    if (kind === 'empty') continue;
    filled++;
    if (kind === 'email') emails++;
    else if (kind === 'key') keys++;
  }
  return { filled, emails: filled === 0 ? 0 : emails / filled, keys: filled === 0 ? 0 : keys / filled };
}

function findEmailColumns(columns: readonly string[], profiles: readonly ColumnProfile[]): number[] {
  const named = columns.flatMap((heading, column) => {
    const found = meaningOf(heading);
    return found?.meaning === 'email' ? [{ column, rank: found.rank }] : [];
  });
  // An empty column may be named after the address and hold none, and so may one of flags ("EMail: yes").
  const holding = named.filter(({ column }) => (profiles[column]?.emails ?? 0) >= 0.2);
  if (holding.length > 0) return byLikelihood(holding);
  const byContent = columns.flatMap((_, column) =>
    (profiles[column]?.emails ?? 0) >= 0.6 ? [{ column, rank: 0 }] : [],
  );
  if (byContent.length > 0) return byLikelihood(byContent);
  // Nothing in the sample looks like an address: the heading is all there is, and the counts will tell.
  const [best] = byLikelihood(named);
  return best === undefined ? [] : [best];
}

function byLikelihood(candidates: readonly { readonly column: number; readonly rank: number }[]): number[] {
  return candidates.toSorted((a, b) => a.rank - b.rank || a.column - b.column).map(({ column }) => column);
}

function bestColumn(
  field: HeadingMeaning,
  columns: readonly string[],
  profiles: readonly ColumnProfile[],
  taken: ReadonlySet<number>,
): number | null {
  let best: number | null = null;
  let bestRank = Number.POSITIVE_INFINITY;
  for (const [column, heading] of columns.entries()) {
    const found = taken.has(column) ? null : meaningOf(heading);
    const profile = profiles[column];
    if (found?.meaning !== field || (profile?.keys ?? 0) > 0.8) continue;
    // A filled column of a lesser name beats an empty one of the best name.
    const rank = found.rank + ((profile?.filled ?? 0) === 0 ? 200 : 0);
    if (rank < bestRank) {
      best = column;
      bestRank = rank;
    }
  }
  return best;
}
