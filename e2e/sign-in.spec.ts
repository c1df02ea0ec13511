import { createServer, type Server } from 'node:net';
import { problemsOf } from './fixtures/axe.ts';
import * as job from './fixtures/main-job.ts';
import type { SegueApp } from './fixtures/segue-app.ts';
import { signInAs } from './fixtures/sign-in-browser.ts';
import { expect, test } from './fixtures/test.ts';

test('Deny at the sign-in page says so, and leaves the way to try again', async ({ start, picture }) => {
  const segue = await start();
  const { page, words } = segue;
  await job.choosePracticeAccount(segue);
  await signInAs(await job.authenticate(segue), 'deny');
  await expect(page.getByText(words.say('error.sign-in.denied.title'))).toBeVisible();
  await expect(page.getByRole('button', { name: words.say('action.save'), exact: true })).toBeDisabled();
  await picture(segue, 'en-sign-in-denied');

  const again = segue.nextOpenedAddress();
  await page.getByRole('button', { name: words.say('sign-in.authenticate'), exact: true }).click();
  await signInAs(await again, 'allow');
  await job.finishSignIn(segue);
  await job.saveConnection(segue);
  expect((await segue.snapshot()).connections).toHaveLength(1);
});

test('a sign-in can be cancelled while the browser is open', async ({ start }) => {
  const segue = await start();
  const { page, words } = segue;
  await job.choosePracticeAccount(segue);
  const address = await job.authenticate(segue);
  await page.getByRole('button', { name: words.say('sign-in.cancel') }).click();
  await expect(page.getByRole('button', { name: words.say('sign-in.authenticate'), exact: true })).toBeEnabled();
  // The listener is gone: the browser finds nobody.
  await expect(signInAs(address, 'allow')).rejects.toThrow();
});

const codeField = (segue: SegueApp) =>
  segue.page.getByRole('textbox', { name: segue.words.say('sign-in.code.label'), exact: true });

/** Takes every port that a sign-in may listen on. */
async function takePorts(): Promise<Server[]> {
  const taken: Server[] = [];
  for (const port of [53682, 53683, 53684]) {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
    taken.push(server);
  }
  return taken;
}

test('with all ports taken the person is told, and signs in with a code instead', async ({ start, picture }) => {
  const taken = await takePorts();
  try {
    const segue = await start({ language: 'fr' });
    const { page, words } = segue;
    await page.setViewportSize({ width: 1024, height: 700 });
    await page.evaluate(() => window.segue.call('settings.change', { themeChoice: 'dark' }));
    await job.choosePracticeAccount(segue);
    await page.getByRole('checkbox', { name: words.say('connection.privacy.agree') }).check();
    await page.getByRole('button', { name: words.say('connection.connect'), exact: true }).click();
    await page.getByRole('button', { name: words.say('sign-in.authenticate'), exact: true }).click();
    await expect(page.getByText(words.explain({ code: 'sign-in.ports-taken', params: {} }).title)).toBeVisible();
    await picture(segue, 'fr-dark-ports-taken');

    await page.getByRole('button', { name: words.say('sign-in.use-code'), exact: true }).click();
    const code = await codeField(segue).inputValue();
    expect(code).toMatch(/^[A-Z]{8}$/);
    await expect(page.getByRole('timer')).toBeVisible();
    await picture(segue, 'fr-dark-sign-in-code');
    expect(await problemsOf(segue)).toEqual([]);
    const opened = segue.nextOpenedAddress();
    await page.getByRole('button', { name: words.say('sign-in.code.open'), exact: true }).click();
    const address = await opened;
    expect(new URL(address).searchParams.get('user_code')).toBe(code);
    await signInAs(address, 'allow');
    await job.finishSignIn(segue);
    await job.saveConnection(segue);
    expect((await segue.snapshot()).connections).toMatchObject([{ details: { requestLimit: 10_000 } }]);
  } finally {
    for (const server of taken) server.close();
  }
});

test('from the browser to a code and back again', async ({ start }) => {
  const segue = await start();
  const { page, words } = segue;
  await job.choosePracticeAccount(segue);
  const first = await job.authenticate(segue);
  await page.getByRole('button', { name: words.say('sign-in.use-code'), exact: true }).click();
  await codeField(segue).waitFor();
  await expect(signInAs(first, 'allow')).rejects.toThrow();
  const again = segue.nextOpenedAddress();
  await page.getByRole('button', { name: words.say('sign-in.use-browser'), exact: true }).click();
  await signInAs(await again, 'allow');
  await job.finishSignIn(segue);
  await job.saveConnection(segue);
});

test('a person without the rights is told which are missing', async ({ start, picture }) => {
  const segue = await start({ language: 'fr' });
  await segue.page.setViewportSize({ width: 1024, height: 700 });
  await job.choosePracticeAccount(segue);
  await signInAs(await job.authenticate(segue), 'allow', 'campaign-creator');
  await expect(segue.page.getByText('contacts:write', { exact: false })).toBeVisible();
  await picture(segue, 'fr-privilege-missing');
});
