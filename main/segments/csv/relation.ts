import type { ByteSource } from '../byte-source.ts';
import { quoteText } from '../duckdb.ts';
import type { CsvReading } from './understand.ts';

/** DuckDB's reader would take these in a path for patterns. */
const pattern = /[*?[\]{}]/;

/**
 * A FROM clause that makes DuckDB read the file directly, or null unless the file is proven plain. Nothing is left to its sniffer; rows that are
 * not as expected make it fail (and the file is then staged through our own reader), never skip or pad.
 */
export function csvRelation(source: ByteSource, reading: CsvReading): string | null {
  const { dialect, layout } = reading;
  if (!reading.plain || dialect.delimiter === null || source.compression === 'zip' || pattern.test(source.path))
    return null;
  const names = layout.columns.map((_, i) => `c${i}`);
  return canonicalOptions(source.path, names, {
    delimiter: dialect.delimiter,
    skip: layout.headerLine === null ? 0 : 1,
    compression: source.compression === 'gzip' ? 'gzip' : 'none',
    // Where a cell may hold a line break, a reader that starts in the middle of the file has to guess.
    parallel: !reading.breaksInCells,
    forceNotNull: true,
  });
}

/** A FROM clause for what {@link CanonicalWriter} wrote: an unquoted empty cell is NULL, a quoted one is empty. */
export function canonicalRelation(file: string, width: number, parallel: boolean): string {
  const names = Array.from({ length: width }, (_, i) => `c${i}`);
  return canonicalOptions(file, names, {
    delimiter: ',',
    skip: 0,
    compression: 'none',
    parallel,
    forceNotNull: false,
  });
}

interface CsvOptions {
  readonly delimiter: string;
  readonly skip: number;
  readonly compression: 'none' | 'gzip';
  readonly parallel: boolean;
  readonly forceNotNull: boolean;
}

function canonicalOptions(file: string, names: readonly string[], options: CsvOptions): string {
  // No `new_line`: together with an explicit `strict_mode`, \r\n yields no rows and no error in 1.5.5.
  const settings = [
    quoteText(file),
    'auto_detect = false',
    `delim = ${quoteText(options.delimiter)}`,
    `quote = '"'`,
    `escape = '"'`,
    'header = false',
    `skip = ${options.skip}`,
    `columns = {${names.map((name) => `${name}: 'VARCHAR'`).join(', ')}}`,
    options.forceNotNull ? `force_not_null = [${names.join(', ')}]` : `nullstr = '', allow_quoted_nulls = false`,
    `compression = '${options.compression}'`,
    `parallel = ${options.parallel}`,
    // Our scanner lets no record above 1 MiB through. DuckDB's own buffers would be 128 MB each.
    'max_line_size = 4194304',
    'buffer_size = 16777216',
    'strict_mode = true',
    'null_padding = false',
    'ignore_errors = false',
  ];
  return `read_csv(${settings.join(', ')})`;
}
