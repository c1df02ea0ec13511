import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RunView, SegmentView } from '../../preload/contract/views.ts';
import type { Caller } from '../application.ts';
import { TestAccount } from '../practice/test-support/test-account.ts';
import { DrivenEngine } from '../test-support/driven-engine.ts';
import { plainPorts } from '../test-support/plain-ports.ts';

// Who waits for whom: runs to one list, runs of one export, runs behind a cancelled one that is still followed.

let account: TestAccount;
let engine: DrivenEngine;
let segment: SegmentView;
let connectionId: string;

beforeEach(async () => {
  account = await TestAccount.start({ seed: false });
  const { apiUrl, authUrl } = account.account;
  engine = await DrivenEngine.open(plainPorts({ env: { SEGUE_API_URL: apiUrl, SEGUE_AUTH_URL: authUrl } }));
  ({ connectionId } = await engine.connect());
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'segue-queue-')), 'people.csv');
  writeFileSync(file, 'Email\na@example.com\nb@example.com\n');
  segment = await engine.addFile(file);
});

afterEach(async () => {
  expect(engine.surprises).toEqual([]);
  await engine.stop();
  await account.stop();
});

const newList = (name: string) => engine.call('lists.create', { connectionId, name });

async function newExport(name: string, list: { listId: string; name: string }): Promise<string> {
  const { exportId } = await engine.call('exports.save', {
    name,
    connectionId,
    list: { listId: list.listId, name: list.name },
    segments: [{ segmentId: segment.segmentId, fieldMap: segment.suggestedFieldMap }],
  });
  return exportId;
}

const stuck = () => account.bench('faults', { faults: [{ activity: 'file_import', plan: { outcome: 'stuck' } }] });

async function release(): Promise<void> {
  const { body } = await account.api('GET', '/activities?limit=50');
  for (const { activity_id, state } of body.activities) {
    if (state === 'processing') await account.bench('release', { activity_id });
  }
}

/** Every state a run was seen in, in order, each with the states of the others at that moment. */
function watch(): RunView[] {
  const seen: RunView[] = [];
  engine.application.subscribe((name, payload) => {
    if (name === 'run.changed') seen.push((payload as unknown as { value: RunView }).value);
  });
  return seen;
}

/** Whoever may ask for a run: the window, a command, a schedule. */
const everyWay = async (): Promise<Caller[]> => [
  { via: 'window' },
  await engine.application.admit(null),
  { via: 'schedule' },
];

test('of runs of one export started at once, however and wherever from, one is begun', async () => {
  const exportId = await newExport('Autumn', await newList('Autumn'));
  const input = { exportId, agreedToMail: true as const };
  const from = (caller: Caller) => engine.application.call('exports.run', input, caller);
  const wishes = (await everyWay()).map(from);
  const answers = await Promise.allSettled(wishes);
  const begun = answers.filter((answer) => answer.status === 'fulfilled');
  expect(begun).toHaveLength(1);
  for (const answer of answers) {
    if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'export.already-running' });
  }
  const [first] = begun;
  expect(await engine.ended(first?.value.runId ?? '')).toMatchObject({ state: 'successful' });
  expect((await engine.call('app.getSnapshot', {})).runs).toHaveLength(1);
});

test('a run is continued once, however many ask', async () => {
  const exportId = await newExport('Autumn', await newList('Autumn'));
  await account.bench('faults', {
    faults: [
      { method: 'POST', path: '/v3/activities/contacts_file_import', fault: { kind: 'status', status: 403, body: [] } },
    ],
  });
  const { runId } = await engine.ended((await engine.run(exportId)).runId);
  const answers = await Promise.allSettled(
    (await everyWay()).map((caller) => engine.application.call('runs.continue', { runId }, caller)),
  );
  expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  await engine.ended(runId);
  const { body } = await account.api('GET', '/activities?limit=50');
  expect(body.activities).toHaveLength(1);
});

test('two exports to one list are sent one after the other', async () => {
  const list = await newList('Autumn');
  const exports = [await newExport('One', list), await newExport('Two', list)];
  const seen = watch();
  const runs = await Promise.all(exports.map((exportId) => engine.run(exportId)));
  const ended = await Promise.all(runs.map(({ runId }) => engine.ended(runId)));
  expect(ended.map(({ state }) => state)).toEqual(['successful', 'successful']);
  const firstEnd = seen.findIndex(({ state }) => state === 'successful');
  const secondStart = seen.findIndex(({ runId, state }) => state === 'running' && runId !== seen[firstEnd]?.runId);
  expect(secondStart).toBeGreaterThan(firstEnd);
});

test('a cancelled run that is still followed holds up nobody but runs to its own list', async () => {
  const list = await newList('Autumn');
  const [first, same] = [await newExport('One', list), await newExport('Same list', list)];
  const other = await newExport('Other list', await newList('Winter'));
  await stuck();
  const { runId } = await engine.run(first);
  await engine.when(runId, (view) => view.progress.rowsPosted === 2);
  const waiting = await engine.run(same);
  const going = await engine.run(other);
  await engine.call('runs.cancel', { runId });
  expect(await engine.ended(going.runId)).toMatchObject({ state: 'successful' });
  const { runs } = await engine.call('app.getSnapshot', {});
  const now = (id: string) => runs.find((view) => view.runId === id);
  expect(now(runId)).toMatchObject({ state: 'cancelled', progress: { phase: 'confirming' }, balance: { unknown: 2 } });
  expect(now(waiting.runId)).toMatchObject({ state: 'queued' });
  await release();
  // What was under way turned out to be all.
  expect(await engine.ended(runId)).toMatchObject({ state: 'successful', balance: { accepted: 2, unknown: 0 } });
  expect(await engine.ended(waiting.runId)).toMatchObject({ state: 'successful' });
});

test('cancelled a second time, a run is followed no more, and those behind it go on', async () => {
  const list = await newList('Autumn');
  const [first, same] = [await newExport('One', list), await newExport('Same list', list)];
  await stuck();
  const { runId } = await engine.run(first);
  await engine.when(runId, (view) => view.progress.rowsPosted === 2);
  const waiting = await engine.run(same);
  const cancelled = engine.when(runId, (view) => view.state === 'cancelled');
  await engine.call('runs.cancel', { runId });
  await cancelled;
  await engine.call('runs.cancel', { runId });
  expect(await engine.ended(runId)).toMatchObject({ state: 'cancelled', canContinue: true, balance: { unknown: 2 } });
  expect(await engine.ended(waiting.runId)).toMatchObject({ state: 'successful' });
  await release();
});
