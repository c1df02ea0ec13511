import type { Language } from '../../preload/contract/views.ts';
import en from '../../preload/messages/en.json';
import fr from '../../preload/messages/fr.json';

/** Key of a message; the English catalogue is the measure, a test keeps the other equal to it. */
export type MessageKey = keyof typeof en;

export const catalogues: Readonly<Record<Language, Record<string, string>>> = { en, fr };

/**
 * The locale for words, plurals, numbers and dates together: the system's own way of writing where it belongs to the
 * language of the words (fr-CA with French), else the language's, so that one sentence never mixes two.
 */
export function effectiveLocale(language: Language, formatLocale: string): string {
  try {
    return new Intl.Locale(formatLocale).language === language ? formatLocale : language;
  } catch {
    return language;
  }
}
