import { mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { problemsOf } from './fixtures/axe.ts';
import { dropFiles } from './fixtures/drop-files.ts';
import * as job from './fixtures/main-job.ts';
import { smallFrenchDark } from './fixtures/segue-app.ts';
import { expect, test } from './fixtures/test.ts';

const people = (count: number) =>
  `Id,Email\r\n${Array.from({ length: count }, (_, n) => `${n},p${n}@example.com\r\n`).join('')}`;

test('a new file in a watched folder becomes the newest version of the segment', async ({ start, picture }) => {
  const segue = await start(smallFrenchDark);
  const { page, words } = segue;
  const say = (...given: Parameters<typeof words.say>) => words.say(...given);
  await job.connectToPractice(segue);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'Téléchargements-'));
  const put = (name: string, rows: number): string => {
    const file = path.join(folder, name);
    writeFileSync(`${file}.crdownload`, people(rows));
    renameSync(`${file}.crdownload`, file);
    return file;
  };
  const button = (...given: Parameters<typeof words.say>) =>
    page.getByRole('button', { name: say(...given), exact: true });
  const row = page.getByTestId('library-row').first();
  const dialog = page.getByRole('alertdialog');
  const name = 'Newsletter 2026 11 16';
  await page
    .getByRole('navigation')
    .getByRole('button', { name: say('segments.title') })
    .click();
  await dropFiles(page, null, [put('Newsletter_2026-11-16.csv', 20)]);
  await expect(row.getByRole('gridcell').nth(1)).toHaveText('20');

  // The pattern is proposed, with what it fits now.
  await button('table.actions-named', { name }).click();
  await page.getByRole('menuitem', { name: say('watch.menu') }).click();
  await expect(dialog.getByRole('textbox', { name: say('watch.pattern') })).toHaveValue('Newsletter_*.csv');
  await expect(dialog.getByTestId('watch-matches')).toContainText('Newsletter_2026-11-16.csv');
  await picture(segue, 'fr-watch-form');
  expect(await problemsOf(segue)).toEqual([]);
  await dialog.getByRole('button', { name: say('watch.save') }).click();
  await expect(dialog).toBeHidden();
  await expect(row.getByTestId('watch-line')).toContainText('Newsletter_*.csv');

  // A file comes, and later one that is no table.
  put('Newsletter_2026-11-23.csv', 35);
  await expect(row.getByRole('gridcell').nth(1)).toContainText('35', { timeout: 20_000 });
  await expect(row).toContainText('Newsletter_2026-11-23.csv');
  await expect(row.getByRole('img')).toBeVisible();
  writeFileSync(path.join(folder, 'Newsletter_2026-11-24.csv'), '\u0000\u0001\u0002\u0000');
  await expect(row.getByTestId('watch-line')).toContainText('Newsletter_2026-11-24.csv', { timeout: 20_000 });
  await expect(row.getByRole('gridcell').nth(1)).toContainText('35');

  // Another folder, whose files are only offered, as segments of their own.
  await button('watch.add').click();
  await dialog.getByRole('textbox', { name: say('watch.folder') }).fill(folder);
  await dialog.getByRole('textbox', { name: say('watch.pattern') }).fill('New *.csv');
  await dialog.getByRole('radio', { name: say('watch.takes.when-asked') }).check();
  await dialog.getByRole('button', { name: say('watch.save') }).click();
  await expect(dialog).toBeHidden();
  put('New people.csv', 7);
  const take = page.getByRole('button', { name: say('watch.take-named', { name: 'New *.csv' }) });
  await take.waitFor({ timeout: 20_000 });
  await picture(segue, 'fr-watch-lines');
  expect(await problemsOf(segue)).toEqual([]);
  await take.click();
  await expect(page.getByText('New people', { exact: true })).toBeVisible({ timeout: 20_000 });
  for (const named of [name, 'New *.csv']) await button('watch.stop-named', { name: named }).click();
  await expect(page.getByTestId('watch-line')).toHaveCount(0);
});
