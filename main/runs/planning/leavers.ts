import { sqlText } from '../../exports/prepared-rows.ts';
import type { DuckDb } from '../../segments/duckdb.ts';
import { stayReasons } from './contact-groups.ts';

/** What a mirror has to look at beside its own plan. All are SQL of rows; `null` where there is none. */
export interface LeaverSources {
  /** `email` (as it was refused) and `rest`, the hash of the row's other values, NULL when they are all blank. */
  readonly rejected: string;
  /** `email`: who is in the segments of other exports to the same list. */
  readonly wantedByOthers: string | null;
  /** `email` (as it was refused): whom other mirrors to the same list may want. */
  readonly refusedByOthers: string | null;
}

/**
 * Works out who leaves the list: people whom this export put there and who are absent from its segments now. The tables
 * `known`, `sent_by_others`, `listed_otherwise` and `plan` must be there. `leaver` (`email`) gets those who go; `staying` (`email`, `reason`)
 * those who are absent and stay all the same: wanted by another export on that list, or of a row that was refused, or on
 * the list before this export sent them, or perhaps never put there by it at all (`unconfirmed`). Both in the order of addresses.
 */
export async function findLeavers(db: DuckDb, sources: LeaverSources): Promise<void> {
  await db.run(`CREATE OR REPLACE TEMP TABLE absent AS
    SELECT email, content_hash, unconfirmed FROM known ANTI JOIN plan USING (email)`);
  const [anybody] = await db.rows('SELECT 1 FROM absent LIMIT 1');
  if (anybody === undefined) return;
  await db.run(`CREATE OR REPLACE TEMP TABLE refused AS SELECT DISTINCT ${plainLetters('email')} AS email, rest
    FROM (${sources.rejected})`);
  await db.run(`CREATE OR REPLACE TEMP TABLE refused_by_others AS SELECT DISTINCT ${plainLetters('email')} AS email
    FROM (${sources.refusedByOthers ?? 'SELECT NULL::VARCHAR AS email WHERE false'})`);
  const others = [
    'SELECT email FROM sent_by_others',
    ...(sources.wantedByOthers === null ? [] : [sources.wantedByOthers]),
  ];
  const reason = `CASE
      WHEN ${meantIn('refused')} OR content_hash IN (SELECT rest FROM refused WHERE rest IS NOT NULL) THEN ${numberOf('rejected-row')}
      WHEN email IN (${others.join(' UNION ALL ')}) OR ${meantIn('refused_by_others')} THEN ${numberOf('other-export')}
      WHEN email IN (SELECT email FROM listed_otherwise) THEN ${numberOf('listed-otherwise')}
      WHEN unconfirmed THEN ${numberOf('unconfirmed')}
      ELSE 0 END`;
  await db.run(`CREATE OR REPLACE TEMP TABLE decided AS SELECT email, ${reason} AS reason FROM absent`);
  await db.run('INSERT INTO leaver SELECT email FROM decided WHERE reason = 0 ORDER BY email');
  await db.run('INSERT INTO staying SELECT email, reason FROM decided WHERE reason > 0 ORDER BY email');
  for (const table of ['absent', 'refused', 'refused_by_others', 'decided']) await db.run(`DROP TABLE ${table}`);
}

const numberOf = (reason: (typeof stayReasons)[number]): number => stayReasons.indexOf(reason) + 1;

// A refused row names nobody for certain. Whoever it may have meant stays: whose address stands in its cell, or would but
// for punctuation and blanks, or has the same part before the @; and whose other values are the same, word for word.

/** Addresses that stand in a refused cell, among whatever else. */
const namedIn = (
  table: string,
) => `SELECT rtrim(unnest(regexp_extract_all(email, '[^\\s,;:<>()\\[\\]"''|]+@[^\\s,;:<>()\\[\\]"''|]+')), '.')
  FROM ${table}`;

/** Letters and digits alone. */
const bare = (column: string): string => `regexp_replace(${column}, '[^\\p{L}\\p{N}]', '', 'g')`;

/** What stands before the first @, without what may stand before that; the whole cell where there is none. */
const localPart = (column: string): string =>
  `regexp_extract(split_part(${column}, '@', 1), '([^\\s,;:<>()\\[\\]"|]*)\\s*$', 1)`;

/** Whether a refused cell of a table may mean somebody, by the address. */
const meantIn = (table: string): string => `(email IN (${namedIn(table)})
  OR ${bare('email')} IN (SELECT ${bare('email')} FROM ${table})
  OR ${localPart('email')} IN (SELECT ${localPart('email')} FROM ${table} WHERE ${localPart('email')} <> ''))`;

/** Full-width forms, as East Asian keyboards write them, become the plain ones. */
function plainLetters(column: string): string {
  const wide = Array.from({ length: 94 }, (_, index) => String.fromCodePoint(0xff01 + index)).join('');
  const plain = Array.from({ length: 94 }, (_, index) => String.fromCodePoint(0x21 + index)).join('');
  return `lower(translate(${column}, ${sqlText(wide)}, ${sqlText(plain)}))`;
}
