import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from './pinned-node.mjs';
import { installedElectron } from './runtime.mjs';

const packageFolder = path.join(projectRoot, 'node_modules', 'electron');

const lookEveryMs = 250;
const tryAgainAfterMs = 24 * 60 * 60 * 1_000;

/**
 * Fetches Electron's runtime with the package's own installer; returns its executable or null. A fetch that makes no
 * progress for 20 s is given up. One that failed is not tried again for a day, unless the version changes.
 */
export async function fetchElectron(
  node,
  { cacheFolder = path.join(projectRoot, '.cache'), stallLimitMs = 20_000, env = process.env } = {},
) {
  const memoryFile = path.join(cacheFolder, 'electron-not-fetched.json');
  const { version } = JSON.parse(readFileSync(path.join(packageFolder, 'package.json'), 'utf8'));
  if (failedLately(memoryFile, version)) return null;
  console.error(`Fetching Electron ${version} …`);
  const why = await runInstaller(node, { cacheFolder, stallLimitMs, env });
  const executable = installedElectron();
  if (executable !== null) return executable;
  mkdirSync(cacheFolder, { recursive: true });
  writeFileSync(memoryFile, JSON.stringify({ version, at: Date.now() }));
  console.error(`Electron could not be fetched: ${why}. It is tried again tomorrow, or after deleting .cache.`);
  return null;
}

function failedLately(memoryFile, version) {
  try {
    const memory = JSON.parse(readFileSync(memoryFile, 'utf8'));
    const passed = Date.now() - memory.at;
    return memory.version === version && passed >= 0 && passed < tryAgainAfterMs;
  } catch {
    return false;
  }
}

/** Resolves with why there is no runtime, should there be none then. */
function runInstaller(node, { cacheFolder, stallLimitMs, env: given }) {
  // Electron's installer downloads into the folder for temporary files: a folder of its own shows how far it is.
  const temporary = path.join(cacheFolder, 'electron-fetch');
  rmSync(temporary, { recursive: true, force: true });
  mkdirSync(temporary, { recursive: true });
  const env = { ...given, TMPDIR: temporary, TEMP: temporary, TMP: temporary, ELECTRON_GET_NO_PROGRESS: '1' };
  delete env.ELECTRON_OVERRIDE_DIST_PATH;
  return new Promise((resolve) => {
    const child = spawn(node, [path.join(packageFolder, 'install.js')], { stdio: ['ignore', 'ignore', 'pipe'], env });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said = `${said}${chunk}`.slice(-4_000);
    });
    const places = [temporary, path.join(packageFolder, 'dist')];
    let seen = -1;
    let lastProgress = Date.now();
    const timer = setInterval(() => {
      const bytes = places.reduce((sum, place) => sum + bytesIn(place), 0);
      if (bytes !== seen) {
        seen = bytes;
        lastProgress = Date.now();
        if (process.stderr.isTTY) process.stderr.write(`\r${Math.round(bytes / 1e6)} MB \u001b[K`);
      } else if (Date.now() - lastProgress > stallLimitMs) {
        end(`nothing came for ${stallLimitMs / 1_000} seconds`);
        child.kill('SIGKILL');
      }
    }, lookEveryMs);
    const stop = () => child.kill('SIGKILL');
    process.once('exit', stop);
    const end = (why) => {
      clearInterval(timer);
      process.off('exit', stop);
      if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
      resolve(why);
    };
    child.on('error', (error) => end(error.message));
    child.on('exit', () => {
      rmSync(temporary, { recursive: true, force: true, maxRetries: 5 });
      end(/^\w*Error: (.*)$/m.exec(said)?.[1] ?? 'its installer failed');
    });
  });
}

function bytesIn(folder) {
  if (!existsSync(folder)) return 0;
  let sum = 0;
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    // Node before 20.12 calls the folder of an entry `path`.
    sum += statSync(path.join(entry.parentPath ?? entry.path, entry.name), { throwIfNoEntry: false })?.size ?? 0;
  }
  return sum;
}
