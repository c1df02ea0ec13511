import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { problemsOf } from './fixtures/axe.ts';
import { dropFiles } from './fixtures/drop-files.ts';
import * as job from './fixtures/main-job.ts';
import { type SegueApp, smallFrenchDark } from './fixtures/segue-app.ts';
import { expect, test } from './fixtures/test.ts';

const newFolder = () => mkdtempSync(path.join(os.tmpdir(), 'segue-repairs-'));

/** What a file of people looks like after some years in spreadsheets and mail programs. */
const messy = [
  'Email,First name,Last name',
  'ada@example.com,Ada,Lovelace',
  '"Bo Diddley <BO@example.com>",Bo,Diddley',
  'mailto:cy@example.com,Cy,Young',
  '"dee@example.com; dee@home.example",Dee,Dee',
  'ada@example.com ,Ada,Lovelace',
  'eve@gmial.com,Eve,Polastri',
  'fay@example..com,Fay,Wray',
  'gus @ example.com,Gus,Grissom',
  'ｈａｌ＠ｅｘａｍｐｌｅ．ｃｏｍ,Hal,Jordan',
  'nobody,Ida,Nobody',
  ',Joe,Blank',
  `info@example.com,${'K'.repeat(60)},Office`,
  '"Lea Seydoux <lea@example.com>",Lea,Seydoux',
].join('\r\n');

const finding = (segue: SegueApp, kind: string) => segue.page.getByTestId(`finding-${kind}`);

async function found(segue: SegueApp): Promise<void> {
  await segue.page.locator('[data-testid="check"][aria-busy="false"]').waitFor();
  await segue.page.locator('[data-testid="findings"][aria-busy="false"]').waitFor();
}

/** Addresses of a list in the practice account, as its own pages show them. */
async function heldAddresses(segue: SegueApp, list: string): Promise<string[]> {
  const opened = segue.nextOpenedAddress();
  await segue.page.evaluate(() => window.segue.call('app.openPage', { page: 'practice-account' }));
  const { origin } = new URL(await opened);
  const read = async (address: string) => (await fetch(new URL(address, origin))).text();
  const listId = new RegExp(`<option value="([^"]+)">${list}</option>`).exec(await read('/contacts'))?.[1] ?? '';
  const page = await read(`/contacts?list=${listId}`);
  return [...page.matchAll(/>([^<>@]+@[^<>]+)<[/]a>/g)].map(([, address = '']) => address).sort();
}

test('what is wrong with a messy file is shown, repaired and undone', async ({ start, picture }) => {
  const segue = await start(smallFrenchDark);
  const { page, words } = segue;
  await job.connectToPractice(segue);
  const file = path.join(newFolder(), 'Messy.csv');
  writeFileSync(file, messy);
  await job.dropSegment(segue, file);
  expect(await job.readCounts(segue)).toEqual({ rows: 13, valid: 3, invalid: 9, duplicates: 1 });
  await found(segue);
  await expect(finding(segue, 'email-named')).toContainText('bo@example.com');
  const safe = page.getByRole('button', { name: words.say('findings.repair-safe', { count: 4 }) });
  await safe.scrollIntoViewIfNeeded();
  expect.soft(await problemsOf(segue)).toEqual([]);
  await picture(segue, 'fr-findings');

  // Every row of a finding, with its cell before and after.
  const rows = finding(segue, 'email-named').getByTestId('finding-rows').getByRole('row');
  await finding(segue, 'email-named').getByRole('button', { expanded: false }).click();
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(2).getByRole('cell')).toHaveText(['13', 'Lea Seydoux <lea@example.com>', 'lea@example.com']);
  await finding(segue, 'email-named').scrollIntoViewIfNeeded();
  await picture(segue, 'fr-findings-rows');

  // One repair by keyboard, and back again.
  const several = finding(segue, 'email-several').getByRole('button').first();
  await several.focus();
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await job.readCounts(segue)).valid).toBe(4);
  await found(segue);
  await expect(finding(segue, 'email-several')).toContainText(words.say('finding.undo'));
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await job.readCounts(segue)).valid).toBe(3);

  await safe.click();
  await expect.poll(async () => job.readCounts(segue)).toEqual({ rows: 13, valid: 8, invalid: 4, duplicates: 1 });
  await found(segue);
  await expect(safe).toBeHidden();
  await finding(segue, 'email-named').scrollIntoViewIfNeeded();
  await picture(segue, 'fr-findings-repaired');
  await page.setViewportSize({ width: 1024, height: 2600 });
  await finding(segue, 'email-named').scrollIntoViewIfNeeded();
  await picture(segue, 'fr-findings-all');
  expect.soft(await problemsOf(segue)).toEqual([]);
});

test('repaired addresses are what the account holds; the repairs stay with the export', async ({ start }) => {
  const segue = await start();
  const { page, words } = segue;
  await job.connectToPractice(segue);
  const folder = newFolder();
  const file = path.join(folder, 'Messy.csv');
  writeFileSync(file, messy);
  await job.dropSegment(segue, file);
  await found(segue);
  for (const kind of ['email-named', 'email-several', 'email-typo-domain']) {
    await finding(segue, kind).getByRole('button').first().click();
    await found(segue);
  }
  await expect.poll(async () => (await job.readCounts(segue)).valid).toBe(6);
  await job.createList(segue, 'Autumn');
  await job.exportNow(segue, 'export.save-and-run');
  const run = await job.followRun(segue, await job.confirmPermission(segue));
  expect(run).toMatchObject({ state: 'completedWithWarnings', balance: { rowsRead: 13, accepted: 6, rejected: 6 } });
  expect(await heldAddresses(segue, 'Autumn')).toEqual([
    'ada@example.com',
    'bo@example.com',
    'dee@example.com',
    'eve@gmail.com',
    'info@example.com',
    'lea@example.com',
  ]);
  const [saved] = (await segue.snapshot()).exports;
  expect(saved?.segments[0]?.fieldMap[0]).toEqual({
    field: 'email',
    columnIndex: 0,
    repairs: ['email-named', 'email-several', 'email-typo-domain'],
  });
  await expect(page.getByText(words.say('rejection.email-mailto'), { exact: false }).first()).toBeVisible();
});

test('a file with nothing wrong says so', async ({ start, picture }) => {
  const segue = await start();
  const { page, words } = segue;
  await job.connectToPractice(segue);
  const file = path.join(newFolder(), 'Clean.csv');
  writeFileSync(file, 'Email\r\nada@example.com\r\nbo@example.org\r\n');
  await dropFiles(page, null, [file]);
  await expect(page.getByText(words.say('findings.nothing'))).toBeVisible();
  await picture(segue, 'en-findings-nothing');
});
