import type { ByteSource } from '../byte-source.ts';
import { quoteText } from '../duckdb.ts';
import { endCrlf } from './record-scanner.ts';
import { type CsvReading, type CsvStart, startsPlain } from './understand.ts';

/** DuckDB's reader would take these in a path for patterns. */
const pattern = /[*?[\]{}]/;

/**
 * A FROM clause that makes DuckDB read the file directly, or null unless the file is proven plain. Nothing is left to its sniffer; rows that are
 * not as expected make it fail (and the file is then staged through our own reader), never skip or pad.
 */
export function csvRelation(
  source: ByteSource,
  reading: Pick<CsvReading, 'dialect' | 'layout' | 'usualEnd' | 'plain'>,
): string | null {
  const { dialect, layout } = reading;
  if (!reading.plain || dialect.delimiter === null || source.compression === 'zip' || pattern.test(source.path))
    return null;
  const names = layout.columns.map((_, i) => `c${i}`);
  return canonicalOptions(source.path, names, {
    delimiter: dialect.delimiter,
    skip: layout.headerLine === null ? 0 : 1,
    lineEnd: reading.usualEnd === endCrlf ? '\\r\\n' : '\\n',
    compression: source.compression === 'gzip' ? 'gzip' : 'none',
    parallel: true,
    forceNotNull: true,
  });
}

/** What {@link csvRelation} will answer if the rest of the file is as its beginning; null when it cannot be plain. */
export function likelyCsvRelation(source: ByteSource, start: CsvStart): string | null {
  return csvRelation(source, { ...start, plain: startsPlain(start, start.certainEncoding ?? start.sample.encoding) });
}

/**
 * A FROM clause for what {@link CanonicalWriter} wrote: an unquoted empty cell is NULL, a quoted one is empty.
 * `parallel`: no cell holds a line break, for a reader that starts in the middle of such a file has to guess.
 */
export function canonicalRelation(file: string, width: number, parallel: boolean): string {
  const names = Array.from({ length: width }, (_, i) => `c${i}`);
  return canonicalOptions(file, names, {
    delimiter: ',',
    skip: 0,
    lineEnd: '\\n',
    compression: 'none',
    parallel,
    forceNotNull: false,
  });
}

interface CsvOptions {
  readonly delimiter: string;
  readonly skip: number;
  readonly lineEnd: '\\n' | '\\r\\n';
  readonly compression: 'none' | 'gzip';
  readonly parallel: boolean;
  readonly forceNotNull: boolean;
}

function canonicalOptions(file: string, names: readonly string[], options: CsvOptions): string {
  // DuckDB 1.5.5 guesses the line end even with `auto_detect = false` (by the first CR, be it inside a cell), so it is told; but `\r\n` together
  // with a spelled-out `strict_mode` yields no rows and no error, so strict mode stays at its default, which is on.
  const settings = [
    quoteText(file),
    'auto_detect = false',
    `delim = ${quoteText(options.delimiter)}`,
    `quote = '"'`,
    `escape = '"'`,
    'header = false',
    `skip = ${options.skip}`,
    `new_line = '${options.lineEnd}'`,
    `columns = {${names.map((name) => `${name}: 'VARCHAR'`).join(', ')}}`,
    options.forceNotNull ? `force_not_null = [${names.join(', ')}]` : `nullstr = '', allow_quoted_nulls = false`,
    `compression = '${options.compression}'`,
    `parallel = ${options.parallel}`,
    // Our scanner lets no record above 1 MiB through. DuckDB's own buffers would be 128 MB each.
    'max_line_size = 4194304',
    'buffer_size = 16777216',
    'null_padding = false',
    'ignore_errors = false',
  ];
  return `read_csv(${settings.join(', ')})`;
}
