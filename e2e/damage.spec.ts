import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { makeWorkbook } from '../main/segments/testing/make-workbook.ts';
import { problemsOf } from './fixtures/axe.ts';
import * as job from './fixtures/main-job.ts';
import type { SegueApp } from './fixtures/segue-app.ts';
import { expect, test } from './fixtures/test.ts';

const newFolder = () => mkdtempSync(path.join(os.tmpdir(), 'segue-damage-'));

const headings = ['Email', 'First name', 'Last name', 'Phone', 'Street', 'Postal code', 'City', 'Country', 'Company'];
const people: readonly (readonly string[])[] = [
  ['ada@example.com', 'Ada', 'LOVELACE', '612345678', '12, rue Haute\nBât. B', '1000', 'BourgÃ©', 'France', 'Contoso'],
  ['bo@example.com', 'Bo', 'DE LA TOUR', '3.36E+10', '4, rue Basse', '1310', 'NÃ®mes', 'France', '#N/A'],
  ['cy@example.com', 'Cy', 'Null', '0612345678', '5, rue  Haute', '30000', 'Nîmes', 'France', 'null'],
  ['dee@example.com', 'Dee', 'Young', '0612345679', '6, rue Haute', '30000', 'N\ufffdmes', 'France', '#VALEUR!'],
  ['bo@example.com', 'Bo', 'DE LA TOUR', '', '', '75001', '', 'France', ''],
  ['ADA@example.com ', '', '', '', '', '', '', 'France', ''],
  ['ada@example.com', '', '', '', '', '', '', 'France', ''],
];

const finding = (segue: SegueApp, kind: string) => segue.page.getByTestId(`finding-${kind}`);

async function found(segue: SegueApp): Promise<void> {
  await segue.page.locator('[data-testid="check"][aria-busy="false"]').waitFor();
  await segue.page.locator('[data-testid="findings"][aria-busy="false"]').waitFor();
}

async function dropDamaged(segue: SegueApp): Promise<void> {
  const file = path.join(newFolder(), 'Damaged.xlsx');
  await makeWorkbook(file, [{ name: 'People', rows: [headings, ...people], hiddenRows: [4, 5] }]);
  await job.dropSegment(segue, file);
  await segue.page.getByRole('button', { name: segue.words.say('matching.add-recognised', { count: 6 }) }).click();
  await found(segue);
}

/** The page of one contact of a list in the practice account, as text. */
async function contactPage(segue: SegueApp, list: string, address: string): Promise<string> {
  const opened = segue.nextOpenedAddress();
  await segue.page.evaluate(() => window.segue.call('app.openPage', { page: 'practice-account' }));
  const { origin } = new URL(await opened);
  const read = async (at: string) => (await fetch(new URL(at, origin))).text();
  const listId = new RegExp(`<option value="([^"]+)">${list}</option>`).exec(await read('/contacts'))?.[1] ?? '';
  const page = await read(`/contacts?list=${listId}`);
  return read(new RegExp(`href="([^"]+)"[^>]*>${address}<`).exec(page)?.[1] ?? '/no-such-contact');
}

for (const [language, colorScheme] of [
  ['en', 'light'],
  ['fr', 'dark'],
] as const) {
  test(`what a spreadsheet did to a file is shown, in ${language}, ${colorScheme}`, async ({ start, picture }) => {
    const segue = await start({ language });
    const { page } = segue;
    await page.setViewportSize({ width: 1024, height: 700 });
    await page.evaluate((themeChoice) => window.segue.call('settings.change', { themeChoice }), colorScheme);
    await job.connectToPractice(segue);
    await dropDamaged(segue);
    await expect(finding(segue, 'rows-hidden')).toContainText('Damaged.xlsx');
    await expect(finding(segue, 'zip-zeros')).toContainText(/France.*2.*5.*5/);
    for (const kind of [
      'garbled',
      'letters-lost',
      'formula-error',
      'placeholder',
      'number-shortened',
      'phone-prefix',
    ]) {
      await expect(finding(segue, kind).first()).toBeVisible();
    }
    for (const [index, kind] of ['duplicates', 'formula-error', 'name-case', 'rows-hidden'].entries()) {
      await finding(segue, kind).first().scrollIntoViewIfNeeded();
      await picture(segue, `${language}-damage-${index}`);
    }
    // Which rows share an address, and which of them wins.
    await finding(segue, 'duplicates').getByRole('button', { expanded: false }).click();
    const rows = finding(segue, 'duplicates').getByTestId('finding-rows').getByRole('row');
    await expect(rows.nth(1).getByRole('cell')).toHaveText(['7', 'ada@example.com', '1, 6, 7']);
    await expect(rows.nth(2).getByRole('cell')).toHaveText(['5', 'bo@example.com', '2, 5']);
    await finding(segue, 'duplicates').scrollIntoViewIfNeeded();
    await picture(segue, `${language}-damage-duplicates`);
    expect.soft(await problemsOf(segue)).toEqual([]);
  });
}

test('repaired cells are what the account holds', async ({ start }) => {
  const segue = await start();
  const { page, words } = segue;
  await job.connectToPractice(segue);
  await dropDamaged(segue);
  await page.getByRole('button', { name: /safe repairs$/ }).click();
  await found(segue);
  for (const kind of ['zip-zeros', 'phone-prefix', 'name-case', 'placeholder']) {
    await finding(segue, kind).last().getByRole('button').first().click();
    await found(segue);
    await expect(finding(segue, kind).last()).toContainText(words.say('finding.undo'));
  }
  await job.createList(segue, 'Mended');
  await job.exportNow(segue, 'export.save-and-run');
  const run = await job.followRun(segue, await job.confirmPermission(segue));
  expect(run.balance).toMatchObject({ rowsRead: 7, accepted: 4, duplicate: 3 });
  const ada = await contactPage(segue, 'Mended', 'ada@example.com');
  for (const value of ['Lovelace', '0612345678', '12, rue Haute, Bât. B', '01000', 'Bourgé'])
    expect(ada).toContain(value);
  const bo = await contactPage(segue, 'Mended', 'bo@example.com');
  for (const value of ['de la Tour', 'Nîmes', '75001']) expect(bo).toContain(value);
  expect(bo).not.toContain('#N/A');
});

test('a file that ends where a spreadsheet stops is told', async ({ start }) => {
  const segue = await start();
  await job.connectToPractice(segue);
  const file = path.join(newFolder(), 'Cut.csv');
  writeFileSync(file, `Email\n${Array.from({ length: 65_535 }, (_, index) => `p${index}@example.com`).join('\n')}\n`);
  await job.dropSegment(segue, file);
  await found(segue);
  await expect(finding(segue, 'file-cut')).toContainText(/Cut\.csv.*65,536/);
});
