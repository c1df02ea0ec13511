import { addressReason, reasonSql } from '../../address-reason.ts';
import { sqlText } from '../../sql-text.ts';
import { domainOf, localPartOf } from './address-parts.ts';
import { letterLookalikes, signLookalikes } from './lookalikes.ts';
import { joinedEnds } from './mail-domains.ts';

// What is wrong with a malformed address, and what it would be without that. The steps follow each other, each on what
// the one before left; the kind is the riskiest of those that found something, and its repair does them all. So a cell has
// one kind and one repair, and a safe repair never does what has to be looked at first.

const replaced = (text: string, pattern: string, by: string): string =>
  `regexp_replace(${text}, ${sqlText(pattern)}, ${sqlText(by)}, 'g')`;

const translated = (text: string, tables: readonly (readonly [string, string])[]): string => {
  const [from, to] = [0, 1].map((side) => tables.map((table) => table[side]).join(''));
  return `translate(${text}, ${sqlText(from ?? '')}, ${sqlText(to ?? '')})`;
};

/** One kind of blank. */
const spaced = (text: string): string => replaced(text, '[\\s\\v\\p{Z}]+', ' ');

const isAscii = (text: string): string => `regexp_full_match(${text}, '[ -~]*')`;

/** Without invisible characters, with plain signs. */
const plainSigns = (text: string): string => `CASE WHEN ${isAscii(text)} THEN ${text}
  ELSE ${translated(replaced(text, '\\p{Cf}+', ''), signLookalikes)} END`;

/** Letters are only exchanged where nothing foreign is left after it. */
const plainLetters = (text: string): string => {
  const latin = translated(text, letterLookalikes);
  return `CASE WHEN NOT ${isAscii(text)} AND ${isAscii(latin)} THEN ${latin} ELSE ${text} END`;
};

/** `(at)` and `(dot)`, with which addresses are hidden from machines; only where there is no @. */
const unhidden = (text: string): string => {
  const at = replaced(text, ' ?[(\\[{] ?(at|arobase|a) ?[)\\]}] ?', '@');
  return `CASE WHEN contains(${text}, '@') THEN ${text} ELSE ${replaced(at, ' ?[(\\[{] ?(dot|point) ?[)\\]}] ?', '.')} END`;
};

/** What stands in brackets behind a name, or before a name in brackets. */
const unnamed = (text: string): string => `CASE
  WHEN regexp_full_match(${text}, '[^<>@]*<[^<>]*@[^<>]*>[^<>@]*') THEN trim(regexp_extract(${text}, '<([^<>]*)>', 1))
  WHEN regexp_full_match(${text}, '[^()@]*[(][^()]*@[^()]*[)][^()@]*') THEN trim(regexp_extract(${text}, '[(]([^()]*)[)]', 1))
  WHEN regexp_full_match(${text}, '[^()]*@[^()]*[(][^()@]*[)]') THEN trim(regexp_extract(${text}, '^[^()]*'))
  ELSE ${text} END`;

const withoutMailto = (text: string): string =>
  `CASE WHEN starts_with(${text}, 'mailto:') THEN trim(regexp_replace(substr(${text}, 8), '[?].*$', '')) ELSE ${text} END`;

/** Signs that no address begins or ends with. A quotation mark goes from the beginning only with its other half. */
const startSigns = '^["<>()\\[\\]:;, \\\\]+';
const endSign = '"<>()\\[\\]{}:;,/|*!? \\\\\'';
const endSigns = `[${endSign}][${endSign}.]*$`;
const withoutEnds = (text: string): string =>
  `regexp_replace(regexp_replace(CASE WHEN starts_with(${text}, '''') AND regexp_matches(${text}, '''[ ;,.]*$')
    THEN substr(${text}, 2) ELSE ${text} END, ${sqlText(startSigns)}, ''), ${sqlText(endSigns)}, '')`;

const domainChanged = (text: string, change: (domain: string) => string): string =>
  `CASE WHEN contains(${text}, '@') THEN ${localPartOf(text)} || '@' || ${change(domainOf(text))} ELSE ${text} END`;

const joinedAt = (text: string): string => `regexp_replace(${text}, ' *@ *', '@')`;
const joinedDots = (text: string): string => domainChanged(text, (domain) => replaced(domain, ' *[.] *', '.'));

/** A comma is a dot only before the domain has its own: what follows a whole domain is something else. */
const commaIsDot = (text: string): string =>
  domainChanged(
    text,
    (domain) => `CASE WHEN regexp_matches(${domain}, '^[^.,;]+ ?[,;]') THEN
    ${replaced(domain, ' ?[,;] ?', '.')} ELSE ${domain} END`,
  );

