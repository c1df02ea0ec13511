import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from './pinned-node.mjs';

/** The folder that takes Electron's place where its runtime cannot be had (ARCHITECTURE.md). */
export const standInFolder = path.join(projectRoot, 'build', 'electron-stand-in');

const executables = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' };

/**
 * Path of the downloaded Electron, or null. Installed means all three: the version is the package's, path.txt names
 * this system's executable, and that file exists (electron-facts.md 1.1). Asking the package itself would download it.
 */
export function installedElectron() {
  const folder = path.join(projectRoot, 'node_modules', 'electron');
  const read = (file) =>
    existsSync(path.join(folder, file)) ? readFileSync(path.join(folder, file), 'utf8').trim() : '';
  const executable = executables[process.platform] ?? 'electron';
  const wanted = JSON.parse(read('package.json') || '{}').version;
  if (wanted === undefined || read('dist/version').replace(/^v/, '') !== wanted || read('path.txt') !== executable) {
    return null;
  }
  const file = path.join(folder, 'dist', executable);
  return existsSync(file) ? file : null;
}

/** Whether there is a screen to open a window on. */
export function hasDisplay(env = process.env) {
  if (process.platform !== 'linux') return true;
  return Boolean(env.DISPLAY || env.WAYLAND_DISPLAY);
}

/**
 * The Electron to start the app on: the real one when it is installed, has a display and is not run as root (which
 * Electron refuses), else the stand-in. `kind` says which.
 */
export function chooseRuntime(env = process.env) {
  if (env.ELECTRON_OVERRIDE_DIST_PATH) {
    return { kind: 'override', executable: path.join(env.ELECTRON_OVERRIDE_DIST_PATH, 'electron') };
  }
  const installed = installedElectron();
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
  if (installed !== null && hasDisplay(env) && !asRoot) return { kind: 'electron', executable: installed };
  return { kind: 'stand-in', executable: path.join(standInFolder, 'electron') };
}

/** The environment in which `electron` (and so Playwright) answers with the runtime that is to be used. */
export function runtimeEnv(env = process.env) {
  const { kind } = chooseRuntime(env);
  return kind === 'stand-in' ? { ...env, ELECTRON_OVERRIDE_DIST_PATH: standInFolder } : env;
}
