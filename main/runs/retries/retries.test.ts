import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { RunView } from '../../../preload/contract/views.ts';
import { TestAccount } from '../../practice/test-support/test-account.ts';
import { DrivenEngine } from '../../test-support/driven-engine.ts';
import { plainPorts } from '../../test-support/plain-ports.ts';
import { mendedAddress } from './retries-service.ts';

// Rejected rows mended where they stand, over HTTP: each joins the next run of its export, once.

let account: TestAccount;
let engine: DrivenEngine;
let connectionId: string;
const folder = mkdtempSync(path.join(tmpdir(), 'segue-retries-'));

beforeAll(async () => {
  account = await TestAccount.start({ seed: false });
  engine = await DrivenEngine.open(
    plainPorts({ env: { SEGUE_API_URL: account.account.apiUrl, SEGUE_AUTH_URL: account.account.authUrl } }),
  );
  ({ connectionId } = await engine.connect());
});
afterEach(() => expect(engine.surprises).toEqual([]));
afterAll(async () => {
  await engine.stop();
  await account.stop();
});

let made = 0;
async function newExport(lines: readonly string[]) {
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
    mode: 'changes-only',
  });
  return { exportId, listId: list.listId };
}

const run = async (exportId: string): Promise<RunView> => engine.ended((await engine.run(exportId)).runId);
const rejected = (runId: string) => engine.call('runs.getRejectedRows', { runId, afterRowId: 0, limit: 100 });
const mend = async (runId: string, rowId: number, email: string | null) =>
  (await engine.call('runs.mendRow', { runId, rowId, email })).answer;

async function nameOf(email: string): Promise<string | undefined> {
  const { body } = await account.api('GET', `/contacts?email=${email}`);
  return body.contacts[0]?.first_name;
}

test('the rule for a mended address is the plan’s own', () => {
  expect(mendedAddress(' Ada@Example.COM ')).toBe('ada@example.com');
  expect(mendedAddress('zoé@exämple.org')).toBeNull();
  expect(mendedAddress('zoe@exämple.org')).toBe('zoe@exämple.org');
  for (const wrong of ['', 'ada', 'ada@', 'ada@example', 'a b@example.com', `${'a'.repeat(80)}@example.com`]) {
    expect(mendedAddress(wrong)).toBeNull();
  }
});

test('a mended row joins the next run once, with its other values; a dismissed one stays away; neither is asked about again', async () => {
  const { exportId } = await newExport(['ada@example.com,Ada', 'bob at example.com,Bob', 'cid#,Cid', 'dee,Dee']);
  const first = await run(exportId);
  expect(first.balance).toMatchObject({ rowsRead: 4, accepted: 1, rejected: 3 });
  expect((await rejected(first.runId)).map(({ retry }) => retry)).toEqual(['waiting', 'waiting', 'waiting']);
  expect(await mend(first.runId, 1, 'bob at example.com')).toBe('wrong');
  expect(await mend(first.runId, 1, 'Bob@example.com')).toBe('kept');
  expect(await mend(first.runId, 2, null)).toBe('kept');
  expect((await rejected(first.runId)).map(({ retry, mendedTo }) => [retry, mendedTo])).toEqual([
    ['mended', 'bob@example.com'],
    ['dismissed', null],
    ['waiting', null],
  ]);

  const plan = await engine.call('exports.plan', { exportId });
  expect(plan.groups).toMatchObject({ rowsRead: 5, new: 1, unchanged: 1, rejected: 3 });
  const joining = { exportId, group: 'new', after: 0, limit: 5 } as const;
  expect((await engine.call('exports.getPlanRows', joining)).rows).toMatchObject([{ email: 'bob@example.com' }]);

  const second = await run(exportId);
  // The file's four rows, and Bob's mended one: the balance closes over all of them.
  expect(second.balance).toMatchObject({ rowsRead: 5, accepted: 1, unchanged: 1, rejected: 3 });
  expect(await nameOf('bob@example.com')).toBe('Bob');
  expect((await rejected(first.runId)).map(({ retry }) => retry)).toEqual(['sent', 'dismissed', 'waiting']);
  expect((await rejected(second.runId)).map(({ retry }) => retry)).toEqual(['sent', 'dismissed', 'waiting']);
  await expect(mend(first.runId, 1, 'other@example.com')).rejects.toMatchObject({ code: 'run.not-found' });

  const third = await run(exportId);
  expect(third.balance).toMatchObject({ rowsRead: 4, rejected: 3 });
  expect((await rejected(third.runId)).map(({ retry }) => retry)).toEqual(['sent', 'dismissed', 'waiting']);
});

test('a mended row whose person is in the file as well is a duplicate: the file’s row wins, blanks are filled', async () => {
  const { exportId } = await newExport(['eve(at)example.com,Eve', 'fay@example.com,Fay']);
  const first = await run(exportId);
  expect(await mend(first.runId, 1, 'fay@example.com')).toBe('kept');
  const second = await run(exportId);
  expect(second.balance).toMatchObject({ rowsRead: 3, duplicate: 1, unchanged: 1, rejected: 1 });
  expect(await nameOf('fay@example.com')).toBe('Fay');
});

test('what was decided can be taken back', async () => {
  const { exportId } = await newExport(['gil,Gil', 'hal@example.com,Hal']);
  const first = await run(exportId);
  await mend(first.runId, 1, 'gil@example.com');
  const view = (await engine.call('app.getSnapshot', {})).runs.find(({ runId }) => runId === first.runId);
  expect(view?.account).toMatchObject({ mended: 1, dismissed: 0 });
  await engine.call('runs.unmendRow', { runId: first.runId, rowId: 1 });
  const second = await run(exportId);
  expect(second.balance).toMatchObject({ rowsRead: 2, unchanged: 1, rejected: 1 });
});
