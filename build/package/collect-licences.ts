// Writes out/licences.txt: the licence of everything that Segue's packages hold beside Electron and Chromium, which bring
// their own. node build/package/collect-licences.ts, after the bundles are made.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { notedPackagesFile } from './note-packages.ts';

const projectRoot = path.resolve(import.meta.dirname, '..', '..');

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly author?: string | { readonly name?: string };
  readonly repository?: string | { readonly url?: string };
  readonly dependencies?: Readonly<Record<string, string>>;
}

function manifestOf(folder: string): Manifest {
  return JSON.parse(readFileSync(path.join(projectRoot, folder, 'package.json'), 'utf8')) as Manifest;
}

/** Folders of the packages that are shipped as they are: package.json's `dependencies` and theirs. */
function shippedFolders(): string[] {
  const found = new Set<string>();
  const visit = (names: Iterable<string>) => {
    for (const name of names) {
      const folder = `node_modules/${name}`;
      // Headers for building better-sqlite3, which nobody does: left out of packages.
      if (found.has(folder) || name === 'node-addon-api' || !existsSync(path.join(projectRoot, folder))) continue;
      found.add(folder);
      visit(Object.keys(manifestOf(folder).dependencies ?? {}));
    }
  };
  visit(Object.keys(manifestOf('.').dependencies ?? {}));
  return [...found];
}

function bundledFolders(): string[] {
  return ['main', 'preload', 'renderer'].flatMap(
    (target) => JSON.parse(readFileSync(notedPackagesFile(projectRoot, target), 'utf8')) as string[],
  );
}

const isLicence = /^(licen[cs]e|copying|notice)([._-].*)?$/i;

/** The package's own licence texts; where it has none, those of another package of the same project stand in. */
function licenceTexts(folder: string): string[] {
  const full = path.join(projectRoot, folder);
  return readdirSync(full)
    .filter((name) => isLicence.test(name))
    .sort()
    .map((name) => readFileSync(path.join(full, name), 'utf8').replaceAll('\r\n', '\n').trim());
}

/** Licences whose text says all there is to say, for packages that name one and bring no text. */
function standardText({ license, author }: Manifest): string | null {
  const who = (typeof author === 'string' ? author : author?.name) ?? 'its authors';
  if (license === 'MIT') return mit.replace('WHO', who.replace(/\s*<.*$/, ''));
  return null;
}

const mit = `MIT License

Copyright (c) WHO

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy,
modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the
Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE,
ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

/** What the binaries hold beside what their packages' own licences speak of. */
const insideBinaries = `SQLite (inside better-sqlite3)
Public domain. The authors of SQLite disclaim copyright to its source code.`;

function collect(): string {
  const folders = [...new Set([...shippedFolders(), ...bundledFolders()])];
  const sections = new Map<string, string>();
  for (const folder of folders) {
    const manifest = manifestOf(folder);
    const own = licenceTexts(folder);
    const standard = standardText(manifest);
    const texts = own.length > 0 ? own : standard === null ? [] : [standard];
    if (texts.length === 0) throw new Error(`${manifest.name} ${manifest.version} has no licence text.`);
    const title = `${manifest.name} ${manifest.version} (${manifest.license ?? 'see below'})`;
    sections.set(title, texts.join('\n\n'));
  }
  const titles = [...sections.keys()].sort((one, other) => one.localeCompare(other, 'en'));
  const segue = readFileSync(path.join(projectRoot, 'LICENSE'), 'utf8').trim();
  return [
    'Licences of Segue and of what it is made of.',
    'Electron’s and Chromium’s are in LICENSE.electron.txt and LICENSES.chromium.html beside the application.',
    `${ruler}\nSegue (MIT)\n${ruler}\n${segue}`,
    ...titles.map((title) => `${ruler}\n${title}\n${ruler}\n${sections.get(title)}`),
    `${ruler}\n${insideBinaries}`,
    '',
  ].join('\n\n');
}

const ruler = '-'.repeat(80);

writeFileSync(path.join(projectRoot, 'out', 'licences.txt'), collect());
