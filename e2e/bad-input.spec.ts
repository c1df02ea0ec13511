import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ErrorCode, ErrorParams } from '../preload/contract/error-codes.ts';
import { dropFiles } from './fixtures/drop-files.ts';
import * as job from './fixtures/main-job.ts';
import { projectRoot, type SegueApp } from './fixtures/segue-app.ts';
import { somebodyElse } from './fixtures/somebody-else.ts';
import { expect, test } from './fixtures/test.ts';

const sample = path.join(projectRoot, 'e2e', 'fixtures', 'sample-segment.csv');

function file(name: string, contents: string | Buffer): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'segue-bad-'));
  const whole = path.join(folder, name);
  writeFileSync(whole, contents);
  return whole;
}

async function expectExplained(segue: SegueApp, code: ErrorCode, params: ErrorParams): Promise<void> {
  const { title, advice } = segue.words.explain({ code, params });
  await expect(segue.page.getByText(title, { exact: true }).first()).toBeVisible();
  if (advice !== '') await expect(segue.page.getByText(advice).first()).toBeVisible();
}

const badFiles: { what: string; code: ErrorCode; name: string; contents: string | Buffer }[] = [
  { what: 'an empty file', code: 'segment.empty', name: 'empty.csv', contents: '' },
  {
    what: 'a picture',
    code: 'segment.not-a-table',
    name: 'people.csv',
    contents: Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex'),
  },
];

for (const { what, code, name, contents } of badFiles) {
  test(`${what} dropped as a segment is explained by name, and the rest goes on`, async ({ start, picture }) => {
    const segue = await start();
    await job.connectToPractice(segue);
    await dropFiles(segue.page, null, [file(name, contents)]);
    await expectExplained(segue, code, { file: name });
    await picture(segue, `en-bad-${code}`);
    await dropFiles(segue.page, null, [sample]);
    await expect(segue.page.getByTestId('count-rows')).toBeVisible({ timeout: 30_000 });
  });
}

test('a folder dropped on the window is refused by name', async ({ start }) => {
  const segue = await start();
  await job.connectToPractice(segue);
  const folder = path.join(mkdtempSync(path.join(os.tmpdir(), 'segue-bad-')), 'a folder');
  mkdirSync(folder);
  await dropFiles(segue.page, null, [folder]);
  await expectExplained(segue, 'segment.not-a-file', { file: 'a folder' });
});

test('F48 a segment without an email column blocks running, named', async ({ start, picture }) => {
  const segue = await start();
  const { page, words } = segue;
  await job.connectToPractice(segue);
  await dropFiles(page, null, [file('no addresses.csv', 'Name;City\r\nAda;Paris\r\nBob;Lyon\r\n')]);
  await expect(page.getByText(words.say('export.problem.email-not-matched', { name: 'no addresses' }))).toBeVisible();
  await expect(page.getByRole('button', { name: words.say('export.save-and-run') })).toBeDisabled();
  await picture(segue, 'en-bad-no-email');
});

test('a list that is gone by the time of the run is named, nothing is sent and nothing stored is lost', async ({
  start,
}) => {
  const segue = await start();
  const { page } = segue;
  await job.connectToPractice(segue);
  await job.dropSegment(segue, sample);
  await job.createList(segue, 'Autumn');
  await job.saveExport(segue);
  const { exports, connections } = await segue.snapshot();
  await deleteList(segue, exports[0]?.list?.listId ?? '');
  const answer = await page.evaluate(
    (exportId) => window.segue.call('exports.run', { exportId, agreedToMail: true }),
    exports[0]?.exportId ?? '',
  );
  expect(answer).toMatchObject({ ok: false, error: { code: 'list.not-found', params: { list: 'Autumn' } } });
  const connectionId = connections[0]?.connectionId;
  const name = exports[0]?.name;
  expect(await segue.snapshot()).toMatchObject({ exports: [{ name }], runs: [], connections: [{ connectionId }] });
});

/** What somebody else does in the account meanwhile. */
async function deleteList(segue: SegueApp, listId: string): Promise<void> {
  const other = await somebodyElse(segue);
  const deleted = await other.call('DELETE', `/contact_lists/${listId}`);
  expect(deleted.status).toBe(202);
  await expect.poll(async () => (await other.call('GET', `/contact_lists/${listId}`)).status).toBe(404);
}
