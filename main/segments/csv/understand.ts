import path from 'node:path';
import { SegueError } from '../../errors/segue-error.ts';
import { harmlessBytes } from '../bomb-guard.ts';
import { type ByteSource, readHead } from '../byte-source.ts';
import { EncodingCensus } from '../encoding-census.ts';
import { createTranscoder, encodingOfHead } from '../encodings.ts';
import type { ProgressReporter } from '../progress.ts';
import type { Dialect, ReadingOverrides, TextEncoding, UnreadableLine } from '../types.ts';
import { isBinary } from './binary-test.ts';
import { declaredDelimiter, guessDialect } from './dialect-guess.ts';
import { findLayout, type Layout } from './layout.ts';
import { endCr, endCrlf, endLf } from './record-scanner.ts';
import { readSample, type Sample, usualWidth } from './sample.ts';
import { isTable } from './table-test.ts';
import { RecordWalker } from './walk.ts';
import { outerDelimiters } from './wrapping-guess.ts';

/** Everything needed to read a delimited file again, record for record, and what the first whole reading found. */
export interface CsvReading {
  readonly encoding: TextEncoding;
  /** Bytes of a byte order mark to skip. */
  readonly bomLength: number;
  readonly dialect: Dialect;
  readonly layout: Layout;
  /** Headings of the columns to give out: the layout's, perhaps without unnamed and empty ones at its end. */
  readonly columns: readonly string[];
  readonly usualEnd: number;
  readonly checkUtf8: boolean;
  readonly footerLine: number | null;
  readonly quoteUsed: boolean;
  readonly rowCount: number;
  readonly unreadable: readonly UnreadableLine[];
  /** Proved, byte by byte, to be what every CSV reader reads alike (see {@link isPlain}). */
  readonly plain: boolean;
  /** Some quoted cell holds a line break. */
  readonly breaksInCells: boolean;
  /** Lines that are neither header, row nor unreadable, for the account of lines. */
  readonly skipped: { readonly blank: number; readonly comment: number; readonly footer: number };
}

/** Hears of a reading while it goes on. */
export interface CsvWatcher {
  /** What the beginning tells. */
  started(start: CsvStart): void;
  /** The file is not plain, whatever is still to come ({@link CsvReading.plain}). */
  notPlain(): void;
}

/** What the beginning of a text file tells, before the whole is read. */
export interface CsvStart {
  readonly sample: Sample;
  readonly bomLength: number;
  /** UTF-16 is certain from the start; other encodings only after the last byte. */
  readonly certainEncoding: TextEncoding | null;
  readonly dialect: Dialect;
  readonly layout: Layout;
  readonly usualEnd: number;
}

const sampleBytes = 512 * 1024;

/**
 * Reads the beginning of a text file.
 * @throws SegueError `segment.empty` for a file of nothing but blanks, `segment.not-a-table` for what is no text or no table.
 */
export async function startCsv(source: ByteSource, overrides: ReadingOverrides = {}): Promise<CsvStart> {
  const fileName = path.basename(source.path);
  const head = await readHead(source.chunks(), sampleBytes);
  const whole = head.length < sampleBytes;
  const { encoding: proven, bomLength } = encodingOfHead(head);
  const wide = overrides.encoding ?? (proven === 'utf-8' ? null : proven);
  const isUtf16 = wide === 'utf-16le' || wide === 'utf-16be';
  const body = head.subarray(bomLength);
  const bytes = isUtf16 && wide ? transcodeWhole(body, wide) : body;
  if (isBinary(bytes)) {
    // What is packed may be a bomb rather than a mistake, and is then to be named so.
    if (source.compression !== 'none') await measure(source);
    throw new SegueError('segment.not-a-table', { file: fileName });
  }
  const census = new EncodingCensus();
  census.push(bytes);
  const encoding = isUtf16 ? 'utf-8' : (overrides.encoding ?? census.end().encoding);
  const sample: Sample = { bytes, whole, encoding };
  if (/^\s*$/.test(bytes.toString('latin1'))) throw new SegueError('segment.empty', { file: fileName });
  const certainEncoding = overrides.encoding ?? (isUtf16 || proven === 'utf-8' ? (wide ?? proven) : null);
  return { bomLength, certainEncoding, ...arrange(sample, guessDialect(sample, overrides), overrides, fileName) };
}

/** Unpacks far enough for the guard against bombs to speak. */
async function measure(source: ByteSource): Promise<void> {
  let unpacked = 0;
  for await (const chunk of source.chunks()) {
    unpacked += chunk.length;
    if (unpacked > harmlessBytes * 8) return;
  }
}

