import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as job from './fixtures/main-job.ts';
import { manyBatches, runUnderWay } from './fixtures/run-under-way.ts';
import type { SegueApp } from './fixtures/segue-app.ts';
import { expect, test } from './fixtures/test.ts';

// Pausing a run, and leaving the app while one is under way.

const folder = () => mkdtempSync(path.join(os.tmpdir(), 'segue-e2e-leaving-'));

/** Answers the question that is asked on leaving; resolves with its words. */
async function answer(segue: SegueApp, button: string): Promise<void> {
  await segue.app.evaluate(({ dialog }, button) => {
    const asked = Object.assign(globalThis, { segueAsked: [] as string[] }).segueAsked;
    dialog.showMessageBox = (async (...args: unknown[]) => {
      const options = args.at(-1) as { message: string; detail: string; buttons: string[] };
      asked.push(options.message, options.detail, ...options.buttons);
      return { response: options.buttons.indexOf(button), checkboxChecked: false };
    }) as typeof dialog.showMessageBox;
  }, button);
}

/** Closes the window as its button does. */
const closeWindow = (segue: SegueApp) =>
  segue.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());

const ended = (segue: SegueApp) => new Promise<void>((resolve) => segue.app.process().once('exit', () => resolve()));

test('a run is paused after the batch under way and resumed, in French, in the dark, by keyboard', async ({
  start,
  picture,
}) => {
  const segue = await start({ language: 'fr' });
  const { page, words } = segue;
  await page.evaluate(() => window.segue.call('settings.change', { themeChoice: 'dark' }));
  await page.setViewportSize({ width: 1024, height: 700 });
  const { runId, hasten } = await runUnderWay(segue, folder(), manyBatches);
  await page.getByRole('button', { name: words.say('run.pause'), exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText(words.say('run.state.pausing'), { exact: true }).first()).toBeVisible();
  await picture(segue, 'fr-dark-run-pausing');
  await hasten();
  await expect(page.getByRole('button', { name: words.say('run.resume'), exact: true })).toBeVisible({
    timeout: 60_000,
  });
  await expect(page.getByText(words.say('run.state.paused'), { exact: true }).first()).toBeVisible();
  const [paused] = (await segue.snapshot()).runs;
  expect(paused).toMatchObject({ state: 'paused', canContinue: true, balance: { unknown: 0 } });
  expect(paused?.balance.notSent).toBeGreaterThan(0);
  await expect(page.getByRole('button', { name: words.say('action.cancel'), exact: true })).toBeVisible();
  await picture(segue, 'fr-dark-run-paused');

  await page.getByRole('button', { name: words.say('run.resume'), exact: true }).focus();
  await page.keyboard.press('Enter');
  const run = await job.followRun(segue, runId);
  expect(run.balance).toMatchObject({ unknown: 0, notSent: 0 });
});

test('left in the background, the run goes on without a window, and the app ends after it', async ({ start }) => {
  const profile = folder();
  const segue = await start({ profile });
  const { hasten } = await runUnderWay(segue, folder(), 30_000);
  await answer(segue, segue.words.say('quit.inBackground'));
  const over = ended(segue);
  const closed = segue.page.waitForEvent('close');
  await closeWindow(segue);
  await closed;
  await hasten();
  await over;
  const again = await start({ profile });
  expect((await again.snapshot()).runs[0]).toMatchObject({ balance: { unknown: 0, notSent: 0 }, canContinue: false });
});

test('left with "stop after this batch", nothing is unknown, and the next start offers to resume', async ({
  start,
}) => {
  const profile = folder();
  const segue = await start({ profile });
  const { runId, hasten } = await runUnderWay(segue, folder(), manyBatches);
  await answer(segue, segue.words.say('quit.afterBatch'));
  const over = ended(segue);
  await closeWindow(segue);
  await hasten();
  await over;
  const again = await start({ profile });
  const [run] = (await again.snapshot()).runs;
  expect(run).toMatchObject({ state: 'paused', canContinue: true, balance: { unknown: 0 } });
  expect(run?.balance.notSent).toBeGreaterThan(0);
  await again.page.evaluate((runId) => window.segue.call('runs.resume', { runId }), runId);
  expect((await job.followRun(again, runId)).balance).toMatchObject({ unknown: 0, notSent: 0 });
});

test('a person who would rather stay is asked once; a signal asks nobody, and the next start offers to go on', async ({
  start,
}) => {
  const profile = folder();
  const segue = await start({ profile });
  const { runId } = await runUnderWay(segue, folder(), 30_000);
  await answer(segue, segue.words.say('quit.stay'));
  await closeWindow(segue);
  const asked = () => segue.app.evaluate(() => (globalThis as unknown as { segueAsked: string[] }).segueAsked);
  await expect.poll(asked).toHaveLength(6);
  expect(await asked()).toEqual(
    (
      ['quit.question', 'quit.detail', 'quit.inBackground', 'quit.afterBatch', 'quit.cancelRun', 'quit.stay'] as const
    ).map((key) => segue.words.say(key)),
  );
  expect((await segue.snapshot()).runs[0]).toMatchObject({ runId, state: 'running' });

  const pid = await segue.app.evaluate(() => process.pid);
  const over = ended(segue);
  process.kill(pid, 'SIGTERM');
  await over;
  const again = await start({ profile });
  expect((await again.snapshot()).runs[0]).toMatchObject({ runId, state: 'interrupted', canContinue: true });
  await again.page.evaluate((runId) => window.segue.call('runs.continue', { runId }), runId);
  expect((await job.followRun(again, runId)).balance).toMatchObject({ unknown: 0, notSent: 0 });
});
