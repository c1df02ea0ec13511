import { endSlips, mailDomains, peculiarNames } from './mail-domains.ts';

// One slip: a letter more, less, other, or two exchanged; as patterns that RE2 and JavaScript read alike.

const letters = (text: string): string => text.replaceAll('.', '[.]');

/** A pattern of every text that is one slip away from `name`, which is made of letters, and not of `name` itself. */
export function oneSlipFrom(name: string): string {
  const slips = new Set<string>();
  for (let index = 0; index < name.length; index += 1) {
    const [before, letter, after] = [name.slice(0, index), name.charAt(index), name.slice(index + 1)];
    slips.add(before + after);
    slips.add(`${before}[^.@${letter}]${after}`);
    const next = after.charAt(0);
    if (next !== '' && next !== letter) slips.add(before + next + letter + after.slice(1));
    slips.add(`${before}[^.@]${letter}${after}`);
  }
  slips.add(`${name}[^.@]`);
  slips.delete(name);
  return [...slips].join('|');
}

/** The ends that well-known domains of a name have, as a pattern. */
const endsOf = (name: string): string[] =>
  mailDomains.filter((domain) => domain.startsWith(`${name}.`)).map((domain) => domain.slice(name.length + 1));

const slipsOf = (ends: readonly string[]): string[] =>
  endSlips.filter(([slip, meant]) => ends.includes(meant) && !ends.includes(slip)).map(([slip]) => slip);

/** Patterns of whole domains that are probably meant to be one of a peculiar name's own. */
export const slipPatterns: readonly string[] = peculiarNames.map((name) => {
  const ends = endsOf(name);
  const wrong = slipsOf(ends);
  const exact = wrong.length === 0 ? [] : [`${name}[.](${wrong.map(letters).join('|')})`];
  return [...exact, `(${oneSlipFrom(name)})[.](${[...ends, ...wrong].map(letters).join('|')})`].join('|');
});
