import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { appId, builderConfig, installers } from './builder-config.ts';
import { openPackage } from './check/built-package.ts';
import { readFuses } from './check/fuse-wire.ts';
import { dropEmpty } from './environment.ts';
import type { Target } from './targets.ts';
import { packageUnderTest } from './testing/package-under-test.ts';

const projectRoot = path.resolve(import.meta.dirname, '..', '..');
const read = (file: string) => readFileSync(path.join(projectRoot, file), 'utf8');
const manifest = JSON.parse(read('package.json')) as { desktopName: string; dependencies: Record<string, string> };

function config(target: Target, env: Record<string, string> = {}) {
  return builderConfig(target, { projectRoot, output: 'dist', electronDist: null, electronVersion: '45.4.1', env });
}
const mac = { system: 'mac', processor: 'arm64' } as const;
const win = { system: 'win', processor: 'x64' } as const;
const linux = { system: 'linux', processor: 'x64' } as const;

it('calls the app the same everywhere', () => {
  expect(config(win).appId).toBe(appId);
  expect(read('main/index.ts')).toContain(`app.setAppUserModelId('${appId}')`);
  expect(manifest.desktopName).toBe(`${appId}.desktop`);
  expect(config(linux).linux?.syncDesktopName).toBe(true);
});

it('makes what each system’s people install', () => {
  expect(installers).toEqual({ linux: ['AppImage', 'deb'], mac: ['dmg', 'zip'], win: ['nsis'] });
});

it('has icons of its own in every size and form', () => {
  expect(existsSync(String(config(mac).mac?.icon))).toBe(true);
  expect(existsSync(String(config(win).win?.icon))).toBe(true);
  for (const size of [16, 24, 32, 48, 64, 128, 256, 512]) {
    const png = readFileSync(path.join(String(config(linux).linux?.icon), `${size}x${size}.png`));
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size]);
  }
  const ico = readFileSync(String(config(win).win?.icon));
  expect(Array.from({ length: ico.readUInt16LE(4) }, (_, index) => ico.readUInt8(6 + 16 * index) || 256)).toContain(
    256,
  );
  const icns = readFileSync(String(config(mac).mac?.icon));
  expect([icns.toString('latin1', 0, 4), icns.readUInt32BE(4)]).toEqual(['icns', icns.length]);
});

describe('signing', () => {
  it('is off where nothing names a certificate, and nothing else is needed to switch it on', () => {
    expect(config(win).win?.signExecutable).toBe(false);
    expect(config(mac).mac?.notarize).toBe(false);
    expect(config(win, { WIN_CSC_LINK: 'x' }).win?.signExecutable).toBe(true);
    expect(config(mac, { APPLE_API_KEY: 'x' }).mac?.notarize).toBe(true);
    expect(config(win).forceCodeSigning).toBe(false);
    expect(config(win, { SEGUE_RELEASE: '1' }).forceCodeSigning).toBe(true);
  });

  it('takes a secret that a workflow does not have for none', () => {
    const env = { CSC_LINK: '', WIN_CSC_LINK: 'x', APPLE_API_KEY: '', SEGUE_RELEASE: '', PATH: '' };
    dropEmpty(env);
    expect(env).toEqual({ WIN_CSC_LINK: 'x', PATH: '' });
  });

  it('is handed the key that notarizes as the file that it has to be', () => {
    const workflow = read('.github/workflows/packages.yml');
    expect(workflow).toMatch(/echo "APPLE_API_KEY=\$RUNNER_TEMP\/\S+\.p8" >> "\$GITHUB_ENV"/);
    expect(workflow).not.toMatch(/^ +APPLE_API_KEY:/m);
  });

  it('asks macOS for no more than the just-in-time compiler', () => {
    const keys = [...read('build/package/entitlements.mac.plist').matchAll(/<key>(.*?)<\/key>/g)].map(([, key]) => key);
    expect(keys).toEqual(['com.apple.security.cs.allow-jit']);
  });
});

it('publishes nothing, and looks for nothing newer', () => {
  expect(config(linux).publish).toBeNull();
  expect(Object.keys(manifest.dependencies).sort()).toEqual(['@duckdb/node-api', 'better-sqlite3']);
});

it('offers Segue for segment files and never makes it their default', () => {
  const documents = [config(mac).mac?.fileAssociations ?? []].flat();
  expect(documents.every(({ rank }) => rank === 'Alternate')).toBe(true);
  expect(config(win).fileAssociations ?? config(win).win?.fileAssociations).toBeUndefined();
  const offered = read('build/package/open-with.nsh');
  const endings = documents.flatMap(({ ext }) => ext);
  for (const ending of endings) {
    expect(offered).toContain(`segueOffer ${ending}\n`);
    expect(offered).toContain(`segueWithdraw ${ending}\n`);
  }
  // The value without a name of a document's key is its default program.
  expect(offered).not.toMatch(/Classes\\\.\$\{ENDING\}" ""/);
});

it('puts no --no-sandbox into the AppImage', () => {
  expect(config(linux).toolsets?.appimage).toBe('1.0.3');
});

it('sets every fuse that electron-builder can set', () => {
  const set = config(linux).electronFuses ?? {};
  const wire = readFuses(openPackage(packageUnderTest()).fused)[0];
  expect(Object.keys(set).filter((name) => name !== 'resetAdHocDarwinSignature')).toHaveLength(8);
  expect(wire?.size).toBe(9);
}, 240_000);
