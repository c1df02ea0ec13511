import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { problemsOf } from './fixtures/axe.ts';
import * as job from './fixtures/main-job.ts';
import { smallFrenchDark } from './fixtures/segue-app.ts';
import { expect, test } from './fixtures/test.ts';

test('a blank cell clears a field where that was chosen, and the plan says of whom', async ({ start, picture }) => {
  test.slow();
  const segue = await start(smallFrenchDark);
  const { page, words } = segue;
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'segue-blank-')), 'members.csv');
  const write = (nameOf: (index: number) => string) => {
    const lines = Array.from({ length: 12 }, (_, index) => `p${index}@example.org,${nameOf(index)}`);
    writeFileSync(file, `Email,First name\n${lines.join('\n')}\n`);
  };
  write((index) => `Name ${index}`);
  await job.connectToPractice(segue);
  await job.dropSegment(segue, file);
  await job.createList(segue, 'Autumn');
  const choice = page.getByTestId('match-first_name').getByRole('checkbox');
  await expect(choice).not.toBeChecked();
  // By keyboard alone.
  await choice.focus();
  await page.keyboard.press('Space');
  await expect(choice).toBeChecked();
  await job.readCounts(segue);
  await choice.scrollIntoViewIfNeeded();
  await picture(segue, 'fr-when-blank');
  expect.soft(await problemsOf(segue)).toEqual([]);
  await page.getByRole('button', { name: words.say('plan.save-and-show') }).click();
  const shown = page.locator('[data-testid="plan"][aria-busy="false"]');
  await shown.waitFor({ timeout: 60_000 });
  await expect(page.getByTestId('plan-clearing-notes')).toContainText(words.say('plan.clearing.new'));
  const { exportId, name } = (await segue.snapshot()).exports[0] ?? { exportId: '', name: '' };
  const first = await page.evaluate(
    (id) => window.segue.call('exports.run', { exportId: id, agreedToMail: true }),
    exportId,
  );
  await job.followRun(segue, first.ok ? first.value.runId : '');

  write((index) => (index < 4 ? '' : `Name ${index}`));
  await job.readSegmentAgain(segue);
  await page.getByRole('navigation').getByText(words.say('nav.exports'), { exact: true }).click();
  await page.getByRole('button', { name, exact: true }).click();
  await shown.waitFor({ timeout: 60_000 });
  await expect(page.getByTestId('plan-clearing')).toHaveText('4');
  const group = words.say('plan.group.clearing');
  await page.getByRole('button', { name: words.say('plan.look-into-named', { group }) }).click();
  await expect(page.getByTestId('plan-rows').getByText('p3@example.org')).toBeVisible();
  await page.getByTestId('plan-clearing').scrollIntoViewIfNeeded();
  await picture(segue, 'fr-when-blank-plan');
  expect.soft(await problemsOf(segue)).toEqual([]);

  await page.getByRole('button', { name: words.say('exports.export-now'), exact: true }).click();
  await page.getByTestId('balance').waitFor();
  const run = (await segue.snapshot()).runs.find(({ runId }) => !first.ok || runId !== first.value.runId);
  const ended = await job.followRun(segue, run?.runId ?? '');
  expect(ended.account.clearing).toMatchObject({ people: 4, cleared: 4 });
  await page.getByTestId('clearing').scrollIntoViewIfNeeded();
  await picture(segue, 'fr-when-blank-run');
  expect.soft(await problemsOf(segue)).toEqual([]);
});
