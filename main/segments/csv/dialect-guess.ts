import { isPlausibleEmail, kindOf } from '../cell-kinds.ts';
import type { Dialect, ReadingOverrides } from '../types.ts';
import { readSample, type Sample, type SampleRecord, usualWidth } from './sample.ts';
import { holdsWrappedRecords, outerDelimiters } from './wrapping-guess.ts';

/** Delimiters that are looked for, with how readily each is believed. */
const delimiters: readonly (readonly [string, number])[] = [
  [',', 1],
  [';', 1],
  ['\t', 1.02],
  ['|', 1],
  ['\u0001', 1],
  ['\u001f', 1],
  ['~', 0.92],
  ['^', 0.92],
  [':', 0.8],
  ['!', 0.75],
  ['*', 0.75],
  ['%', 0.7],
  ['#', 0.6],
];

/** Below this no delimiter explains the file: it has one column, or is no table. */
const leastScore = 0.2;
const guessBytes = 96 * 1024;

/** The delimiter named by a first line `sep=;`, which Excel writes and reads; null when there is none. */
export function declaredDelimiter(sample: Sample): string | null {
  const first = sample.bytes.subarray(0, 16).toString('latin1');
  return /^"?sep=([^\r\n"])"?\s*(?:[\r\n]|$)/i.exec(first)?.[1] ?? null;
}

/** The dialect that makes the most regular and best-typed table of the sample. */
export function guessDialect(sample: Sample, overrides: ReadingOverrides = {}): Dialect {
  const short: Sample = {
    ...sample,
    bytes: sample.bytes.subarray(0, guessBytes),
    whole: sample.whole && sample.bytes.length <= guessBytes,
  };
  let best: Dialect = {
    delimiter: null,
    quote: overrides.quote === undefined ? '"' : asQuote(overrides.quote),
    escape: 'doubled',
    blanksAroundQuotes: false,
    wrapper: null,
  };
  let bestScore = leastScore;
  const declared = declaredDelimiter(short);
  const fixed = overrides.delimiter !== undefined ? overrides.delimiter : declared;
  if (fixed === null && overrides.delimiter === null) return best;
  const candidates = fixed !== null ? ([[fixed, 1]] as const) : delimiters;
  if (fixed !== null) bestScore = Number.NEGATIVE_INFINITY;
  for (const [delimiter, readiness] of candidates) {
    if (fixed === null && !short.bytes.includes(delimiter)) continue;
    for (const [quoting, weight] of quotings(short, delimiter, overrides)) {
      const dialect: Dialect = { delimiter, ...quoting };
      const score = tableScore(readSample(short, dialect, 400), delimiter) * readiness * weight;
      if (score > bestScore) {
        best = dialect;
        bestScore = score;
      }
    }
  }
  return guessWrapped(short, overrides, { best, bestScore, declared }) ?? best;
}

/** In doubt lines are what they seem: their quotes are taken off only where more is gained than that. */
const wrappingReadiness = 0.98;

