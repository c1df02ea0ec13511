import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fuseSentinel } from './check/fuse-wire.ts';

/** Electron 45's fuses as its builds come, electron-facts.md 2.3: version, how many, one letter for each. */
const wireAsBuilt = Buffer.concat([Buffer.from(fuseSentinel), Buffer.from([1, 9]), Buffer.from('101100011')]);

/**
 * Makes a folder that electron-builder takes for Electron's runtime on Linux, out of no more than this checkout. Its
 * executable starts the stand-in of the checkout that the package lies in, and says so where there is none.
 */
export function makeStandInRuntime(folder: string, projectRoot: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.join(folder, 'locales'), { recursive: true });
  mkdirSync(path.join(folder, 'resources'));
  const electron = path.join(projectRoot, 'node_modules', 'electron');
  const { version } = JSON.parse(readFileSync(path.join(electron, 'package.json'), 'utf8')) as { version: string };
  copyFileSync(path.join(electron, 'LICENSE'), path.join(folder, 'LICENSE'));
  writeFileSync(path.join(folder, 'version'), version);
  writeFileSync(
    path.join(folder, 'LICENSES.chromium.html'),
    '<!doctype html><title>Chromium</title><p>No part of Chromium is in this package.\n',
  );
  // electron-builder must take away the languages that are not ours.
  for (const locale of ['de', 'en-GB', 'en-US', 'fr']) {
    writeFileSync(path.join(folder, 'locales', `${locale}.pak`), '');
  }
  const executable = path.join(folder, 'electron');
  const script = readFileSync(path.join(projectRoot, 'build', 'package', 'stand-in-executable'));
  writeFileSync(executable, Buffer.concat([script, wireAsBuilt, Buffer.from('\n')]));
  chmodSync(executable, 0o755);
}
