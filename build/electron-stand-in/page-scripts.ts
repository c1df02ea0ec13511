import { readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import path from 'node:path';
import vm from 'node:vm';
import type { PreloadFacts, WorldSecrets } from './page-facts.ts';

const here = path.join(import.meta.dirname, 'page');

/** The named modules as one plain script: types stripped, imports and exports dropped, in the order of their need. */
function paste(files: readonly string[]): string {
  return files
    .map((file) => stripTypeScriptTypes(readFileSync(path.join(here, file), 'utf8')))
    .join('\n')
    .replace(/^import .*$/gm, '')
    .replace(/^export /gm, '');
}

let mainWorld: string | null = null;
let preloadWorld: string | null = null;

/** The script for the page's own world. */
export function mainWorldScript(secrets: WorldSecrets): string {
  mainWorld ??= paste(['bridge-end.ts', 'main-world.ts']);
  return `(() => {${mainWorld}\nrunMainWorld(${JSON.stringify(secrets)});})();`;
}

/** A preload as it was read: its source when it parses, else why not. */
export type PreloadSource =
  | { readonly file: string; readonly source: string }
  | { readonly file: string; readonly error: Error };

const parameters = '(require, process, exports, module, setImmediate, clearImmediate, global) => {';

/** Reads a preload; a file that is missing or does not parse as a plain function body comes back as an error. */
export function readPreload(file: string): PreloadSource {
  try {
    const source = readFileSync(file, 'utf8');
    new vm.Script(`(${parameters}${source}\n})`, { filename: file });
    return { file, source };
  } catch (error) {
    return { file, error: error as Error };
  }
}

/** The script for the preload's isolated world, with the preload in it. */
export function preloadWorldScript(facts: PreloadFacts, preload: PreloadSource | null): string {
  preloadWorld ??= paste([
    '../structured-clone.ts',
    'bridge-end.ts',
    'listeners.ts',
    'asked-menu.ts',
    'preload-world.ts',
  ]);
  const body = preload !== null && 'source' in preload ? `${parameters}${preload.source}\n}` : 'undefined';
  return `(() => {${preloadWorld}\nreturn runPreloadWorld;})()(${JSON.stringify(facts)}, ${body});`;
}
