// From the start of the process to a heading on the screen: Segue's first launch, as it is built and as it is packed, and
// an empty app in turn, all driven the same way. Argument: how often.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { _electron } from 'playwright';
import { openPackage } from '../../package/check/built-package.ts';
import { packageUnderTest } from '../../package/testing/package-under-test.ts';
import { median, tell } from '../part.ts';

const times = Number(process.argv[2] ?? 5);
const projectRoot = path.join(import.meta.dirname, '..', '..', '..');
const emptyApp = path.join(import.meta.dirname, '..', 'empty-app');
const packed = path.resolve(openPackage(packageUnderTest()).archive.file);
const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);

async function start(app: string): Promise<number> {
  const profile = mkdtempSync(path.join(os.tmpdir(), 'segue-bench-'));
  try {
    const began = performance.now();
    const started = await _electron.launch({
      args: [`--user-data-dir=${profile}`, app],
      env: {
        ...Object.fromEntries(inherited),
        SEGUE_PROFILE: profile,
        ...(app === packed ? { ELECTRON_FORCE_IS_PACKAGED: 'true' } : {}),
      },
    });
    const page = await started.firstWindow();
    await page.locator('h1').waitFor();
    const ms = performance.now() - began;
    await started.close();
    return ms;
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

// The first start of each fills the system's caches.
await start(emptyApp);
await start(projectRoot);
await start(packed);
const empty: number[] = [];
const segue: number[] = [];
const fromPackage: number[] = [];
for (let turn = 0; turn < times; turn++) {
  empty.push(await start(emptyApp));
  segue.push(await start(projectRoot));
  fromPackage.push(await start(packed));
}
tell({ emptyMs: median(empty), segueMs: median(segue), packedMs: median(fromPackage) });
