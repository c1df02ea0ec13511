import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { problemsOf } from './fixtures/axe.ts';
import { dropFiles } from './fixtures/drop-files.ts';
import * as job from './fixtures/main-job.ts';
import { smallFrenchDark } from './fixtures/segue-app.ts';
import { sharedApp } from './fixtures/shared-app.ts';
import { willChoose, willSaveAs } from './fixtures/system-dialogs.ts';
import { expect, test } from './fixtures/test.ts';

// Segments as people look into them, save, tag and find them, and many of them on their way to exports: one journey
// through one started app, as somebody with a French, dark and small window makes it.

const { segue, say, button, dialog, goTo, inMenuOf, put, ...on } = sharedApp(smallFrenchDark);
const row = (name: string) => on.row('library-row', name);
const people = (town: string, count: number, head = 'Prénom;E-mail;Ville') =>
  `${head}\n${Array.from({ length: count }, (_, n) => `Zoé ${n};zoe${n}@${town.toLowerCase()}.example;${town}`).join('\n')}\n`;
const ready = (count: number) =>
  expect
    .poll(async () => (await segue.snapshot()).segments.filter(({ state }) => state === 'ready').length)
    .toBe(count);

test('F60 the first hundred people of a segment are shown, and whoever is looked for, by keyboard', async ({
  picture,
}) => {
  const { page } = segue;
  await job.connectToPractice(segue);
  await goTo('segments.title');
  await dropFiles(page, null, [put('Lyon.csv', `${people('Lyon', 250)}=CMD(1);pirate@lyon.example;Lyon\n`)]);
  await ready(1);
  await row('Lyon').focus();
  await page.keyboard.press('Enter');
  const rows = dialog().getByTestId('members').getByRole('row');
  await expect(rows).toHaveCount(101);
  await expect(dialog()).toContainText(say('members.shown', { shown: 100, rows: 251 }));
  await picture(segue, 'members-fr-dark');
  expect(await problemsOf(segue)).toEqual([]);
  await dialog()
    .getByRole('button', { name: say('action.show-more') })
    .click();
  await expect(rows).toHaveCount(201);
  await dialog().getByRole('searchbox').fill('ZOE 24');
  await expect(rows).toHaveCount(14);
  await dialog().getByRole('combobox').selectOption({ label: 'Ville' });
  await expect(rows).toHaveCount(1);
  await page.keyboard.press('Escape');
  await expect(dialog()).toBeHidden();
});

test('F61 people of one segment or several are saved as CSV, every cell as it was read', async ({ picture }) => {
  const { page } = segue;
  await dropFiles(page, null, [put('Nice.csv', people('Nice', 3, 'Prénom;E-mail;Ville'))]);
  await ready(2);
  const target = put('saved.csv', '');
  const folder = path.dirname(target);
  await willSaveAs(segue, target);
  await willChoose(segue, folder);
  await inMenuOf('Lyon', 'download.open');
  await expect(dialog()).toContainText('=CMD(1)');
  await picture(segue, 'download-fr-dark');
  expect(await problemsOf(segue)).toEqual([]);
  await dialog()
    .getByRole('button', { name: say('download.save') })
    .click();
  await expect(page.getByText(say('download.saved', { count: 251, file: 'saved.csv' }))).toBeVisible();
  const saved = readFileSync(target, 'utf8').split('\r\n');
  expect([saved[0], saved[1], saved[251]]).toEqual([
    '\uFEFFPrénom,E-mail,Ville',
    'Zoé 0,zoe0@lyon.example,Lyon',
    '=CMD(1),pirate@lyon.example,Lyon',
  ]);

  await row('Lyon').focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page
    .getByRole('toolbar')
    .getByRole('button', { name: say('download.open') })
    .click();
  await dialog()
    .getByRole('radio', { name: say('download.each') })
    .check();
  await dialog()
    .getByRole('radio', { name: say('download.formulas.as-text') })
    .check();
  await picture(segue, 'download-several-fr-dark');
  await dialog()
    .getByRole('button', { name: say('download.save') })
    .click();
  await expect(dialog()).toBeHidden();
  const files = readdirSync(folder).filter((name) => /\(\d{4}-\d\d-\d\d\)\.csv$/.test(name));
  expect(files).toHaveLength(2);
  expect(readFileSync(path.join(folder, files[0] ?? ''), 'utf8')).toContain("'=CMD(1),");
});

test('F62 segments are tagged, filtered, searched, renamed and duplicated', async ({ picture }) => {
  const { page } = segue;
  await page
    .getByRole('toolbar')
    .getByRole('button', { name: say('tags.open') })
    .click();
  await dialog()
    .getByRole('textbox', { name: say('tags.new') })
    .fill('été');
  await page.keyboard.press('Enter');
  await picture(segue, 'tags-fr-dark');
  expect(await problemsOf(segue)).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(row('Lyon').getByText('été', { exact: true })).toBeVisible();
  await button(say('table.choose-none')).click();
  await inMenuOf('Lyon', 'library.duplicate');
  await expect(row('Lyon (2)')).toBeVisible();
  await inMenuOf('Nice', 'library.rename');
  await dialog().getByRole('textbox').fill('Côte d’Azur');
  await page.keyboard.press('Enter');
  await expect(row('Côte d’Azur')).toBeVisible();
  await inMenuOf('Côte d’Azur', 'tags.open');
  await dialog().getByRole('checkbox', { name: 'été' }).uncheck();
  await dialog()
    .getByRole('textbox', { name: say('tags.new') })
    .fill('hiver');
  await dialog()
    .getByRole('button', { name: say('action.save') })
    .click();
  await expect(row('Côte d’Azur').getByText('hiver', { exact: true })).toBeVisible();
  await page.getByRole('combobox', { name: say('tags.filter') }).click();
  await page
    .getByRole('menuitemcheckbox', { name: 'hiver' })
    .or(page.getByRole('option', { name: 'hiver' }))
    .click();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('library-row')).toHaveCount(1);
  await picture(segue, 'library-tags-fr-dark');
  expect(await problemsOf(segue)).toEqual([]);
  await page.getByRole('combobox', { name: say('tags.filter') }).click();
  await page
    .getByRole('menuitemcheckbox', { name: 'hiver' })
    .or(page.getByRole('option', { name: 'hiver' }))
    .click();
  await page.keyboard.press('Escape');
  await page.getByRole('searchbox').fill('ete lyon');
  await expect(page.getByTestId('library-row')).toHaveCount(2);
  await page.getByRole('searchbox').fill('');
});

