import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { notedPackagesFile } from '../note-packages.ts';
import type { BuiltPackage, Finding } from './built-package.ts';

const projectRoot = path.resolve(import.meta.dirname, '..', '..', '..');

/** licences.txt speaks of every package whose code is shipped, as it is or inside our bundles. */
export function checkLicences(built: BuiltPackage): Finding[] {
  const finding = (what: string) => ({ check: 'licences', what });
  const file = path.join(built.resources, 'licences.txt');
  if (!existsSync(file)) return [finding('licences.txt is missing')];
  const text = readFileSync(file, 'utf8');
  const shipped = [...built.archive.files.keys()]
    .filter((name) => /^node_modules\/(@[^/]+\/)?[^/]+\/package\.json$/.test(name))
    .map((name) => JSON.parse(built.archive.read(name).toString('utf8')) as { name: string; version: string });
  const findings = [...shipped, ...bundled()]
    .filter(({ name, version }) => {
      // The binaries of each system come under the licence of the package that chooses among them.
      const spokenOf = name.replace(/^(@duckdb\/node-bindings)-.*$/, '$1');
      const at = text.indexOf(`\n${spokenOf} ${version} (`);
      return at < 0 || sectionLength(text, at) < 100;
    })
    .map(({ name, version }) => finding(`licences.txt has nothing of ${name} ${version}`));
  const electron = built.files.some((name) => /(^|\/)LICENSE\.electron\.txt$/.test(name));
  const chromium = built.files.some((name) => /(^|\/)LICENSES\.chromium\.html$/.test(name));
  if (!text.includes('\nSegue (MIT)\n')) findings.push(finding("licences.txt has not Segue's own"));
  if (!electron) findings.push(finding('LICENSE.electron.txt is missing'));
  if (!chromium) findings.push(finding('LICENSES.chromium.html is missing'));
  return findings;
}

/** Length of the text below a title, up to the next ruler. */
function sectionLength(text: string, titleAt: number): number {
  const start = text.indexOf('\n-----', titleAt + 1) + 1;
  const textAt = text.indexOf('\n', start);
  const end = text.indexOf('\n-----', textAt);
  return (end < 0 ? text.length : end) - textAt;
}

/** Packages inside the bundles, as the build noted them; a package that was built elsewhere tells of none. */
function bundled(): { name: string; version: string }[] {
  return ['main', 'preload', 'renderer'].flatMap((target) => {
    const file = notedPackagesFile(projectRoot, target);
    if (!existsSync(file)) return [];
    return (JSON.parse(readFileSync(file, 'utf8')) as string[]).map(
      (folder) =>
        JSON.parse(readFileSync(path.join(projectRoot, folder, 'package.json'), 'utf8')) as {
          name: string;
          version: string;
        },
    );
  });
}
