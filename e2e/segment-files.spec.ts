import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { dropFiles } from './fixtures/drop-files.ts';
import * as job from './fixtures/main-job.ts';
import { expect, test } from './fixtures/test.ts';

const newFolder = () => mkdtempSync(path.join(os.tmpdir(), 'segue-files-'));

function put(folder: string, name: string, content: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
}

for (const language of ['en', 'fr'] as const) {
  test(`parts dropped together are one segment, its unreadable lines are shown, and it is taken apart, in ${language}`, async ({
    start,
    picture,
  }) => {
    const segue = await start({ language });
    const { page, words } = segue;
    await job.connectToPractice(segue);
    const folder = newFolder();
    const broken = Array.from({ length: 60 }, (_, n) => `Zoë ${n};zoe${n}@example.com;de trop`).join('\r\n');
    const good = Array.from({ length: 300 }, (_, n) => `Cleo ${n};cleo${n}@example.com`).join('\r\n');
    const parts = [
      put(folder, 'Fidèles_1.csv', 'Nom;Courriel\r\nAda;ada@example.com\r\nBob;bob@example.com\r\n'),
      put(folder, 'Fidèles_2.csv', `Nom;Courriel\r\n${broken}\r\n${good}\r\n`),
    ];
    await dropFiles(page, null, [...parts].reverse());
    const cards = page.getByTestId('segment-card');
    await expect(cards).toHaveCount(1);
    await expect(cards.getByText(words.say('segment.parts', { count: 2 }))).toBeVisible();
    expect(await job.readCounts(segue)).toMatchObject({ rows: 302, valid: 302 });

    await cards.getByRole('button', { name: words.say('segment.unreadable.show') }).click();
    const lines = cards.getByTestId('unreadable-lines').getByRole('row');
    await expect(lines).toHaveCount(51);
    await expect(lines.nth(1).getByRole('cell')).toHaveText([
      'Fidèles_2.csv',
      '2',
      words.say('reading.unreadable.surplus-cells'),
      'Zoë 0;zoe0@example.com;de trop',
    ]);
    await picture(segue, `${language}-unreadable-lines`);
    await cards.getByRole('button', { name: words.say('segment.unreadable.more', { shown: 50, count: 60 }) }).click();
    await expect(lines).toHaveCount(61);

    await cards.getByRole('button', { name: words.say('segment.take-apart') }).click();
    await expect(cards).toHaveCount(2);
    await expect(cards.getByText('Fidèles 1', { exact: true })).toBeVisible();
    await expect.poll(async () => (await job.readCounts(segue)).rows).toBe(302);
    await expect
      .poll(async () => (await segue.snapshot()).segments.map(({ name }) => name).sort())
      .toEqual(['Fidèles 1', 'Fidèles 2']);
  });
}

test('F28 more than a million profiles are told, and the export is split or sent as it is', async ({
  start,
  picture,
}) => {
  test.setTimeout(180_000);
  const segue = await start({ language: 'fr' });
  const { page, words } = segue;
  await page.setViewportSize({ width: 1024, height: 700 });
  await job.connectToPractice(segue);
  const folder = newFolder();
  const addresses = (letter: string) => Array.from({ length: 550_000 }, (_, n) => `${letter}${n}@example.com`);
  const files = ['North', 'South'].map((name) =>
    put(folder, `${name}.csv`, `Email\n${addresses(name.slice(0, 1)).join('\n')}\n`),
  );
  for (const [index, file] of files.entries()) {
    await dropFiles(page, null, [file]);
    await expect(page.getByTestId('segment-card')).toHaveCount(index + 1);
  }
  await expect
    .poll(async () => (await segue.snapshot()).segments.map(({ state }) => state), { timeout: 60_000 })
    .toEqual(['ready', 'ready']);
  await expect.poll(async () => (await job.readCounts(segue)).valid, { timeout: 60_000 }).toBe(1_100_000);
  await job.createList(segue, 'Tous');
  await job.saveExport(segue);
  await page.getByTestId('check').scrollIntoViewIfNeeded();
  await picture(segue, 'fr-many-profiles');

  const exportNow = page.getByRole('button', { name: words.say('exports.export-now') });
  const dialog = page.getByRole('alertdialog');
  await exportNow.click();
  await dialog.getByText(words.say('large-export.can-split', { count: 2 })).waitFor();
  await picture(segue, 'fr-large-export');
  await dialog.getByRole('button', { name: words.say('large-export.send-all') }).click();
  await dialog.getByRole('checkbox').waitFor();
  await expect(dialog).toHaveCount(1);
  await dialog.getByRole('button', { name: words.say('action.cancel') }).click();
  await dialog.waitFor({ state: 'detached' });

  await exportNow.click();
  await dialog.getByRole('button', { name: words.say('large-export.split', { count: 2 }) }).click();
  await expect(page.getByText(words.say('large-export.was-split', { name: 'North', count: 2 }))).toBeVisible();
  const { exports, runs } = await segue.snapshot();
  expect(exports.map(({ name, segments }) => [name, segments.length])).toEqual([
    ['North', 1],
    ['North (2)', 1],
  ]);
  expect(exports[1]?.segments[0]?.fieldMap).toEqual([{ field: 'email', columnIndex: 0 }]);
  expect(runs).toEqual([]);
});
