import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { generateSampleSegment } from '../main/segments/generate-sample.ts';
import { problemsOf } from './fixtures/axe.ts';
import * as job from './fixtures/main-job.ts';
import { practiceBench } from './fixtures/practice-bench.ts';
import { signInAs } from './fixtures/sign-in-browser.ts';
import { expect, test } from './fixtures/test.ts';

const rows = 200_000;

test('a sign-in withdrawn in the middle of a run: the run waits, says so, and goes on after signing in again', async ({
  start,
  picture,
}) => {
  test.slow();
  const segue = await start({ language: 'fr' });
  const { page, words } = segue;
  await page.setViewportSize({ width: 1024, height: 700 });
  await page.evaluate(() => window.segue.call('settings.change', { themeChoice: 'dark' }));
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'segue-e2e-again-')), 'people.csv');
  await generateSampleSegment(file, rows);
  await job.connectToPractice(segue);
  const bench = await practiceBench(segue);
  await bench.post('faults', {
    faults: [{ activity: 'file_import', nth: 3, plan: { outcome: 'stuck', atPercent: 40 } }],
  });
  await job.dropSegment(segue, file);
  await job.createList(segue, 'Automne');
  await job.exportNow(segue, 'export.save-and-run');
  // What can be seen outside the window, while somebody looks elsewhere.
  await segue.app.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows();
    if (window === undefined) throw new Error('There is no window');
    const outside = { modes: [] as (string | undefined)[], flashed: 0 };
    Object.assign(globalThis, { outside });
    window.isFocused = () => false;
    window.setProgressBar = (_value, options) => {
      if (outside.modes.at(-1) !== options?.mode) outside.modes.push(options?.mode);
    };
    window.flashFrame = (on) => {
      if (on) outside.flashed += 1;
    };
  });
  const outside = () =>
    segue.app.evaluate(() => (globalThis as unknown as { outside: { modes: string[]; flashed: number } }).outside);
  const runId = await job.confirmPermission(segue);
  const run = async () => (await segue.snapshot()).runs.find((candidate) => candidate.runId === runId);
  await expect.poll(async () => (await run())?.progress.batchesSettled, { timeout: 60_000 }).toBeGreaterThan(3);

  await bench.post('revoke', { tokens: 'all' });
  await expect(page.getByText(words.say('run.waiting.sign-in'))).toBeVisible();
  await expect.poll(outside).toEqual({ modes: ['indeterminate', 'normal', 'paused'], flashed: 1 });
  await expect(page.getByText(words.explain({ code: 'sign-in.expired', params: {} }).title)).toBeVisible();
  await picture(segue, 'fr-dark-run-waits-for-sign-in');
  expect(await problemsOf(segue)).toEqual([]);
  expect(await run()).toMatchObject({ state: 'running', waiting: { for: 'sign-in' } });

  await page.getByRole('button', { name: words.say('nav.connections') }).click();
  await expect(page.getByText(words.say('connection.sign-in-state.signed-out'))).toBeVisible();
  await picture(segue, 'fr-dark-connections-signed-out');
  expect(await problemsOf(segue)).toEqual([]);
  await page.getByRole('button', { name: words.say('nav.exports') }).click();
  const again = page.getByRole('button', {
    name: words.say('connections.sign-in-again-named', { name: (await run())?.connectionName ?? '' }),
  });
  await expect(again).toBeVisible();
  await picture(segue, 'fr-dark-exports-wait-for-sign-in');
  expect(await problemsOf(segue)).toEqual([]);

  await again.click();
  await picture(segue, 'fr-dark-sign-in-again');
  expect(await problemsOf(segue)).toEqual([]);
  const opened = segue.nextOpenedAddress();
  await page.getByRole('button', { name: words.say('sign-in.authenticate'), exact: true }).click();
  await signInAs(await opened, 'allow');
  const home = page.getByRole('heading', { level: 1, name: words.say('exports.title') });
  const sessionOnly = page.getByRole('button', { name: words.say('keep-sign-in.session'), exact: true });
  await home.or(sessionOnly).first().waitFor();
  if (await sessionOnly.isVisible()) await sessionOnly.click();
  await home.waitFor();

  const stuck = await page.evaluate(async (runId) => {
    const answer = await window.segue.call('runs.getActivities', { runId });
    return answer.ok ? answer.value.filter(({ state }) => state === 'posted').map(({ activityId }) => activityId) : [];
  }, runId);
  for (const activityId of stuck) await bench.post('release', { activity_id: activityId });
  const ended = await job.followRun(segue, runId);
  expect(ended).toMatchObject({ error: null, waiting: null });
  const { accepted, duplicate, rejected, unknown, notSent, refused } = ended.balance;
  expect({ unknown, notSent, refused }).toEqual({ unknown: 0, notSent: 0, refused: 0 });
  expect(accepted + duplicate + rejected).toBe(rows);
  await expect.poll(outside).toEqual({ modes: ['indeterminate', 'normal', 'paused', 'normal', 'none'], flashed: 2 });
  await picture(segue, 'fr-dark-exports-after-sign-in');
});
