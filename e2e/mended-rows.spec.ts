import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { problemsOf } from './fixtures/axe.ts';
import { dropFiles } from './fixtures/drop-files.ts';
import * as job from './fixtures/main-job.ts';
import { smallFrenchDark } from './fixtures/segue-app.ts';
import { willSaveAs } from './fixtures/system-dialogs.ts';
import { expect, test } from './fixtures/test.ts';

test('rejected rows are saved, mended, dropped back in and sent as part of their run', async ({ start, picture }) => {
  const segue = await start(smallFrenchDark);
  const { page, words } = segue;
  const say = (...given: Parameters<typeof words.say>) => words.say(...given);
  await job.connectToPractice(segue);
  const folder = mkdtempSync(path.join(os.tmpdir(), 'segue-mended-'));
  const file = path.join(folder, 'Clients.csv');
  const people = Array.from({ length: 30 }, (_, n) => {
    const address = n % 6 === 0 ? `person${n}(at)example.com` : `person${n}@example.com`;
    return `${n},${address},Person ${n}`;
  });
  writeFileSync(file, `Id,Email,First name\r\n${people.join('\r\n')}\r\n`);
  await job.dropSegment(segue, file);
  await job.createList(segue, 'Autumn');
  await job.exportNow(segue, 'export.save-and-run');
  const first = await job.followRun(segue, await job.confirmPermission(segue));
  expect(first.balance).toMatchObject({ accepted: 25, rejected: 5 });

  // Mended in a spreadsheet: sorted the other way round, one row deleted, one still wrong, semicolons, another name.
  const saved = path.join(folder, 'saved.csv');
  await willSaveAs(segue, saved);
  await page.getByRole('button', { name: say('rejected.save') }).click();
  await expect(page.getByText(say('rejected.saved', { count: 5, file: 'saved.csv' }))).toBeVisible();
  const [heading = '', ...rows] = readFileSync(saved, 'utf8').trimEnd().split('\r\n');
  const mended = rows.slice(1).map((row, n) => (n === 0 ? row : row.replace('(at)', '@')));
  const back = path.join(folder, 'Classeur1.csv');
  const semicolons = [heading, ...mended.reverse()].map((line) => line.replaceAll(',', ';')).join('\r\n');
  writeFileSync(back, semicolons);
  await dropFiles(page, null, [back]);
  const question = page.getByRole('alertdialog');
  await expect(question.getByTestId('mended-toSend')).toHaveText('3');
  await expect(question.getByTestId('mended-wrong')).toHaveText('1');
  await picture(segue, 'fr-mended-question');
  expect(await problemsOf(segue)).toEqual([]);
  await question.getByRole('button', { name: say('mended.send', { count: 3 }) }).click();

  const parent = page.getByRole('button', { name: say('mended.run-of', { time: '' }).trim() });
  await parent.waitFor();
  const runs = (await segue.snapshot()).runs;
  const later = runs.find(({ parentRunId }) => parentRunId === first.runId);
  const ended = await job.followRun(segue, later?.runId ?? '');
  expect(ended.balance).toMatchObject({ rowsRead: 4, accepted: 3, rejected: 1 });
  await picture(segue, 'fr-mended-run');
  await parent.click();
  const told = page.getByTestId('mended-later');
  await expect(told).toContainText(say('mended.later', { sent: 3, total: 5, left: 2 }));
  await told.scrollIntoViewIfNeeded();
  await picture(segue, 'fr-mended-history');
  expect(await problemsOf(segue)).toEqual([]);
  // No segment is left over from it, and the export still stands as its own run left it.
  const { segments, exports } = await segue.snapshot();
  expect(segments.map(({ fileName }) => fileName)).toEqual(['Clients.csv']);
  expect(exports[0]?.lastRun?.runId).toBe(first.runId);

  // The same file once more: nothing is sent twice. As a segment it may be used all the same.
  await dropFiles(page, null, [back]);
  await expect(question.getByTestId('mended-sentBefore')).toHaveText('3');
  await expect(question.getByRole('button', { name: say('mended.send-none') })).toBeDisabled();
  await question.getByRole('button', { name: say('mended.as-segment') }).click();
  await expect(question).toBeHidden();
  await page.getByTestId('count-rows').waitFor();
});
