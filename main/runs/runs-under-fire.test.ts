import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { RunView, SegmentView } from '../../preload/contract/views.ts';
import { TestAccount } from '../practice/test-support/test-account.ts';
import { DrivenEngine } from '../test-support/driven-engine.ts';
import { type PlainPorts, plainPorts } from '../test-support/plain-ports.ts';
import { closes } from './balance.ts';

// Real runs over HTTP against a practice account that misbehaves. Every test has a list and an export of its own.

const people = 45_000;
const importPath = '/v3/activities/contacts_file_import';

let account: TestAccount;
let ports: PlainPorts;
let engine: DrivenEngine;
let segment: SegmentView;
let connectionId: string;

beforeAll(async () => {
  account = await TestAccount.start({ seed: false });
  ports = plainPorts({
    env: { SEGUE_API_URL: account.account.apiUrl, SEGUE_AUTH_URL: account.account.authUrl },
  });
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'segue-fire-')), 'people.csv');
  const lines = Array.from({ length: people }, (_, index) => `person-${index}@example.com,First ${index % 97}\n`);
  writeFileSync(file, `Email,First name\n${lines.join('')}`);
  engine = await DrivenEngine.open(ports);
  ({ connectionId } = await engine.connect());
  segment = await engine.addFile(file);
});

afterEach(async () => {
  await noFaults();
  expect(engine.surprises).toEqual([]);
});

afterAll(async () => {
  await engine.stop();
  await account.stop();
});

let made = 0;
async function newExport() {
  made += 1;
  const list = await engine.call('lists.create', { connectionId, name: `List ${made}` });
  const { exportId } = await engine.call('exports.save', {
    name: `Export ${made}`,
    connectionId,
    list: { listId: list.listId, name: list.name },
    segments: [{ segmentId: segment.segmentId, fieldMap: segment.suggestedFieldMap }],
  });
  return { exportId, listId: list.listId, listName: list.name };
}

const faults = (...rules: unknown[]) => account.bench('faults', { faults: rules });
const noFaults = () =>
  account.fetch('/_practice/faults', { method: 'DELETE', headers: { 'content-type': 'application/json' } });
const onImport = (fault: unknown, nth = 1, times = 1) => ({ method: 'POST', path: importPath, nth, times, fault });

/** Imports of the run on the other side. */
async function importsOf(runId: string): Promise<{ activity_id: string; source_file_name: string; state: string }[]> {
  const { body } = await account.api('GET', '/activities?limit=500');
  return body.activities.filter(({ source_file_name }: { source_file_name?: string }) =>
    source_file_name?.startsWith(`segue-${runId}-`),
  );
}

async function membersOf(listId: string): Promise<number> {
  return (await account.api('GET', `/contact_lists/${listId}?include_membership_count=all`)).body.membership_count;
}

function expectEverybodySent(run: RunView): void {
  expect(run).toMatchObject({ state: 'successful', error: null, canContinue: false });
  expect(run.balance).toMatchObject({ rowsRead: people, accepted: people, unknown: 0, notSent: 0, refused: 0 });
}

test('an answer that is lost after the import was accepted is found again: nothing is sent twice', async () => {
  const { exportId, listId } = await newExport();
  await faults(onImport({ kind: 'drop', when: 'after' }, 2));
  const run = await engine.ended((await engine.run(exportId)).runId);
  expectEverybodySent(run);
  expect(await importsOf(run.runId)).toHaveLength(3);
  expect(await membersOf(listId)).toBe(people);
});

test('a request that never arrived is sent again', async () => {
  const { exportId, listId } = await newExport();
  await faults(onImport({ kind: 'drop', when: 'before' }, 2));
  const run = await engine.ended((await engine.run(exportId)).runId);
  expectEverybodySent(run);
  expect(await importsOf(run.runId)).toHaveLength(3);
  expect(await membersOf(listId)).toBe(people);
});

