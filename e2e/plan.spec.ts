import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { problemsOf } from './fixtures/axe.ts';
import * as job from './fixtures/main-job.ts';
import { type SegueApp, smallFrenchDark } from './fixtures/segue-app.ts';
import { expect, test } from './fixtures/test.ts';

const address = (index: number): string => `p${String(index).padStart(3, '0')}@example.org`;
const lines = (from: number, to: number, name = 'Name'): string[] =>
  Array.from({ length: to - from }, (_, index) => `${address(from + index)},${name} ${from + index}`);

function write(file: string, rows: readonly string[]): void {
  writeFileSync(file, `Email,First name\n${rows.join('\n')}\n`);
}

const planShown = (segue: SegueApp) =>
  segue.page.locator('[data-testid="plan"][aria-busy="false"]').waitFor({ timeout: 60_000 });

const groupCount = async (segue: SegueApp, group: string): Promise<number> =>
  Number(((await segue.page.getByTestId(`plan-${group}`).textContent()) ?? '').replace(/\D/g, ''));

/** Reads the file again as it is now, and opens the export. */
async function openWithNewFile(segue: SegueApp, exportName: string): Promise<void> {
  const { page, words } = segue;
  await job.readSegmentAgain(segue);
  await page.getByRole('navigation').getByText(words.say('nav.exports'), { exact: true }).click();
  await page.getByRole('button', { name: exportName, exact: true }).click();
  await planShown(segue);
}

test('what will happen is shown, changes only sends just that, a mirror asks and takes off', async ({
  start,
  picture,
}) => {
  test.slow();
  const segue = await start(smallFrenchDark);
  const { page, words } = segue;
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'segue-plan-')), 'newsletter.csv');
  write(file, [...lines(0, 30), address(3), 'no address,Bob']);
  await job.connectToPractice(segue);
  await job.dropSegment(segue, file);
  await job.createList(segue, 'Autumn');
  await page.getByRole('radio', { name: words.say('plan.mode.changes-only') }).check();
  await page.getByRole('button', { name: words.say('plan.save-and-show') }).click();
  await planShown(segue);
  expect(await groupCount(segue, 'new')).toBe(30);
  expect(await groupCount(segue, 'duplicate')).toBe(1);
  expect(await groupCount(segue, 'rejected')).toBe(1);
  expect(await groupCount(segue, 'rowsRead')).toBe(32);
  const exportName = (await segue.snapshot()).exports[0]?.name ?? '';

  const lookInto = (group: Parameters<typeof words.say>[0]) =>
    page.getByRole('button', { name: words.say('plan.look-into-named', { group: words.say(group) }) });
  // By keyboard alone.
  await lookInto('plan.group.new').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('plan-rows').getByText(address(0))).toBeVisible();
  await page.getByTestId('plan-rows').scrollIntoViewIfNeeded();
  await picture(segue, 'fr-plan-rows');
  expect.soft(await problemsOf(segue)).toEqual([]);

  // One person first, then everybody else: the one is not sent a second time.
  await page.getByRole('button', { name: words.say('plan.send-one-named', { email: address(2) }) }).click();
  const question = page.getByRole('alertdialog');
  await question.getByRole('checkbox').check();
  await picture(segue, 'fr-plan-one-first');
  await question.getByRole('button', { name: words.say('plan.send-one.confirm') }).click();
  await page.getByTestId('balance').waitFor();
  const one = (await segue.snapshot()).runs[0];
  expect(await job.followRun(segue, one?.runId ?? '')).toMatchObject({ balance: { rowsRead: 1, accepted: 1 } });
  expect(await job.membersOf(segue, 'Autumn')).toBe(1);

  write(file, [...lines(0, 29), `${address(29)},Other`, ...lines(40, 45)]);
  await openWithNewFile(segue, exportName);
  expect(await groupCount(segue, 'unchanged')).toBe(1);
  await page.getByRole('button', { name: words.say('exports.export-now'), exact: true }).click();
  await page.getByTestId('balance').waitFor();
  const changes = (await segue.snapshot()).runs.find(({ runId }) => runId !== one?.runId);
  expect(await job.followRun(segue, changes?.runId ?? '')).toMatchObject({
    balance: { rowsRead: 35, accepted: 34, unchanged: 1 },
  });

  // Half of them leave: the mirror asks, and sends nothing until the number is typed.
  write(file, lines(0, 15));
  await openWithNewFile(segue, exportName);
  await page.getByRole('radio', { name: words.say('plan.mode.mirror') }).check();
  await page.getByRole('button', { name: words.say('export.save-and-run'), exact: true }).click();
  await page.getByTestId('guard-too-many-leavers').waitFor();
  await planShown(segue);
  expect(await groupCount(segue, 'leavers')).toBe(20);
  await page.getByTestId('guard-too-many-leavers').scrollIntoViewIfNeeded();
  await picture(segue, 'fr-plan-guard');
  expect.soft(await problemsOf(segue)).toEqual([]);
  await page.getByRole('button', { name: words.say('exports.export-now'), exact: true }).click();
  expect((await segue.snapshot()).runs).toHaveLength(2);
  await page.getByTestId('guard-too-many-leavers').getByRole('textbox').fill('20');
  await page.getByTestId('plan-requests').scrollIntoViewIfNeeded();
  await picture(segue, 'fr-plan-facts');
  await page.getByRole('button', { name: words.say('exports.export-now'), exact: true }).click();
  await page.getByTestId('balance').waitFor();
  const known = new Set([one?.runId, changes?.runId]);
  const mirror = (await segue.snapshot()).runs.find(({ runId }) => !known.has(runId));
  expect(await job.followRun(segue, mirror?.runId ?? '')).toMatchObject({ balance: { rowsRead: 15 } });
  expect(await job.membersOf(segue, 'Autumn')).toBe(15);
});

test('F64 the never-mail list: pasted, searched, removed, and held back by the plan', async ({ start, picture }) => {
  const segue = await start(smallFrenchDark);
  const { page, words } = segue;
  await job.connectToPractice(segue);
  await page.getByRole('navigation').getByText(words.say('nav.settings'), { exact: true }).click();
  await page
    .getByRole('textbox', { name: words.say('never-mail.add') })
    .fill(`${address(1)}; ${address(2)}\nexample.net not-one`);
  await page.getByRole('button', { name: words.say('never-mail.add.confirm'), exact: true }).click();
  await expect(page.getByTestId('never-mail-added')).toHaveText(
    words.say('never-mail.added', { added: 3, known: 0, leftOut: 1 }),
  );
  await expect(page.getByTestId('never-mail').getByRole('row')).toHaveCount(4);
  await picture(segue, 'fr-never-mail');
  expect.soft(await problemsOf(segue)).toEqual([]);
  await page.getByRole('searchbox', { name: words.say('never-mail.search') }).fill('example.net');
  await expect(page.getByTestId('never-mail').getByRole('row')).toHaveCount(2);
  await page
    .getByRole('button', {
      name: words.say('never-mail.remove-named', {
        entry: words.say('never-mail.whole-domain', { domain: 'example.net' }),
      }),
    })
    .click();
  await expect(page.getByText(words.say('never-mail.nothing-found', { search: 'example.net' }))).toBeVisible();
});
