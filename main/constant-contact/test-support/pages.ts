import { readFileSync } from 'node:fs';
import { type CallbackPages, callbackPages } from '../callback-pages.ts';

/** The pages made of the real catalogue. */
export function pagesIn(language: 'en' | 'fr'): CallbackPages {
  const file = new URL(`../../../preload/messages/${language}.json`, import.meta.url);
  const messages: Record<string, string> = JSON.parse(readFileSync(file, 'utf8'));
  return callbackPages((key) => messages[key] ?? '', language);
}
