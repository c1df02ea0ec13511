import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signInAs } from '../../e2e/fixtures/sign-in-browser.ts';
import { openPackage } from './check/built-package.ts';
import { packageUnderTest } from './testing/package-under-test.ts';

const sample = path.resolve(import.meta.dirname, '..', '..', 'e2e', 'fixtures', 'sample-segment.csv');

let executable: string;
let profile: string;
// With Electron itself in the package a display would be needed, and its fuses let no test in.
let onNode = false;

beforeAll(() => {
  const built = openPackage(packageUnderTest());
  onNode = built.standIn;
  executable = built.executable;
  profile = mkdtempSync(path.join(os.tmpdir(), 'segue-packaged-'));
}, 240_000);

afterAll(() => rmSync(profile, { recursive: true, force: true, maxRetries: 5 }));

/** Runs a command of the packaged program in a folder that has nothing to do with it; `heard` reads along. */
function segue(args: readonly string[], heard: (text: string) => void = () => undefined) {
  return new Promise<{ code: number | null; out: string; err: string }>((resolve, reject) => {
    const child = spawn(executable, ['--cli', ...args], {
      cwd: os.tmpdir(),
      env: {
        PATH: process.env.PATH,
        HOME: profile,
        LC_ALL: 'en_US.UTF-8',
        SEGUE_PROFILE: profile,
        SEGUE_PRACTICE_PACE: 'full-speed',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err += text;
      heard(err);
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

describe.runIf(process.platform === 'linux')('the engine of the package, on Node', () => {
  it('reads a segment', async ({ skip }) => {
    if (!onNode) skip('Electron itself is in the package');
    const { code, out } = await segue(['inspect', sample, '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ format: 'csv', rowCount: 1_000 });
  });

  it('connects to the practice account and sends the segment there', async ({ skip }) => {
    if (!onNode) skip('Electron itself is in the package');
    let signedIn: Promise<unknown> | null = null;
    const connected = await segue(['connect', '--name', 'Practice', '--practice', '--agree', '--json'], (said) => {
      const address = /^http\S+\n/m.exec(said)?.[0].trim();
      if (address !== undefined) signedIn ??= signInAs(address, 'allow');
    });
    await signedIn;
    expect(connected).toMatchObject({ code: 0 });
    const list = ['--list', 'Autumn', '--create-list', '--email', 'EMail', '--confirm-permission', '--json'];
    const sent = await segue(['send', sample, '--connection', 'Practice', ...list]);
    expect(sent.err).toBe('');
    expect(sent.code).toBe(2);
    const result = JSON.parse(sent.out) as { balance: Record<string, number> };
    expect(result.balance).toMatchObject({ rowsRead: 1_000, refused: 0, unknown: 0, notSent: 0 });
  });
});
