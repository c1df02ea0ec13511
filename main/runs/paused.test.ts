import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SegmentView } from '../../preload/contract/views.ts';
import { TestAccount } from '../practice/test-support/test-account.ts';
import { DrivenEngine } from '../test-support/driven-engine.ts';
import { type PlainPorts, plainPorts } from '../test-support/plain-ports.ts';
import { closes } from './balance.ts';

// Pausing, over real HTTP: runs of 45,000 rows, which need three imports of 20,000, 20,000 and 5,000.

const people = 45_000;
const importPath = '/v3/activities/contacts_file_import';

let account: TestAccount;
let ports: PlainPorts;
let engine: DrivenEngine;
let segment: SegmentView;
let connectionId: string;

beforeAll(async () => {
  account = await TestAccount.start({ seed: false });
  const { apiUrl, authUrl } = account.account;
  ports = plainPorts({ env: { SEGUE_API_URL: apiUrl, SEGUE_AUTH_URL: authUrl } });
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'segue-paused-')), 'people.csv');
  writeFileSync(file, `Email\n${Array.from({ length: people }, (_, index) => `p${index}@example.com\n`).join('')}`);
  engine = await DrivenEngine.open(ports);
  ({ connectionId } = await engine.connect());
  segment = await engine.addFile(file);
});

afterAll(async () => {
  await engine.stop();
  await account.stop();
});

let made = 0;
async function newExport(): Promise<string> {
  made += 1;
  const list = await engine.call('lists.create', { connectionId, name: `List ${made}` });
  const { exportId } = await engine.call('exports.save', {
    name: `Export ${made}`,
    connectionId,
    list: { listId: list.listId, name: list.name },
    segments: [{ segmentId: segment.segmentId, fieldMap: segment.suggestedFieldMap }],
  });
  return exportId;
}

/** The second import is answered late: time to press a button while it is on its way. */
const slowSecond = () =>
  account.bench('faults', {
    faults: [{ method: 'POST', path: importPath, nth: 2, fault: { kind: 'slow', milliseconds: 700 } }],
  });

/** A run whose second import is on its way. */
async function underWay(): Promise<string> {
  const exportId = await newExport();
  await slowSecond();
  const { runId } = await engine.run(exportId);
  await engine.when(runId, (view) => view.progress.rowsPosted === 20_000);
  return runId;
}

async function everybodySent(runId: string): Promise<void> {
  const run = await engine.ended(runId);
  expect(run).toMatchObject({ state: 'successful', error: null, canContinue: false });
  expect(run.balance).toMatchObject({ accepted: people, unknown: 0, notSent: 0 });
  const { body } = await account.api('GET', '/activities?limit=500');
  const names = body.activities.map(({ source_file_name }: { source_file_name?: string }) => source_file_name);
  expect(names.filter((name?: string) => name?.startsWith(`segue-${runId}-`))).toHaveLength(3);
}

test('paused, the batch on its way is finished and nothing is unknown; resumed, the rest is sent once', async () => {
  const runId = await underWay();
  const pausing = engine.when(runId, (view) => view.state === 'pausing');
  await engine.call('runs.pause', { runId });
  await pausing;
  expect(engine.application.hasActiveRun()).toBe(true);
  const paused = await engine.ended(runId);
  expect(paused).toMatchObject({ state: 'paused', error: null, canContinue: true });
  expect(paused.balance).toMatchObject({ accepted: 40_000, notSent: 5_000, unknown: 0 });
  expect(closes(paused.balance)).toBe(true);
  expect(engine.application.hasActiveRun()).toBe(false);
  await expect(engine.run(paused.exportId ?? '')).rejects.toMatchObject({ code: 'export.already-running' });

  await engine.call('runs.resume', { runId });
  await everybodySent(runId);
  await expect(engine.call('runs.resume', { runId })).rejects.toMatchObject({ code: 'run.cannot-continue' });
  expect(engine.surprises).toEqual([]);
});

test('a paused run is over when it is cancelled, and can be continued like any cancelled one', async () => {
  const runId = await underWay();
  await engine.call('runs.pause', { runId });
  await engine.ended(runId);
  await engine.call('runs.cancel', { runId });
  expect(await engine.ended(runId)).toMatchObject({ state: 'cancelled', canContinue: true });
  await engine.call('runs.continue', { runId });
  await everybodySent(runId);
});

test('cancelled while it pauses, it is stopped at once', async () => {
  const runId = await underWay();
  await engine.call('runs.pause', { runId });
  await engine.call('runs.cancel', { runId });
  const run = await engine.ended(runId);
  expect(run).toMatchObject({ state: 'cancelled', canContinue: true });
  expect(closes(run.balance)).toBe(true);
  await engine.call('runs.continue', { runId });
  await everybodySent(runId);
});

test('a run that waits in the queue is paused at once, and keeps its place from nobody', async () => {
  const first = await underWay();
  const { runId } = await engine.run(await newExport());
  await engine.call('runs.pause', { runId });
  expect(await engine.ended(runId)).toMatchObject({ state: 'paused', canContinue: true, balance: { rowsRead: 0 } });
  await everybodySent(first);
  await engine.call('runs.resume', { runId });
  await everybodySent(runId);
});

test('all of it sent meanwhile, a run that was to pause is simply done', async () => {
  const exportId = await newExport();
  await account.bench('faults', {
    faults: [{ activity: 'file_import', nth: 3, plan: { outcome: 'stuck', atPercent: 50 } }],
  });
  const { runId } = await engine.run(exportId);
  await engine.when(runId, (view) => view.progress.rowsSettled === 40_000);
  await engine.call('runs.pause', { runId });
  const { body } = await account.api('GET', '/activities?limit=10');
  for (const { activity_id, state } of body.activities) {
    if (state === 'processing') await account.bench('release', { activity_id });
  }
  await everybodySent(runId);
});

test('the app ends while a run pauses: it is paused at the next start', async () => {
  const runId = await underWay();
  await engine.call('runs.pause', { runId });
  await engine.stop();
  engine = await DrivenEngine.open(ports);
  const { runs } = await engine.call('app.getSnapshot', {});
  const run = runs.find((view) => view.runId === runId);
  expect(run).toMatchObject({ state: 'paused', canContinue: true });
  await engine.call('runs.resume', { runId });
  await everybodySent(runId);
});
