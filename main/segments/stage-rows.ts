import { quoteText } from './duckdb.ts';

/**
 * A FROM clause over a staged table: `row_number` BIGINT from 1 in file order, `c0`…`cN` VARCHAR; '' is an empty cell,
 * NULL one that a short row lacks. The number is the row's place in the file and not a column of its own, so that
 * several threads can write a stage.
 */
export function stageRows(stageFile: string): string {
  return `(SELECT file_row_number + 1 AS row_number, COLUMNS('^c[0-9]+$')
    FROM read_parquet(${quoteText(stageFile)}, file_row_number = true))`;
}

/** A condition on `row_number`. Written out, since DuckDB then reads only the groups that hold one of the rows. */
export function isRowNumber(rowNumbers: readonly number[]): string {
  if (rowNumbers.length === 0) return 'false';
  if (rowNumbers.length > mostWrittenOut) return `row_number IN (${rowNumbers.join(', ')})`;
  return `(${rowNumbers.map((rowNumber) => `row_number = ${rowNumber}`).join(' OR ')})`;
}

const mostWrittenOut = 100;