/** A dialect whose records stand in quotes of their own, when it explains more than the best without. */
function guessWrapped(
  sample: Sample,
  overrides: ReadingOverrides,
  plain: { readonly best: Dialect; readonly bestScore: number; readonly declared: string | null },
): Dialect | null {
  if (overrides.wrapped === false || (overrides.quote !== undefined && overrides.quote !== '"')) return null;
  if (overrides.delimiter === null || !/(?:^|[\r\n])"/.test(sample.bytes.toString('latin1'))) return null;
  const asked = overrides.wrapped === true;
  let best: Dialect | null = null;
  // A reading that finds no address anywhere has nothing to set against one that does.
  const holds = !asked && readSample(sample, plain.best, 400).some(({ cells }) => cells.some(isPlausibleEmail));
  let bestScore = asked ? 0 : holds ? Math.max(plain.bestScore, leastScore) : leastScore;
  for (const wrapper of plain.declared === null ? outerDelimiters : [plain.declared]) {
    for (const [delimiter, readiness] of delimiters) {
      if (overrides.delimiter !== undefined && delimiter !== overrides.delimiter) continue;
      if (!holdsWrappedRecords(sample, wrapper, delimiter, asked)) continue;
      const dialect: Dialect = { delimiter, quote: '"', escape: 'doubled', blanksAroundQuotes: false, wrapper };
      const records = readSample(sample, dialect, 400);
      const weight = asked ? 1 : wrappingReadiness;
      const score = tableScore(records, delimiter) * readiness * weight;
      if (score > bestScore) {
        best = dialect;
        bestScore = score;
      }
    }
  }
  return best;
}

type Quoting = Omit<Dialect, 'delimiter'>;

function asQuote(quote: string | null): Dialect['quote'] {
  return quote === '"' || quote === "'" ? quote : null;
}

/** The ways of quoting that the sample gives cause to try. The plain one comes first and wins ties. */
function quotings(sample: Sample, delimiter: string, overrides: ReadingOverrides): (readonly [Quoting, number])[] {
  const { bytes } = sample;
  const plain: Quoting = { quote: '"', escape: 'doubled', blanksAroundQuotes: false, wrapper: null };
  if (overrides.quote === null) return [[{ ...plain, quote: null }, 1]];
  const found: (readonly [Quoting, number])[] = overrides.quote === "'" ? [] : [[plain, 1]];
  if (overrides.quote !== "'" && bytes.includes('"')) {
    if (bytes.includes('\\"')) found.push([{ ...plain, escape: 'backslash' }, 0.999]);
    if (bytes.includes(`${delimiter} "`)) found.push([{ ...plain, blanksAroundQuotes: true }, 0.999]);
    if (overrides.quote === undefined) found.push([{ ...plain, quote: null }, 0.9]);
  }
  if (overrides.quote !== '"' && (bytes.includes(`'${delimiter}`) || bytes.includes(`${delimiter}'`))) {
    found.push([{ ...plain, quote: "'" }, 0.99]);
    if (bytes.includes("\\'")) found.push([{ ...plain, quote: "'", escape: 'backslash' }, 0.985]);
  }
  return found;
}

/** Between 0 and 1: how much the records look like rows of one table. */
function tableScore(records: readonly SampleRecord[], delimiter: string): number {
  const voters = records.filter((record) => !record.blank && !record.raw.startsWith('#'));
  const width = usualWidth(records);
  if (voters.length === 0 || width < 2) return 0;
  let regular = 0;
  let damaged = 0;
  let cells = 0;
  let clean = 0;
  for (const record of voters) {
    if (record.malformed) damaged++;
    if (record.cells.length === width) regular++;
    else if (record.cells.length > 1 && record.cells.length < width) regular += 0.4;
    for (const [i, cell] of record.cells.entries()) {
      if (record.cells.length < 2) break;
      cells++;
      clean += record.quoted[i] ? 1 : cleanness(cell, delimiter);
    }
  }
  const regularity = (regular - damaged * 0.5) / voters.length;
  return regularity * (1 - 0.5 / width) * (cells === 0 ? 0 : clean / cells) ** 2;
}

/** 1 for a cell that is wholly one thing; less for one that seems to hold several cells or parts of quotes. */
function cleanness(cell: string, delimiter: string): number {
  const kind = kindOf(cell);
  if (kind === 'empty') return 0.97;
  if (kind !== 'text') return 1;
  if (/^["']|["']$/.test(cell.trim())) return 0.3;
  if (delimiter !== ':' && /^\d{1,2}:\d{2}/.test(cell)) return 1;
  const strong = /[;\t|]/.test(cell) || /,(?! )/.test(cell);
  if (strong) return 0.4;
  if (/^[^\p{L}\p{N}(+'#<@&*"«¿¡$€£-]/u.test(cell)) return 0.75;
  return /, /.test(cell) ? 0.9 : 1;
}
