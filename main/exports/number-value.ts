import { sqlLet } from './sql-text.ts';

/**
 * SQL of a number as Constant Contact takes it (`-1234.5`), NULL where the cell is none or could be two: `1,234` is one
 * thousand to some and one to others. Blanks and apostrophes between thousands, a currency or percent sign and either
 * sign before decimals are understood.
 */
export function numberSql(cell: string): string {
  const bare = `regexp_replace(trim(${cell}), '^[€$£] ?| ?[€$£%]$|[ \\x{a0}\\x{202f}''’](\\d{3})', '\\1', 'g')`;
  const one = (pattern: string) => `regexp_full_match(number_text, '${pattern}')`;
  return sqlLet(
    'number_text',
    bare,
    `CASE WHEN ${one('[-+]?\\d{1,15}(\\.\\d+)?')} THEN ltrim(number_text, '+')
      WHEN ${one('[-+]?\\d{1,15},(\\d{1,2}|\\d{4,})')} THEN ltrim(replace(number_text, ',', '.'), '+')
      WHEN ${one('[-+]?\\d{1,3}(,\\d{3})+\\.\\d+')} OR ${one('[-+]?\\d{1,3}(,\\d{3}){2,4}')}
        THEN ltrim(replace(number_text, ',', ''), '+')
      WHEN ${one('[-+]?\\d{1,3}(\\.\\d{3})+,\\d+')} OR ${one('[-+]?\\d{1,3}(\\.\\d{3}){2,4}')}
        THEN ltrim(replace(replace(number_text, '.', ''), ',', '.'), '+') END`,
  );
}
