import { sqlLet, sqlText } from './sql-text.ts';

/** Words before a name that are no part of it: M., Mme, Dr … */
const titles = '^((mr|mrs|ms|miss|m|mme|mlle|dr|prof|herr|frau|sra?|monsieur|madame|mademoiselle)(\\.| ) *)+';

/** Words that a last name may begin with. */
const particles =
  '((?:(?:de|del|della|der|den|des|di|da|dos|du|la|las|le|les|lo|los|van|von|vom|zu|zur|ten|ter|st|saint|ben|bin|el|al|mac|mc|y) )*[^ ]+)';

/** What comes first in a full name that does not tell by itself. */
export type NameOrder = 'first-last' | 'last-first';

const usual: Readonly<Record<NameOrder, readonly [pattern: string, first: number]>> = {
  'first-last': [`(?i)^(.+?) ${particles}$`, 1],
  'last-first': [`(?i)^${particles} (.+)$`, 2],
};

/** A word in capitals with at least two letters: how French lists tell last names from first names. */
const capitals = "(?:[\\p{Lu}'’.-]*\\p{Lu}[\\p{Lu}'’.-]*\\p{Lu}[\\p{Lu}'’.-]*)";
const capitalsFirst = `^(${capitals}(?: ${capitals})*) (.*\\p{Ll}.*)$`;
const capitalsLast = `^(.*\\p{Ll}[^ ]*) (${capitals}(?: ${capitals})*)$`;

/**
 * SQL of a struct `{f, l}`, first and last name, of a full name. NULL stays NULL; a single word is a first name.
 *
 * The rule: before a comma stands the last name (`Smith, Ann`); words in capitals beside others are the last name
 * (`DUPONT Jean`); else the last word is, together with the particles before it (`Anne de la Tour`), or with
 * `last-first` the first word with its particles. Titles belong to neither.
 */
export function namePartsSql(cell: string, order: NameOrder): string {
  const parts = (pattern: string, first: number) => {
    const part = (group: number) => `regexp_extract(whole_name, ${sqlText(pattern)}, ${group})`;
    return `{f: ${part(first)}, l: ${part(3 - first)}}`;
  };
  const tidy = `regexp_replace(regexp_replace(trim(${cell}), '[\\s\\x{a0}]+', ' ', 'g'), ${sqlText(titles)}, '', 'i')`;
  const [pattern, first] = usual[order];
  return sqlLet(
    'whole_name',
    tidy,
    `CASE WHEN whole_name IS NULL THEN NULL
      WHEN regexp_full_match(whole_name, '[^,]*[^, ], *[^, ][^,]*') THEN {f: trim(split_part(whole_name, ',', 2)), l: trim(split_part(whole_name, ',', 1))}
      WHEN NOT contains(whole_name, ' ') THEN {f: whole_name, l: ''}
      WHEN regexp_matches(whole_name, ${sqlText(capitalsFirst)}) THEN ${parts(capitalsFirst, 2)}
      WHEN regexp_matches(whole_name, ${sqlText(capitalsLast)}) THEN ${parts(capitalsLast, 1)}
      ELSE ${parts(pattern, first)} END`,
  );
}
