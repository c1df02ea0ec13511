import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { BuiltPackage, Finding } from './built-package.ts';

const projectRoot = path.resolve(import.meta.dirname, '..', '..', '..');

/** What only our workshop says. */
const workshop: readonly (readonly [string, string])[] = [
  ['electron-stand-in', 'speaks of the stand-in for Electron'],
  ['ELECTRON_STAND_IN', 'speaks of the stand-in for Electron'],
  ['sourceMappingURL=', 'points to a source map'],
  [`${projectRoot}${path.sep}`, 'holds a path of the computer that built it'],
];

const isText = /\.(cjs|mjs|js|json|html|css|txt|sh)$/;

/** Nothing of the workshop is left in what people get: the stand-in, source maps, paths of the building computer. */
export function checkLeftovers(built: BuiltPackage, options: { release: boolean }): Finding[] {
  const finding = (what: string) => ({ check: 'leftovers', what });
  const findings: Finding[] = [];
  const look = (name: string, text: string) => {
    for (const [words, complaint] of workshop) if (text.includes(words)) findings.push(finding(`${name} ${complaint}`));
  };
  for (const name of built.archive.files.keys()) {
    if (isText.test(name) && !name.startsWith('node_modules/')) look(name, built.archive.read(name).toString('utf8'));
  }
  for (const name of built.files) {
    const file = path.join(built.folder, name);
    if (file === built.executable) continue;
    if (isText.test(name)) look(name, readFileSync(file, 'utf8'));
  }
  if (built.standIn && options.release)
    findings.push(finding("the stand-in for Electron is in the runtime's place: build where Electron can be had"));
  return findings;
}