/** Layout and line ends of the sample under a dialect; null when it makes no table of it. */
function arrangeTable(
  sample: Sample,
  dialect: Dialect,
  overrides: ReadingOverrides,
): Omit<CsvStart, 'bomLength' | 'certainEncoding'> | null {
  const records = readSample(sample, dialect);
  const layout = findLayout(records, overrides, declaredDelimiter(sample) !== null);
  if (!layout || !isTable(sample, records, layout, dialect.delimiter)) return null;
  const usual = usualWidth(records);
  const ends = new Map<number, number>();
  for (const record of records) {
    // Full records vote: a break inside a cell makes two that are not.
    if (record.cells.length >= usual) ends.set(record.lineEnd, (ends.get(record.lineEnd) ?? 0) + 1);
  }
  const usualEnd = [endLf, endCrlf, endCr].reduce((a, b) => ((ends.get(b) ?? 0) > (ends.get(a) ?? 0) ? b : a));
  return { sample, dialect, layout, usualEnd };
}

/** @throws SegueError `segment.not-a-table` */
function arrange(
  sample: Sample,
  dialect: Dialect,
  overrides: ReadingOverrides,
  fileName: string,
): Omit<CsvStart, 'bomLength' | 'certainEncoding'> {
  const arranged = arrangeTable(sample, dialect, overrides);
  if (arranged === null) throw new SegueError('segment.not-a-table', { file: fileName });
  return arranged;
}

/**
 * Reads a whole text file and settles what it is: what the beginning suggests holds only if the rest agrees. Where the rest contradicts
 * (the first quote, escape or accent may stand in the last line), the other explanation is tried and the one that reads more is taken.
 */
export async function understandCsv(
  source: ByteSource,
  overrides: ReadingOverrides,
  progress: ProgressReporter,
  watcher?: CsvWatcher,
): Promise<CsvReading> {
  const start = await startCsv(source, overrides);
  const fileName = path.basename(source.path);
  watcher?.started(start);
  let best = await readWhole(source, start, progress, undefined, watcher);
  if (!best.encodingHolds)
    best = await readWhole(source, { ...start, ...reencoded(start, best, overrides, fileName) }, progress, best);
  for (const dialect of otherExplanations(start.dialect, best, overrides)) {
    const sample = { ...start.sample, encoding: textEncoding(best.encoding) };
    const other = arrangeTable(sample, dialect, overrides);
    if (other === null) continue;
    const result = await readWhole(source, { ...start, ...other }, progress, best);
    if (badness(result) < badness(best)) best = result;
    if (badness(best) === 0) break;
  }
  return toReading(best);
}

interface WholeReading {
  readonly start: CsvStart;
  readonly walker: RecordWalker;
  readonly unreadable: readonly UnreadableLine[];
  readonly encoding: TextEncoding;
  readonly checkUtf8: boolean;
  /** The sample's encoding turned out to be the file's. */
  readonly encodingHolds: boolean;
}

async function readWhole(
  source: ByteSource,
  start: CsvStart,
  progress: ProgressReporter,
  known?: WholeReading,
  watcher?: CsvWatcher,
): Promise<WholeReading> {
  const { dialect, layout, usualEnd, certainEncoding } = start;
  const wide = certainEncoding === 'utf-16le' || certainEncoding === 'utf-16be';
  const checkUtf8 = wide || (known?.checkUtf8 ?? false);
  const unreadable: UnreadableLine[] = [];
  const walker = new RecordWalker(
    { dialect, layout, usualEnd, checkUtf8, encoding: start.sample.encoding, footerLine: undefined },
    { unreadable: (line, reason) => unreadable.push({ line, reason }) },
  );
  const census = certainEncoding === null && !known ? new EncodingCensus() : null;
  const transcoder = createTranscoder(wide && certainEncoding ? certainEncoding : 'utf-8');
  for await (const chunk of withoutMark(source, start.bomLength, progress)) {
    census?.push(chunk);
    walker.push(transcoder.push(chunk));
    progress.rows(walker.rows);
    if (watcher !== undefined && !staysPlain(walker)) watcher.notPlain();
  }
  walker.push(transcoder.end());
  walker.finish();
  const verdict = census?.end();
  const encoding = verdict?.encoding ?? certainEncoding ?? known?.encoding ?? 'utf-8';
  const illFormed = verdict?.illFormed ?? false;
  const encodingHolds = !illFormed && (wide || encoding === start.sample.encoding);
  return { start, walker, unreadable, encoding, checkUtf8: checkUtf8 || illFormed, encodingHolds };
}

function reencoded(start: CsvStart, read: WholeReading, overrides: ReadingOverrides, fileName: string) {
  return arrange({ ...start.sample, encoding: textEncoding(read.encoding) }, start.dialect, overrides, fileName);
}

/** The encoding of the bytes that the walker sees: UTF-16 reaches it as UTF-8. */
function textEncoding(encoding: TextEncoding): TextEncoding {
  return encoding === 'utf-16le' || encoding === 'utf-16be' ? 'utf-8' : encoding;
}

/** The bytes behind a byte order mark, counted for the progress. */
export async function* withoutMark(
  source: ByteSource,
  bomLength: number,
  progress: ProgressReporter,
): AsyncGenerator<Buffer> {
  let skip = bomLength;
  for await (const chunk of source.chunks({ signal: progress.signal, onRead: (bytes) => progress.bytes(bytes) })) {
    const cut = Math.min(skip, chunk.length);
    skip -= cut;
    yield cut > 0 ? chunk.subarray(cut) : chunk;
  }
}

