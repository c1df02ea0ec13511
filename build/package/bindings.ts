import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { npmCli } from '../launcher/pinned-node.mjs';
import { duckdbPackage, type Target } from './targets.ts';

interface LockEntry {
  readonly version: string;
  readonly integrity: string;
}

/**
 * Makes sure that DuckDB's binaries for `target` lie in node_modules, where npm puts only those of this computer. What
 * is missing is fetched through npm at the locked version, and refused unless it is what the lock says. Throws when it
 * cannot be had: a package without it would start and then read no file (electron-facts.md 4.3).
 */
export function bindingsFor(target: Target, projectRoot: string): void {
  const name = duckdbPackage(target);
  const folder = path.join(projectRoot, 'node_modules', ...name.split('/'));
  if (existsSync(path.join(folder, 'duckdb.node'))) return;
  const { version, integrity } = lockEntry(name, projectRoot);
  console.error(`Fetching ${name} ${version} …`);
  const cache = path.join(projectRoot, '.cache');
  mkdirSync(cache, { recursive: true });
  const temporary = mkdtempSync(path.join(cache, 'bindings-'));
  try {
    const packed = spawnSync(
      process.execPath,
      [npmCli(), 'pack', `${name}@${version}`, '--json', '--ignore-scripts', '--pack-destination', temporary],
      { cwd: temporary, encoding: 'utf8', maxBuffer: 2 ** 26 },
    );
    if (packed.status !== 0) throw new Error(`${name} ${version} cannot be had: ${packed.stderr.trim()}`);
    const [{ filename }] = JSON.parse(packed.stdout) as [{ filename: string }];
    const archive = path.join(temporary, filename.replace('@', '').replace('/', '-'));
    const [algorithm = '', wanted = ''] = integrity.split(/-(.*)/s);
    const got = createHash(algorithm).update(readFileSync(archive)).digest('base64');
    if (got !== wanted) throw new Error(`${name} ${version} is not what package-lock.json says.`);
    // By its bare name: some tars take the colon of a Windows path for that of another computer.
    const unpacked = spawnSync('tar', ['-xzf', path.basename(archive)], { cwd: temporary, encoding: 'utf8' });
    if (unpacked.status !== 0) throw new Error(`${name} could not be unpacked: ${unpacked.stderr.trim()}`);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(path.dirname(folder), { recursive: true });
    try {
      renameSync(path.join(temporary, 'package'), folder);
    } catch {
      cpSync(path.join(temporary, 'package'), folder, { recursive: true });
    }
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
}

function lockEntry(name: string, projectRoot: string): LockEntry {
  const lock = JSON.parse(readFileSync(path.join(projectRoot, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, LockEntry | undefined>;
  };
  const entry = lock.packages[`node_modules/${name}`];
  if (entry === undefined) throw new Error(`${name} is not in package-lock.json.`);
  return entry;
}