test('throttling, a full queue and a short outage are waited out', async () => {
  const { exportId } = await newExport();
  await faults(
    onImport({ kind: 'throttled' }, 1),
    onImport({ kind: 'queue-full' }, 2, 3),
    onImport({ kind: 'status', status: 503 }, 6),
  );
  const { runId } = await engine.run(exportId);
  const paused = await engine.when(runId, (view) => view.waiting?.for === 'pacing');
  expect(paused.waiting?.until).toBeGreaterThan(paused.startedAt);
  const run = await engine.ended(runId);
  expect(run.waiting).toBeNull();
  expectEverybodySent(run);
  expect(await importsOf(run.runId)).toHaveLength(3);
});

test('an activity that failed leaves its rows unknown; continuing sends them again and closes the balance', async () => {
  const { exportId, listId } = await newExport();
  await faults({ activity: 'file_import', nth: 2, plan: { outcome: 'failed', atPercent: 50 } });
  const broken = await engine.ended((await engine.run(exportId)).runId);
  expect(broken).toMatchObject({ state: 'interrupted', canContinue: true, error: { code: 'run.activity-failed' } });
  expect(broken.balance).toMatchObject({ accepted: people - 20_000, unknown: 20_000 });

  // A refusal on the second attempt tells nothing about the first: the rows stay unknown, they are not "not sent".
  await faults(onImport({ kind: 'status', status: 403, body: [] }));
  await engine.call('runs.continue', { runId: broken.runId });
  const refused = await engine.ended(broken.runId);
  expect(refused.balance).toMatchObject({ accepted: people - 20_000, unknown: 20_000, notSent: 0 });

  await engine.call('runs.continue', { runId: broken.runId });
  expectEverybodySent(await engine.ended(broken.runId));
  expect(await membersOf(listId)).toBe(people);
});

test('an activity that counts fewer rows than were sent leaves the rest unknown', async () => {
  const { exportId } = await newExport();
  await faults({ activity: 'file_import', nth: 1, plan: { outcome: 'stuck', atPercent: 100 } });
  const { runId } = await engine.run(exportId);
  await engine.when(runId, (view) => view.progress.rowsSettled === people - 20_000);
  const [stuck] = (await importsOf(runId)).filter(({ state }) => state !== 'completed');
  const short = { ...stuck, state: 'completed', status: { items_total_count: 19_000, error_count: 10 } };
  const path = '/v3/activities';
  await faults({ method: 'GET', path, fault: { kind: 'status', status: 200, body: { activities: [short] } } });
  const run = await engine.ended(runId);
  await account.bench('release', { activity_id: stuck?.activity_id });
  expect(run.state).toBe('interrupted');
  expect(run.balance).toMatchObject({ accepted: people - 20_000 + 18_990, refused: 10, unknown: 1_000 });
  await engine.call('runs.continue', { runId });
  expectEverybodySent(await engine.ended(runId));
});

test('a list that was deleted stops a run before it starts', async () => {
  const { exportId, listId, listName } = await newExport();
  await account.api('DELETE', `/contact_lists/${listId}`);
  await expect(engine.run(exportId)).rejects.toMatchObject({ code: 'list.not-found', params: { list: listName } });
});

test('a list that is deleted while the run starts is named, and nothing counts as sent', async () => {
  const { exportId, listId, listName } = await newExport();
  await faults({ method: 'GET', path: '/v3/account/summary', fault: { kind: 'slow', milliseconds: 300 } });
  const { runId } = await engine.run(exportId);
  await account.api('DELETE', `/contact_lists/${listId}`);
  const run = await engine.ended(runId);
  expect(run).toMatchObject({
    state: 'failed',
    canContinue: true,
    error: { code: 'list.not-found', params: { list: listName } },
  });
  expect(run.balance).toMatchObject({ rowsRead: people, notSent: people, unknown: 0 });
});

