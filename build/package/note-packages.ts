import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

interface Chunk {
  readonly type: string;
  readonly moduleIds?: readonly string[];
}

/** The folder of the npm package that a file lies in, or null for a file of ours. */
export function packageFolderOf(file: string): string | null {
  const clean = file.replaceAll('\\', '/').replace(/^\0+/, '').replace(/\?.*$/, '');
  const at = clean.lastIndexOf('/node_modules/');
  if (at < 0) return null;
  const [scope = '', name = ''] = clean.slice(at + '/node_modules/'.length).split('/');
  return `${clean.slice(0, at)}/node_modules/${scope.startsWith('@') ? `${scope}/${name}` : scope}`;
}

/** Where a build notes which packages a target's bundles hold code of; the file holds folders relative to the project. */
export function notedPackagesFile(projectRoot: string, target: string): string {
  return path.join(projectRoot, 'out', `.packages-${target}.json`);
}

/** A plugin of the bundler that notes which packages' code went in: their licences must be shipped. */
export function notePackages(projectRoot: string, target: string) {
  return {
    name: 'note-packages',
    generateBundle(_options: unknown, bundle: Readonly<Record<string, Chunk>>) {
      const folders = new Set<string>();
      for (const chunk of Object.values(bundle)) {
        for (const id of chunk.moduleIds ?? []) {
          const folder = packageFolderOf(id);
          if (folder !== null) folders.add(path.relative(projectRoot, folder).replaceAll('\\', '/'));
        }
      }
      mkdirSync(path.join(projectRoot, 'out'), { recursive: true });
      writeFileSync(notedPackagesFile(projectRoot, target), JSON.stringify([...folders].sort(), null, 1));
    },
  };
}
