import type { Certainty, ColumnKind, MatchReason } from '../../../preload/contract/views.ts';
import { type HeadingMeaning, meaningOf } from '../heading-dictionary.ts';
import type { CellLabel } from './cell-labels.ts';
import type { ColumnProfile } from './profile-columns.ts';

/** A contact field that a column may be matched to by what is known of it; `full_name` and `birthday` fill two each. */
export type ScoredField =
  | 'email'
  | 'first_name'
  | 'last_name'
  | 'full_name'
  | 'company_name'
  | 'job_title'
  | 'phone'
  | 'street'
  | 'city'
  | 'state'
  | 'zip'
  | 'country'
  | 'birthday'
  | 'anniversary';

/** A reason with the points that it adds, or takes. */
export interface WeighedReason {
  readonly points: number;
  readonly reason: MatchReason;
}

export interface MatchScore {
  readonly field: ScoredField;
  readonly columnIndex: number;
  /** 0 to 100. */
  readonly score: number;
  readonly certainty: Certainty;
  readonly reasons: readonly WeighedReason[];
}

const leastSure = 70;
const leastLikely = 45;
/** Below this nothing is proposed. */
export const leastProposed = 25;

const headingPoints = { whole: 60, numbered: 50, ending: 40 } as const;
const neighbourPoints = 8;
/** For contents that could be the field's, where they cannot be recognised for certain. */
const possiblePoints = 10;
const contradictionPoints = -45;
const emptyPoints = -20;

interface FieldTraits {
  readonly meaning: HeadingMeaning;
  /** What its cells look like, and how many points that is worth when all of them do. */
  readonly labels: readonly (CellLabel & ColumnKind)[];
  readonly points: number;
  /** Kinds of column that can be it though nothing in them is recognised. */
  readonly possible: readonly ColumnKind[];
  /** Fields that usually stand beside it. */
  readonly beside: readonly HeadingMeaning[];
}

const wordKinds: readonly ColumnKind[] = [
  'text',
  'first-name',
  'last-name',
  'full-name',
  'company',
  'job-title',
  'city',
  'state',
  'country',
];
/** A column of first or of last names holds no whole ones. */
const oneNameKinds = wordKinds.filter((kind) => kind !== 'full-name');
const placeMeanings: readonly HeadingMeaning[] = ['street', 'city', 'state', 'zip', 'country'];

const traits: Readonly<Record<ScoredField, FieldTraits>> = {
  email: { meaning: 'email', labels: ['email'], points: 75, possible: [], beside: [] },
  first_name: {
    meaning: 'first_name',
    labels: ['first-name'],
    points: 40,
    possible: oneNameKinds,
    beside: ['last_name'],
  },
  last_name: { meaning: 'last_name', labels: [], points: 0, possible: oneNameKinds, beside: ['first_name'] },
  full_name: { meaning: 'full_name', labels: ['full-name'], points: 45, possible: ['text', 'full-name'], beside: [] },
  company_name: {
    meaning: 'company_name',
    labels: ['company'],
    points: 40,
    possible: [...wordKinds, 'street'],
    beside: ['job_title'],
  },
  job_title: { meaning: 'job_title', labels: ['job-title'], points: 40, possible: wordKinds, beside: ['company_name'] },
  phone: { meaning: 'phone', labels: ['phone'], points: 45, possible: ['number', 'zip', 'text'], beside: ['email'] },
  street: {
    meaning: 'street',
    labels: ['street'],
    points: 45,
    possible: [...wordKinds, 'street'],
    beside: placeMeanings,
  },
  city: { meaning: 'city', labels: ['city'], points: 40, possible: [...wordKinds, 'zip'], beside: placeMeanings },
  state: { meaning: 'state', labels: ['state'], points: 35, possible: [...wordKinds, 'number'], beside: placeMeanings },
  zip: { meaning: 'zip', labels: ['zip'], points: 20, possible: ['number', 'text', 'phone'], beside: placeMeanings },
  country: { meaning: 'country', labels: ['country'], points: 45, possible: wordKinds, beside: placeMeanings },
  birthday: { meaning: 'birthday', labels: ['date'], points: 20, possible: ['date', 'birthday'], beside: [] },
  anniversary: {
    meaning: 'anniversary',
    labels: ['date'],
    points: 20,
    possible: ['date', 'birthday'],
    beside: ['birthday'],
  },
};

export const scoredFields = Object.keys(traits) as ScoredField[];

/**
 * How well a column goes with a field, and why; null where nothing speaks for it. Each reason only ever adds its own points,
 * so that more cells that look like the field never make a match worse.
 */
