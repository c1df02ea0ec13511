import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import * as job from './fixtures/main-job.ts';
import { manyBatches, runUnderWay } from './fixtures/run-under-way.ts';
import { projectRoot } from './fixtures/segue-app.ts';
import { expect, test } from './fixtures/test.ts';

const folder = () => mkdtempSync(path.join(os.tmpdir(), 'segue-e2e-run-'));

test('F44 Cancel stops within half a second, says what was sent, and Continue sends the rest', async ({
  start,
  picture,
}) => {
  const segue = await start();
  const { page, words } = segue;
  const { runId, hasten } = await runUnderWay(segue, folder(), manyBatches);
  await picture(segue, 'en-run-under-way');

  const stoppedAfterMs = await page.evaluate(
    (runId) =>
      new Promise<number>((resolve) => {
        const pressed = performance.now();
        window.segue.on('run.changed', ({ value }) => {
          if (value.runId === runId && value.state === 'cancelled') resolve(performance.now() - pressed);
        });
        void window.segue.call('runs.cancel', { runId });
      }),
    runId,
  );
  expect(stoppedAfterMs).toBeLessThan(500);
  await hasten();
  await expect(page.getByText(words.say('run.state.cancelled')).first()).toBeVisible();
  const stopped = await job.followRun(segue, runId);
  expect(stopped).toMatchObject({ state: 'cancelled', canContinue: true, balance: { unknown: 0 } });
  expect(stopped.balance.accepted).toBeGreaterThan(0);
  expect(stopped.balance.notSent).toBeGreaterThan(0);
  await picture(segue, 'en-run-cancelled');

  await page.getByRole('button', { name: words.say('run.continue'), exact: true }).click();
  await expect.poll(async () => (await segue.snapshot()).runs[0]?.state).toBe('running');
  const ended = await job.followRun(segue, runId);
  expect(ended.balance).toMatchObject({ unknown: 0, notSent: 0 });
  expect(await job.membersOf(segue, 'Autumn')).toBe(ended.balance.accepted);
});

test('killed in the middle of a run, the next start shows it as interrupted and continues it', async ({
  start,
  picture,
}) => {
  const profile = folder();
  const first = await start({ profile });
  const { runId } = await runUnderWay(first, folder(), manyBatches);
  const killed = new Promise<void>((resolve) => first.app.process().once('exit', () => resolve()));
  first.app.process().kill('SIGKILL');
  await killed;

  const second = await start({ profile });
  const { page, words } = second;
  const run = (await second.snapshot()).runs.find((candidate) => candidate.runId === runId);
  expect(run).toMatchObject({ state: 'interrupted', canContinue: true });
  await page
    .getByRole('button', { name: words.say('nav.runs') })
    .or(page.getByRole('tab', { name: words.say('nav.runs') }))
    .or(page.getByRole('link', { name: words.say('nav.runs') }))
    .first()
    .click();
  await expect(page.getByText(words.say('run.state.interrupted')).first()).toBeVisible();
  await picture(second, 'en-run-interrupted');
  await page.evaluate((runId) => window.segue.call('runs.continue', { runId }), runId);
  const ended = await job.followRun(second, runId);
  expect(ended.balance).toMatchObject({ unknown: 0, notSent: 0, unreadable: 0 });
  expect(await job.membersOf(second, 'Autumn')).toBe(ended.balance.accepted);
});

test('closed and opened again, everything is as it was, and a second start brings the window forward', async ({
  start,
  picture,
}) => {
  const profile = folder();
  const first = await start({ profile });
  const { runId, hasten } = await runUnderWay(first, folder(), 2_000);
  await hasten();
  await job.followRun(first, runId);
  const before = await first.snapshot();
  await first.close();

  const second = await start({ profile });
  expect({ ...(await second.snapshot()), revision: 0 }).toEqual({ ...before, revision: 0 });
  await picture(second, 'en-exports-with-run');

  await second.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.minimize());
  const windows = () =>
    second.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().map((window) => window.isMinimized()));
  await expect.poll(windows).toEqual([true]);
  // A second double-click: the same program on the same profile, which ends by itself.
  const again = spawn(second.app.process().spawnfile, [projectRoot], {
    env: { ...process.env, SEGUE_PROFILE: profile },
    stdio: 'ignore',
  });
  expect(await new Promise((resolve) => again.once('exit', resolve))).toBe(0);
  await expect.poll(windows).toEqual([false]);
});
