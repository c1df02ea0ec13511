import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { TestAccount } from '../../practice/test-support/test-account.ts';
import { connectStore } from '../../store/open-store.ts';
import { DrivenEngine, type SavedExport } from '../../test-support/driven-engine.ts';
import { type PlainPorts, plainPorts } from '../../test-support/plain-ports.ts';

// A run that ends while its rows are looked through and the account is asked who has opted out. The account does not
// answer once; then it does.

let account: TestAccount;
let ports: PlainPorts;
let engine: DrivenEngine;
let saved: SavedExport;
const people = 30_000;

beforeAll(async () => {
  account = await TestAccount.start({ seed: false });
  ports = plainPorts({ env: { SEGUE_API_URL: account.account.apiUrl, SEGUE_AUTH_URL: account.account.authUrl } });
  const file = path.join(ports.paths.temp, 'people.csv');
  // Every tenth person twice, every hundredth row refused.
  const lines = Array.from({ length: people }, (_, row) => {
    const person = row % 10 === 9 ? row - 9 : row;
    return row % 100 === 55 ? 'nobody,Nobody\n' : `p${person}@example.com,Person ${row}\n`;
  });
  writeFileSync(file, `Email,First name\n${lines.join('')}`);
  engine = await DrivenEngine.open(ports);
  saved = await engine.saveExport(file);
  await account.api('POST', '/contacts', {
    email_address: { address: 'p1@example.com', permission_to_send: 'unsubscribed' },
    create_source: 'Account',
  });
});

afterEach(() => expect(engine.surprises).toEqual([]));

afterAll(async () => {
  await engine.stop();
  await account.stop();
  rmSync(ports.paths.userData, { recursive: true, force: true });
});

/** A run that waits for the account's opt-outs for ever, nothing of which has been read so far. */
async function waiting(): Promise<string> {
  const store = connectStore(path.join(ports.paths.userData, 'segue.sqlite'));
  for (const table of ['opt_out', 'opt_out_reading']) store.prepare(`DELETE FROM ${table}`).run();
  store.close();
  const slow = { kind: 'slow', milliseconds: 600_000 };
  await account.bench('faults', { faults: [{ method: 'GET', path: '/v3/contacts/counts', times: 9, fault: slow }] });
  const { runId } = await engine.run(saved.definition.exportId);
  await engine.when(runId, (view) => view.waiting?.for === 'opt-outs');
  return runId;
}

const left = (): string[] => readdirSync(ports.paths.temp).filter((name) => name !== 'people.csv');

const counts = {
  rowsRead: people,
  rejected: people / 100,
  duplicate: people / 10,
  heldBack: 1,
  unknown: 0,
  notSent: 0,
};

/** Taken up again, it does everything once, and what was learned counts. */
async function goesOn(runId: string, call: 'runs.continue' | 'runs.resume'): Promise<void> {
  await account.fetch('/_practice/faults', { method: 'DELETE', headers: { 'content-type': 'application/json' } });
  await engine.call(call, { runId });
  const run = await engine.ended(runId);
  expect(run).toMatchObject({ state: 'completedWithWarnings', balance: counts });
  const { body } = await account.api('GET', '/activities?limit=500');
  const own = body.activities.filter((one: { source_file_name?: string }) => one.source_file_name?.includes(runId));
  expect(own).toHaveLength(Math.ceil(run.progress.rowsToSend / 20_000));
  expect(left()).toEqual([]);
}

test('cancelled: it is so at once, and nothing of it stays open', async () => {
  const runId = await waiting();
  await engine.call('runs.cancel', { runId });
  const run = await engine.ended(runId);
  expect(run).toMatchObject({ state: 'cancelled', error: null, canContinue: true });
  expect(left()).toEqual([]);
  await goesOn(runId, 'runs.continue');
});

test('paused: it rests, and is resumed', async () => {
  const runId = await waiting();
  await engine.call('runs.pause', { runId });
  expect(await engine.ended(runId)).toMatchObject({ state: 'paused', error: null });
  expect(left()).toEqual([]);
  await goesOn(runId, 'runs.resume');
});

test('the app ends: it is offered to be continued', async () => {
  const runId = await waiting();
  await engine.stop();
  expect(left()).toEqual([]);
  engine = await DrivenEngine.open(ports);
  const { runs } = await engine.call('app.getSnapshot', {});
  expect(runs.find((run) => run.runId === runId)).toMatchObject({ state: 'interrupted', canContinue: true });
  await goesOn(runId, 'runs.continue');
});
