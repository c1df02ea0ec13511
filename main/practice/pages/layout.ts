import { type Answer, htmlAnswer } from '../http/answer.ts';
import type { Call } from '../http/call.ts';
import type { PracticeContext } from '../practice-context.ts';
import { Html, html } from './html.ts';
import { chooseLanguage, type Language, wordsOf } from './words.ts';

/** What a page is written with: its words, dates and links in the reader's language. */
export interface PageWriter {
  readonly language: Language;
  word(key: string, values?: Record<string, string | number>): string;
  number(value: number): string;
  time(value: number): string;
  /** An address within the practice account that keeps the language asked for. */
  link(path: string, query?: Record<string, string | number | null>): string;
  /** The same page in another language. */
  inLanguage(language: Language): string;
}

export function pageWriter(call: Call, context: PracticeContext): PageWriter {
  const asked = call.query.get('lang');
  const language = chooseLanguage(asked, context.language, call.headers['accept-language']);
  const intl = wordsOf(language);
  return {
    language,
    word: (key, values) => String(intl.formatMessage({ id: key }, values)),
    number: (value) => intl.formatNumber(value),
    time: (value) =>
      `${intl.formatDate(value, { dateStyle: 'medium' })} ${intl.formatTime(value, { timeStyle: 'medium' })}`,
    link: (path, query = {}) => {
      const kept = new URLSearchParams();
      for (const [name, value] of Object.entries(query))
        if (value !== null && value !== '') kept.set(name, String(value));
      if (asked === 'en' || asked === 'fr') kept.set('lang', asked);
      return kept.size === 0 ? path : `${path}?${kept.toString()}`;
    },
    inLanguage: (other) => {
      const query = new URLSearchParams(call.query);
      query.set('lang', other);
      return `?${query.toString()}`;
    },
  };
}

export interface PageOptions {
  readonly status?: number;
  readonly title: string;
  readonly body: Html;
  /** The page of the navigation that is shown; null leaves the navigation out (sign-in). */
  readonly current: string | null;
  /** Further origins a form may end at (the sign-in's redirect; browsers check it after the redirect). */
  readonly formTargets?: string;
}

const sections = [
  ['/', 'practice.nav.home'],
  ['/lists', 'practice.nav.lists'],
  ['/contacts', 'practice.nav.contacts'],
  ['/activities', 'practice.nav.activities'],
  ['/requests', 'practice.nav.requests'],
] as const;

/** A whole page: no scripts, a style sheet of our own and nothing else. */
export function pageAnswer(writer: PageWriter, context: PracticeContext, options: PageOptions): Answer {
  const other = writer.language === 'en' ? 'fr' : 'en';
  const navigation =
    options.current === null
      ? null
      : html`<nav aria-label="${writer.word('practice.nav.label')}"><ul>${sections.map(
          ([path, key]) =>
            html`<li><a href="${writer.link(path)}"${path === options.current ? new Html(' aria-current="page"') : null}>${writer.word(key)}</a></li>`,
        )}</ul></nav>
        <a class="language" lang="${other}" hreflang="${other}" href="${writer.inLanguage(other)}">${other === 'fr' ? 'Français' : 'English'}</a>`;
  const page = html`<!doctype html>
<html lang="${writer.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${[...new Set([options.title, context.account.organization_name])].join(' – ')}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/practice.css">
</head>
<body>
<header><p class="account"><strong>${context.account.organization_name}</strong> <span class="badge">${writer.word('practice.badge')}</span></p>${navigation}</header>
<main>
<h1>${options.title}</h1>
${options.body}
</main>
<footer><p>${writer.word('practice.footer')}</p></footer>
</body>
</html>`;
  return htmlAnswer(options.status ?? 200, page.text, {
    'content-security-policy': [
      "default-src 'none'",
      "style-src 'self'",
      'img-src data:',
      `form-action 'self'${options.formTargets === undefined ? '' : ` ${options.formTargets}`}`,
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'content-language': writer.language,
  });
}
