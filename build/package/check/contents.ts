import type { BuiltPackage, Finding } from './built-package.ts';
import { nativeFiles } from './natives.ts';
import { belongsToRuntime } from './runtime-files.ts';

/** What must be in the archive, whatever else is. */
const required = [
  'package.json',
  'out/main/index.cjs',
  'out/main/segment-worker.cjs',
  'out/main/run-worker.cjs',
  'out/main/practice-process.cjs',
  'out/preload/index.cjs',
  'out/renderer/index.html',
  'node_modules/better-sqlite3/package.json',
  'node_modules/better-sqlite3/lib/index.js',
  'node_modules/@duckdb/node-api/package.json',
  'node_modules/@duckdb/node-api/lib/index.js',
  'node_modules/@duckdb/node-bindings/package.json',
  'node_modules/@duckdb/node-bindings/duckdb.js',
  'node_modules/detect-libc/package.json',
];

/** What may be in the archive beside it. */
const expected = [
  /^out\/main\/chunks\/[\w-]+\.cjs$/,
  /^out\/renderer\/assets\/[\w-]+\.(js|css|woff2|png|svg)$/,
  /^node_modules\/(better-sqlite3|@duckdb\/node-api|@duckdb\/node-bindings|detect-libc)\/(package\.json|LICENSE)$/,
  /^node_modules\/(better-sqlite3|@duckdb\/node-api|detect-libc)\/lib\/([\w-]+\/)*[\w-]+\.js$/,
  /^node_modules\/@duckdb\/node-bindings-[\w-]+\/(package\.json|LICENSE)$/,
];

/** Names that say what a file is doing where it should not be, for a finding that helps. */
const telling: readonly (readonly [RegExp, string])[] = [
  [/\.map$/, 'a source map'],
  [/\.(test|spec)\.[cm]?[jt]sx?$|(^|\/)(tests?|e2e|__tests__)\//, 'a test'],
  [/electron-stand-in/, 'the stand-in for Electron'],
  [/(^|\/)build\/node\//, 'the pinned Node'],
  [/\.[cm]?tsx?$|(^|\/)src\//, 'a source'],
  [/(^|\/)\.env|\.(pem|p12|pfx|key)$/, 'possibly a secret'],
  [/node_modules\/\.bin\//, 'a command of a package'],
  [/^node_modules\//, 'of a package that is not shipped'],
];

/** Everything in the package is known by name: what has to be there is, and nothing else. */
export function checkContents(built: BuiltPackage): Finding[] {
  const { archive } = built;
  const natives = new Set(nativeFiles(built.target));
  const finding = (what: string) => ({ check: 'contents', what });
  const missing = required.filter((name) => !archive.files.has(name));
  const unlisted = [...archive.files.keys()].filter(
    (name) => !required.includes(name) && !natives.has(name) && !expected.some((pattern) => pattern.test(name)),
  );
  const outside = built.files.filter((name) => !belongsOutside(built, name, natives));
  return [
    ...missing.map((name) => finding(`app.asar lacks ${name}`)),
    ...unlisted.map((name) => finding(`app.asar holds ${name}, ${describe(name)}`)),
    ...outside.map((name) => finding(`the folder holds ${name}, ${describe(name)}`)),
  ];
}

function describe(name: string): string {
  return telling.find(([pattern]) => pattern.test(name))?.[1] ?? 'which nobody expects';
}

function belongsOutside(built: BuiltPackage, name: string, natives: ReadonlySet<string>): boolean {
  const resources = built.target.system === 'mac' ? 'Segue.app/Contents/Resources/' : 'resources/';
  if (!name.startsWith(resources)) return belongsToRuntime(name, built.target.system);
  const inside = name.slice(resources.length);
  if (inside === 'app.asar' || inside === 'licences.txt') return true;
  if (inside.startsWith('app.asar.unpacked/')) return natives.has(inside.slice('app.asar.unpacked/'.length));
  return belongsToRuntime(name, built.target.system);
}
