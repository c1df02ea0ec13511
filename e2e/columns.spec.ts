import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { problemsOf } from './fixtures/axe.ts';
import * as job from './fixtures/main-job.ts';
import type { SegueApp } from './fixtures/segue-app.ts';
import { somebodyElse } from './fixtures/somebody-else.ts';
import { expect, test } from './fixtures/test.ts';

function put(name: string, rows: readonly (readonly string[])[]): string {
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'segue-columns-')), name);
  writeFileSync(file, `${rows.map((row) => row.join(';')).join('\r\n')}\r\n`);
  return file;
}

/** A download of Customer Insights as a French marketer gets it. */
const headings = [
  'CustomerId',
  'Prénom',
  'Nom',
  'Adresse e-mail',
  'Téléphone portable',
  'Adresse',
  'Code postal',
  'Ville',
  'Pays',
  'Société',
  'Fonction',
  'Date de naissance',
  'Niveau de fidélité',
  'Client depuis',
];
const people = Array.from({ length: 60 }, (_, n) => [
  `6f1e2d3c4b5a69788796a5b4c3d2e${String(n).padStart(3, '0')}`,
  ['Zoé', 'Jérôme', 'Marie'][n % 3] ?? '',
  ['Petit', 'Lefèvre', 'Dubois'][n % 3] ?? '',
  `client${n}@example.fr`,
  `06 12 34 56 ${10 + n}`,
  `${n + 1} rue Pasteur`,
  `690${10 + (n % 9)}`,
  'Lyon',
  'France',
  'Contoso',
  'Directrice',
  `${String((n % 28) + 1).padStart(2, '0')}/05/1980`,
  ['or', 'argent', ''][n % 3] ?? '',
  `0${(n % 9) + 1}/0${((n + 3) % 9) + 1}/2019`,
]);

/** What the practice account shows of a person. */
async function contactShown(segue: SegueApp, address: string): Promise<string> {
  const opened = segue.nextOpenedAddress();
  await segue.page.evaluate(() => window.segue.call('app.openPage', { page: 'practice-account' }));
  const page = new URL(await opened);
  const answer = await fetch(new URL(`/contacts?q=${encodeURIComponent(address)}&lang=en`, page.origin));
  const row = /<tr><th scope="row">[\s\S]*?<\/tr>/.exec(await answer.text())?.[0] ?? '';
  return row.replace(/<[^>]+>/g, ' ').replace(/&[^;]+;/g, ' ');
}

for (const [language, theme] of [
  ['fr', 'dark'],
  ['en', 'light'],
] as const) {
  test(`a French download is recognised, a field made, dates asked for, and all of it sent, ${language}, ${theme}`, async ({
    start,
    picture,
  }) => {
    test.slow();
    const segue = await start({ language });
    const { page, words } = segue;
    await page.setViewportSize({ width: 1024, height: 700 });
    await page.evaluate((themeChoice) => window.segue.call('settings.change', { themeChoice }), theme);
    await job.connectToPractice(segue);
    await job.dropSegment(segue, put('Clients.csv', [headings, ...people]));
    await job.readCounts(segue);
    const button = (...given: Parameters<typeof words.say>) =>
      page.getByRole('button', { name: words.say(...given), exact: true });
    const match = (field: string) => page.getByTestId(`match-${field}`);

    // The address and the names are matched by themselves, and say how sure that is and why.
    await expect(match('email').getByText(words.say('matching.certainty.sure'))).toBeVisible();
    await button('matching.why-named', { name: words.say('field.email') }).click();
    const reason = { count: 60, looked: 60, kind: words.say('column-kind.email') };
    await expect(match('email').getByText(words.say('matching.reason.contents', reason))).toBeVisible();
    await match('email').scrollIntoViewIfNeeded();
    await picture(segue, `${language}-${theme}-matching-why`);

    // All that Constant Contact keeps of a person, in groups.
    await button('matching.add-attribute').focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menuitem', { name: words.say('field.create'), exact: true }).scrollIntoViewIfNeeded();
    await picture(segue, `${language}-${theme}-add-attribute`);
    expect.soft(await problemsOf(segue), 'attribute menu').toEqual([]);
    await page.keyboard.press('Escape');

    // Everything else that was recognised is one click away.
    const leftOut = page.getByTestId('columns-left-out');
    await leftOut.getByRole('button', { name: words.say('matching.left-out', { count: 11 }) }).click();
    await leftOut.scrollIntoViewIfNeeded();
    await picture(segue, `${language}-${theme}-columns-left-out`);
    expect.soft(await problemsOf(segue), 'columns left out').toEqual([]);
    await leftOut.getByRole('button', { name: words.say('matching.add-recognised', { count: 8 }) }).click();
    for (const field of ['phone', 'street', 'zip', 'city', 'country', 'company_name', 'job_title', 'birthday']) {
      await expect(match(field).getByText(words.say('matching.certainty.sure'))).toBeVisible();
    }
    await expect(
      match('birthday').getByText(words.say('matching.date-proof.day-first', { count: 32, example: '13/05/1980' })),
    ).toBeVisible();

    // A field of the account's own, made from a column that fits no other.
    await job.readCounts(segue);
    await leftOut
      .getByRole('button', { name: words.say('field.create-named', { column: 'Niveau de fidélité' }) })
      .click();
    const dialog = page.getByRole('alertdialog');
    await expect(dialog.getByRole('textbox')).toHaveValue('Niveau de fidélité');
    await expect(dialog.getByRole('radio', { name: words.say('field.create.type.text') })).toBeChecked();
    await picture(segue, `${language}-${theme}-create-field`);
    expect.soft(await problemsOf(segue), 'create field').toEqual([]);
    await dialog.getByRole('button', { name: words.say('field.create.confirm') }).click();
    await dialog.waitFor({ state: 'detached' });
    await expect(page.getByText('Niveau de fidélité', { exact: true }).first()).toBeVisible();

    // A date whose order no row tells is asked for before anything can be sent.
    await leftOut.getByRole('button', { name: words.say('field.create-named', { column: 'Client depuis' }) }).click();
    await expect(dialog.getByRole('radio', { name: words.say('field.create.type.date') })).toBeChecked();
    await dialog.getByRole('button', { name: words.say('field.create.confirm') }).click();
    await dialog.waitFor({ state: 'detached' });
    await job.createList(segue, 'Automne');
    await expect(page.getByText(words.say('export.problem.date-order-missing', { name: 'Clients' }))).toBeVisible();
    const order = page.getByRole('combobox', {
      name: words.say('matching.date-order', { field: 'Client depuis' }),
    });
    await job.readCounts(segue);
    await order.scrollIntoViewIfNeeded();
    await picture(segue, `${language}-${theme}-date-order`);
    expect.soft(await problemsOf(segue), 'date order').toEqual([]);
    await order.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: words.say('matching.date-order.day-first') }).click();
    await expect(page.getByText(words.say('export.problem.date-order-missing', { name: 'Clients' }))).toBeHidden();

    await job.exportNow(segue, 'export.save-and-run');
    const run = await job.followRun(segue, await job.confirmPermission(segue));
    expect(run).toMatchObject({ state: 'successful', balance: { rowsRead: 60, accepted: 60 } });
    const shown = await contactShown(segue, 'client12@example.fr');
    for (const value of [
      'Zoé Petit',
      'birthday_month: 5',
      'birthday_day: 13',
      'company_name: Contoso',
      'job_title: Directrice',
      'other_phone: 06 12 34 56 22',
      '13 rue Pasteur, Lyon, 69013, France',
      'Niveau de fidélité: or',
      'Client depuis: 2019-07-04',
    ]) {
      expect.soft(shown, value).toContain(value);
    }
  });
}

