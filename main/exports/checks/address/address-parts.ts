import { sqlText } from '../../sql-text.ts';
import { domainEnds } from './domain-ends.ts';

// SQL over an address that has one @.

export const domainOf = (address: string): string => `split_part(${address}, '@', -1)`;
export const localPartOf = (address: string): string => `split_part(${address}, '@', 1)`;
export const domainEndOf = (address: string): string => `split_part(${address}, '.', -1)`;

/** Nearly every address ends so: looked at before the long list. */
const usualEnds = '[.](com|net|org|fr|de|uk|ca|it|es|be|ch|nl|eu|us|edu|gov)$';

/** SQL, true for an address whose top-level domain nobody has registered. */
export const hasUnknownEnd = (address: string): string =>
  `NOT regexp_matches(${address}, '${usualEnds}') AND ${domainEndOf(address)} NOT IN (${domainEnds.map(sqlText).join(', ')})`;
