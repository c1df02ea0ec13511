import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { RowOutcome, RunView } from '../../../preload/contract/views.ts';
import { TestAccount } from '../../practice/test-support/test-account.ts';
import { connectStore } from '../../store/open-store.ts';
import { DrivenEngine } from '../../test-support/driven-engine.ts';
import { type PlainPorts, plainPorts } from '../../test-support/plain-ports.ts';

// What becomes of every single row: held back, refused, on the list, taken off, and put back. Real runs over HTTP.

let account: TestAccount;
let ports: PlainPorts;
let engine: DrivenEngine;
let connectionId: string;
const folder = mkdtempSync(path.join(tmpdir(), 'segue-became-'));

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
});

let made = 0;

interface Made {
  readonly exportId: string;
  readonly segmentId: string;
  readonly listId: string;
  readonly file: string;
}

/** An export of a file with these lines (`email,first name`) to a list of its own. */
async function newExport(
  lines: readonly string[],
  options: { mode?: 'add-and-update' | 'changes-only' | 'mirror'; readBack?: boolean } = {},
): Promise<Made> {
  made += 1;
  const file = path.join(folder, `people-${made}.csv`);
  writeFileSync(file, `Email,First name\n${lines.join('\n')}\n`);
  const list = await engine.call('lists.create', { connectionId, name: `List ${made}` });
  const segment = await engine.addFile(file);
  const { exportId } = await engine.call('exports.save', {
    name: `Export ${made}`,
    connectionId,
    list: { listId: list.listId, name: list.name },
    segments: [{ segmentId: segment.segmentId, fieldMap: segment.suggestedFieldMap }],
    ...options,
  });
  return { exportId, segmentId: segment.segmentId, listId: list.listId, file };
}

/** The file gets other lines, and the segment follows. */
async function replace({ segmentId, file }: Made, lines: readonly string[]): Promise<void> {
  writeFileSync(file, `Email,First name\n${lines.join('\n')}\n`);
  const ready = engine.eventually('segment.changed', (view) =>
    view.segmentId === segmentId && view.state === 'ready' && view.rowCount === lines.length ? view : undefined,
  );
  await engine.call('segments.readAgain', { segmentId });
  await ready;
}

const run = async (exportId: string): Promise<RunView> => engine.ended((await engine.run(exportId)).runId);

async function rowsOf(runId: string, outcome: RowOutcome | null = null, search = '') {
  const { rows } = await engine.call('runs.getRows', { runId, outcome, fate: null, search, after: '', limit: 500 });
  return rows;
}

async function person(address: string, permission: string, lists: readonly string[] = []): Promise<string> {
  const { body } = await account.api('POST', '/contacts', {
    email_address: { address, permission_to_send: permission },
    first_name: 'Ada',
    create_source: 'Account',
    ...(lists.length > 0 ? { list_memberships: lists } : {}),
  });
  return body.contact_id;
}

async function idOf(address: string): Promise<string> {
  const { body } = await account.api('GET', `/contacts?email=${address}&status=all&include=list_memberships`);
  return body.contacts[0].contact_id;
}

async function setPermission(address: string, permission: string): Promise<void> {
  await account.api('PUT', `/contacts/${await idOf(address)}`, {
    email_address: { address, permission_to_send: permission },
    first_name: 'Ada',
    update_source: 'Account',
  });
}

async function membersOf(listId: string): Promise<string[]> {
  const { body } = await account.api('GET', `/contacts?lists=${listId}&status=all&limit=500`);
  return body.contacts.map((contact: { email_address: { address: string } }) => contact.email_address.address).sort();
}

/** Opt-outs that were read a moment ago count as fresh: for a test they have grown old. */
function ageOptOuts(): void {
  const store = connectStore(path.join(ports.paths.userData, 'segue.sqlite'));
  store.prepare('UPDATE opt_out_reading SET read_at = 0').run();
  store.close();
}

const outcomesIn = (rows: readonly { outcome: string }[]) => {
  const counts: Record<string, number> = {};
  for (const { outcome } of rows) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
};