test('a file of sixty columns, full names and a field that goes', async ({ start, picture }) => {
  const segue = await start({ language: 'fr' });
  const { page, words } = segue;
  await page.setViewportSize({ width: 1024, height: 700 });
  await job.connectToPractice(segue);
  const wide = ['Courriel', 'Nom complet', ...Array.from({ length: 58 }, (_, n) => `Mesure ${n + 1}`)];
  const rows = ['Anne de la Tour', 'Jean DUPONT', 'Petit, Zoé', 'Cher'].map((name, n) => [
    `p${n}@example.fr`,
    name,
    ...Array.from({ length: 58 }, (_, column) => String(column * n)),
  ]);
  await job.dropSegment(segue, put('Large.csv', [wide, ...rows]));
  const leftOut = page.getByTestId('columns-left-out');
  await leftOut.getByRole('button', { name: words.say('matching.left-out', { count: 59 }) }).click();
  await leftOut
    .getByRole('button', {
      name: words.say('matching.add-as-named', { column: 'Nom complet', field: words.say('field.full-name') }),
    })
    .click();
  await page.getByTestId('match-full_name').scrollIntoViewIfNeeded();
  await picture(segue, 'fr-full-name');
  const preview = page.getByTestId('check');
  await expect(preview.getByText('de la Tour', { exact: true })).toBeVisible();
  await expect(preview.getByText('DUPONT', { exact: true })).toBeVisible();
  await leftOut.scrollIntoViewIfNeeded();
  await picture(segue, 'fr-sixty-columns');

  // A field that is deleted in the account after it was matched.
  await leftOut.getByRole('button', { name: words.say('field.create-named', { column: 'Mesure 7' }) }).click();
  const dialog = page.getByRole('alertdialog');
  await dialog.getByRole('button', { name: words.say('field.create.confirm') }).click();
  await dialog.waitFor({ state: 'detached' });
  await job.createList(segue, 'Large');
  await job.saveExport(segue);
  const other = await somebodyElse(segue);
  const { custom_fields: held } = (await (await other.call('GET', '/contact_custom_fields')).json()) as {
    custom_fields: { custom_field_id: string; name: string }[];
  };
  const field = held.find(({ name }) => name === 'mesure_7');
  expect((await other.call('DELETE', `/contact_custom_fields/${field?.custom_field_id}`)).status).toBe(204);
  await page.getByRole('button', { name: words.say('exports.export-now'), exact: true }).click();
  const question = page.getByRole('alertdialog');
  await question.getByRole('checkbox').check();
  await question.getByRole('button', { name: words.say('permission.send'), exact: true }).click();
  await expect(
    page.getByText(words.say('error.export.field-gone.title', { fields: 'mesure_7' })).first(),
  ).toBeVisible();
  await question.getByRole('button', { name: words.say('error.export.field-gone.button') }).click();
  const gone = page.getByTestId('gone-field');
  await expect(gone).toBeVisible();
  await gone.scrollIntoViewIfNeeded();
  await picture(segue, 'fr-field-gone');
  await gone.getByRole('button').click();
  await expect(page.getByTestId('match-cf:mesure_7')).toHaveCount(0);
});
