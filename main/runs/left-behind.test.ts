import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import type { ExportMode, RunView } from '../../preload/contract/views.ts';
import { TestAccount } from '../practice/test-support/test-account.ts';
import { DrivenEngine } from '../test-support/driven-engine.ts';
import { type PlainPorts, plainPorts } from '../test-support/plain-ports.ts';

// A run that stopped half-way, and what others did before it is taken up again; and people whom a mirror must not touch.

let account: TestAccount;
let ports: PlainPorts;
let engine: DrivenEngine;
let connectionId: string;
const folder = mkdtempSync(path.join(tmpdir(), 'segue-left-behind-'));

beforeAll(async () => {
  account = await TestAccount.start({ seed: false });
  ports = plainPorts({ env: { SEGUE_API_URL: account.account.apiUrl, SEGUE_AUTH_URL: account.account.authUrl } });
  engine = await DrivenEngine.open(ports);
  ({ connectionId } = await engine.connect());
});

afterEach(async () => {
  await account.fetch('/_practice/faults', { method: 'DELETE', headers: { 'content-type': 'application/json' } });
  expect(engine.surprises).toEqual([]);
});

afterAll(async () => {
  await engine.stop();
  await account.stop();
  rmSync(folder, { recursive: true, force: true });
  rmSync(ports.paths.userData, { recursive: true, force: true });
});

let made = 0;

interface Made {
  readonly exportId: string;
  readonly segmentId: string;
  readonly file: string;
  readonly headings: string;
}

const newList = () => engine.call('lists.create', { connectionId, name: `List ${++made}` });
type List = Awaited<ReturnType<typeof newList>>;

/** An export of a file with these lines (`email,first name`). Any number of leavers is agreed to. */
async function newExport(list: List, lines: readonly string[], mode: ExportMode = 'mirror'): Promise<Made> {
  const number = ++made;
  const headings = 'Email,First name';
  const file = path.join(folder, `people-${number}.csv`);
  writeFileSync(file, `${headings}\n${lines.join('\n')}\n`);
  const segment = await engine.addFile(file);
  const { exportId } = await engine.call('exports.save', {
    name: `Export ${number}`,
    connectionId,
    list: { listId: list.listId, name: list.name },
    segments: [{ segmentId: segment.segmentId, fieldMap: segment.suggestedFieldMap }],
    mode,
    leaverLimitPercent: 100,
  });
  return { exportId, segmentId: segment.segmentId, file, headings };
}

async function replace({ segmentId, file, headings }: Made, lines: readonly string[]): Promise<void> {
  writeFileSync(file, `${headings}\n${lines.join('\n')}\n`);
  const ready = engine.eventually('segment.changed', (view) =>
    view.segmentId === segmentId && view.state === 'ready' && view.rowCount === lines.length ? view : undefined,
  );
  await engine.call('segments.readAgain', { segmentId });
  await ready;
}

const run = async ({ exportId }: Made): Promise<RunView> => engine.ended((await engine.run(exportId)).runId);
const goOn = async (runId: string): Promise<RunView> => {
  await engine.call('runs.continue', { runId });
  return engine.ended(runId);
};

async function members({ listId }: List): Promise<string[]> {
  const { body } = await account.api('GET', `/contacts?lists=${listId}&status=all&limit=500`);
  return body.contacts.map((contact: { email_address: { address: string } }) => contact.email_address.address).sort();
}

const forbid = (method: string, at: string) =>
  account.bench('faults', {
    faults: [{ method, path: `/v3${at}`, times: 1, fault: { kind: 'status', status: 403, body: [] } }],
  });

const [ada, ben, cleo] = ['ada@example.com', 'ben@example.com', 'cleo@example.com'];

test('a run that a newer one of its export has overtaken cannot be taken up again', async () => {
  const list = await newList();
  const mine = await newExport(list, [`${ada},Ada`, `${ben},Ben`]);
  await run(mine);
  await replace(mine, [`${ada},Old`]);
  await forbid('POST', '/activities/remove_list_memberships');
  const stopped = await run(mine);
  expect(stopped).toMatchObject({ state: 'failed', canContinue: true, account: { leavers: 1, removed: 0 } });
  // Ben is back, and Ada's name is newer.
  await replace(mine, [`${ada},New`, `${ben},Ben`]);
  expect(await run(mine)).toMatchObject({ state: 'successful' });
  const { runs } = await engine.call('app.getSnapshot', {});
  expect(runs.find(({ runId }) => runId === stopped.runId)).toMatchObject({ canContinue: false });
  await expect(engine.call('runs.continue', { runId: stopped.runId })).rejects.toMatchObject({
    code: 'run.cannot-continue',
  });
  expect(await members(list)).toEqual([ada, ben]);
});

