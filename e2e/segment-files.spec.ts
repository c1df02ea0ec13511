import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { dropFiles } from './fixtures/drop-files.ts';
import * as job from './fixtures/main-job.ts';
import { smallFrenchDark } from './fixtures/segue-app.ts';
import { expect, test } from './fixtures/test.ts';

const newFolder = () => mkdtempSync(path.join(os.tmpdir(), 'segue-files-'));

function put(folder: string, name: string, content: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
}

test('parts dropped together are one segment, its unreadable lines are shown, and it is taken apart', async ({
  start,
  picture,
}) => {
  const segue = await start(smallFrenchDark);
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
  await picture(segue, 'fr-unreadable-lines');
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