test('every number opens its rows, and they add up', async () => {
  await person('out@example.com', 'unsubscribed');
  ageOptOuts();
  const { exportId } = await newExport([
    'ada@example.com,Ada',
    'not an address,Bob',
    'out@example.com,Out',
    'ADA@example.com,Ada',
    'zoe@example.com,Zoe',
  ]);
  const ended = await run(exportId);
  expect(ended.state).toBe('completedWithWarnings');
  expect(ended.balance).toMatchObject({ rowsRead: 5, accepted: 2, duplicate: 1, rejected: 1, heldBack: 1 });
  const rows = await rowsOf(ended.runId);
  expect(outcomesIn(rows)).toEqual({ accepted: 2, duplicate: 1, rejected: 1, heldBack: 1 });
  expect(rows.map(({ rowNumber, email, outcome, reason }) => [rowNumber, email, outcome, reason])).toEqual([
    [1, 'ada@example.com', 'duplicate', null],
    [2, 'not an address', 'rejected', expect.stringMatching(/^email-/)],
    [3, 'out@example.com', 'heldBack', 'opted-out'],
    [4, 'ada@example.com', 'accepted', null],
    [5, 'zoe@example.com', 'accepted', null],
  ]);
  expect(rows[1]?.cells).toEqual(['not an address', 'Bob']);
  expect(await rowsOf(ended.runId, 'heldBack')).toHaveLength(1);
  expect((await rowsOf(ended.runId, null, 'ZOE')).map(({ email }) => email)).toEqual(['zoe@example.com']);
  expect(ended.account.optOutsReadAt).not.toBeNull();
  expect(ended.account.undo).toBeNull();

  // Page by page, each row once.
  const paged: string[] = [];
  for (let after = ''; ; ) {
    const page = await engine.call('runs.getRows', {
      runId: ended.runId,
      outcome: null,
      fate: null,
      search: '',
      after,
      limit: 2,
    });
    expect(page.total).toBe(5);
    paged.push(...page.rows.map(({ place }) => place));
    if (page.rows.length < 2) break;
    after = page.rows.at(-1)?.place ?? '';
  }
  expect(paged).toEqual(rows.map(({ place }) => place));

  ports.desktop.whereToSave = path.join(folder, 'rows.csv');
  const saved = await engine.call('runs.saveRows', { runId: ended.runId, outcome: null, fate: null, search: '' });
  expect(saved).toEqual({ savedTo: 'rows.csv', rows: 5 });
  const lines = readFileSync(path.join(folder, 'rows.csv'), 'utf8').trim().split('\r\n');
  expect(lines).toHaveLength(6);
  expect(lines[3]).toBe('people 1,3,out@example.com,Held back,opted out,');
  // Only this is left of the run's folder.
  expect(readdirSync(path.join(ports.paths.userData, 'runs', ended.runId))).toEqual(['outcomes.parquet']);
});

test('who was refused is named by reading the list back; the ledger follows', async () => {
  const { exportId, listId } = await newExport(
    ['ada@example.org,Ada', 'gone@example.org,Gone', 'zoe@example.org,Zoe'],
    {
      readBack: false,
    },
  );
  // Somebody opts out after the opt-outs were read: only the import can tell.
  await run(exportId);
  await setPermission('gone@example.org', 'unsubscribed');
  const again = await run(exportId);
  expect(again.balance).toMatchObject({ rowsRead: 3, accepted: 2, refused: 1 });
  const before = await rowsOf(again.runId, 'refused');
  expect(before.map(({ email, sure }) => [email, sure])).toEqual([
    ['ada@example.org', false],
    ['gone@example.org', false],
    ['zoe@example.org', false],
  ]);
  expect(again.account).toMatchObject({ canReadBack: true, readBack: { state: 'none' } });
  const done = engine.when(again.runId, ({ account: { readBack } }) => readBack.state === 'done');
  expect((await engine.call('runs.readBack', { runId: again.runId })).account.readBack.state).toBe('reading');
  const { account: told, balance } = await done;
  expect(told.readBack).toMatchObject({ onList: 2, optedOut: 1, refused: 0, missing: 0 });
  expect(balance).toEqual(again.balance);
  const named = await rowsOf(again.runId);
  expect(named.map(({ email, outcome, sure, fate }) => [email, outcome, sure, fate])).toEqual([
    ['ada@example.org', 'accepted', true, 'on-list'],
    ['gone@example.org', 'refused', true, 'opted-out'],
    ['zoe@example.org', 'accepted', true, 'on-list'],
  ]);
  expect(await membersOf(listId)).toContain('ada@example.org');
  const store = connectStore(path.join(ports.paths.userData, 'segue.sqlite'));
  const ledger = store
    .prepare('SELECT email, unconfirmed FROM ledger WHERE export_id = ? ORDER BY email')
    .all(exportId);
  store.close();
  expect(ledger).toEqual([
    { email: 'ada@example.org', unconfirmed: 0 },
    { email: 'zoe@example.org', unconfirmed: 0 },
  ]);
});

