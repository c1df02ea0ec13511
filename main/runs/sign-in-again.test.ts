import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RunView } from '../../preload/contract/views.ts';
import { TestAccount } from '../practice/test-support/test-account.ts';
import { generateSampleSegment } from '../segments/generate-sample.ts';
import { DrivenEngine, type SavedExport } from '../test-support/driven-engine.ts';
import { type PlainPorts, plainPorts } from '../test-support/plain-ports.ts';
import { closes } from './balance.ts';

// A sign-in that is withdrawn while a run that a person started in the window goes on.

const people = 200_000;
/** So many rows take ten seconds on a quiet machine, and a minute on one that is busy. */
const patience = { timeout: 120_000 };
const folder = mkdtempSync(path.join(tmpdir(), 'segue-again-'));

let account: TestAccount;
let ports: PlainPorts;
let engine: DrivenEngine;
let saved: SavedExport;

beforeEach(async () => {
  account = await TestAccount.start({ seed: false });
  ports = plainPorts({ env: { SEGUE_API_URL: account.account.apiUrl, SEGUE_AUTH_URL: account.account.authUrl } });
  engine = await DrivenEngine.open(ports);
});

afterEach(async () => {
  await engine.stop();
  await account.stop();
  expect(engine.surprises).toEqual([]);
  rmSync(ports.paths.userData, { recursive: true, force: true });
});

async function begin(rows: number): Promise<RunView> {
  const file = path.join(folder, `${rows}.csv`);
  await generateSampleSegment(file, rows);
  saved = await engine.saveExport(file);
  return engine.run(saved.definition.exportId);
}

const waitsForSignIn = (view: RunView) => view.waiting?.for === 'sign-in';

/** The run once a few of its batches have been taken, and then its sign-in withdrawn. */
async function withdrawnInTheMiddle(rows: number): Promise<string> {
  const { runId } = await begin(rows);
  await engine.when(runId, (view) => view.progress.batchesSettled >= 2);
  const waits = engine.when(runId, waitsForSignIn);
  await account.bench('revoke', { tokens: 'all' });
  expect(await waits).toMatchObject({ state: 'running', error: null, canContinue: false });
  return runId;
}

const connectionOf = async () => (await engine.call('app.getSnapshot', {})).connections[0];

test(
  'withdrawn in the middle of 200,000 rows: it waits, the person signs in again, it goes on, the balance closes',
  patience,
  async () => {
    const runId = await withdrawnInTheMiddle(people);
    expect(await connectionOf()).toMatchObject({ details: { signInState: 'signed-out' } });
    expect(engine.application.hasActiveRun()).toBe(true);

    await engine.connect('Practice', saved.connection.connectionId);
    expect(await connectionOf()).toMatchObject({ details: { signInState: 'signed-in' } });
    const run = await engine.ended(runId);
    expect(run).toMatchObject({ error: null, waiting: null, canContinue: false });
    expect(closes(run.balance)).toBe(true);
    expect(run.balance).toMatchObject({ rowsRead: people, refused: 0, unknown: 0, notSent: 0 });
    expect(run.balance.accepted + run.balance.duplicate + run.balance.rejected).toBe(people);

    account.carry((await account.signIn()).access_token);
    const { body } = await account.api('GET', `/contact_lists/${saved.list.listId}?include_membership_count=all`);
    expect(body.membership_count).toBe(run.balance.accepted);
    // Not one batch went out twice.
    const { batches } = run.progress;
    const { body: answer } = await account.api('GET', '/activities?limit=500');
    expect(
      answer.activities.filter(({ source_file_name }: { source_file_name?: string }) => source_file_name),
    ).toHaveLength(batches);
  },
);

test('Cancel works at once while it waits, and the rest can be continued', patience, async () => {
  const runId = await withdrawnInTheMiddle(people);
  const pressed = performance.now();
  await engine.call('runs.cancel', { runId });
  const cancelled = await engine.ended(runId);
  expect(performance.now() - pressed).toBeLessThan(2_000);
  expect(cancelled).toMatchObject({ state: 'cancelled', canContinue: true, waiting: null });
  expect(closes(cancelled.balance)).toBe(true);

  await engine.connect('Practice', saved.connection.connectionId);
  await engine.call('runs.continue', { runId });
  const run = await engine.ended(runId);
  expect(run.balance).toMatchObject({ rowsRead: people, unknown: 0, notSent: 0 });
});

test('the app may be quit while it waits; opened again the run is continued', patience, async () => {
  const runId = await withdrawnInTheMiddle(people);
  await engine.stop();
  expect(engine.surprises).toEqual([]);
  engine = await DrivenEngine.open(ports);
  expect(await engine.ended(runId)).toMatchObject({ state: 'interrupted', error: null, canContinue: true });
  await engine.connect('Practice', saved.connection.connectionId);
  await engine.call('runs.continue', { runId });
  const run = await engine.ended(runId);
  expect(run.balance).toMatchObject({ rowsRead: people, unknown: 0, notSent: 0 });
});

test('withdrawn before the run has asked whose account it is: it waits there, too', async () => {
  const { runId } = await begin(500);
  await engine.ended(runId);
  // The list is looked up with the token at hand; the question about the account then finds it refused.
  await account.bench('faults', {
    faults: [{ method: 'GET', path: '/v3/account/summary', fault: { kind: 'status', status: 401, body: [] } }],
  });
  await account.bench('revoke', { tokens: 'refresh' });
  const again = await engine.run(saved.definition.exportId);
  await engine.when(again.runId, waitsForSignIn);
  await engine.connect('Practice', saved.connection.connectionId);
  expect(await engine.ended(again.runId)).toMatchObject({ error: null, balance: { unknown: 0, notSent: 0 } });
});

test('a connection is renewed for its own account only', async () => {
  const { connectionId, displayName } = await engine.connect();
  const other = { encoded_account_id: 'p0another1', organization_name: 'Somebody else' };
  await account.bench('faults', {
    faults: [{ method: 'GET', path: '/v3/account/summary', fault: { kind: 'status', status: 200, body: other } }],
  });
  expect(await engine.signIn({ connectionId })).toMatchObject({
    state: 'failed',
    error: { code: 'connection.other-account', params: { name: displayName, account: 'Somebody else' } },
  });
  // Signed in to the right one, the connection keeps its identity whatever it is called in the question.
  expect(await engine.connect('Another name', connectionId)).toMatchObject({ connectionId, displayName });
});

test('a run does not go on under another account', async () => {
  const { runId } = await begin(500);
  await engine.ended(runId);
  const other = { encoded_account_id: 'p0another1', organization_name: 'Somebody else' };
  await account.bench('faults', {
    faults: [{ method: 'GET', path: '/v3/account/summary', fault: { kind: 'status', status: 200, body: other } }],
  });
  const again = await engine.run(saved.definition.exportId);
  expect(await engine.ended(again.runId)).toMatchObject({
    state: 'interrupted',
    error: { code: 'connection.other-account', params: { account: 'Somebody else' } },
    progress: { rowsPosted: 0 },
  });
});