test('many files dropped at once become many exports, each with a list, and are taken back', async ({ picture }) => {
  const { page } = segue;
  await goTo('nav.exports');
  const files = ['Nantes', 'Lille', 'Brest'].map((town) => put(`Clients ${town}.csv`, people(town, 5)));
  files.push(put('Sans adresse.csv', 'Nom;Ville\nAda;Paris\n'));
  await dropFiles(page, null, files);
  await dialog()
    .getByRole('radio', { name: say('several-files.export-each', { count: 4 }) })
    .check();
  await picture(segue, 'several-files-fr-dark');
  expect(await problemsOf(segue)).toEqual([]);
  await dialog()
    .getByRole('button', { name: say('action.continue') })
    .click();
  const rows = page.getByTestId('many-row');
  await expect(rows).toHaveCount(4);
  await expect(page.getByText(say('many.blocked', { count: 1, names: 'Sans adresse' }))).toBeVisible();
  await page.getByRole('textbox', { name: say('many.rule.export') }).fill('{segment} – {number}');
  await expect(page.getByRole('textbox', { name: say('many.name-of', { name: 'Clients Lille' }) })).toHaveValue(
    'Clients Lille – 2',
  );
  await page.getByRole('combobox', { name: say('many.list-of', { name: 'Clients Brest' }) }).fill('Bretagne');
  await picture(segue, 'many-fr-dark');
  expect(await problemsOf(segue)).toEqual([]);
  await page.setViewportSize({ width: 1600, height: 1000 });
  await picture(segue, 'many-large-fr-dark');
  await page.setViewportSize({ width: 1024, height: 700 });

  await button(say('many.match-named', { name: 'Clients Nantes' })).click();
  await dialog()
    .getByRole('combobox', { name: say('field.first-name') })
    .selectOption({ label: say('many.matching.none') });
  await picture(segue, 'many-matching-fr-dark');
  expect(await problemsOf(segue)).toEqual([]);
  await dialog()
    .getByRole('button', { name: say('many.matching.take') })
    .click();
  await page.getByRole('checkbox', { name: say('many.include', { name: 'Sans adresse' }) }).uncheck();
  // One of the names is given away meanwhile: that one fails, the others are made.
  await page.evaluate(async (name) => {
    const state = await window.segue.call('app.getSnapshot', {});
    const connectionId = state.ok ? (state.value.connections[0]?.connectionId ?? '') : '';
    await window.segue.call('lists.create', { connectionId, name });
  }, 'Bretagne');
  await button(say('many.make', { count: 3 })).click();
  await expect(page.getByText(say('many.made', { count: 3 }))).toBeVisible();
  await picture(segue, 'many-made-fr-dark');
  const { exports, segments } = await segue.snapshot();
  expect(exports.map(({ name, list }) => [name, list?.name]).sort()).toEqual([
    ['Clients Brest – 3', 'Bretagne'],
    ['Clients Lille – 2', 'Clients Lille'],
    ['Clients Nantes – 1', 'Clients Nantes'],
  ]);
  const nantes = exports.find(({ name }) => name.startsWith('Clients Nantes'));
  expect(nantes?.segments[0]?.fieldMap).toEqual([{ field: 'email', columnIndex: 1 }]);
  expect(segments.some(({ name }) => name === 'Sans adresse')).toBe(false);

  await button(say('many.undo-all')).click();
  await expect(page.getByText(say('many.undone', { count: 3 }))).toBeVisible();
  expect((await segue.snapshot()).exports).toEqual([]);
});

test('files dropped together are the parts of one segment, or the segments of one export, if the person says so', async () => {
  const { page } = segue;
  const files = ['Est', 'Ouest'].map((town) => put(`${town}.csv`, people(town, 4)));
  await goTo('nav.exports');
  await dropFiles(page, null, files);
  await dialog()
    .getByRole('radio', { name: say('several-files.one-segment') })
    .check();
  await dialog()
    .getByRole('button', { name: say('action.continue') })
    .click();
  await expect(page.getByTestId('segment-card')).toHaveCount(1);
  expect((await job.readCounts(segue)).rows).toBe(8);
  await goTo('nav.exports');
  await button(say('leave.discard')).click();
  await dropFiles(page, null, files);
  await dialog()
    .getByRole('radio', { name: say('several-files.one-export', { count: 2 }) })
    .check();
  await dialog()
    .getByRole('button', { name: say('action.continue') })
    .click();
  await expect(page.getByTestId('segment-card')).toHaveCount(2);
  expect((await job.readCounts(segue)).rows).toBe(8);
});