test('a mirror takes leavers off, reads the list back, and can be undone: who went is back, who came is gone', async () => {
  const one = await newExport(
    ['ada@example.net,Ada', 'bob@example.net,Bob', 'cid@example.net,Cid', 'dee@example.net,Dee', 'gil@example.net,Gil'],
    {
      mode: 'mirror',
      readBack: true,
    },
  );
  await person('friend@example.net', 'implicit', [one.listId]);
  await person('eve@example.net', 'implicit', [one.listId]);
  const first = await run(one.exportId);
  expect(first.account).toMatchObject({
    membersBefore: 2,
    removed: 0,
    readBack: { state: 'done', onList: 5, missing: 0 },
  });
  expect(first.account.undo).toEqual({ takeOff: 5, putBack: 0 });

  // Bob, Cid and Gil leave, Eve (on the list already) and Fay come. More leave than 20 %: that was asked, and answered.
  await replace(one, ['ada@example.net,Ada', 'dee@example.net,Dee', 'eve@example.net,Eve', 'fay@example.net,Fay']);
  const started = await engine.call('exports.run', {
    exportId: one.exportId,
    agreedToMail: true,
    accepted: { leavers: 3 },
  });
  const second = await engine.ended(started.runId);
  expect(second.state).toBe('successful');
  expect(second.account).toMatchObject({
    leavers: 3,
    removed: 3,
    alreadyGone: 0,
    readBack: { state: 'done', onList: 4 },
  });
  expect(await membersOf(one.listId)).toEqual([
    'ada@example.net',
    'dee@example.net',
    'eve@example.net',
    'fay@example.net',
    'friend@example.net',
  ]);
  const activities = await engine.call('runs.getActivities', { runId: second.runId });
  expect(activities.map(({ kind, rows, state }) => [kind, rows, state])).toEqual([
    ['import', 2, 'completed'],
    ['remove', 3, 'completed'],
  ]);
  // Only Fay is proved to be there by this run; the first run cannot be undone any more.
  expect(second.account.undo).toEqual({ takeOff: 1, putBack: 3 });
  await expect(engine.call('runs.undo', { runId: first.runId })).rejects.toMatchObject({ code: 'run.cannot-undo' });

  await setPermission('cid@example.net', 'unsubscribed');
  ageOptOuts();
  // Whoever was deleted meanwhile would be revived by being put on a list.
  await account.api('DELETE', `/contacts/${await idOf('gil@example.net')}`);
  const undone = await engine.ended((await engine.call('runs.undo', { runId: second.runId })).runId);
  expect(undone).toMatchObject({ kind: 'undo', undoes: second.runId, state: 'successful' });
  expect(undone.balance).toMatchObject({ rowsRead: 4, accepted: 2, heldBack: 1, unchanged: 1, unknown: 0 });
  expect(undone.account).toMatchObject({ leavers: 1, removed: 1, toPutBack: 1, putBack: 1 });
  expect(await membersOf(one.listId)).toEqual([
    'ada@example.net',
    'bob@example.net',
    'dee@example.net',
    'eve@example.net',
    'friend@example.net',
  ]);
  const { body: gone } = await account.api('GET', '/contacts?status=deleted');
  expect(gone.contacts).toMatchObject([{ email_address: { address: 'gil@example.net' } }]);
  const store = connectStore(path.join(ports.paths.userData, 'segue.sqlite'));
  const ledger = store.prepare('SELECT email FROM ledger WHERE export_id = ? ORDER BY email').pluck().all(one.exportId);
  store.close();
  expect(ledger).toEqual(['ada@example.net', 'bob@example.net', 'dee@example.net', 'eve@example.net']);
  await expect(engine.call('runs.undo', { runId: second.runId })).rejects.toMatchObject({ code: 'run.cannot-undo' });
});

