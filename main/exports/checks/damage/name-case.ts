import { sqlIsOneOf, sqlLet } from '../../sql-text.ts';
import type { CellCheck } from '../cell-check.ts';
import { isGarbled } from './garbled-text.ts';
import { placeholderWords } from './placeholder-words.ts';

const list = (words: string): string[] => words.split(' ');

/** Small words inside a name, which stay small. */
const particles = list(
  'de du des del della dello degli dei di da das do dos la le les van von vom zu zum zur der den dem het ten ter op und y e i af av bin ibn',
);
/** Those that stay small at the beginning too; the others begin a name like any word: Le Pen, La Fontaine, Di Maio. */
const smallAtTheBeginning = list('de da dos das von vom zu zum zur van ten ter af av');
/** Parts of a name that are not spoken as words: generations, and letters of titles. */
const numerals = list('ii iii iv vi vii viii');
/** What an apostrophe may follow inside a name: O’Neil, D’Angelo, L’Hospital, N’Golo, M’Bappé, Sant’Anna, Dell’Acqua. */
const beforeApostrophe = list("o' d' l' n' m' k' t' sant' dell' all' o’ d’ l’ n’ m’ k’ t’ sant’ dell’ all’");
const smallBeforeApostrophe = list("d' l' d’ l’");

const initial = (word: string) => `upper(left(${word}, 1)) || substring(${word}, 2)`;

/**
 * SQL of a name as it is usually written, of one that is all in capitals or all in small letters: a capital for each part,
 * behind hyphens and apostrophes too, McDonald, particles small (Charles de Gaulle, Jean de la Fontaine).
 */
function properCase(cell: string): string {
  // Parts of letters, each with the apostrophe that ends it, and what stands between them.
  const parts = `regexp_extract_all(lower(${cell}), '[^ \\t.,()/&"''’-]+[''’]?|[ \\t.,()/&"''’-]')`;
  const before = (by: number) => `coalesce(parts[place - ${by}], '')`;
  const isWhole = `length(parts) = 1`;
  const behindApostrophe = `right(${before(1)}, 1) IN ('''', '’')`;
  const word = `CASE
    WHEN ${behindApostrophe} AND NOT ${sqlIsOneOf(before(1), beforeApostrophe)} THEN part
    WHEN ${sqlIsOneOf('part', numerals)} AND place > 1 THEN upper(part)
    WHEN NOT (${isWhole}) AND ${sqlIsOneOf('part', particles)} AND (
      ${sqlIsOneOf('part', smallAtTheBeginning)} AND place = 1 OR place > 1 AND place < length(parts)) THEN part
    WHEN ${sqlIsOneOf('part', smallBeforeApostrophe)} AND place > 1 THEN part
    WHEN part LIKE 'mc__%' AND part NOT LIKE 'mc%''' THEN 'Mc' || ${initial('substring(part, 3)')}
    ELSE ${initial('part')} END`;
  const several = sqlLet('parts', parts, `array_to_string(list_transform(parts, lambda part, place : ${word}), '')`);
  // Most names are one word.
  return `CASE WHEN regexp_full_match(${cell}, '[^ \\t.,()/&"''’-]+') AND NOT regexp_full_match(${cell}, '[Mm][Cc].*')
    THEN upper(left(${cell}, 1)) || lower(substring(${cell}, 2)) ELSE ${several} END`;
}

/** Shorter ones in capitals may be initials: TJ, JP. */
const leastCapitals = 3;

/** Names all in capitals or all in small letters. The repair writes them as names are usually written. */
export const nameCase: CellCheck = {
  kind: 'name-case',
  effect: 'warning',
  repair: 'offered',
  concerns: (field) => field === 'first_name' || field === 'last_name',
  glance: (raw) => [`${raw} = upper(${raw}) OR ${raw} = lower(${raw})`],
  recognise(around) {
    const { cell } = around;
    // A word for nothing, a formula's error and a number are no names.
    const changes = `CASE WHEN NOT regexp_full_match(${cell}, '[^0-9#@]*') OR ${isGarbled(cell)}
      OR ${placeholderWords.recognise(around)} THEN false ELSE ${properCase(cell)} <> ${cell} END`;
    return `CASE
      WHEN length(${cell}) < 2 THEN false
      WHEN ${cell} = upper(${cell}) THEN CASE
        WHEN ${cell} <> lower(${cell}) AND length(trim(${cell})) >= ${leastCapitals} THEN ${changes} ELSE false END
      WHEN ${cell} = lower(${cell}) THEN ${changes} ELSE false END`;
  },
  mend: ({ cell }) => properCase(cell),
};
