// Builds out/ when a source changed since: node build/launcher/build.mjs
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from './install.mjs';
import { projectRoot } from './pinned-node.mjs';

const outFolder = path.join(projectRoot, 'out');
const stampFile = path.join(outFolder, '.built-from');
const sources = [
  'main',
  'preload',
  'renderer',
  'build/electron.vite.config.ts',
  'build/package/note-packages.ts',
  'build/package/collect-licences.ts',
  'package.json',
  'package-lock.json',
];
const isTest = /\.test\.tsx?$/;

/** Name, size and time of change of everything the bundles are made of, as one hash. */
function fingerprint() {
  const hash = createHash('sha256');
  const visit = (relative) => {
    const stats = statSync(path.join(projectRoot, relative), { throwIfNoEntry: false });
    if (stats === undefined || isTest.test(relative)) return;
    if (!stats.isDirectory()) {
      hash.update(`${relative}\0${stats.size}\0${stats.mtimeMs}\n`);
      return;
    }
    for (const name of readdirSync(path.join(projectRoot, relative)).sort()) visit(`${relative}/${name}`);
  };
  for (const source of sources) visit(source);
  return hash.digest('hex');
}

/** Runs `work` while no other process does the same: two commands started at once must not write out/ together. */
export function alone(what, work) {
  const lockFolder = path.join(projectRoot, '.cache', what);
  mkdirSync(path.dirname(lockFolder), { recursive: true });
  const waitUntil = Date.now() + 180_000;
  for (;;) {
    try {
      mkdirSync(lockFolder);
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const owner = Number(readOr(path.join(lockFolder, 'pid'), '0'));
      if (Date.now() > waitUntil || (owner > 0 && !isAlive(owner)))
        rmSync(lockFolder, { recursive: true, force: true });
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    }
  }
  try {
    writeFileSync(path.join(lockFolder, 'pid'), String(process.pid));
    return work();
  } finally {
    rmSync(lockFolder, { recursive: true, force: true });
  }
}

function readOr(file, otherwise) {
  return existsSync(file) ? readFileSync(file, 'utf8') : otherwise;
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** Makes out/ when it is missing or older than its sources; ends the process when that fails. */
export function ensureBuilt(node) {
  if (!buildApp(node)) process.exit(1);
}

/**
 * Makes out/ when it is missing or older than its sources, on the given Node; returns whether it is there then. Says
 * nothing on standard output; what the bundler says appears on standard error only when it fails.
 */
export function buildApp(node) {
  if (readOr(stampFile, '') === fingerprint()) return true;
  return alone('building', () => {
    const wanted = fingerprint();
    if (readOr(stampFile, '') === wanted) return true;
    console.error('Building Segue …');
    rmSync(stampFile, { force: true });
    const result = spawnSync(
      node,
      [
        path.join(projectRoot, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js'),
        'build',
        '--config',
        'build/electron.vite.config.ts',
        '--logLevel',
        'warn',
      ],
      { cwd: projectRoot, encoding: 'utf8', env: { ...process.env, ...electronVersionHint() }, maxBuffer: 2 ** 28 },
    );
    if (result.status !== 0) {
      process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}${result.error?.message ?? ''}\n`);
      return false;
    }
    const licences = spawnSync(
      node,
      ['--disable-warning=ExperimentalWarning', path.join(projectRoot, 'build', 'package', 'collect-licences.ts')],
      { cwd: projectRoot, encoding: 'utf8' },
    );
    if (licences.status !== 0) {
      process.stderr.write(`${licences.stderr ?? ''}\n`);
      return false;
    }
    writeFileSync(`${stampFile}.new`, wanted);
    renameSync(`${stampFile}.new`, stampFile);
    return true;
  });
}

/** electron-vite refuses to build while Electron's runtime is not downloaded, although it needs only the version. */
function electronVersionHint() {
  const folder = path.join(projectRoot, 'node_modules', 'electron');
  const executable = readOr(path.join(folder, 'path.txt'), 'electron').trim();
  return { ELECTRON_EXEC_PATH: path.join(folder, 'dist', executable) };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) ensureBuilt(ensureInstalled());
