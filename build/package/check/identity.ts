import { readFileSync } from 'node:fs';
import path from 'node:path';
import { appId } from '../builder-config.ts';
import type { BuiltPackage, Finding } from './built-package.ts';

interface Manifest {
  readonly name?: string;
  readonly productName?: string;
  readonly version?: string;
  readonly main?: string;
  readonly desktopName?: string;
  readonly scripts?: unknown;
  readonly devDependencies?: unknown;
}

const projectRoot = path.resolve(import.meta.dirname, '..', '..', '..');

/**
 * Who the app says it is: names decide folders, keychain entries, taskbar grouping and notifications, and must be the
 * same everywhere and for ever (electron-facts.md 1.5, 8).
 */
export function checkIdentity(built: BuiltPackage): Finding[] {
  const finding = (what: string) => ({ check: 'identity', what });
  const findings: Finding[] = [];
  const own = JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8')) as Manifest;
  if (!built.archive.files.has('package.json')) return [finding('package.json is missing')];
  const packed = JSON.parse(built.archive.read('package.json').toString('utf8')) as Manifest;
  for (const key of ['name', 'productName', 'version', 'main', 'desktopName'] as const) {
    if (packed[key] !== own[key]) findings.push(finding(`package.json's ${key} is ${packed[key]}, not ${own[key]}`));
  }
  for (const key of ['scripts', 'devDependencies'] as const) {
    if (packed[key] !== undefined) findings.push(finding(`package.json still has its ${key}`));
  }
  if (packed.desktopName !== `${appId}.desktop`) findings.push(finding(`desktopName is not ${appId}.desktop`));
  const main = built.archive.files.has('out/main/index.cjs') ? built.archive.read('out/main/index.cjs').toString() : '';
  if (!main.includes(appId)) findings.push(finding(`out/main/index.cjs does not set ${appId} for Windows's taskbar`));
  if (built.target.system === 'mac') {
    const plist = readFileSync(path.join(built.resources, '..', 'Info.plist'), 'utf8');
    if (!plist.includes(`<string>${appId}</string>`)) findings.push(finding(`Info.plist does not say ${appId}`));
  }
  return findings;
}
