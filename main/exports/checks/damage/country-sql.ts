import { sqlIsOneOf, sqlLookUp, sqlText } from '../../sql-text.ts';
import type { CellSql } from '../cell-check.ts';
import { type Country, countries, statesOfTheUnitedStates } from './countries.ts';

/** Of the rows that name a country, so many must name the same one for it to stand in for the others. */
const majority = 0.75;
/** Different names that are looked up, the most frequent first: a column with more is none of countries. */
const mostNames = 300;

const codes = new Map(countries.flatMap(({ code, names }) => names.map((name) => [name, sqlText(code)] as const)));

/** SQL of a country's code for its name; '' for one that is not known. */
const codeOfName = (name: string): string => `coalesce(${sqlLookUp(`lower(${name})`, codes)}, '')`;

/** SQL of the country's code for a state's name; '' for one that is not of the United States. */
const codeOfState = (name: string): string =>
  `CASE WHEN ${sqlIsOneOf(`lower(${name})`, statesOfTheUnitedStates)} THEN 'US' ELSE '' END`;

/** SQL of the code to which nearly all cells of a column come; NULL where there is none. Each name is looked up once. */
const usualCode = (cells: string, codeOf: (name: string) => string): string => `(
  SELECT CASE WHEN max(rows) >= ${majority} * sum(rows) THEN nullif(arg_max(code, rows), '') END FROM (
    SELECT code, sum(rows)::BIGINT AS rows FROM (
      SELECT ${codeOf('name')} AS code, rows FROM (
        SELECT cell AS name, count(*)::BIGINT AS rows FROM (${cells}) WHERE cell IS NOT NULL
        GROUP BY cell ORDER BY rows DESC, cell LIMIT ${mostNames}
      )
    ) GROUP BY code
  ))`;

/** Fields that {@link countryOf} looks at. */
export const countryFields = ['country', 'state'] as const;

/**
 * SQL of the code of the country in which a cell's row lies: as the row names it, else the one that nearly all other rows
 * name. In a file without a column of countries, the United States where nearly all rows have one of their states, and
 * this one as well. '' for a country that is not known, NULL where nothing tells.
 */
export function countryOf({ other, everyCell }: CellSql): string {
  const [country, countryCells] = [other('country'), everyCell('country')];
  if (country !== null && countryCells !== null) {
    return `CASE WHEN ${country} IS NOT NULL THEN ${codeOfName(country)} ELSE ${usualCode(countryCells, codeOfName)} END`;
  }
  const [state, stateCells] = [other('state'), everyCell('state')];
  if (state === null || stateCells === null) return 'NULL::VARCHAR';
  // Half a dozen of their codes are states of other countries too: only in a column of theirs do they tell something.
  return `CASE WHEN ${state} IS NULL OR ${codeOfState(state)} = 'US' THEN ${usualCode(stateCells, codeOfState)} END`;
}

/** SQL that is false for a row that names a country for which `holds` does not hold. */
export function mayLieIn({ other }: CellSql, holds: (country: Country) => boolean): string {
  const name = other('country');
  if (name === null) return 'true';
  return `(${name} IS NULL OR ${sqlIsOneOf(
    `lower(${name})`,
    countries.filter(holds).flatMap(({ names }) => names),
  )})`;
}

/** SQL that gives each country's code what `pick` says of it, a constant, and others NULL. */
export function byCountry(code: string, pick: (country: Country) => string | null): string {
  const picked = countries.flatMap((country): [string, string][] => {
    const what = pick(country);
    return what === null ? [] : [[country.code, what]];
  });
  return sqlLookUp(code, new Map(picked));
}
