import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { RunView } from '../../preload/contract/views.ts';
import { TestAccount } from '../practice/test-support/test-account.ts';
import { connectStore } from '../store/open-store.ts';
import { DrivenEngine } from '../test-support/driven-engine.ts';
import { type PlainPorts, plainPorts } from '../test-support/plain-ports.ts';

// Who opts out, or is put on the never-mail list, while a run rests: held back when it is taken up again.

let account: TestAccount;
let ports: PlainPorts;
let engine: DrivenEngine;
let connectionId: string;
const folder = mkdtempSync(path.join(tmpdir(), 'segue-held-since-'));

beforeAll(async () => {
  account = await TestAccount.start({ seed: false });
  ports = plainPorts({ env: { SEGUE_API_URL: account.account.apiUrl, SEGUE_AUTH_URL: account.account.authUrl } });
  engine = await DrivenEngine.open(ports);
  ({ connectionId } = await engine.connect());
});
afterEach(() => expect(engine.surprises).toEqual([]));
afterAll(async () => {
  await engine.stop();
  await account.stop();
  rmSync(folder, { recursive: true, force: true });
  rmSync(ports.paths.userData, { recursive: true, force: true });
});

const importPath = '/v3/activities/contacts_file_import';
let made = 0;

async function newExport(people: readonly string[], readBack = false) {
  made += 1;
  const file = path.join(folder, `people-${made}.csv`);
  writeFileSync(file, `Email,First name\n${people.map((email) => `${email},Somebody`).join('\n')}\n`);
  const list = await engine.call('lists.create', { connectionId, name: `List ${made}` });
  const segment = await engine.addFile(file);
  const { exportId } = await engine.call('exports.save', {
    name: `Export ${made}`,
    connectionId,
    list: { listId: list.listId, name: list.name },
    segments: [{ segmentId: segment.segmentId, fieldMap: segment.suggestedFieldMap }],
    readBack,
  });
  return { exportId, listId: list.listId };
}

/** A run whose import of this number was refused for lack of rights. */
async function stoppedAt(exportId: string, nth: number): Promise<RunView> {
  await account.bench('faults', {
    faults: [{ method: 'POST', path: importPath, nth, fault: { kind: 'status', status: 403, body: [] } }],
  });
  return engine.ended((await engine.run(exportId)).runId);
}

const goOn = async (runId: string): Promise<RunView> => {
  await engine.call('runs.continue', { runId });
  return engine.ended(runId);
};

/** Lets all that is known of opt-outs grow older. */
function older(hours: number): void {
  const store = connectStore(path.join(ports.paths.userData, 'segue.sqlite'));
  store.prepare('UPDATE opt_out_reading SET read_at = read_at - ?').run(hours * 3_600_000);
  store.prepare('UPDATE run_account SET opt_outs_read_at = opt_outs_read_at - ?').run(hours * 3_600_000);
  store.close();
}

const optOut = (address: string) =>
  account.api('POST', '/contacts', {
    email_address: { address, permission_to_send: 'unsubscribed' },
    create_source: 'Account',
  });

async function members(listId: string): Promise<string[]> {
  const { body } = await account.api('GET', `/contacts?lists=${listId}&status=all&limit=500`);
  return body.contacts.map((contact: { email_address: { address: string } }) => contact.email_address.address).sort();
}

const rowsOf = (runId: string, outcome: 'heldBack' | 'accepted') =>
  engine
    .call('runs.getRows', { runId, outcome, fate: null, search: '', after: '', limit: 10 })
    .then(({ rows }) => rows);

test('who opted out since is held back and counted so, and the balance closes', async () => {
  const { exportId, listId } = await newExport(['ada@x1.example', 'ben@x1.example', 'cleo@x1.example']);
  const stopped = await stoppedAt(exportId, 1);
  expect(stopped).toMatchObject({ state: 'failed', balance: { rowsRead: 3, heldBack: 0, notSent: 3 } });
  await optOut('ben@x1.example');
  older(2);
  expect(await goOn(stopped.runId)).toMatchObject({
    state: 'successful',
    balance: { rowsRead: 3, accepted: 2, heldBack: 1, notSent: 0 },
  });
  expect(await members(listId)).toEqual(['ada@x1.example', 'cleo@x1.example']);
  expect(await rowsOf(stopped.runId, 'heldBack')).toMatchObject([{ email: 'ben@x1.example', reason: 'opted-out' }]);
  expect((await rowsOf(stopped.runId, 'accepted')).map(({ email }) => email).sort()).toEqual([
    'ada@x1.example',
    'cleo@x1.example',
  ]);
});

test('the account is not asked again within the hour', async () => {
  const { exportId } = await newExport(['ada@x2.example', 'ben@x2.example']);
  const stopped = await stoppedAt(exportId, 1);
  await optOut('ben@x2.example');
  // Constant Contact itself keeps Ben off the list, and counts him as refused.
  expect((await goOn(stopped.runId)).balance).toMatchObject({ accepted: 1, refused: 1, heldBack: 0 });
});

test('a batch of which nobody is left is not sent; who was put on the never-mail list is held back at once', async () => {
  const { exportId, listId } = await newExport(['ada@x3.example', 'ben@x3.example']);
  const stopped = await stoppedAt(exportId, 1);
  await engine.call('neverMail.add', { text: 'x3.example' });
  const ended = await goOn(stopped.runId);
  expect(ended).toMatchObject({ state: 'successful', balance: { rowsRead: 2, heldBack: 2, accepted: 0, notSent: 0 } });
  expect(await members(listId)).toEqual([]);
  expect(await rowsOf(stopped.runId, 'heldBack')).toMatchObject([{ reason: 'never-mail' }, { reason: 'never-mail' }]);
});

test('what was sent before the pause stays counted as sent; only the rest is looked at', async () => {
  const people = Array.from({ length: 45_000 }, (_, index) => `p${String(index).padStart(5, '0')}@x4.example`);
  const { exportId, listId } = await newExport(people);
  const stopped = await stoppedAt(exportId, 2);
  expect(stopped.balance).toMatchObject({ accepted: 20_000, notSent: 25_000 });
  for (const at of [10, 30_000, 44_999]) await optOut(people[at] ?? '');
  older(2);
  const ended = await goOn(stopped.runId);
  expect(ended.balance).toMatchObject({ rowsRead: 45_000, accepted: 44_998, heldBack: 2, notSent: 0, unknown: 0 });
  const { body } = await account.api('GET', `/contact_lists/${listId}?include_membership_count=all`);
  expect(body.membership_count).toBeGreaterThanOrEqual(44_997);
});

test('who was put on the list while a run rested that had sent nothing was there before it', async () => {
  const { exportId, listId } = await newExport(['ada@x5.example', 'ben@x5.example', 'cleo@x5.example'], true);
  const stopped = await stoppedAt(exportId, 1);
  expect(stopped).toMatchObject({ balance: { notSent: 3 }, account: { membersBefore: 0 } });
  const { body } = await account.api('POST', '/contacts', {
    email_address: { address: 'ben@x5.example', permission_to_send: 'implicit' },
    create_source: 'Account',
    list_memberships: [listId],
  });
  expect(body.list_memberships).toEqual([listId]);
  const ended = await goOn(stopped.runId);
  expect(ended).toMatchObject({ state: 'successful', account: { membersBefore: 1, undo: { takeOff: 2 } } });
});