/** Records lost, and rows that came out too short. */
function badness({ walker }: WholeReading): number {
  return walker.unreadable + walker.shortRows * 0.5;
}

function otherExplanations(dialect: Dialect, read: WholeReading, overrides: ReadingOverrides): Dialect[] {
  const { seen } = read.walker.scanner;
  const others: Dialect[] = [];
  if (seen.backslashQuotes > 0 && dialect.escape === 'doubled') others.push({ ...dialect, escape: 'backslash' });
  if (seen.blankQuotes > 0 && !dialect.blanksAroundQuotes && badness(read) > 0) {
    others.push({ ...dialect, blanksAroundQuotes: true });
  }
  if (overrides.quote !== undefined) return others;
  if (dialect.wrapper === null && overrides.wrapped === undefined && badness(read) > 0) {
    // What comes behind such a line tells more of the outer table than that nothing does.
    const own = dialect.delimiter?.charCodeAt(0);
    const wrappers = [...seen.wrappers].filter((byte) => outerDelimiters.includes(String.fromCharCode(byte)));
    wrappers.sort((a, b) => Number(a === own) - Number(b === own));
    for (const byte of wrappers) others.push({ ...dialect, wrapper: String.fromCharCode(byte) });
  }
  const neverProper = dialect.quote === '"' && seen.quotedCells === 0;
  if (neverProper && seen.apostropheCells > 0 && badness(read) > 0) others.push({ ...dialect, quote: "'" });
  // No cell is properly quoted, and some begin with a quote: then quotes are text. One that seems never to be closed, in a file of
  // commas or semicolons, whose writers do quote, is rather a damaged line.
  const writersQuote = dialect.delimiter === ',' || dialect.delimiter === ';';
  const explained = seen.malformedQuotes > 0 && !(writersQuote && seen.unclosedQuotes > 0);
  if (dialect.quote !== null && explained && seen.malformedQuotes > seen.quotedCells)
    others.push({ ...dialect, quote: null });
  return others;
}

function toReading(read: WholeReading): CsvReading {
  const { start, walker } = read;
  const { seen } = walker.scanner;
  return {
    encoding: read.encoding,
    bomLength: start.bomLength,
    dialect: start.dialect,
    layout: start.layout,
    columns: realColumns(start.layout, walker.lastFilledColumn),
    usualEnd: start.usualEnd,
    checkUtf8: read.checkUtf8,
    footerLine: walker.footerLine,
    quoteUsed: seen.quotedCells > 0,
    rowCount: walker.rows,
    unreadable: read.unreadable,
    plain: isPlain(read),
    breaksInCells: seen.breaksInsideCells > 0,
    skipped: { blank: walker.blankLines, comment: walker.commentLines, footer: walker.footerLines },
  };
}

/**
 * The columns that exist: a delimiter that ends every line, the header's too, makes an unnamed last one that no row fills. (Records are
 * still judged by the layout's width, so that both readings of a file judge alike.)
 */
export function realColumns(layout: Layout, lastFilled: number): string[] {
  if (layout.headerLine === null) return [...layout.columns];
  const named = layout.columns.findLastIndex((heading) => heading !== '');
  const width = Math.max(named, lastFilled) + 1;
  return layout.columns.slice(0, width < 1 ? layout.width : width);
}

/**
 * True when every reader of CSV must agree about the file: UTF-8, a header in the first line, one kind of line end, quotes only around whole
 * cells and doubled inside, every row exactly as wide as the header, nothing but rows. Only such a file is handed to DuckDB's own CSV reader,
 * which alters odd ones silently (a bare CR, text behind a closing quote).
 */
function isPlain({ start, walker, encoding }: WholeReading): boolean {
  return startsPlain(start, encoding) && staysPlain(walker) && walker.scanner.seen.lineEnds !== 0;
}

/** The part of being plain that the beginning decides. */
export function startsPlain({ dialect, layout }: CsvStart, encoding: TextEncoding): boolean {
  return (
    encoding === 'utf-8' &&
    dialect.delimiter !== null &&
    dialect.escape === 'doubled' &&
    !dialect.blanksAroundQuotes &&
    dialect.wrapper === null &&
    layout.dataFromLine <= 2
  );
}

/** The part that every byte decides, so far. */
function staysPlain(walker: RecordWalker): boolean {
  const { seen } = walker.scanner;
  return (
    (seen.lineEnds === 0 || seen.lineEnds === endLf || seen.lineEnds === endCrlf) &&
    seen.quotesInsideCells === 0 &&
    seen.breaksInsideCells === 0 &&
    walker.unreadable === 0 &&
    walker.shortRows + walker.paddedRows + walker.blankLines + walker.commentLines + walker.footerLines === 0
  );
}

function transcodeWhole(bytes: Buffer, encoding: TextEncoding): Buffer {
  return createTranscoder(encoding).push(bytes);
}
