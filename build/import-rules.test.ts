import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

// The rules of ARCHITECTURE.md on who may lean on whom, read off the sources themselves.

const root = path.resolve(import.meta.dirname, '..');

interface Import {
  /** Path of the importing file below the project, with forward slashes. */
  readonly from: string;
  /** Path below the project for a relative import, else the package's name. */
  readonly to: string;
  readonly isPackage: boolean;
  /** `import type`: gone when the code runs. */
  readonly typeOnly: boolean;
}

function sourcesOf(folder: string): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/'));
}

const withoutComments = (text: string) => text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');

/** Static imports and re-exports, bare imports, `import()` and `require()` with a literal. */
const statements =
  /(?:^|[;\n])\s*(?:import|export)\s+(type\s+)?([^'"`;]*?\sfrom\s+)?['"]([^'"\n]+)['"]|\b(?:import|require)\(\s*['"]([^'"\n]+)['"]/g;

function importsOf(file: string): Import[] {
  const found: Import[] = [];
  for (const match of withoutComments(readFileSync(path.join(root, file), 'utf8')).matchAll(statements)) {
    const [, typeKeyword, names = '', specifier = '', dynamic = ''] = match;
    const target = specifier || dynamic;
    const braces = names.match(/^\{([^}]*)\}\s*from\s*$/)?.[1];
    const everyNameIsType =
      braces?.split(',').every((name) => name.trim() === '' || /^type\s/.test(name.trim())) ?? false;
    const isPackage = !target.startsWith('.');
    const resolved = path.posix.normalize(path.posix.join(path.posix.dirname(file), target));
    found.push({
      from: file,
      to: isPackage ? (target.match(/^(?:@[^/]+\/)?[^/]+/)?.[0] ?? target) : resolved,
      isPackage,
      typeOnly: typeKeyword !== undefined || everyNameIsType,
    });
  }
  return found;
}

const isTest = (file: string) => /\.test\.tsx?$|\/(test-support|fixtures)\//.test(file);
const files = ['main', 'preload', 'renderer'].flatMap(sourcesOf);
const imports = files.flatMap(importsOf);
const shipped = imports.filter(({ from }) => !isTest(from));
const told = (broken: readonly Import[]) => broken.map(({ from, to }) => `${from} -> ${to}`);

describe('imports', () => {
  it('were found at all', () => {
    expect(imports.length).toBeGreaterThan(100);
    expect(told(imports)).toContain('preload/index.ts -> electron');
    expect(told(imports)).toContain('main/ipc/register-calls.ts -> main/application.ts');
  });

  it('name files that exist, with their ending', () => {
    const missing = imports.filter(({ to, isPackage }) => !isPackage && !existsSync(path.join(root, to)));
    expect(told(missing)).toEqual([]);
  });

  it('reach Electron only from the shell', () => {
    const mayUseElectron = /^main\/(index\.ts$|ipc\/|desktop\/)/;
    const broken = imports.filter(
      ({ from, to, typeOnly }) =>
        from.startsWith('main/') && !mayUseElectron.test(from) && !typeOnly && /^electron(-store)?$/.test(to),
    );
    expect(told(broken)).toEqual([]);
  });

  it('reach electron-store only from the settings', () => {
    const users = new Set(imports.filter(({ to }) => to === 'electron-store').map(({ from }) => from));
    expect([...users]).toEqual(['main/desktop/settings-store.ts']);
  });

  it('lead from the engine to no part of the shell, except types', () => {
    const shell = /^main\/(index\.ts|ipc\/|desktop\/|cli\/)/;
    const broken = shipped.filter(
      ({ from, to, typeOnly }) =>
        from.startsWith('main/') && !shell.test(from) && shell.test(to) && !typeOnly && from !== 'main/compose.ts',
    );
    expect(told(broken)).toEqual([]);
  });

  it('lead from the window to the contract, the catalogues and its own packages alone', () => {
    const windowPackages = new Set([
      'react',
      'react-dom',
      'react-intl',
      'zustand',
      '@fluentui/react-components',
      '@fluentui/react-icons',
    ]);
    const broken = shipped.filter(({ from, to, isPackage, typeOnly }) => {
      if (!from.startsWith('renderer/')) return false;
      if (isPackage) return !windowPackages.has(to);
      if (to.startsWith('renderer/') || to.startsWith('preload/messages/')) return false;
      // The schemas would bring zod into the window; what needs no schema is plain constants.
      const constants = /^preload\/contract\/(channels|contact-fields|error-codes|export-modes|schedule-limits)\.ts$/;
      return !(constants.test(to) || (typeOnly && to.startsWith('preload/contract/')));
    });
    expect(told(broken)).toEqual([]);
  });

  it('lead from main to the contract and the catalogues of preload, and never to the window', () => {
    const broken = shipped.filter(
      ({ from, to }) =>
        from.startsWith('main/') && (to.startsWith('renderer/') || /^preload\/(?!contract\/|messages\/)/.test(to)),
    );
    expect(told(broken)).toEqual([]);
  });

  it('lead from the preload to electron and the names of the contract alone', () => {
    const broken = imports.filter(
      ({ from, to, typeOnly }) =>
        from === 'preload/index.ts' && !typeOnly && to !== 'electron' && to !== 'preload/contract/channels.ts',
    );
    expect(told(broken)).toEqual([]);
    const contract = shipped.filter(
      ({ from, to, isPackage }) =>
        from.startsWith('preload/contract/') && (isPackage ? to !== 'zod' : !to.startsWith('preload/contract/')),
    );
    expect(told(contract)).toEqual([]);
  });

  it('use only packages that package.json names', () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
    const broken = imports.filter(
      ({ to, isPackage }) => isPackage && !to.startsWith('node:') && !(to in dependencies || to in devDependencies),
    );
    expect(told(broken)).toEqual([]);
  });

  it('make no circle', () => {
    const graph = new Map<string, string[]>();
    for (const { from, to, isPackage, typeOnly } of shipped) {
      if (!isPackage && !typeOnly) graph.set(from, [...(graph.get(from) ?? []), to]);
    }
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (file: string, trail: readonly string[]) => {
      const at = trail.indexOf(file);
      if (at !== -1) circles.push([...trail.slice(at), file].join(' -> '));
      if (at !== -1 || done.has(file)) return;
      for (const next of graph.get(file) ?? []) visit(next, [...trail, file]);
      done.add(file);
    };
    for (const file of graph.keys()) visit(file, []);
    expect(circles).toEqual([]);
  });
});