test('cancelled with a request on its way: said at once, settled in peace, continued to the end', async () => {
  const { exportId, listId } = await newExport();
  await faults(onImport({ kind: 'slow', milliseconds: 1_500 }, 2));
  const { runId } = await engine.run(exportId);
  await engine.when(runId, (view) => view.progress.rowsSettled === 20_000);
  const said = engine.when(runId, (view) => view.state === 'cancelled');
  await engine.call('runs.cancel', { runId });
  // The request that takes 1.5 s is still on its way: what became of it is not known when "stopped" is said.
  expect((await said).balance).toMatchObject({ accepted: 20_000, unknown: 20_000, notSent: people - 40_000 });
  const cancelled = await engine.ended(runId);
  expect(cancelled).toMatchObject({ state: 'cancelled', error: null, canContinue: true });
  expect(cancelled.balance).toMatchObject({ accepted: 40_000, notSent: people - 40_000, unknown: 0 });
  await engine.call('runs.continue', { runId });
  expectEverybodySent(await engine.ended(runId));
  expect(await importsOf(runId)).toHaveLength(3);
  expect(await membersOf(listId)).toBe(people);
});

test('cancelled while a lost answer is looked for: nobody has to wait for the looking', async () => {
  const { exportId } = await newExport();
  const outage = { method: 'GET', path: '/v3/activities', times: 1_000, fault: { kind: 'status', status: 503 } };
  await faults(onImport({ kind: 'drop', when: 'before' }), outage);
  const { runId } = await engine.run(exportId);
  await engine.when(runId, (view) => view.balance.unknown === 20_000);
  const said = engine.when(runId, (view) => view.state === 'cancelled');
  await engine.call('runs.cancel', { runId });
  expect((await said).balance).toMatchObject({ unknown: 20_000, notSent: people - 20_000 });
  // A second press gives up looking, too.
  await engine.call('runs.cancel', { runId });
  const given = await engine.ended(runId);
  expect(given).toMatchObject({ state: 'cancelled', canContinue: true });
  expect(given.balance.unknown).toBe(20_000);
  await noFaults();
  await engine.call('runs.continue', { runId });
  expectEverybodySent(await engine.ended(runId));
});

test('cancelled before the run thread has it, and continued beside the ruins of a plan', async () => {
  const { exportId } = await newExport();
  await faults({ method: 'GET', path: '/v3/account/summary', fault: { kind: 'slow', milliseconds: 60_000 } });
  const { runId } = await engine.run(exportId);
  await engine.call('runs.cancel', { runId });
  expect(await engine.ended(runId)).toMatchObject({ state: 'cancelled', error: null, canContinue: true });
  expect(await importsOf(runId)).toHaveLength(0);
  for (const name of ['plan.duckdb', 'plan.duckdb.wal']) {
    writeFileSync(path.join(ports.paths.userData, 'runs', runId, name), 'half a plan');
  }
  await noFaults();
  await engine.call('runs.continue', { runId });
  expectEverybodySent(await engine.ended(runId));
});

test('cancelled while the plan is made', async () => {
  const { exportId } = await newExport();
  const { runId } = await engine.run(exportId);
  await engine.when(runId, (view) => view.state === 'running');
  await engine.call('runs.cancel', { runId });
  const cancelled = await engine.ended(runId);
  expect(cancelled).toMatchObject({ state: 'cancelled', error: null, canContinue: true });
  expect(closes(cancelled.balance)).toBe(true);
  await engine.call('runs.continue', { runId });
  expectEverybodySent(await engine.ended(runId));
});

test('a finished plan that was lost is made again and goes on where it was', async () => {
  const { exportId, listId } = await newExport();
  await faults({ activity: 'file_import', nth: 2, plan: { outcome: 'failed', atPercent: 0 } });
  const { runId } = await engine.run(exportId);
  expect(await engine.ended(runId)).toMatchObject({ state: 'interrupted', canContinue: true });
  writeFileSync(path.join(ports.paths.userData, 'runs', runId, 'plan.duckdb'), 'not a database');
  await engine.call('runs.continue', { runId });
  expectEverybodySent(await engine.ended(runId));
  expect(await membersOf(listId)).toBe(people);
  expect(engine.surprises.splice(0)).toHaveLength(1);
});