export function scoreMatch(
  columns: readonly ColumnProfile[],
  columnIndex: number,
  field: ScoredField,
): MatchScore | null {
  const profile = columns[columnIndex];
  if (profile === undefined) return null;
  const trait = traits[field];
  const said = headingReason(profile.heading, trait.meaning);
  const seen = contentsReason(profile, trait);
  if (said === null && (seen === null || seen.points < leastProposed)) return null;
  const reasons = [
    said,
    seen,
    (said !== null || seen !== null) && profile.kind !== 'empty' ? neighbourReason(columns, columnIndex, trait) : null,
    profile.kind === 'empty' ? { points: emptyPoints, reason: { code: 'empty' as const } } : null,
    said === null || profile.kind === 'empty' ? null : againstReason(profile, trait, seen),
  ].filter((one) => one !== null);
  const fits =
    said !== null && profile.kind !== 'empty' && !reasons.some(({ reason }) => reason.code === 'other-contents');
  const points = reasons.reduce((sum, one) => sum + one.points, fits ? possiblePoints : 0);
  const score = Math.max(0, Math.min(100, Math.round(points)));
  if (score < leastProposed) return null;
  const certainty = score >= leastSure ? 'sure' : score >= leastLikely ? 'likely' : 'unsure';
  return { field, columnIndex, score, certainty, reasons };
}

function headingReason(heading: string, meaning: HeadingMeaning): WeighedReason | null {
  const found = meaningOf(heading);
  if (found?.meaning !== meaning) return null;
  if (found.rank >= 100) return { points: headingPoints.ending, reason: { code: 'heading-part', heading } };
  const points = found.rank >= 50 ? headingPoints.numbered : headingPoints.whole;
  return { points, reason: { code: 'heading', heading } };
}

function contentsReason(profile: ColumnProfile, trait: FieldTraits): WeighedReason | null {
  const share = Math.max(0, ...trait.labels.map((label) => shareOf(profile, label)));
  if (share < 0.2) return null;
  const [kind] = trait.labels;
  if (kind === undefined) return null;
  const looked = profile.looked > 0 ? profile.looked : profile.filled;
  const count = kind === profile.kind ? profile.fitting : Math.round(share * looked);
  return { points: trait.points * share, reason: { code: 'contents', kind, count, looked } };
}

/** Dates are what can be read as one, whatever they look like. */
function shareOf(profile: ColumnProfile, label: CellLabel): number {
  const { dates } = profile;
  if (label !== 'date' || dates === null) return profile.shares[label] ?? 0;
  const readable = dates.plain + dates.fitting.reduce((sum, { count }) => sum + count, 0);
  return profile.filled === 0 ? 0 : readable / profile.filled;
}

function neighbourReason(
  columns: readonly ColumnProfile[],
  columnIndex: number,
  trait: FieldTraits,
): WeighedReason | null {
  for (const index of [columnIndex - 1, columnIndex + 1]) {
    const heading = columns[index]?.heading;
    const meaning = heading === undefined ? null : (meaningOf(heading)?.meaning ?? null);
    if (heading !== undefined && meaning !== null && meaning !== trait.meaning && trait.beside.includes(meaning)) {
      return { points: neighbourPoints, reason: { code: 'neighbour', heading } };
    }
  }
  return null;
}

/** The cells are something else than the heading says. */
function againstReason(profile: ColumnProfile, trait: FieldTraits, seen: WeighedReason | null): WeighedReason | null {
  if (seen?.reason.code === 'contents' && seen.reason.count > seen.reason.looked / 2) return null;
  if (trait.possible.includes(profile.kind)) return null;
  const { kind, fitting, looked } = profile;
  return { points: contradictionPoints, reason: { code: 'other-contents', kind, count: fitting, looked } };
}

/** Every match that may be proposed, the best first; of equal ones the column further left. */
export function scoreMatches(columns: readonly ColumnProfile[]): MatchScore[] {
  const scores = columns.flatMap((_, index) =>
    scoredFields.flatMap((field) => scoreMatch(columns, index, field) ?? []),
  );
  return scores.sort((a, b) => b.score - a.score || a.columnIndex - b.columnIndex);
}

/**
 * One column for each field and one field for each column, the best scores first. A full name is not proposed beside
 * columns of first and last names that can be trusted.
 */
export function assignFields(scores: readonly MatchScore[]): MatchScore[] {
  const fields = new Set<ScoredField>();
  const columns = new Set<number>();
  const assigned: MatchScore[] = [];
  const lastOfAll = (score: MatchScore) => (score.field === 'full_name' ? 1 : 0);
  for (const score of scores.toSorted((a, b) => lastOfAll(a) - lastOfAll(b))) {
    if (fields.has(score.field) || columns.has(score.columnIndex)) continue;
    const namesKnown = assigned.some(({ field }) => field === 'first_name' || field === 'last_name');
    if (score.field === 'full_name' && namesKnown) continue;
    fields.add(score.field);
    columns.add(score.columnIndex);
    assigned.push(score);
  }
  return assigned;
}
