import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import type { RunView } from '../../preload/contract/views.ts';
import { startForwardProxy } from '../constant-contact/test-support/forward-proxy.ts';
import { provingCertificate, provingHost } from '../constant-contact/test-support/self-signed.ts';
import { TestAccount } from '../practice/test-support/test-account.ts';
import { DrivenEngine } from '../test-support/driven-engine.ts';
import { openKeychain, plainPorts, temporaryProfile } from '../test-support/plain-ports.ts';

// The engine as it runs in a company: the other side can only be reached through the system's proxy.

const child = path.join(import.meta.dirname, '..', 'test-support', 'engine-child.ts');
const people = 50_000;

test('requests, refreshes and the run thread all go through the proxy of the system', async () => {
  const account = await TestAccount.start({ seed: false });
  const { apiUrl, authUrl } = account.account;
  const userData = temporaryProfile();
  const key = randomBytes(32);
  const file = path.join(userData, 'people.csv');
  writeFileSync(file, `Email\n${Array.from({ length: people }, (_, index) => `p${index}@example.com\n`).join('')}`);
  const engine = await DrivenEngine.open(
    plainPorts({ userData, secrets: openKeychain(key), env: { SEGUE_API_URL: apiUrl, SEGUE_AUTH_URL: authUrl } }),
  );
  await engine.saveExport(file);
  await engine.stop();

  // The token at hand is refused, so that it has to be refreshed on the way, too.
  await account.bench('revoke', { tokens: 'access' });
  const proxy = await startForwardProxy(new URL(apiUrl).origin);
  const trusted = path.join(userData, 'trusted.pem');
  writeFileSync(trusted, provingCertificate.cert);
  const engineProcess = spawn(process.execPath, [child, userData, key.toString('hex'), 'run'], {
    env: {
      ...process.env,
      NODE_EXTRA_CA_CERTS: trusted,
      SEGUE_TEST_PROXY: proxy.address,
      SEGUE_PRACTICE_PACE: 'full-speed',
      SEGUE_API_URL: `https://${provingHost}${new URL(apiUrl).pathname}`,
      SEGUE_AUTH_URL: `https://${provingHost}${new URL(authUrl).pathname}`,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = (await text(engineProcess.stdout)).trim().split('\n');
  const { run, surprises } = JSON.parse(lines.at(-1) ?? '') as { run: RunView; surprises: string[] };
  expect(surprises).toEqual([]);
  expect(run).toMatchObject({ state: 'successful', balance: { rowsRead: people, accepted: people } });
  // One at least of main's client, the token keeper and the run thread, which share no connection.
  expect(proxy.tunnels.length).toBeGreaterThanOrEqual(2);
  expect(new Set(proxy.tunnels)).toEqual(new Set([`${provingHost}:443`]));
  await proxy.close();
  await account.stop();
  rmSync(userData, { recursive: true, force: true });
});
