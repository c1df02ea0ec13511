import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Language } from '../../preload/contract/views.ts';

export interface DemoOptions {
  /** Rows to generate; null plays the sample segment. */
  readonly rows: number | null;
  readonly language: Language;
  /** Whether the practice account keeps Constant Contact's limits and takes its time. */
  readonly realPace: boolean;
  /** Folder for the pictures of the screens, absolute. */
  readonly pictures: string;
}

export const demoUsage = `Usage: npm start -- --demo [--rows N] [--lang en|fr] [--real-pace] [--pictures DIR]`;

/** Reads the demo's arguments. Throws an Error whose message tells a person what is wrong with them. */
export function readDemoOptions(argv: readonly string[], folder: string, cacheFolder: string): DemoOptions {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      demo: { type: 'boolean', default: true },
      rows: { type: 'string' },
      lang: { type: 'string', default: 'en' },
      'real-pace': { type: 'boolean', default: false },
      pictures: { type: 'string' },
    },
  });
  const rows = values.rows === undefined ? null : Number(values.rows.replaceAll(/[_,]/g, ''));
  if (rows !== null && !(Number.isInteger(rows) && rows >= 1 && rows <= 20_000_000)) {
    throw new Error(`--rows takes a number from 1 to 20,000,000, not ${values.rows}`);
  }
  if (values.lang !== 'en' && values.lang !== 'fr') throw new Error(`--lang takes en or fr, not ${values.lang}`);
  return {
    rows,
    language: values.lang,
    realPace: values['real-pace'],
    pictures: values.pictures === undefined ? path.join(cacheFolder, 'demo') : path.resolve(folder, values.pictures),
  };
}
