import { sqlText } from '../../sql-text.ts';
import type { CellCheck } from '../cell-check.ts';
import { domainEndOf, domainOf, localPartOf } from './address-parts.ts';
import { certainEndSlips, endSlips, mailDomains, ownNames, peculiarNames } from './mail-domains.ts';
import { slipPatterns } from './slips.ts';

type Slips = readonly (readonly [string, string])[];

/** What a slip may be: the domain of a peculiar name, or an ending that is nobody's. */
export const slipPattern = `@(${slipPatterns.join('|')}|.*[.](${certainEndSlips.map(([slip]) => slip).join('|')}))$`;
/** What looks like a slip and is a provider of its own. */
export const noSlipPattern = `@((${ownNames.join('|')})[.].*|${mailDomains.join('|').replaceAll('.', '[.]')})$`;

/** SQL of an ending with its slip undone. */
function meantEnd(end: string, slips: Slips): string {
  const byMeaning = Map.groupBy(slips, ([, meant]) => meant);
  return [...byMeaning].reduce(
    (from, [meant, wrong]) =>
      `regexp_replace(${from}, ${sqlText(`^(${wrong.map(([slip]) => slip.replaceAll('.', '[.]')).join('|')})$`)}, ${sqlText(meant)})`,
    end,
  );
}

/** SQL of the domain that a slip in `domain` was probably meant to be. */
export function meantDomain(domain: string): string {
  const near = `list_filter([${peculiarNames.map(sqlText).join(', ')}],
    lambda known: damerau_levenshtein(split_part(${domain}, '.', 1), known) <= 1)[1]`;
  const ending = `substr(${domain}, instr(${domain}, '.') + 1)`;
  const last = domainEndOf(domain);
  return `coalesce(${near} || '.' || ${meantEnd(ending, endSlips)},
    left(${domain}, length(${domain}) - length(${last})) || ${meantEnd(last, certainEndSlips)})`;
}

/** Domains one slip away from a well-known mail provider. Pointed at, and never changed unasked: a slip may be a name. */
export const typoDomain: CellCheck = {
  kind: 'email-typo-domain',
  effect: 'warning',
  repair: 'offered',
  concerns: (field) => field === 'email',
  // Nearly no address gets past the first pattern.
  recognise: ({ cell }) => `CASE WHEN regexp_matches(${cell}, ${sqlText(slipPattern)})
    THEN NOT regexp_matches(${cell}, ${sqlText(noSlipPattern)}) ELSE false END`,
  mend: ({ cell }) => `${localPartOf(cell)} || '@' || ${meantDomain(domainOf(cell))}`,
};
