import { sqlLet, sqlText } from '../../sql-text.ts';
import type { CellCheck, CellSql } from '../cell-check.ts';
import type { Country } from './countries.ts';
import { byCountry, countryFields, countryOf, mayLieIn } from './country-sql.ts';
import { isMoreThanPlain } from './plain-value.ts';

/** What a country's numbers look like that lost something in front, as patterns. */
const patterns = (what: 'zero' | 'plus') => (country: Country) => {
  if (country.phone === undefined || (what === 'zero' && country.phone.withoutZero)) return null;
  const { callingCode, national } = country.phone;
  return sqlText(what === 'zero' ? national : `${callingCode}(${national})`);
};

/** SQL of a number with what it has lost in front; NULL where nothing is lost, or nobody can tell. */
function withPrefix(around: CellSql): string {
  const { cell } = around;
  const isLike = (what: 'zero' | 'plus') => `regexp_full_match(${cell}, ${byCountry('code', patterns(what))})`;
  const mended = `CASE WHEN ${isLike('plus')} THEN '+' || ${cell} WHEN ${isLike('zero')} THEN '0' || ${cell} END`;
  return sqlLet('code', countryOf(around), mended);
}

/** As much as all countries' numbers have in common. */
const shape = '[1-9][0-9]{8,13}';

/**
 * Phone numbers that a spreadsheet took for numbers, so that they lost the 0 or the + in front: only those that are a
 * whole number of their row's country without it. The repair puts it back.
 */
export const phonePrefix: CellCheck = {
  kind: 'phone-prefix',
  effect: 'warning',
  repair: 'offered',
  concerns: (field) => field === 'phone',
  beside: countryFields,
  glance: (raw) => [isMoreThanPlain(raw), `regexp_full_match(${raw}, '${shape}')`],
  recognise: (around) =>
    `CASE WHEN regexp_full_match(${around.cell}, '${shape}') AND ${mayLieIn(around, ({ phone }) => phone !== undefined)}
      THEN ${withPrefix(around)} IS NOT NULL ELSE false END`,
  mend: withPrefix,
};
