import path from 'node:path';
import type { Locator } from 'playwright/test';
import { followRun } from './fixtures/main-job.ts';
import { projectRoot, type SegueApp } from './fixtures/segue-app.ts';
import { signInAs } from './fixtures/sign-in-browser.ts';
import { expect, test } from './fixtures/test.ts';

const sample = path.join(projectRoot, 'e2e', 'fixtures', 'sample-segment.csv');

/** Presses Tab until the element has the focus, as somebody without a mouse must. */
async function tabTo(segue: SegueApp, target: Locator): Promise<void> {
  await expect(target).toBeVisible({ timeout: 15_000 });
  for (let presses = 0; presses < 80; presses++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await segue.page.keyboard.press('Tab');
  }
  throw new Error(`Tab never reaches ${target}`);
}

test('the whole main job by keyboard alone', async ({ start }) => {
  test.slow();
  const segue = await start();
  const { page, words } = segue;
  const { keyboard } = page;
  const button = (name: Parameters<typeof words.say>[0]) =>
    page.getByRole('button', { name: words.say(name), exact: true });
  const press = async (name: Parameters<typeof words.say>[0]) => {
    await tabTo(segue, button(name));
    await keyboard.press('Enter');
  };

  await press('welcome.practice');
  await tabTo(segue, page.getByRole('checkbox', { name: words.say('connection.privacy.agree') }));
  await keyboard.press('Space');
  await press('connection.connect');
  const opened = segue.nextOpenedAddress();
  await press('sign-in.authenticate');
  await signInAs(await opened, 'allow');
  await press('export-user.add');
  await expect(button('action.save')).toBeEnabled();
  await press('action.save');

  await press('exports.add');
  await segue.app.evaluate(({ dialog }, file) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [file] });
  }, sample);
  await press('segments.choose');
  await expect(page.getByTestId('count-rows')).toBeVisible({ timeout: 30_000 });
  await press('list.create');
  const dialog = page.getByRole('alertdialog');
  await tabTo(segue, dialog.getByRole('textbox'));
  await keyboard.press('ControlOrMeta+a');
  await keyboard.type('By keyboard');
  await keyboard.press('Enter');
  await expect(dialog).toBeHidden();

  await expect(button('export.save-and-run')).toBeEnabled();
  await press('export.save-and-run');
  await tabTo(segue, page.getByRole('alertdialog').getByRole('checkbox'));
  await keyboard.press('Space');
  await press('permission.send');
  await expect(page.getByTestId('balance')).toBeVisible();
  const runId = (await segue.snapshot()).runs[0]?.runId ?? '';
  const run = await followRun(segue, runId);
  expect(run.balance.accepted).toBeGreaterThan(0);
  expect(run).toMatchObject({ listName: 'By keyboard', balance: { unknown: 0, notSent: 0 } });
});
