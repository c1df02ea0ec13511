import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { alone, buildApp } from '../../launcher/build.mjs';
import { ownTarget } from '../targets.ts';

const projectRoot = path.resolve(import.meta.dirname, '..', '..', '..');
const output = path.join(projectRoot, '.cache', 'package');
const stampFile = path.join(output, 'made-from');

/** What the package is made of: the bundles, and how they are packed. */
function fingerprint(): string {
  const hash = createHash('sha256').update(readFileSync(path.join(projectRoot, 'out', '.built-from')));
  for (const folder of ['build/package', 'build/package/check', 'build/icons']) {
    for (const entry of readdirSync(path.join(projectRoot, folder), { withFileTypes: true })) {
      if (!entry.isFile() || entry.name.endsWith('.test.ts')) continue;
      const { size, mtimeMs } = statSync(path.join(projectRoot, folder, entry.name));
      hash.update(`${folder}/${entry.name} ${size} ${mtimeMs}\n`);
    }
  }
  return hash.digest('hex');
}

/**
 * The unpacked folder of this computer's package in .cache/package, made as `npm run dist -- --dir` makes it when
 * something that it is made of has changed since. Throws when it cannot be made.
 */
export function packageUnderTest(): string {
  if (!buildApp(process.execPath)) throw new Error('There is no build.');
  const { system, processor } = ownTarget();
  const plain = { linux: 'linux-unpacked', win: 'win-unpacked', mac: 'mac' }[system];
  const folder = path.join(output, processor === 'x64' ? plain : plain.replace(/^(linux|win|mac)/, '$1-arm64'));
  // Nobody may build while the bundles are packed.
  return alone('building', () => {
    const wanted = fingerprint();
    if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wanted && existsSync(folder)) return folder;
    rmSync(output, { recursive: true, force: true });
    const script = path.join(projectRoot, 'build', 'package', 'dist.ts');
    const args = ['--disable-warning=ExperimentalWarning', script, '--dir', '--output', output];
    const made = spawnSync(process.execPath, args, { cwd: projectRoot, encoding: 'utf8', maxBuffer: 2 ** 26 });
    if (made.status !== 0) throw new Error(`${made.stdout}${made.stderr}`);
    writeFileSync(stampFile, wanted);
    return folder;
  });
}
