import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { problemsOf } from './fixtures/axe.ts';
import { dropFiles } from './fixtures/drop-files.ts';
import * as job from './fixtures/main-job.ts';
import { smallFrenchDark } from './fixtures/segue-app.ts';
import { willChoose } from './fixtures/system-dialogs.ts';
import { expect, test } from './fixtures/test.ts';

const rows = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, n) => `${from + n},person${from + n}@example.com,Lyon`).join('\r\n');

test('a segment is kept, exported, replaced, read again, renamed, duplicated and removed', async ({
  start,
  picture,
}) => {
  const segue = await start(smallFrenchDark);
  const { page, words } = segue;
  await job.connectToPractice(segue);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'segue-library-'));
  const monday = path.join(folder, 'Clients fidèles.csv');
  writeFileSync(monday, `Id,Email,City\r\n${rows(0, 40)}\r\n`);
  const say = (...given: Parameters<typeof words.say>) => words.say(...given);
  const button = (...given: Parameters<typeof words.say>) =>
    page.getByRole('button', { name: say(...given), exact: true });
  const goToSegments = () =>
    page
      .getByRole('navigation')
      .getByRole('button', { name: say('segments.title') })
      .click();
  const row = (name: string) => page.getByTestId('library-row').filter({ has: page.getByText(name, { exact: true }) });
  const choose = async (name: string, item: Parameters<typeof words.say>[0]) => {
    await page.getByRole('button', { name: say('table.actions-named', { name }), exact: true }).click();
    await page.getByRole('menuitem', { name: say(item) }).click();
  };

  // A file dropped on the library stays there.
  await goToSegments();
  await expect(page.getByText(say('library.empty.title'))).toBeVisible();
  await picture(segue, 'fr-library-empty');
  await dropFiles(page, null, [monday]);
  const name = 'Clients fidèles';
  await expect(row(name).getByRole('gridcell').nth(1)).toHaveText('40');
  await expect(row(name).getByRole('gridcell').nth(2)).toHaveText('3');

  // A new export of it.
  await button('library.manage-named', { name }).click();
  await page
    .getByRole('alertdialog')
    .getByRole('button', { name: say('exports.add') })
    .click();
  await page.getByTestId('count-rows').waitFor();
  await button('matching.add-attribute').click();
  await page.getByRole('menuitem', { name: say('field.city') }).click();
  await job.createList(segue, 'Autumn');
  await job.saveExport(segue);

  // Another file, whose column has another heading: the growth is drawn, the column recognised.
  const tuesday = path.join(folder, 'Tuesday.csv');
  writeFileSync(tuesday, `Id,Email,Ort\r\n${rows(0, 65)}\r\n`);
  await goToSegments();
  await willChoose(segue, tuesday);
  await choose(name, 'library.replace');
  await expect(row(name).getByRole('gridcell').nth(1)).toContainText('65');
  await expect(row(name).getByRole('img')).toBeVisible();
  writeFileSync(tuesday, `Id,Email,Ort\r\n${rows(0, 90)}\r\n`);
  await page.evaluate(() => window.dispatchEvent(new Event('focus')));
  await expect(row(name).getByText(say('library.changed-on-disk'))).toBeVisible();
  await picture(segue, 'fr-library');
  expect(await problemsOf(segue)).toEqual([]);
  await row(name)
    .getByRole('button', { name: say('library.read-again-named', { name }) })
    .click();
  await expect(row(name).getByRole('gridcell').nth(1)).toContainText('90');
  await expect(row(name).getByText(say('library.changed-on-disk'))).toBeHidden();

  await button('library.manage-named', { name }).click();
  await page.getByRole('alertdialog').getByText(say('library.manage.containing')).waitFor();
  await picture(segue, 'fr-library-manage');
  await page.getByRole('button', { name: say('action.edit-named', { name }) }).click();
  const lost = page.getByTestId('lost-column');
  await expect(lost).toContainText('Ort');
  await lost.scrollIntoViewIfNeeded();
  await picture(segue, 'fr-lost-column');
  await lost.getByRole('button', { name: say('matching.lost.confirm', { proposed: 'Ort' }) }).click();
  await expect(lost).toBeHidden();
  await button('action.save').click();
  await expect
    .poll(async () => (await segue.snapshot()).exports[0])
    .toMatchObject({ lostColumns: [], segments: [{ fieldMap: [{}, { field: 'city', columnIndex: 2 }] }] });

  // Another name, a copy, and the end of both.
  await goToSegments();
  await choose(name, 'library.duplicate');
  await expect(row(`${name} (2)`)).toBeVisible();
  await choose(name, 'library.rename');
  await page.getByRole('textbox', { name: say('library.rename.name') }).fill('Fidèles');
  await button('action.rename').click();
  await expect(row('Fidèles')).toBeVisible();
  await choose('Fidèles', 'library.remove');
  const question = page.getByRole('alertdialog');
  await expect(question).toContainText(say('library.remove.used', { count: 1, segments: 1, exports: name }));
  await picture(segue, 'fr-library-remove');
  await question.getByRole('button', { name: say('library.remove.from-exports') }).click();
  await expect(page.getByText(say('library.removed', { count: 1, name: 'Fidèles' }))).toBeVisible();
  const { segments, exports } = await segue.snapshot();
  expect(segments.map((segment) => segment.name)).toEqual([`${name} (2)`]);
  expect(exports).toMatchObject([{ name, segments: [] }]);
});
