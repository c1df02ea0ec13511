import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { CallInput, CallOutput } from '../preload/contract/contract.ts';
import type { RunView } from '../preload/contract/views.ts';
import { problemsOf } from './fixtures/axe.ts';
import * as job from './fixtures/main-job.ts';
import { practiceBench } from './fixtures/practice-bench.ts';
import { type SegueApp, smallFrenchDark } from './fixtures/segue-app.ts';
import { willSaveAs } from './fixtures/system-dialogs.ts';
import { expect, test } from './fixtures/test.ts';

const folder = () => mkdtempSync(path.join(os.tmpdir(), 'segue-became-'));

function write(file: string, lines: readonly string[]): void {
  writeFileSync(file, `Email,First name\n${lines.join('\n')}\n`);
}

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `person.${from + index}@example.org,First ${index}`);

/** Calls the app as its window does. */
function call<N extends 'exports.save' | 'exports.run' | 'segments.readAgain'>(
  segue: SegueApp,
  name: N,
  input: CallInput<N>,
): Promise<CallOutput<N>> {
  return segue.page.evaluate(
    async ({ name, input }) => {
      const answer = await window.segue.call(name as 'exports.save', input as CallInput<'exports.save'>);
      if (!answer.ok) throw new Error(answer.error.code);
      return answer.value as unknown;
    },
    { name, input },
  ) as Promise<CallOutput<N>>;
}

const runOf = async (segue: SegueApp, runId: string): Promise<RunView | undefined> =>
  (await segue.snapshot()).runs.find((run) => run.runId === runId);

test('each number opens its rows, and reading the list back names who was refused', async ({ start, picture }) => {
  const segue = await start(smallFrenchDark);
  const { page, words } = segue;
  const file = path.join(folder(), 'newsletter.csv');
  const long = `${'long.'.repeat(9)}address@example.org`;
  write(file, [
    ...numbered(0, 40),
    'no address at all,Bob',
    'person.3@example.org,Again',
    // Opted out in the account as it begins.
    'oliver.rossi.8@example.com,Oliver',
    `${long},Long`,
  ]);
  await job.connectToPractice(segue);
  // Addresses longer than 50 characters are refused over there, and nobody says whose.
  await (await practiceBench(segue)).post('settings', { addressLimit: 50 });
  await job.dropSegment(segue, file);
  await job.createList(segue, 'Autumn');
  await job.exportNow(segue, 'export.save-and-run');
  const runId = await job.confirmPermission(segue);
  const run = await job.followRun(segue, runId);
  expect(run.balance).toMatchObject({
    rowsRead: 44,
    accepted: 40,
    duplicate: 1,
    rejected: 1,
    heldBack: 1,
    refused: 1,
  });
  await expect.poll(() => job.readBalance(segue)).toEqual(run.balance);
  await picture(segue, 'fr-run-numbers');

  const open = (label: Parameters<typeof words.say>[0], count: number) =>
    page.getByRole('button', { name: words.say('rows.open', { rows: words.say(label), count }) }).click();
  const rows = page.getByTestId('rows').locator('tbody tr');
  const close = async () => {
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  };
  await open('balance.held-back', 1);
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText('oliver.rossi.8@example.com');
  await expect(rows.first()).toContainText(words.say('rows.held.opted-out'));
  await close();
  // The focus is back where the panel was opened from.
  await expect(page.getByTestId('balance-heldBack').getByRole('button')).toBeFocused();
  await open('balance.duplicate', 1);
  await expect(rows.first()).toContainText('person.3@example.org');
  await close();
  await open('balance.rejected', 1);
  await expect(rows.first()).toContainText('no address at all');
  await close();

  // Nobody says who was refused: everybody of that import may have been.
  await open('balance.refused', 1);
  await expect(rows).toHaveCount(41);
  await picture(segue, 'fr-rows-unsure');
  expect(await problemsOf(segue)).toEqual([]);
  await page.getByRole('searchbox').fill('PERSON.7@');
  await expect(rows).toHaveCount(1);
  await close();

  // A rejected row is mended where it stands: checked at once, it joins the next run.
  await page.getByRole('button', { name: words.say('retry.mend-named', { row: 41 }) }).click();
  const address = page.getByRole('textbox', { name: words.say('retry.address-named', { row: 41 }) });
  await address.fill('bob at example.org');
  await page.keyboard.press('Enter');
  await expect(page.getByText(words.say('retry.wrong'))).toBeVisible();
  await address.fill('bob@example.org');
  await page.keyboard.press('Enter');
  await expect(page.getByText(words.say('retry.mended', { email: 'bob@example.org' }))).toBeVisible();
  await expect(page.getByTestId('waiting-to-retry')).toHaveText(
    words.say('retry.summary', { waiting: 0, mended: 1, dismissed: 0 }),
  );
  await picture(segue, 'fr-waiting-to-retry');

  const saved = path.join(folder(), 'rows.csv');
  await willSaveAs(segue, saved);
  await page.getByRole('button', { name: words.say('rows.save'), exact: true }).click();
  await expect(page.getByText(words.say('rows.saved', { count: 44, file: 'rows.csv' }))).toBeVisible();
  expect(readFileSync(saved, 'utf8').trimEnd().split('\r\n')).toHaveLength(45);

  await page.getByRole('button', { name: words.say('list-after.read-back'), exact: true }).click();
  await expect(page.getByTestId('fates')).toBeVisible();
  expect((await runOf(segue, runId))?.account.readBack).toMatchObject({
    state: 'done',
    onList: 40,
    refused: 1,
    missing: 0,
  });
  const refused = words.say('rows.open', { rows: words.say('fate.refused'), count: 1 });
  await page.getByTestId('fates').getByRole('button', { name: refused }).click();
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText(long);
  await picture(segue, 'fr-rows-refused');
  await close();
  await page.getByTestId('fates').scrollIntoViewIfNeeded();
  await picture(segue, 'fr-list-afterwards');
  await page.waitForFunction(() => document.getElementById('root')?.getAttribute('aria-hidden') !== 'true');
  expect(await problemsOf(segue)).toEqual([]);
});

