import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { generateSampleSegment } from '../main/segments/generate-sample.ts';
import { makeWorkbook } from '../main/segments/testing/make-workbook.ts';
import type { SegmentView } from '../preload/contract/views.ts';
import { dropFiles } from './fixtures/drop-files.ts';
import * as job from './fixtures/main-job.ts';
import { type SegueApp, smallFrenchDark } from './fixtures/segue-app.ts';
import { expect, test } from './fixtures/test.ts';

const newFolder = () => mkdtempSync(path.join(os.tmpdir(), 'segue-reading-'));

/** The only segment there is, once it has been read to its end. */
async function readToTheEnd(segue: SegueApp): Promise<SegmentView> {
  await expect
    .poll(async () => (await segue.snapshot()).segments.map(({ state }) => state), { timeout: 60_000 })
    .toEqual(['ready']);
  const [segment] = (await segue.snapshot()).segments;
  if (segment === undefined) throw new Error('There is no segment');
  return segment;
}

const openPanel = (segue: SegueApp) => segue.page.getByRole('button', { name: segue.words.say('reading.how') }).click();

test('what was understood of a file is shown, corrected, remembered and taken back', async ({ start, picture }) => {
  const segue = await start(smallFrenchDark);
  const { page, words } = segue;
  await job.connectToPractice(segue);
  const folder = newFolder();
  const text =
    'Clients fidèles;;\r\nCourriel;Prénom;Ville\r\nrene@example.com;René;Besançon\r\nzoe@example.com;Zoë;Orléans\r\n';
  const file = path.join(folder, 'Clients 2026-11-01.csv');
  writeFileSync(file, Buffer.from(text, 'latin1'));
  await job.dropSegment(segue, file);
  const card = page.getByTestId('segment-card');
  await expect(card.getByText('Windows-1252')).toBeVisible();
  await openPanel(segue);
  const rows = card.getByTestId('first-rows');
  await expect(rows.getByRole('columnheader')).toHaveText(['Courriel', 'Prénom', 'Ville']);
  await picture(segue, 'fr-reading-strip');

  // The words of the other encoding, and the rows after choosing it.
  await card.getByRole('radio', { name: /Mac OS Roman.*RenÈ/ }).click();
  await expect(rows.getByRole('cell', { name: 'RenÈ' })).toBeVisible();
  await expect(card.getByText(words.say('reading.corrected'), { exact: true })).toBeVisible();
  await card.getByRole('radio', { name: /Windows-1252/ }).click();
  await expect(rows.getByRole('cell', { name: 'René' })).toBeVisible();

  // The headings stand elsewhere, or nowhere: the matching follows.
  await card.getByRole('spinbutton', { name: words.say('reading.header-line') }).fill('1');
  await expect(rows.getByRole('columnheader').first()).toHaveText('Clients fidèles');
  await card.getByRole('checkbox', { name: words.say('reading.no-header-line') }).click();
  await expect(card.getByText(words.say('reading.no-header'), { exact: true })).toBeVisible();
  expect(await readToTheEnd(segue)).toMatchObject({
    rowCount: 3,
    overrides: { encoding: 'windows-1252', headerLine: null },
  });
  await expect.poll(async () => (await job.readCounts(segue)).rows).toBe(3);
  await picture(segue, 'fr-reading-corrected');

  // The next file of the source is read likewise, until it is read by itself.
  await card.getByRole('button', { name: words.say('action.remove-named', { name: 'Clients 2026-11-01' }) }).click();
  const next = path.join(folder, 'Clients 2026-11-08.csv');
  writeFileSync(next, Buffer.from(text, 'latin1'));
  await dropFiles(page, null, [next]);
  await expect(card.getByText(words.say('reading.remembered'))).toBeVisible();
  await picture(segue, 'fr-reading-remembered');
  await card.getByRole('button', { name: words.say('reading.by-itself') }).click();
  await expect(card.getByText(words.say('reading.remembered'))).toBeHidden();
  expect(await readToTheEnd(segue)).toMatchObject({ rowCount: 2, overrides: {}, reading: { headerLine: 2 } });
});

test('another sheet of a workbook is chosen by name, and hidden rows are told', async ({ start, picture }) => {
  const segue = await start();
  const { page, words } = segue;
  await job.connectToPractice(segue);
  const file = path.join(newFolder(), 'Club.xlsx');
  await makeWorkbook(file, [
    {
      name: 'Members',
      rows: [
        ['Email', 'First name'],
        ['ada@example.com', 'Ada'],
      ],
    },
    {
      name: 'Guests',
      rows: [
        ['Name', 'Mail'],
        ['Bob', 'bob@example.com'],
        ['Eve', 'eve@example.com'],
      ],
    },
  ]);
  await job.dropSegment(segue, file);
  await openPanel(segue);
  await page.getByRole('combobox', { name: words.say('reading.sheet'), exact: true }).click();
  await page.getByRole('option', { name: 'Guests' }).click();
  await expect(page.getByTestId('first-rows').getByRole('columnheader')).toHaveText(['Name', 'Mail']);
  expect(await readToTheEnd(segue)).toMatchObject({ rowCount: 2, overrides: { sheet: 'Guests' } });
  await expect.poll(async () => (await job.readCounts(segue)).valid).toBe(2);
  await picture(segue, 'en-reading-sheet');
});

test('matching begins while a large file is still being read', async ({ start, picture }) => {
  const rows = 400_000;
  const segue = await start();
  const { page, words } = segue;
  await job.connectToPractice(segue);
  const file = path.join(newFolder(), 'large.csv');
  await generateSampleSegment(file, rows);
  // Noted in the page: a look from here may come when all is read.
  await page.evaluate(() => {
    window.segue.on('segment.changed', ({ value }) => {
      const columns = document.querySelectorAll('[data-testid="match-email"]').length;
      if (value.state === 'reading' && columns > 0) document.body.setAttribute('data-matched', 'while-reading');
    });
  });
  await dropFiles(page, null, [file]);
  const email = page.getByRole('combobox', { name: words.say('field.email') });
  await email.waitFor();
  await picture(segue, 'en-reading-large');
  await expect(email).toHaveText(/./);
  expect((await job.readCounts(segue)).rows).toBe(rows);
  await expect(page.locator('body')).toHaveAttribute('data-matched', 'while-reading');
});
