import { createIntl, type IntlShape } from '@formatjs/intl';
import type { WireError } from '../preload/contract/error-codes.ts';
import type { Language } from '../preload/contract/views.ts';
import en from '../preload/messages/en.json' with { type: 'json' };
import fr from '../preload/messages/fr.json' with { type: 'json' };

/** A key of the catalogues; both languages have the same ones (a test keeps that). */
export type MessageKey = keyof typeof en;

export type MessageValues = Readonly<Record<string, string | number | Date>>;

/** The catalogue in one language, for menus, dialogs, the command line and whatever else main says to a person. */
export interface Words {
  readonly language: Language;
  /** The words of `key` with its placeholders filled. */
  say(key: MessageKey, values?: MessageValues): string;
  /** What happened and what to do about it. `advice` is '' where the catalogue has none. */
  explain(error: WireError): { title: string; advice: string };
  /** A whole number as the person writes it. */
  number(value: number): string;
  /** A moment (epoch milliseconds) as date and time of the person's time zone. */
  moment(time: number): string;
}

const catalogues: Readonly<Record<Language, Readonly<Record<string, string>>>> = { en, fr };

/** The best language for BCP 47 or POSIX tags ("fr_CA.UTF-8"), in order of preference; null when Segue speaks none. */
export function languageOf(tags: readonly (string | undefined)[]): Language | null {
  for (const tag of tags) {
    const primary = tag?.toLowerCase().split(/[-_.@]/)[0];
    if (primary === 'en' || primary === 'fr') return primary;
  }
  return null;
}

/** A tag that Intl understands, else `language` itself: systems report "C", "" and other oddities. */
export function usableLocale(tag: string, language: Language): string {
  try {
    return Intl.NumberFormat.supportedLocalesOf(tag)[0] ?? language;
  } catch {
    return language;
  }
}

/** The catalogue of `language`; numbers and dates are written as in `formatLocale` (BCP 47). */
export function createWords(language: Language, formatLocale: string = language): Words {
  const messages = catalogues[language];
  const intl: IntlShape<string> = createIntl({
    locale: language,
    messages: { ...messages },
    // A value that is missing shows the message as it stands; a test holds the catalogues together.
    onError: () => undefined,
  });
  const numbers = new Intl.NumberFormat(usableLocale(formatLocale, language));
  const moments = new Intl.DateTimeFormat(usableLocale(formatLocale, language), {
    dateStyle: 'medium',
    timeStyle: 'medium',
  });
  const say = (id: string, values: MessageValues = {}): string => intl.formatMessage({ id }, { ...values });
  return {
    language,
    say,
    explain: ({ code, params }) => ({
      title: say(`error.${code}.title`, params),
      advice: `error.${code}.advice` in messages ? say(`error.${code}.advice`, params) : '',
    }),
    number: (value) => numbers.format(value),
    moment: (time) => moments.format(time),
  };
}
