import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TestAccount } from '../practice/test-support/test-account.ts';
import { DrivenEngine, type SavedExport } from '../test-support/driven-engine.ts';
import { type PlainPorts, plainPorts } from '../test-support/plain-ports.ts';

// The computer sleeps, or the network goes away, while a run of three imports is under way.

const people = 45_000;
const importPath = '/v3/activities/contacts_file_import';

let account: TestAccount;
let ports: PlainPorts;
let engine: DrivenEngine;
let saved: SavedExport;

beforeEach(async () => {
  account = await TestAccount.start({ seed: false });
  const { apiUrl, authUrl } = account.account;
  ports = plainPorts({ env: { SEGUE_API_URL: apiUrl, SEGUE_AUTH_URL: authUrl } });
  engine = await DrivenEngine.open(ports);
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'segue-away-')), 'people.csv');
  writeFileSync(file, `Email\n${Array.from({ length: people }, (_, index) => `p${index}@example.com\n`).join('')}`);
  saved = await engine.saveExport(file);
});

afterEach(async () => {
  expect(engine.surprises).toEqual([]);
  await engine.stop();
  await account.stop();
});

async function everybodySentOnce(runId: string): Promise<void> {
  expect(await engine.ended(runId)).toMatchObject({ state: 'successful', balance: { accepted: people, unknown: 0 } });
  account.carry((await account.signIn()).access_token);
  const { body } = await account.api('GET', '/activities?limit=500');
  const names = body.activities.map(({ source_file_name }: { source_file_name?: string }) => source_file_name);
  expect(names.filter((name?: string) => name?.startsWith(`segue-${runId}-`))).toHaveLength(3);
}

test('after a sleep, an answer that will never come is not waited for: its import is looked for', async () => {
  const never = { kind: 'slow', milliseconds: 600_000 };
  await account.bench('faults', { faults: [{ method: 'POST', path: importPath, nth: 2, fault: never }] });
  const { runId } = await engine.run(saved.definition.exportId);
  // What lies before the sleep is a request that is on its way, not one that is about to leave.
  await vi.waitFor(async () => {
    const { body } = await account.fetch('/_practice/faults');
    expect(body.faults).toMatchObject([{ seen: 2 }]);
  }, 20_000);
  ports.wake();
  await everybodySentOnce(runId);
});

test('woken with nothing to do, nothing happens', async () => {
  ports.wake();
  await everybodySentOnce((await engine.run(saved.definition.exportId)).runId);
  ports.wake();
  ports.wake();
});

/** A run with everything sent, of which one import is not through yet, and no network; answers how that ends. */
async function cutOff(): Promise<{ runId: string; back: () => Promise<void> }> {
  await account.bench('faults', { faults: [{ activity: 'file_import', nth: 2, plan: { outcome: 'stuck' } }] });
  const { runId } = await engine.run(saved.definition.exportId);
  await engine.when(runId, (view) => view.progress.rowsSettled === people - 20_000);
  const waits = engine.when(runId, (view) => view.waiting?.for === 'network');
  const { port } = new URL(account.account.apiUrl);
  await account.account.close();
  expect(await waits).toMatchObject({ state: 'running', error: null });
  const back = async () => {
    await account.restart({ port: Number(port) });
    account.carry((await account.signIn()).access_token);
    const { body } = await account.api('GET', '/activities?limit=10');
    for (const { activity_id, state } of body.activities) {
      if (state !== 'completed') await account.bench('release', { activity_id });
    }
  };
  return { runId, back };
}

test('the network goes away and comes back: the run says so, waits and goes on by itself', async () => {
  const { runId, back } = await cutOff();
  await back();
  await everybodySentOnce(runId);
});

test('paused while there is no network, it rests at once; resumed with one, it goes on', async () => {
  const { runId, back } = await cutOff();
  await engine.call('runs.pause', { runId });
  const paused = await engine.ended(runId);
  expect(paused).toMatchObject({ state: 'paused', canContinue: true, balance: { unknown: 20_000, notSent: 0 } });
  await back();
  await engine.call('runs.resume', { runId });
  await everybodySentOnce(runId);
});
