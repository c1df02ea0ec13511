import type { RejectionReason } from '../../preload/contract/views.ts';
import { letterLookalikes, signLookalikes } from '../exports/checks/address/lookalikes.ts';
import { mailDomains } from '../exports/checks/address/mail-domains.ts';
import { emailMaxLength, internationalEmailPattern } from '../exports/email-rule.ts';

// What the engine's SQL must make of a malformed address, said again as one would say it in plain JavaScript.

const email = new RegExp(internationalEmailPattern, 'u');
const isAscii = (text: string): boolean => /^[ -~]*$/.test(text);

export const isSendable = (address: string): boolean => email.test(address) && [...address].length <= emailMaxLength;

function exchanged(text: string, tables: readonly (readonly [string, string])[]): string {
  const letters = new Map(
    tables.flatMap(([from, to]) => {
      const meant = [...to];
      return [...from].map((letter, index) => [letter, meant[index] ?? ''] as const);
    }),
  );
  return [...text].map((letter) => letters.get(letter) ?? letter).join('');
}

/** What stands before the first @ and after the last one. */
function partsOf(text: string): [string, string] {
  const parts = text.split('@');
  return [parts[0] ?? '', parts.at(-1) ?? ''];
}

function withDomain(text: string, change: (domain: string) => string): string {
  if (!text.includes('@')) return text;
  const [local, domain] = partsOf(text);
  return `${local}@${change(domain)}`;
}

const trim = (text: string): string => text.replace(/^ +| +$/g, '');

function unnamed(text: string): string {
  const angled = /^[^<>@]*<([^<>]*@[^<>]*)>[^<>@]*$/.exec(text) ?? /^[^()@]*[(]([^()]*@[^()]*)[)][^()@]*$/.exec(text);
  if (angled !== null) return trim(angled[1] ?? '');
  const before = /^([^()]*@[^()]*)[(][^()@]*[)]$/.exec(text);
  return before === null ? text : trim(before[1] ?? '');
}

const withoutMailto = (text: string): string =>
  text.startsWith('mailto:') ? trim(text.slice(7).replace(/[?].*$/, '')) : text;

function withoutEnds(text: string): string {
  const unquoted = text.startsWith("'") && /'[ ;,.]*$/.test(text) ? text.slice(1) : text;
  return unquoted.replace(/^["<>()[\]:;, \\]+/, '').replace(/["<>()[\]{}:;,/|*!? \\'][."<>()[\]{}:;,/|*!? \\']*$/, '');
}

const withoutDots = (text: string): string =>
  withDomain(text, (domain) => domain.replace(/[.]+/g, '.').replace(/^[.]|[.]$/g, ''));

const loose = /^[.]|[.]$|[.][.]/;

/** The kind of a malformed address, and what its repair makes of it. */
export function judgementOf(address: string): { kind: RejectionReason; mended: string | null } {
  const spaced = address.replace(/[\s\v\p{Z}]+/gu, ' ');
  const signs = isAscii(spaced) ? spaced : exchanged(spaced.replace(/\p{Cf}+/gu, ''), signLookalikes);
  const latin = exchanged(signs, letterLookalikes);
  const shown = isAscii(latin) ? latin : signs;
  const cleaned = (shown.match(/[^ ,;|/<>()[\]"]+@[^ ,;|/<>()[\]"]+/g) ?? []).map((token) =>
    withoutDots(withoutEnds(withoutMailto(token))),
  );
  if (cleaned.length > 1) {
    const whole = cleaned.slice(0, 3).find((token) => /^[^@]+@[^@]+[.][^@.]+$/.test(token));
    return { kind: 'email-several', mended: whole !== undefined && isSendable(whole) ? whole : null };
  }
  const shownAt = shown.includes('@')
    ? shown
    : shown.replace(/ ?[([{] ?(at|arobase|a) ?[)\]}] ?/g, '@').replace(/ ?[([{] ?(dot|point) ?[)\]}] ?/g, '.');
  const alone = unnamed(shownAt);
  const unlinked = withoutMailto(alone);
  const bare = withoutEnds(unlinked);
  const joined = withDomain(bare.replace(/ *@ */, '@'), (domain) => domain.replace(/ *[.] */g, '.'));
  const dotted = withoutDots(
    withDomain(joined, (domain) => (/^[^.,;]+ ?[,;]/.test(domain) ? domain.replace(/ ?[,;] ?/g, '.') : domain)),
  );
  const [local, domain] = partsOf(dotted);
  const single = dotted.includes('@')
    ? `${local.replace(/[.]+/g, '.').replace(/^[.]|[.]$/g, '')}@${
        mailDomains.find((known) => known.replaceAll('.', '') === domain) ?? domain
      }`
    : dotted;
  const mended = bare.split('@').length === 2 && isSendable(single) ? single : null;
  const [bareLocal, bareDomain] = partsOf(bare);
  const kind = ((): RejectionReason => {
    if (!shown.includes('@')) return 'email-without-at';
    if (!domain.includes('.')) return 'email-without-dot';
    if (/[,;]/.test(bare)) return 'email-comma';
    if (loose.test(bareLocal)) return 'email-local-dots';
    if (bare.includes(' ')) return 'email-blanks';
    if (loose.test(bareDomain)) return 'email-dots';
    if (alone !== shownAt) return 'email-named';
    if (unlinked !== alone) return 'email-mailto';
    if (bare !== unlinked) return 'email-ends';
    return shown === spaced ? 'email-malformed' : 'email-lookalikes';
  })();
  return { kind, mended };
}