test('a mirror takes leavers off, and undoing it puts them back', async ({ start, picture }) => {
  const segue = await start();
  const { page, words } = segue;
  await page.setViewportSize({ width: 1024, height: 700 });
  await page.evaluate(() => window.segue.call('settings.change', { themeChoice: 'dark' }));
  const file = path.join(folder(), 'members.csv');
  write(file, numbered(0, 20));
  await job.connectToPractice(segue);
  await job.dropSegment(segue, file);
  await job.createList(segue, 'Members');
  await job.exportNow(segue, 'export.save-and-run');
  await job.followRun(segue, await job.confirmPermission(segue));

  const [view] = (await segue.snapshot()).exports;
  if (view === undefined || view.connectionId === null) throw new Error('There is no export');
  const { exportId, name, connectionId, list, segments } = view;
  await call(segue, 'exports.save', { exportId, name, connectionId, list, segments, mode: 'mirror', readBack: true });
  // Three leave, two come.
  write(file, numbered(3, 22));
  const [segment] = segments;
  await call(segue, 'segments.readAgain', { segmentId: segment?.segmentId ?? '' });
  await expect.poll(async () => (await segue.snapshot()).segments[0]).toMatchObject({ state: 'ready', rowCount: 19 });
  const { runId } = await call(segue, 'exports.run', { exportId });
  const mirrored = await job.followRun(segue, runId);
  expect(mirrored).toMatchObject({ state: 'successful', account: { removed: 3, undo: { takeOff: 2, putBack: 3 } } });

  await page
    .getByRole('button', { name: words.say('nav.runs') })
    .first()
    .click();
  await page.getByRole('button', { name, exact: true }).first().click();
  await expect(page.getByTestId('list-changes')).toBeVisible();
  await picture(segue, 'en-mirror-dark');
  await page.getByRole('button', { name: words.say('undo.button'), exact: true }).click();
  const question = page.getByRole('alertdialog');
  await expect(question).toContainText(words.say('undo.put-back', { count: 3, list: 'Members' }));
  await expect(question).toContainText(words.say('undo.take-off', { count: 2, list: 'Members' }));
  await picture(segue, 'en-undo-question');
  expect(await problemsOf(segue)).toEqual([]);
  await question.getByRole('button', { name: words.say('undo.confirm'), exact: true }).click();
  await expect(page.getByText(words.say('undo.of', { time: '' }).trim(), { exact: false })).toBeVisible();
  const undone = (await segue.snapshot()).runs.find(({ kind }) => kind === 'undo');
  const ended = await job.followRun(segue, undone?.runId ?? '');
  expect(ended).toMatchObject({ state: 'successful', undoes: runId, balance: { rowsRead: 5, accepted: 5 } });
  await picture(segue, 'en-undone');
  const members = await page.evaluate(async (connectionId) => {
    const answer = await window.segue.call('lists.search', { connectionId });
    return answer.ok ? answer.value.find((found) => found.name === 'Members')?.membershipCount : null;
  }, connectionId);
  expect(members).toBe(20);
});
