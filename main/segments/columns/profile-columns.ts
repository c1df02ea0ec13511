import type { ColumnKind } from '../../../preload/contract/views.ts';
import { countDateEvidence, type DateEvidence } from '../dates/date-order.ts';
import { type DuckDb, quoteText } from '../duckdb.ts';
import { meaningOf } from '../heading-dictionary.ts';
import { stageRows } from '../stage-rows.ts';
import { type CellLabel, labelPatterns, labelsOf, type PatternLabel } from './cell-labels.ts';

/** What is known of a column of a stage. Counts are of all its rows. */
export interface ColumnProfile {
  readonly heading: string;
  readonly rows: number;
  /** Cells that are not blank. */
  readonly filled: number;
  /** Different values among them. */
  readonly distinct: number;
  /** Values from all over the file. */
  readonly samples: readonly string[];
  readonly kind: ColumnKind;
  /** How many of `looked` filled cells look like the kind; `looked` is less than `filled` where a sample had to do. */
  readonly fitting: number;
  readonly looked: number;
  /** Of the sampled cells, what share looks like each; 0 where it is not named. */
  readonly shares: Readonly<Partial<Record<CellLabel, number>>>;
  /** For columns of dates. */
  readonly dates: DateEvidence | null;
}

const sampledRows = 2_000;
const shownSamples = 5;
const sampleLength = 80;

/** A column is of a kind when this share of its filled cells looks like it, taken in this order. */
const kindByLabel: readonly (readonly [label: CellLabel, kind: ColumnKind, share: number])[] = [
  ['email', 'email', 0.6],
  ['url', 'url', 0.6],
  ['id', 'id', 0.6],
  ['date', 'date', 0.6],
  ['yes-no', 'yes-no', 0.95],
  ['phone', 'phone', 0.6],
  ['number', 'number', 0.8],
  ['zip', 'zip', 0.7],
  ['street', 'street', 0.5],
  ['country', 'country', 0.7],
  ['state', 'state', 0.8],
  ['first-name', 'first-name', 0.5],
  ['city', 'city', 0.4],
  ['full-name', 'full-name', 0.5],
  ['job-title', 'job-title', 0.4],
  ['company', 'company', 0.3],
];

/**
 * Looks through every column of a stage: how many cells are filled, how many are different, what they are. The whole file
 * is counted, by its different values; only what takes lists of words to recognise is judged by rows from all over it.
 */
export async function profileColumns(
  db: DuckDb,
  stage: { readonly stageFile: string; readonly columns: readonly string[]; readonly rowCount: number },
): Promise<ColumnProfile[]> {
  const { stageFile, columns, rowCount } = stage;
  const every = Math.max(1, Math.floor(rowCount / sampledRows));
  const cells = columns.map((_, index) => `c${index}`).join(', ');
  const sample = await db.table(
    `SELECT ${cells} FROM ${stageRows(stageFile)} WHERE (row_number - 1) % ${every} = 0 LIMIT ${sampledRows + 1}`,
  );
  const profiles: ColumnProfile[] = [];
  for (const [index, heading] of columns.entries()) {
    const values = sample.map((row) => String(row[index] ?? '').trim()).filter((value) => value !== '');
    profiles.push(await profileColumn(db, { stageFile, index, heading, rowCount, values }));
  }
  return profiles;
}

async function profileColumn(
  db: DuckDb,
  column: {
    readonly stageFile: string;
    readonly index: number;
    readonly heading: string;
    readonly rowCount: number;
    readonly values: readonly string[];
  },
): Promise<ColumnProfile> {
  const { heading, values, rowCount } = column;
  const shares = sharesOf(values);
  const label = labelOf(shares, values, meaningOf(heading)?.meaning ?? null);
  const pattern = label !== null && label in labelPatterns ? labelPatterns[label as PatternLabel] : null;
  // One pass over the different values, of which there are few in most columns.
  const distinctValues = `SELECT c${column.index} AS cell, count(*) AS times FROM read_parquet(${quoteText(column.stageFile)}) GROUP BY ALL`;
  const blank = "trim(cell) = ''";
  const [counted] = await db.rows(`SELECT coalesce(sum(times) FILTER (NOT ${blank}), 0) AS filled,
      count(*) FILTER (NOT ${blank}) AS different,
      ${pattern === null ? 'NULL' : `coalesce(sum(times) FILTER (regexp_full_match(trim(cell), ${quoteText(pattern)})), 0)`} AS fitting
    FROM (${distinctValues})`);
  const filled = Number(counted?.filled);
  const looked = pattern === null ? values.length : filled;
  const fittingSample = Math.round((label === null ? 1 : (shares[label] ?? 0)) * values.length);
  const mayBeDates = (shares.date ?? 0) > 0.2 || isSerialColumn(values, heading);
  const dates = mayBeDates
    ? await countDateEvidence(db, distinctValues, { cell: 'cell', needsYear: false }, 'times')
    : null;
  return {
    heading,
    rows: rowCount,
    filled,
    distinct: Number(counted?.different),
    samples: samplesOf(values),
    kind: filled === 0 ? 'empty' : kindOf(label, heading, dates),
    fitting: pattern === null ? fittingSample : Number(counted?.fitting),
    looked,
    shares,
    dates,
  };
}

