import path from 'node:path';
import { type BuiltPackage, type Finding, sizeOf } from './built-package.ts';

const megabyte = 1e6;

/** Budgets in megabytes of what is ours to answer for. Electron's runtime comes as it is and has a roof only. */
const budgets = {
  'our code in app.asar': 6,
  'modules in app.asar': 3,
  DuckDB: 75,
  SQLite: 4,
  licences: 1,
  "Electron's runtime": 330,
} as const;
type Part = keyof typeof budgets;

export interface SizeLine {
  readonly part: Part;
  readonly bytes: number;
  readonly budgetMb: number;
}

function partOf(name: string): Part {
  if (/app\.asar\.unpacked\/node_modules\/@duckdb\//.test(name)) return 'DuckDB';
  if (/app\.asar\.unpacked\/node_modules\/better-sqlite3\//.test(name)) return 'SQLite';
  if (/licences\.txt$/.test(name)) return 'licences';
  return "Electron's runtime";
}

/** What the folder's bytes are made of. */
export function measure(built: BuiltPackage): SizeLine[] {
  const sums = new Map<Part, number>(Object.keys(budgets).map((part) => [part as Part, 0]));
  const add = (part: Part, bytes: number) => sums.set(part, (sums.get(part) ?? 0) + bytes);
  let modules = 0;
  for (const { name, size, unpacked } of built.archive.files.values()) {
    if (!unpacked && name.startsWith('node_modules/')) modules += size;
  }
  const archive = path.relative(built.folder, built.archive.file).replaceAll('\\', '/');
  for (const name of built.files) {
    const bytes = sizeOf(path.join(built.folder, name));
    if (name !== archive) add(partOf(name), bytes);
    else {
      add('modules in app.asar', modules);
      add('our code in app.asar', bytes - modules);
    }
  }
  return [...sums].map(([part, bytes]) => ({ part, bytes, budgetMb: budgets[part] }));
}

/** Whether every part keeps its budget. */
export function checkSize(built: BuiltPackage): Finding[] {
  return measure(built)
    .filter(({ bytes, budgetMb }) => bytes > budgetMb * megabyte)
    .map(({ part, bytes, budgetMb }) => ({
      check: 'size',
      what: `${part}: ${(bytes / megabyte).toFixed(1)} MB, budget ${budgetMb} MB`,
    }));
}

/** The sizes as lines for people. */
export function formatSizes(lines: readonly SizeLine[]): string {
  const mb = (bytes: number) => `${(bytes / megabyte).toFixed(1)} MB`.padStart(10);
  const total = lines.reduce((sum, { bytes }) => sum + bytes, 0);
  return [
    ...lines.map(({ part, bytes, budgetMb }) => `  ${part.padEnd(22)}${mb(bytes)}  of ${budgetMb} MB`),
    `  ${'together'.padEnd(22)}${mb(total)}`,
  ].join('\n');
}
