import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { extractArchive, openArchive } from '../package/asar-archive.ts';

/** Outside of any checkout, so that nothing that the archive lacks is found in a node_modules folder above it. */
const keptFolder = path.join(os.tmpdir(), `segue-packaged-apps-${process.getuid?.() ?? 0}`);

/** The package that the stand-in was started from (build/package/stand-in-executable), or null. */
export const ownPackage: string | null = process.env.ELECTRON_STAND_IN_PACKAGE || null;
delete process.env.ELECTRON_STAND_IN_PACKAGE;

/**
 * Node cannot read archives: an app in one is laid out once, in a folder that is called `app.asar` too, so that the app
 * finds itself where it does in Electron. Files that the archive does not vouch for are refused (stricter than Linux's
 * Electron, which does not look). Returns the folder.
 */
export function layOutArchive(file: string): string {
  const archive = openArchive(file);
  const name = `${archive.headerHash.slice(0, 32)}`;
  const kept = path.join(keptFolder, name);
  const app = path.join(kept, 'app.asar');
  if (existsSync(app)) return app;
  mkdirSync(keptFolder, { recursive: true, mode: 0o700 });
  const temporary = mkdtempSync(path.join(keptFolder, 'new-'));
  try {
    extractArchive(archive, path.join(temporary, 'app.asar'));
    renameSync(temporary, kept);
    forgetOld();
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    // Another start may have been quicker.
    if (!existsSync(app)) throw error;
  }
  return app;
}

/** Each holds natives of some 75 MB; those of the last few packages stay, since an app may be running from one. */
function forgetOld(): void {
  const byAge = readdirSync(keptFolder)
    .map((name) => path.join(keptFolder, name))
    .map((folder) => ({ folder, at: statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? 0 }))
    .sort((one, other) => other.at - one.at);
  for (const { folder } of byAge.slice(3)) rmSync(folder, { recursive: true, force: true });
}