test.each([
  ['before removals stand in the journal', 'GET', '/contacts', 'add-and-update'],
  ['after', 'POST', '/activities/remove_list_memberships', 'add-and-update'],
  ['after', 'POST', '/activities/remove_list_memberships', 'mirror'],
] as const)(
  'whom another export put on the list meanwhile stays: run stopped %s (%s %s, %s)',
  async (_when, method, at, mode) => {
    const list = await newList();
    const mine = await newExport(list, [`${ada},Ada`, `${ben},Ben`, `${cleo},Cleo`]);
    await run(mine);
    await replace(mine, [`${ada},Ada`]);
    await forbid(method, at);
    const stopped = await run(mine);
    expect(stopped).toMatchObject({ state: 'failed', canContinue: true });
    const other = await newExport(list, [`${ben},Ben`], mode);
    expect(await run(other)).toMatchObject({ state: 'successful' });
    expect(await goOn(stopped.runId)).toMatchObject({ state: 'successful', account: { removed: 1 } });
    expect(await members(list)).toEqual([ada, ben]);
  },
);

test('who was on the list before this export sent them was added otherwise, and does not leave', async () => {
  const list = await newList();
  await account.api('POST', '/contacts', {
    email_address: { address: ben, permission_to_send: 'implicit' },
    create_source: 'Account',
    list_memberships: [list.listId],
  });
  const lists = await account.importFile(`email\n${ben}\n`, [list.listId]);
  await account.activity(lists.body.activity_id);
  const mine = await newExport(list, [`${ada},Ada`, `${ben},Ben`, `${cleo},Cleo`]);
  await run(mine);
  await replace(mine, [`${ada},Ada`]);
  expect(await run(mine)).toMatchObject({ state: 'successful', account: { removed: 1 } });
  expect(await members(list)).toEqual([ada, ben]);
});

test.each([
  ['add-and-update', 'Email,Something else'],
  ['mirror', 'Email,Something else'],
  ['mirror', 'Something else,First name'],
] as const)(
  'another export (%s) whose file lost a column (%s is left) still wants its people',
  async (mode, headings) => {
    const list = await newList();
    const mine = await newExport(list, [`${ada},Ada`, `${ben},Ben`, `${cleo},Cleo`]);
    await run(mine);
    const other = await newExport(list, [`${ben},Ben`], mode);
    await run(other);
    await replace({ ...other, headings }, [`${ben},Ben`]);
    await replace(mine, [`${ada},Ada`]);
    await run(mine);
    expect(await members(list)).toEqual([ada, ben]);
  },
);

test('somebody whom two mirrors have sent leaves the list once neither has them any more', async () => {
  const list = await newList();
  const mine = await newExport(list, [`${ada},Ada`, `${ben},Ben`, `${cleo},Cleo`]);
  const other = await newExport(list, [`${ben},Ben`, `${cleo},Cleo`]);
  await run(mine);
  await run(other);
  await replace(mine, [`${ada},Ada`]);
  // The other one still has both, Cleo in a row that is refused for its address.
  await replace(other, [`${ben},Ben`, 'cleo@,Cleo']);
  expect(await run(mine)).toMatchObject({ state: 'successful', account: { leavers: 0 } });
  expect(await members(list)).toEqual([ada, ben, cleo]);
  await replace(other, ['dora@example.com,Dora']);
  const plan = await engine.call('exports.plan', { exportId: mine.exportId });
  expect(plan.groups).toMatchObject({ leavers: 2, staying: 0 });
  expect(await run(mine)).toMatchObject({ state: 'successful', account: { removed: 2 } });
  expect(await run(other)).toMatchObject({ state: 'successful' });
  expect(await members(list)).toEqual([ada, 'dora@example.com']);
});

