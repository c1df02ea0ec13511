import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createIntl } from '@formatjs/intl';
import { describe, expect, it } from 'vitest';
import { cellChecks } from '../main/exports/checks/cell-checks.ts';
import { refusalRepairs } from '../main/exports/refusals.ts';
import { errorCodes } from '../preload/contract/error-codes.ts';
import { findingKinds, refusals } from '../preload/contract/finding-kinds.ts';
import { errorActions, errorKey } from '../renderer/text/error-words.ts';

// Both catalogues say the same things, everything they say is said somewhere, and nothing is said that they lack.

const root = path.join(import.meta.dirname, '..');
const readCatalogue = (language: string): Record<string, string> =>
  JSON.parse(readFileSync(path.join(root, 'preload/messages', `${language}.json`), 'utf8'));
const catalogues = { en: readCatalogue('en'), fr: readCatalogue('fr') };
const keys = Object.keys(catalogues.en);
const namespaces = new Set(keys.map((key) => key.split('.')[0]));

const sources = globSync('{main,preload,renderer,build}/**/*.{ts,tsx,mjs}', {
  cwd: root,
  exclude: (entry) => /node_modules|\.test\.tsx?$|window-preview/.test(entry),
}).map((file) => ({ file, text: readFileSync(path.join(root, file), 'utf8') }));

/** Keys that stand in the sources as they are. */
const written = new Set(
  sources.flatMap(({ text }) => [...text.matchAll(/['"`]([a-z][\w-]*(?:\.[\w-]+)*)['"`]/gi)].map((match) => match[1])),
);

/** Keys made of a fixed beginning and a value, like `cli.state.${state}`. Errors are held against their codes below. */
const composed = sources
  .flatMap(({ text }) => [...text.matchAll(/`([a-z][\w-]*\.[\w.-]*\$\{[^`\s]*)`/gi)].map((match) => match[1] ?? ''))
  .filter((template) => namespaces.has(template.split('.')[0]) && !template.startsWith('error.'))
  .map((template) => {
    const parts = template.split(/\$\{[^}]*\}/).map((part) => part.replaceAll('.', '\\.'));
    return new RegExp(`^${parts.join('[\\w-]+')}$`);
  });

const expectedErrorKeys = errorCodes.flatMap((code) => [
  errorKey(code, 'title'),
  errorKey(code, 'advice'),
  ...(errorActions[code] === null ? [] : [errorKey(code, 'button')]),
]);

const repairedKinds = [
  ...cellChecks.filter(({ repair }) => repair !== 'none').map(({ kind }) => kind),
  ...Object.keys(refusalRepairs),
];

interface Element {
  readonly type: number;
  readonly value: string;
  readonly options?: Readonly<Record<string, { readonly value: readonly Element[] }>>;
  readonly children?: readonly Element[];
}
const literal = 0;
const pound = 7;

function argumentsOf(elements: readonly Element[]): string[] {
  return elements.flatMap((element) => [
    ...(element.type === literal || element.type === pound ? [] : [element.value]),
    ...Object.values(element.options ?? {}).flatMap((option) => argumentsOf(option.value)),
    ...argumentsOf(element.children ?? []),
  ]);
}

function argumentNames(language: 'en' | 'fr', key: string): string[] {
  const intl = createIntl({ locale: language, messages: {} });
  const ast = intl.formatters.getMessageFormat(catalogues[language][key] ?? '', language).getAst();
  return [...new Set(argumentsOf(ast as unknown as Element[]))].sort();
}

describe('the catalogues', () => {
  it('have the same keys, sorted', () => {
    expect(Object.keys(catalogues.fr)).toEqual(keys);
    expect([...keys].sort()).toEqual(keys);
  });

  it('can be read, and take the same values in both languages', () => {
    const different = keys.filter((key) => String(argumentNames('en', key)) !== String(argumentNames('fr', key)));
    expect(different).toEqual([]);
  });

  it('have the words of every error, and a button where the window has an action', () => {
    const present = keys.filter((key) => key.startsWith('error.')).sort();
    expect(present).toEqual([...expectedErrorKeys].sort());
  });

  it('have the words of every finding, of its repair where it has one, and of every refusal', () => {
    const wanted = [
      ...findingKinds.flatMap((kind) => [`finding.${kind}.title`, `finding.${kind}.advice`]),
      ...repairedKinds.map((kind) => `finding.${kind}.repair`),
      ...refusals.map((kind) => `rejection.${kind}`),
    ];
    expect(wanted.filter((key) => !keys.includes(key))).toEqual([]);
    expect(keys.filter((key) => /^(finding[.].*[.](title|advice|repair)|rejection[.].*)$/.test(key)).sort()).toEqual(
      [...new Set(wanted)].sort(),
    );
  });

  it('hold nothing that no source uses', () => {
    const unused = keys.filter(
      (key) => !key.startsWith('error.') && !written.has(key) && !composed.some((pattern) => pattern.test(key)),
    );
    expect(unused).toEqual([]);
  });

  it('hold everything that a source asks for by name', () => {
    const asked = sources.flatMap(({ file, text }) =>
      [...text.matchAll(/(?:\bid=|\bid: |\bsay\(\s*)['"]([a-z][\w-]*\.[\w.-]+)['"]/g)].map((match) => ({
        file,
        key: match[1] ?? '',
      })),
    );
    expect(asked.length).toBeGreaterThan(100);
    expect(asked.filter(({ key }) => namespaces.has(key.split('.')[0]) && !(key in catalogues.en))).toEqual([]);
  });

  it('use typographic apostrophes and the French spaces', () => {
    const typewriter = [...Object.entries(catalogues.en), ...Object.entries(catalogues.fr)]
      .filter(([, message]) => /\p{L}'\p{L}/u.test(message))
      .map(([key]) => key);
    expect(typewriter).toEqual([]);
    const unspaced = Object.entries(catalogues.fr)
      .filter(
        ([key, message]) =>
          !key.startsWith('cli.') &&
          /\p{L}[!?;]|\p{L}:(?=\s|$)|«[^\u00a0\u202f]|[^\u00a0\u202f]»| [:;?!»]/u.test(message),
      )
      .map(([key]) => key);
    expect(unspaced).toEqual([]);
  });
});
