import { createHash } from 'node:crypto';

/** A whole page, fixed when the sign-in begins: it reflects nothing of any request and holds no script. */
export interface CallbackPage {
  readonly html: string;
  readonly contentSecurityPolicy: string;
}

/** The pages that the browser shows when it comes back from signing in. */
export interface CallbackPages {
  readonly done: CallbackPage;
  readonly denied: CallbackPage;
  readonly failed: CallbackPage;
}

const style = `
:root { color-scheme: light dark; font-family: "Segoe UI", system-ui, sans-serif; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: Canvas; color: CanvasText; }
main { max-width: 32rem; padding: 2rem; text-align: center; }
svg { width: 64px; height: 64px; }
.good { fill: #107c10; } .bad { fill: #bc4b09; }
@media (prefers-color-scheme: dark) { .good { fill: #54b054; } .bad { fill: #faa06b; } }
h1 { font-size: 1.5rem; font-weight: 600; margin: 1rem 0 0.5rem; }
p { font-size: 1rem; line-height: 1.5; margin: 0; }`;

const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const tick = 'M32 4a28 28 0 1 1 0 56 28 28 0 0 1 0-56Zm13 20-17 17-9-9-3 3 12 12 20-20-3-3Z';
const bang = 'M32 4a28 28 0 1 1 0 56 28 28 0 0 1 0-56Zm-3 14v18h6V18h-6Zm0 23v6h6v-6h-6Z';

/**
 * Makes the three pages in a person's language. `words` gives a text of the catalogue by its key (`signInPage.…`); `language` is
 * its code, `en` or `fr`.
 */
export function callbackPages(words: (key: string) => string, language: string): CallbackPages {
  const page = (name: string, good: boolean): CallbackPage => ({
    contentSecurityPolicy,
    html: `<!doctype html>
<html lang="${escaped(language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(words(`signInPage.${name}.title`))}</title><style>${style}</style></head>
<body><main><svg viewBox="0 0 64 64" aria-hidden="true" class="${good ? 'good' : 'bad'}"><path fill-rule="evenodd" d="${good ? tick : bang}"/></svg>
<h1>${escaped(words(`signInPage.${name}.title`))}</h1><p>${escaped(words(`signInPage.${name}.text`))}</p></main></body></html>`,
  });
  return { done: page('done', true), denied: page('denied', false), failed: page('failed', false) };
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
