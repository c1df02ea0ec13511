import { quoteName, quoteText } from '../../segments/duckdb.ts';

/** A character that can go on an address to the left of one, or to the right: `joanna@…` holds no `anna@…`. */
const before = '[^\\p{L}\\p{N}._%+-]';
const after = '[^\\p{L}\\p{N}.-]|\\.(?:$|[^\\p{L}\\p{N}])';

const escaped = (address: string): string => address.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

/** How one address (trimmed, lower-cased) is recognised within texts, whatever their case, here and in SQL. */
export function addressPattern(address: string) {
  const source = escaped(address);
  const here = new RegExp(`(?<=^|${before})${source}(?=$|${after})`, 'giu');
  const sql = quoteText(`(?i)(^|${before})${source}($|${after})`);
  const lowered = quoteText(address);
  const isPlain = /^[\x21-\x7e]+$/.test(address);
  return {
    address,
    mentions: (text: string): boolean => {
      here.lastIndex = 0;
      return here.test(text);
    },
    /** The text with `instead` in the place of the address. */
    without: (text: string, instead: string): string => text.replace(here, instead),
    /** DuckDB: whether a column mentions the address. Most cells are told apart by their bytes alone. */
    mentionsSql: (column: string): string => {
      const cell = quoteName(column);
      return `coalesce(contains(lower(${cell}), ${lowered}) AND regexp_matches(${cell}, ${sql}), false)`;
    },
    /** DuckDB: the column without the address. Twice, since two that stand side by side share the blank between them. */
    withoutSql: (column: string): string => {
      const once = `regexp_replace(${quoteName(column)}, ${sql}, '\\1\\2', 'g')`;
      return `regexp_replace(${once}, ${sql}, '\\1\\2', 'g')`;
    },
    /** SQLite: a cheap condition that holds wherever the address may stand. Lower-casing there knows ASCII only. */
    maybeSql: (column: string): string =>
      isPlain ? `instr(lower(${column}), ${lowered}) > 0` : `${column} IS NOT NULL`,
  };
}

export type AddressPattern = ReturnType<typeof addressPattern>;