const withoutDots = (text: string): string =>
  domainChanged(text, (domain) => replaced(replaced(domain, '[.]+', '.'), '^[.]|[.]$', ''));

const withoutLocalDots = (text: string): string =>
  `CASE WHEN contains(${text}, '@') THEN ${replaced(replaced(localPartOf(text), '[.]+', '.'), '^[.]|[.]$', '')}
    || '@' || ${domainOf(text)} ELSE ${text} END`;

/** `gmailcom` has lost its dot; only well-known names get it back. */
const withDot = (text: string): string => {
  const dotted = joinedEnds.reduce(
    (from, [end, names]) =>
      `regexp_replace(${from}, ${sqlText(`@(${names.join('|')})${end.replaceAll('.', '')}$`)}, ${sqlText(`@\\1.${end}`)})`,
    text,
  );
  return `CASE WHEN regexp_matches(${text}, '@[^.]*$') THEN ${dotted} ELSE ${text} END`;
};

const valid = (text: string): string => `${reasonSql(text)} = ${addressReason.none}`;

const tokenPattern = '[^ ,;|/<>()\\[\\]"]+@[^ ,;|/<>()\\[\\]"]+';
/** Of several addresses in a cell, so many are tried. */
const tokensTried = 3;
const tokens = Array.from({ length: tokensTried }, (_, index) => `token_${index}`);
const tokenAt = (index: number): string =>
  withoutDots(withoutEnds(withoutMailto(`regexp_extract_all(shown, ${sqlText(tokenPattern)})[${index + 1}]`)));

const kind = `CASE
  WHEN NOT looked THEN 'email-without-at'
  WHEN token_1 IS NOT NULL THEN 'email-several'
  WHEN NOT contains(shown, '@') THEN 'email-without-at'
  WHEN NOT contains(${domainOf('dotted')}, '.') THEN 'email-without-dot'
  WHEN regexp_matches(bare, '[,;]') THEN 'email-comma'
  WHEN regexp_matches(${localPartOf('bare')}, '^[.]|[.]$|[.][.]') THEN 'email-local-dots'
  WHEN contains(bare, ' ') THEN 'email-blanks'
  WHEN regexp_matches(${domainOf('bare')}, '^[.]|[.]$|[.][.]') THEN 'email-dots'
  WHEN alone <> unhidden THEN 'email-named'
  WHEN unlinked <> alone THEN 'email-mailto'
  WHEN bare <> unlinked THEN 'email-ends'
  WHEN shown <> spaced THEN 'email-lookalikes'
  ELSE 'email-malformed' END`;

/** Of several, the first that looks whole. */
const chosenToken = `CASE ${tokens.map((token) => `WHEN regexp_full_match(${token}, '[^@]+@[^@]+[.][^@.]+') THEN ${token}`).join(' ')} END`;

/** The steps, each a column over the ones before it. A cell without anything like an @ is not looked at any closer. */
const steps: readonly (readonly (readonly [string, string])[])[] = [
  [['looked', "regexp_matches(email, '[@＠﹫({\\[]')"]],
  [['spaced', `CASE WHEN looked THEN ${spaced('email')} END`]],
  [['signs', plainSigns('spaced')]],
  [['shown', plainLetters('signs')]],
  [['unhidden', unhidden('shown')], ...tokens.map((token, index) => [token, tokenAt(index)] as const)],
  [['alone', unnamed('unhidden')]],
  [['unlinked', withoutMailto('alone')]],
  [['bare', withoutEnds('unlinked')]],
  [['around_at', joinedAt('bare')]],
  [['unspaced', joinedDots('around_at')]],
  [['dotted', withoutDots(commaIsDot('unspaced'))]],
  [['single', withDot(withoutLocalDots('dotted'))]],
  [
    [
      'final',
      `CASE WHEN token_1 IS NOT NULL THEN ${chosenToken} WHEN regexp_matches(bare, '@.*@') THEN NULL ELSE single END`,
    ],
  ],
];

/**
 * SQL of `rows`, malformed addresses in a column `email`, with what is wrong with each as `kind`, and as `mended` the valid
 * address that the repair makes of it, NULL where it makes none. `kept` are the columns of `rows` that stay. No condition on
 * the two may be pushed into it: it would be written out step by step (see `refusals.ts`).
 */
export function judgedRows(rows: string, kept: readonly string[]): string {
  const stepped = steps.reduce(
    (from, columns) => `SELECT *, ${columns.map(([name, value]) => `${value} AS ${name}`).join(', ')} FROM (${from})`,
    rows,
  );
  return `SELECT ${[...kept, `${kind} AS kind`, `CASE WHEN ${valid('final')} THEN final END AS mended`].join(', ')} FROM (${stepped})`;
}
