// Says whether a built folder is what people should get: node build/package/package-check.ts [--release] [FOLDER]
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { checkPackage, checks } from './check/check-package.ts';
import { formatSizes, measure } from './check/size.ts';

const dist = path.resolve(import.meta.dirname, '..', '..', 'dist');
const usage = `Usage: npm run package-check -- [--release] [FOLDER…]
FOLDER: what "npm run dist -- --dir" made; without it, every unpacked folder below dist.
--release: only what may be given to people passes, which needs Electron's own runtime.`;

/** The folders below dist that electron-builder leaves unpacked packages in. */
function foldersInDist(): string[] {
  if (!existsSync(dist)) return [];
  return readdirSync(dist)
    .filter((name) => /^(linux|win)(-arm64)?-unpacked$|^mac(-arm64)?$/.test(name))
    .map((name) => path.join(dist, name));
}

function main(): number {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { release: { type: 'boolean', default: false } },
  });
  const from = process.env.INIT_CWD ?? process.cwd();
  const folders = positionals.length > 0 ? positionals.map((folder) => path.resolve(from, folder)) : foldersInDist();
  if (folders.length === 0) throw new Error('There is nothing in dist: npm run dist -- --dir');
  let bad = 0;
  for (const folder of folders) {
    const { built, findings } = checkPackage(folder, values);
    const { system, processor } = built.target;
    const runtime = built.standIn ? "the stand-in in Electron's place: for checking only" : 'Electron';
    console.log(`${folder}\n  ${system} ${processor}, ${runtime}, ${built.archive.files.size} files in app.asar`);
    console.log(formatSizes(measure(built)));
    for (const { check, what } of findings) console.log(`  ✗ ${check}: ${what}`);
    const good = checks.filter((check) => !findings.some((finding) => finding.check === check));
    console.log(`  ✓ ${good.join(', ') || 'nothing'}`);
    bad += findings.length;
  }
  console.log(bad === 0 ? 'All is well.' : `${bad} findings.`);
  return bad === 0 ? 0 : 1;
}

try {
  process.exitCode = main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${usage}\n`);
  process.exitCode = 64;
}
