import { createIntl, createIntlCache, type IntlShape } from '@formatjs/intl';
import en from '../../../preload/messages/en.json' with { type: 'json' };
import fr from '../../../preload/messages/fr.json' with { type: 'json' };

export type Language = 'en' | 'fr';

const catalogues: Record<Language, Record<string, string>> = { en, fr };
const cache = createIntlCache();
const shapes = new Map<Language, IntlShape<string>>();

/** The words of a language. */
export function wordsOf(language: Language): IntlShape<string> {
  const known = shapes.get(language);
  if (known !== undefined) return known;
  const messages = catalogues[language];
  const made = createIntl({ locale: language, messages, defaultLocale: 'en', onError: () => undefined }, cache);
  shapes.set(language, made);
  return made;
}

/**
 * The language of a page: the one asked for in its address, else the one the practice account was started in, else
 * what the browser prefers, else English.
 */
export function chooseLanguage(asked: string | null, started: Language | null, accepted: string | undefined): Language {
  if (asked === 'en' || asked === 'fr') return asked;
  if (started !== null) return started;
  const wanted = (accepted ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', quality] = part.trim().split(/;\s*q=/);
      return { language: tag.slice(0, 2).toLowerCase(), quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter((part) => part.language === 'en' || part.language === 'fr')
    .sort((a, b) => b.quality - a.quality);
  return wanted[0]?.language === 'fr' ? 'fr' : 'en';
}
