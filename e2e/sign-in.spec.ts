import { createServer, type Server } from 'node:net';
import * as job from './fixtures/main-job.ts';
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

test('with all ports taken the person is told', async ({ start }) => {
  const taken: Server[] = [];
  for (const port of [53682, 53683, 53684]) {
    const server = createServer();
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
    taken.push(server);
  }
  try {
    const segue = await start();
    const { page, words } = segue;
    await job.choosePracticeAccount(segue);
    await page.getByRole('checkbox', { name: words.say('connection.privacy.agree') }).check();
    await page.getByRole('button', { name: words.say('connection.connect'), exact: true }).click();
    await page.getByRole('button', { name: words.say('sign-in.authenticate'), exact: true }).click();
    await expect(page.getByText(words.explain({ code: 'sign-in.ports-taken', params: {} }).title)).toBeVisible();
  } finally {
    for (const server of taken) server.close();
  }
});