test('cancelled while it stands in the queue, behind another', async () => {
  const [first, second] = [await newExport(), await newExport()];
  await faults({ activity: 'file_import', nth: 1, plan: { outcome: 'late', atPercent: 50 } });
  const one = await engine.run(first.exportId);
  const two = await engine.run(second.exportId);
  await engine.call('runs.cancel', { runId: two.runId });
  expect(await engine.ended(two.runId)).toMatchObject({ state: 'cancelled' });
  expectEverybodySent(await engine.ended(one.runId));
});

test('the same export is not started twice, however quickly', async () => {
  const { exportId } = await newExport();
  const folders = () => readdirSync(path.join(ports.paths.userData, 'runs'));
  const before = new Set(folders());
  const answers = await Promise.allSettled([engine.run(exportId), engine.run(exportId), engine.run(exportId)]);
  const [run, ...others] = answers.flatMap((answer) => (answer.status === 'fulfilled' ? [answer.value] : []));
  expect(others).toEqual([]);
  for (const answer of answers) {
    if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'export.already-running' });
  }
  expectEverybodySent(await engine.ended(run?.runId ?? ''));
  // Of the run that ended well only where its rows ended is left, of the two that were refused nothing.
  await expect.poll(() => folders().filter((name) => !before.has(name))).toEqual([run?.runId]);
  const left = readdirSync(path.join(ports.paths.userData, 'runs', run?.runId ?? ''));
  expect(left).toEqual(['outcomes.parquet']);
});

test('a sign-in that was withdrawn interrupts a run of the command line; signed in again, it can be continued', async () => {
  const { exportId } = await newExport();
  await faults({ activity: 'file_import', nth: 2, plan: { outcome: 'stuck', atPercent: 10 } });
  const start = { exportId, agreedToMail: true } as const;
  const { runId } = await engine.application.call('exports.run', start, await engine.application.admit(null));
  await engine.when(runId, (view) => view.progress.rowsSettled === people - 20_000);
  await account.bench('revoke', { tokens: 'all' });
  const run = await engine.ended(runId);
  expect(run).toMatchObject({ state: 'interrupted', canContinue: true, error: { code: 'sign-in.expired' } });
  expect(run.balance).toMatchObject({ accepted: people - 20_000, unknown: 20_000 });

  account.carry((await account.signIn()).access_token);
  await engine.connect();
  const [stuck] = (await importsOf(runId)).filter(({ state }) => state !== 'completed');
  await account.bench('release', { activity_id: stuck?.activity_id });
  await engine.call('runs.continue', { runId });
  expectEverybodySent(await engine.ended(runId));
  expect(await importsOf(runId)).toHaveLength(3);
});

test('the app stopped in the middle and opened again: interrupted, and continued to the end', async () => {
  const { exportId, listId } = await newExport();
  await faults({ activity: 'file_import', nth: 1, plan: { outcome: 'stuck', atPercent: 10 } });
  const { runId } = await engine.run(exportId);
  await engine.when(runId, (view) => view.progress.rowsSettled === people - 20_000);
  await engine.stop();
  expect(engine.surprises).toEqual([]);

  engine = await DrivenEngine.open(ports);
  const run = await engine.ended(runId);
  expect(run).toMatchObject({ state: 'interrupted', canContinue: true, error: null });
  expect(closes(run.balance)).toBe(true);
  const [stuck] = (await importsOf(runId)).filter(({ state }) => state !== 'completed');
  await account.bench('release', { activity_id: stuck?.activity_id });
  await engine.call('runs.continue', { runId });
  expectEverybodySent(await engine.ended(runId));
  expect(await membersOf(listId)).toBe(people);
});

test('stopped while the run waits for an answer about the account: at rest, to be continued', async () => {
  const { exportId } = await newExport();
  await faults({ method: 'GET', path: '/v3/account/summary', fault: { kind: 'slow', milliseconds: 60_000 } });
  const { runId } = await engine.run(exportId);
  await engine.stop();
  engine = await DrivenEngine.open(ports);
  expect(await engine.ended(runId)).toMatchObject({ state: 'interrupted', error: null, canContinue: true });
});
