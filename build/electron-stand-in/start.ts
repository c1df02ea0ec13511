// Where the launcher begins: reads the command line, puts Electron's module in place, loads the app, makes it ready.
import { existsSync, readFileSync, statSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from './app.ts';
import { chromium } from './chromium.ts';
import { processSwitches, readCommandLine } from './command-line.ts';
import { answerElectronWith } from './hooks.ts';
import { electron, exportNames } from './module.ts';
import { layOutArchive, ownPackage } from './packaged-app.ts';

const electronVersion = (
  JSON.parse(
    readFileSync(path.join(import.meta.dirname, '..', '..', 'node_modules', 'electron', 'package.json'), 'utf8'),
  ) as { version: string }
).version;

const asked = readCommandLine(process.argv.slice(2));
if (asked.version) {
  process.stdout.write(`v${electronVersion}\n`);
  process.exit(0);
}
for (const [name, value] of asked.switches) processSwitches.set(name, value);

process.argv.splice(0, 2, process.env.ELECTRON_STAND_IN_EXECUTABLE ?? process.argv[0] ?? 'electron');
delete process.env.ELECTRON_STAND_IN_EXECUTABLE;
Object.defineProperty(process.versions, 'electron', { value: electronVersion, enumerable: true });
Object.defineProperty(process.versions, 'chrome', { value: '156.0.8078.100', enumerable: true });

/** The app's folder or archive: a package's own, else the one on the command line, else where the process stands. */
const given = ownPackage === null ? (asked.app ?? process.cwd()) : path.join(ownPackage, 'resources', 'app.asar');
Object.assign(process, {
  type: 'browser',
  defaultApp: !app.isPackaged,
  resourcesPath: given.endsWith('.asar') ? path.dirname(path.resolve(given)) : import.meta.dirname,
});
answerElectronWith(electron, exportNames);

process.on('uncaughtException', (error) => {
  if (process.listenerCount('uncaughtException') > 1) return;
  console.error('A JavaScript error occurred in the main process');
  console.error(error);
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit());

/** The app's folder and its main file, as Electron finds them from the path on its command line. */
function findApp(given: string): { folder: string; main: string } {
  const full = path.resolve(given);
  if (!existsSync(full)) throw new Error(`Unable to find Electron app at ${full}`);
  if (full.endsWith('.asar') && !statSync(full).isDirectory()) return findApp(layOutArchive(full));
  if (!statSync(full).isDirectory()) return { folder: path.dirname(full), main: full };
  return { folder: full, main: createRequire(path.join(full, 'package.json')).resolve(full) };
}

/** A main file is a module when its name says so, or its package does and its name does not say otherwise. */
function isModule(folder: string, main: string): boolean {
  if (main.endsWith('.mjs') || main.endsWith('.mts')) return true;
  if (main.endsWith('.cjs') || main.endsWith('.cts')) return false;
  const file = path.join(folder, 'package.json');
  return existsSync(file) && (JSON.parse(readFileSync(file, 'utf8')) as { type?: string }).type === 'module';
}

// Keeps the process up between events; app.quit() and app.exit() end it.
setInterval(() => undefined, 2 ** 30);

async function run(): Promise<void> {
  const { folder, main } = findApp(given);
  app.setAppFolder(folder);
  // A harness that passed a port waits for Chromium before it lets the app become ready.
  if (processSwitches.has('remote-debugging-port')) chromium().catch(stop);
  const require = createRequire(path.join(process.cwd(), 'electron.cjs'));
  for (const file of asked.requires) require(path.resolve(file));
  if (isModule(folder, main)) await import(pathToFileURL(main).href);
  else (Module as unknown as { _load(file: string, parent: null, isMain: boolean): unknown })._load(main, null, true);
  setImmediate(() => app.becomeReady());
}

function stop(error: unknown): void {
  console.error('App threw an error during load');
  console.error(error);
  app.exit(1);
}

run().catch(stop);
