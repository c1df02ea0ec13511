import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's root folder. */
export const projectRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..', '..');

const nodeFolder = path.join(projectRoot, 'build', 'node');

/** Whether `version` ("24.21.0") can run everything here: undici 8, better-sqlite3 13 and type stripping need 22.19. */
function isRecentEnough(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 19);
}

/** Path of the pinned Node's executable for this system, or null where npm has none. */
function pinnedNodePath() {
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const pinned = JSON.parse(readFileSync(path.join(nodeFolder, 'package.json'), 'utf8')).optionalDependencies;
  if (!(name in pinned)) return null;
  return path.join(nodeFolder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

/** Path of npm's own script, so that npm can be run on another Node than the machine's. */
export function npmCli() {
  if (process.env.npm_execpath?.endsWith('.js')) return process.env.npm_execpath;
  const beside = path.join(path.dirname(process.execPath), '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js');
  if (existsSync(beside)) return beside;
  const found = spawnSync('npm', ['root', '-g'], { encoding: 'utf8', shell: process.platform === 'win32' });
  return path.join(found.stdout.trim(), 'npm', 'bin', 'npm-cli.js');
}

/**
 * The Node executable to run everything on: the pinned one, installed on first use, else the machine's own when it is
 * recent enough. Ends the process with what to do when there is neither. npm's output goes to standard error.
 */
export function ensureNode() {
  if (isRecentEnough(process.versions.node) && process.env.SEGUE_PINNED_NODE === '0') return process.execPath;
  const pinned = pinnedNodePath();
  if (pinned === null) {
    if (isRecentEnough(process.versions.node)) return process.execPath;
    console.error(`Segue needs Node 22.19 or newer; this is ${process.versions.node}. Install it from nodejs.org.`);
    process.exit(1);
  }
  if (!existsSync(pinned)) {
    console.error('Installing the pinned Node …');
    runNpm(process.execPath, ['ci', '--ignore-scripts'], nodeFolder);
    if (!existsSync(pinned)) {
      console.error(`npm did not install ${path.relative(projectRoot, pinned)}.`);
      process.exit(1);
    }
  }
  return pinned;
}

/** Runs npm on the given Node in `folder`; ends the process with npm's exit code when it fails. */
export function runNpm(node, args, folder) {
  const result = spawnSync(node, [npmCli(), ...args], { cwd: folder, stdio: ['ignore', 2, 2] });
  if (result.status !== 0) process.exit(result.status ?? 1);
}

const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/** Runs a script on the pinned Node with this process's streams; resolves with its exit code. Signals are passed on. */
export function runOnNode(node, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(node, args, { cwd: projectRoot, stdio: 'inherit', ...options });
    const pass = (signal) => child.kill(signal);
    for (const signal of passedOn) process.on(signal, pass);
    child.on('exit', (code, signal) => {
      for (const signal of passedOn) process.off(signal, pass);
      resolve(code ?? (signal === null ? 1 : 130));
    });
  });
}
