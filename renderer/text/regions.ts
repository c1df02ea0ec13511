import type { Language } from '../../preload/contract/views.ts';

/** Regions whose customs are offered, where the language is written in a way of its own there. */
const candidates = ['AU', 'BE', 'CA', 'CH', 'DE', 'FR', 'GB', 'IE', 'IN', 'LU', 'MA', 'NL', 'NZ', 'SE', 'US', 'ZA'];

/** Regions in which numbers and dates of the language are written as is known, by name. */
export function regionsOf(language: Language): { readonly region: string; readonly name: string }[] {
  const names = new Intl.DisplayNames(language, { type: 'region' });
  return candidates
    .filter(
      (region) => new Intl.NumberFormat(`${language}-${region}`).resolvedOptions().locale === `${language}-${region}`,
    )
    .map((region) => ({ region, name: names.of(region) ?? region }))
    .sort((a, b) => a.name.localeCompare(b.name, language));
}

/** A number and a moment as they are written there, to be told apart at a glance. */
export function formatSample(locale: string): string {
  const number = new Intl.NumberFormat(locale).format(1_234_567.8);
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'short' }).format(
    new Date(2026, 10, 23, 14, 5),
  );
  return `${number} · ${moment}`;
}
