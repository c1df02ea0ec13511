import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { NtExecutable, NtExecutableResource, Resource } from 'resedit';
import { fuseSentinel } from './check/fuse-wire.ts';
import type { Target } from './targets.ts';

/** Electron 45's fuses as its builds come, electron-facts.md 2.3: version, how many, one letter for each. */
const wireAsBuilt = Buffer.concat([Buffer.from(fuseSentinel), Buffer.from([1, 9]), Buffer.from('101100011')]);

/**
 * Makes a folder that electron-builder takes for Electron's runtime on Linux or Windows, out of no more than this
 * checkout. On Linux its executable starts the stand-in of the checkout that the package lies in; on Windows it is an
 * empty program, which can be inspected only. Throws for macOS, whose bundle cannot be imitated.
 */
export function makeStandInRuntime(folder: string, target: Target, projectRoot: string): void {
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
  if (target.system === 'linux') {
    const script = readFileSync(path.join(projectRoot, 'build', 'package', 'stand-in-executable'));
    const executable = path.join(folder, 'electron');
    writeFileSync(executable, Buffer.concat([script, wireAsBuilt, Buffer.from('\n')]));
    chmodSync(executable, 0o755);
  } else if (target.system === 'win') {
    writeFileSync(path.join(folder, 'electron.exe'), emptyProgram(target));
  } else throw new Error('A package for macOS needs Electron’s own bundle.');
}

/** The name of Windows's resource that tells a stand-in from Electron. */
export const standInResource = 'SEGUESTANDIN';

/** A Windows program without code, with what electron-builder edits in Electron's: a version, icons' place, fuses. */
function emptyProgram(target: Target): Buffer {
  const program = NtExecutable.createEmpty(false, false);
  program.newHeader.fileHeader.machine = target.processor === 'x64' ? 0x8664 : 0xaa64;
  const resources = NtExecutableResource.from(program);
  const about = Resource.VersionInfo.createEmpty();
  about.setFileVersion(1, 0, 0, 0, 1033);
  about.setStringValues(
    { lang: 1033, codepage: 1200 },
    { FileDescription: 'Electron', OriginalFilename: 'electron.exe' },
  );
  about.outputToResourceEntries(resources.entries);
  const wire = new Uint8Array(wireAsBuilt);
  resources.entries.push({ type: standInResource, id: 1, lang: 1033, codepage: 1200, bin: wire.buffer });
  resources.outputResource(program);
  return Buffer.from(program.generate());
}