test.each([
  ['did not change', false, [ada]],
  ['has them again', true, [ada, ben]],
])('run stopped before removals: another mirror that dropped them too %s', async (_what, again, expected) => {
  const list = await newList();
  const mine = await newExport(list, [`${ada},Ada`, `${ben},Ben`]);
  const other = await newExport(list, [`${ada},Ada`, `${ben},Ben`]);
  await run(mine);
  await run(other);
  await replace(mine, [`${ada},Ada`]);
  await replace(other, [`${ada},Ada`]);
  await forbid('POST', '/activities/remove_list_memberships');
  const stopped = await run(mine);
  expect(stopped).toMatchObject({ state: 'failed', canContinue: true, account: { leavers: 1 } });
  if (again) await replace(other, [`${ada},Ada`, `${ben},Ben`]);
  expect(await goOn(stopped.runId)).toMatchObject({ state: 'successful' });
  expect(await members(list)).toEqual(expected);
});

test.each([
  ['counts fewer people', { items_total_count: 2, items_completed_count: 1 }, []],
  ['names an error', { items_total_count: 2, items_completed_count: 2 }, ['Contact is locked']],
])('a removal that completed and %s has not taken everybody off for certain', async (_how, status, errors) => {
  const list = await newList();
  const mine = await newExport(list, [`${ada},Ada`, `${ben},Ben`, `${cleo},Cleo`]);
  await run(mine);
  await replace(mine, [`${ada},Ada`]);
  await account.bench('faults', {
    faults: [{ activity: 'remove_memberships', nth: 1, plan: { outcome: 'stuck', atPercent: 50 } }],
  });
  const { runId } = await engine.run(mine.exportId);
  const ours = () =>
    account
      .api('GET', '/activities?limit=50')
      .then(({ body }) =>
        body.activities.find(
          ({ state, status }: { state: string; status?: { list_count?: number } }) =>
            state === 'processing' && status?.list_count === 1,
        ),
      );
  const stuck = await vi.waitUntil(ours, { timeout: 20_000 });
  const body = { activities: [{ ...stuck, state: 'completed', status, activity_errors: errors }] };
  await account.bench('faults', {
    faults: [{ method: 'GET', path: '/v3/activities', times: 1, fault: { kind: 'status', status: 200, body } }],
  });
  expect(await engine.ended(runId)).toMatchObject({
    state: 'completedWithWarnings',
    account: { leavers: 2, removed: 0, unsettled: 2 },
  });
  await account.bench('release', { activity_id: stuck.activity_id });
  // Whoever comes back is sent again; who does not is taken off again.
  await replace(mine, [`${ada},Ada`, `${ben},Ben`]);
  const plan = await engine.call('exports.plan', { exportId: mine.exportId });
  expect(plan).toMatchObject({ toSend: 1, groups: { changed: 1, leavers: 1, staying: 0 } });
  expect(await run(mine)).toMatchObject({ state: 'successful', account: { unsettled: 0 } });
  expect(await members(list)).toEqual([ada, ben]);
});

test('several activities for one request: one is adopted, and its people are unconfirmed until they are sent again', async () => {
  const list = await newList();
  const mine = await newExport(list, [`${ada},Ada`, `${ben},Ben`], 'changes-only');
  await account.bench('faults', {
    faults: [
      {
        method: 'POST',
        path: '/v3/activities/contacts_file_import',
        times: 1,
        fault: { kind: 'drop', when: 'after' },
      },
      { method: 'GET', path: '/v3/activities', times: 10_000, fault: { kind: 'status', status: 503, body: [] } },
    ],
  });
  const { runId } = await engine.run(mine.exportId);
  await engine.when(runId, ({ waiting }) => waiting?.for === 'service');
  const [sent] = await engine.call('runs.getActivities', { runId });
  expect(sent).toMatchObject({ state: 'posting' });
  // Something on the way has sent the request twice.
  await account.importFile(`email,first_name\n${ada},Ada\n${ben},Ben\n`, [list.listId], sent?.sourceFileName);
  await account.fetch('/_practice/faults', { method: 'DELETE', headers: { 'content-type': 'application/json' } });
  expect(await engine.ended(runId)).toMatchObject({ state: 'successful', balance: { rowsRead: 2, accepted: 2 } });
  expect(await members(list)).toEqual([ada, ben]);
  const plan = await engine.call('exports.plan', { exportId: mine.exportId });
  expect(plan).toMatchObject({ toSend: 2, groups: { unconfirmed: 2, unchanged: 0 } });
  expect(await run(mine)).toMatchObject({ balance: { accepted: 2 } });
  expect(await run(mine)).toMatchObject({ balance: { accepted: 0, unchanged: 2 } });
});