test('a list that cannot be read leaves the run as it is: sent, not undoable, and to be read later', async () => {
  const { exportId, listId } = await newExport(['ada@example.edu,Ada'], { readBack: true });
  await person('friend@example.edu', 'implicit', [listId]);
  await account.bench('faults', {
    faults: [{ activity: 'contact_export', nth: 1, times: 2, plan: { outcome: 'failed', atPercent: 10 } }],
  });
  const ended = await run(exportId);
  engine.surprises.length = 0;
  expect(ended.state).toBe('successful');
  expect(ended.account).toMatchObject({
    membersBefore: null,
    undo: null,
    canReadBack: true,
    readBack: { state: 'failed', error: 'run.activity-failed' },
  });
  const done = engine.when(ended.runId, (view) => view.account.readBack.state === 'done');
  await engine.call('runs.readBack', { runId: ended.runId });
  expect((await done).account.readBack).toMatchObject({ onList: 1, error: null });
});

test('people who were sent and are not on the list are missing, and are sent again by the next run', async () => {
  const { exportId, listId } = await newExport(['ada@example.info,Ada', 'bob@example.info,Bob'], {
    mode: 'changes-only',
  });
  const ended = await run(exportId);
  const { body } = await account.api('GET', '/contacts?email=bob@example.info');
  const removal = await account.api('POST', '/activities/remove_list_memberships', {
    source: { contact_ids: [body.contacts[0].contact_id] },
    list_ids: [listId],
  });
  await account.activity(removal.body.activity_id);
  const done = engine.when(ended.runId, (view) => view.account.readBack.state === 'done');
  await engine.call('runs.readBack', { runId: ended.runId });
  expect((await done).account.readBack).toMatchObject({ onList: 1, missing: 1 });
  const page = { runId: ended.runId, outcome: null, search: '', after: '', limit: 10 } as const;
  const missing = await engine.call('runs.getRows', { ...page, fate: 'missing' });
  expect(missing.rows.map(({ email }) => email)).toEqual(['bob@example.info']);
  const next = await run(exportId);
  expect(next.balance).toMatchObject({ accepted: 1, unchanged: 1 });
  expect(await membersOf(listId)).toEqual(['ada@example.info', 'bob@example.info']);
});

test('folders go when their time is over: what they held is told to be gone', async () => {
  const { exportId } = await newExport(['ada@example.biz,Ada']);
  const ended = await run(exportId);
  const store = connectStore(path.join(ports.paths.userData, 'segue.sqlite'));
  store.prepare('UPDATE export_run SET ended_at = ? WHERE run_id = ?').run(Date.now() - 91 * 86_400_000, ended.runId);
  store.close();
  await engine.stop();
  engine = await DrivenEngine.open(ports);
  expect(existsSync(path.join(ports.paths.userData, 'runs', ended.runId))).toBe(false);
  await expect(rowsOf(ended.runId)).rejects.toMatchObject({ code: 'run.rows-gone' });
  const view = (await engine.call('app.getSnapshot', {})).runs.find(({ runId }) => runId === ended.runId);
  expect(view?.account).toMatchObject({ rowsKept: false, canReadBack: false });
});