function sharesOf(values: readonly string[]): Partial<Record<CellLabel, number>> {
  const counts = new Map<CellLabel, number>();
  const known = new Map<string, CellLabel[]>();
  for (const value of values) {
    const labels = known.get(value) ?? labelsOf(value);
    known.set(value, labels);
    for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return Object.fromEntries([...counts].map(([label, count]) => [label, count / values.length]));
}

function labelOf(
  shares: Partial<Record<CellLabel, number>>,
  values: readonly string[],
  meaning: string | null,
): CellLabel | null {
  const different = new Set(values.map((value) => value.toLowerCase())).size;
  const fits = kindByLabel.filter(([label, , share]) => (shares[label] ?? 0) >= share);
  // What the heading says it is, among what it can be: 75001 is a postal code under one and a number under another.
  const said = fits.find(([, kind]) => meaning !== null && meaningKinds[meaning]?.includes(kind));
  if (said !== undefined) return said[0];
  const first = fits.find(
    ([label]) =>
      (label !== 'yes-no' || different <= 3) &&
      // Four or five digits alone are a number until a heading says otherwise.
      (label !== 'zip' || (shares.number ?? 0) < 0.5) &&
      (label !== 'date' || (shares.number ?? 0) < 0.8) &&
      (label !== 'phone' || (shares.number ?? 0) < 0.9 || values.some((value) => value.startsWith('0'))),
  );
  return first?.[0] ?? null;
}

const meaningKinds: Readonly<Record<string, readonly ColumnKind[]>> = {
  zip: ['zip'],
  phone: ['phone'],
  country: ['country'],
  state: ['state'],
  city: ['city'],
  company_name: ['company'],
  job_title: ['job-title'],
  first_name: ['first-name'],
  full_name: ['full-name'],
  street: ['street'],
};

/** Numbers that a spreadsheet would show as days, under a heading that speaks of a day. */
function isSerialColumn(values: readonly string[], heading: string): boolean {
  const serials = values.filter((value) => /^[1-7]\d{4}([.,]\d+)?$/.test(value)).length;
  const meaning = meaningOf(heading)?.meaning;
  const speaks = meaning === 'birthday' || meaning === 'anniversary' || /date|jour|day|datum|fecha/i.test(heading);
  return speaks && values.length > 0 && serials / values.length > 0.5;
}

function kindOf(label: CellLabel | null, heading: string, dates: DateEvidence | null): ColumnKind {
  const meaning = meaningOf(heading)?.meaning;
  const readable = dates !== null && (dates.plain > 0 || dates.fitting.length > 0);
  if (readable && (label === 'date' || label === 'number' || label === null)) {
    return meaning === 'birthday' ? 'birthday' : 'date';
  }
  const kind = kindByLabel.find(([known]) => known === label)?.[1] ?? 'text';
  const isWord = kind === 'text' || kind === 'first-name' || kind === 'city' || kind === 'company';
  if (isWord && meaning === 'last_name') return 'last-name';
  if (isWord && meaning === 'company_name') return 'company';
  if (isWord && meaning === 'city') return 'city';
  if (isWord && meaning === 'job_title') return 'job-title';
  if (isWord && meaning === 'first_name') return 'first-name';
  return kind === 'number' && meaning === 'customer_id' ? 'id' : kind;
}

const samplesOf = (values: readonly string[]): string[] =>
  [...new Set(values)]
    .slice(0, shownSamples)
    .map((value) => [...value.slice(0, sampleLength * 2)].slice(0, sampleLength).join(''));
