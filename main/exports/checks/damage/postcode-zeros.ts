import { sqlLet } from '../../sql-text.ts';
import type { CellCheck, CellSql } from '../cell-check.ts';
import { byCountry, countryFields, countryOf, mayLieIn } from './country-sql.ts';
import { isMoreThanPlain } from './plain-value.ts';

/** Without a country, a column of codes must be nearly all of five digits, so many of them, and none may begin with 0. */
const leastSure = 50;
const nearlyAll = 0.75;

/** The first part of a code, and the four digits that the United States may add to it. */
const shape = '[0-9]{1,7}(-[0-9]{4})?';
const digitsOf = (cell: string): string => `regexp_extract(${cell}, '^[0-9]+')`;

/** Digits of a whole code times ten, plus those that are left at the least: 53 for five and three. */
const numbers = ({ digits, fewest }: { digits: number; fewest: number }): string => String(digits * 10 + fewest);
const plusFour = '53';

/** SQL of {@link numbers} for a file that does not tell its country: five digits where the codes themselves say so. */
function byTheirLook(cells: string): string {
  const five = `regexp_full_match(cell, '[0-9]{5}')`;
  return `(SELECT CASE WHEN count(*) FILTER (${five}) >= greatest(${leastSure}, ${nearlyAll} * count(cell))
    AND count(*) FILTER (${five} AND cell[1] = '0') = 0 THEN 54 END FROM (${cells}))`;
}

/** SQL of {@link numbers} for the row's country; NULL where nothing can be said. */
function expected(around: CellSql): string {
  const known = sqlLet(
    'code',
    countryOf(around),
    byCountry('code', ({ postcode }) => (postcode === undefined ? null : numbers(postcode))),
  );
  const cells = around.everyCell('country') === null ? around.everyCell('zip') : null;
  return cells === null ? known : `coalesce(${known}, ${byTheirLook(cells)})`;
}

/**
 * Postcodes that a spreadsheet took for numbers: `1002` for 01002. What a code must have is told by the row's country, or
 * by the look of the whole column. The repair puts the zeros back.
 */
export const postcodeZeros: CellCheck = {
  kind: 'zip-zeros',
  effect: 'warning',
  repair: 'offered',
  concerns: (field) => field === 'zip',
  beside: countryFields,
  glance: (raw) => [isMoreThanPlain(raw), `regexp_full_match(${raw}, '${shape}')`],
  // Most codes have five digits and are whole in most countries: they cost one look at the country's name.
  recognise: (around) => `CASE
    WHEN NOT regexp_full_match(${around.cell}, '${shape}') THEN false
    WHEN strlen(${around.cell}) = 5 AND NOT ${mayLieIn(around, ({ postcode }) => (postcode?.digits ?? 0) > 5)} THEN false
    ELSE ${sqlLet(
      'needed',
      expected(around),
      `coalesce(length(${digitsOf(around.cell)}) BETWEEN needed % 10 AND needed // 10 - 1
        AND (needed = ${plusFour} OR NOT contains(${around.cell}, '-')), false)`,
    )} END`,
  mend: (around) =>
    sqlLet(
      'needed',
      expected(around),
      `lpad(${digitsOf(around.cell)}, (needed // 10)::INT, '0') || regexp_extract(${around.cell}, '-.*$')`,
    ),
  /** The country with the most of them, how many of its codes they are, and the digits that a code has there. */
  evidence(around, rows) {
    const told = countryFields.flatMap((field) => around.other(field) ?? []);
    const codes = `SELECT ${[...told, `count(${around.cell}) AS codes`].join(', ')} FROM (${rows})
      ${told.length === 0 ? '' : `GROUP BY ${told.join(', ')}`}`;
    return `SELECT coalesce(f.code, 'none') AS country, f.found, f.digits, sum(t.codes)::BIGINT AS total FROM (
        SELECT code, (needed // 10)::BIGINT AS digits, count(*) AS found FROM (
          SELECT ${countryOf(around)} AS code, ${expected(around)} AS needed FROM (${rows})
          WHERE ${postcodeZeros.recognise(around)}
        ) GROUP BY ALL ORDER BY found DESC, code LIMIT 1
      ) f, (SELECT ${countryOf(around)} AS code, codes FROM (${codes})) t
      WHERE t.code IS NOT DISTINCT FROM f.code GROUP BY ALL`;
  },
};
