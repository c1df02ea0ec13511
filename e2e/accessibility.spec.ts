import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type axe from 'axe-core';
import * as job from './fixtures/main-job.ts';
import { projectRoot, type SegueApp } from './fixtures/segue-app.ts';
import { signInAs } from './fixtures/sign-in-browser.ts';
import { expect, test } from './fixtures/test.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const sample = path.join(projectRoot, 'e2e', 'fixtures', 'sample-segment.csv');

/** What axe finds on the screen as it is, by rule and place. */
async function problemsOf(segue: SegueApp): Promise<string[]> {
  const session = await segue.page.context().newCDPSession(segue.page);
  // Evaluated by the debugger, which the content security policy does not concern.
  await session.send('Runtime.evaluate', { expression: axeSource });
  await session.detach();
  return segue.page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run();
    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')}`));
  });
}

for (const [language, colorScheme] of [
  ['en', 'light'],
  ['fr', 'dark'],
] as const) {
  test(`axe finds nothing on any screen of the main job, ${language}, ${colorScheme}`, async ({ start, picture }) => {
    test.slow();
    const segue = await start({ language });
    const { page, words } = segue;
    await page.setViewportSize({ width: 1024, height: 700 });
    await page.evaluate((themeChoice) => window.segue.call('settings.change', { themeChoice }), colorScheme);
    await expect(page.locator('html')).toHaveCSS('color-scheme', colorScheme);
    const check = async (screen: string) => {
      await picture(segue, `small-${language}-${colorScheme}-${screen}`);
      expect.soft(await problemsOf(segue), screen).toEqual([]);
    };
    await check('1-welcome');
    await page.getByRole('button', { name: words.say('welcome.connect'), exact: true }).click();
    await page.getByRole('checkbox', { name: words.say('connection.privacy.agree') }).check();
    await page.getByRole('button', { name: words.say('connection.connect'), exact: true }).click();
    await check('2-api-key');
    await page.getByRole('button', { name: words.say('action.cancel'), exact: true }).click();
    await job.choosePracticeAccount(segue);
    const address = await job.authenticate(segue);
    await check('3-signing-in');
    await signInAs(address, 'allow');
    await job.finishSignIn(segue);
    await check('4-connected');
    await job.saveConnection(segue);
    await check('5-exports-empty');
    await job.dropSegment(segue, sample);
    await job.readCounts(segue);
    await check('6-export');
    await job.createList(segue, 'Autumn');
    await job.exportNow(segue, 'export.save-and-run');
    await check('7-permission');
    await job.followRun(segue, await job.confirmPermission(segue));
    await check('8-run');
    for (const [screen, name] of [
      ['9-exports', 'nav.exports'],
      ['10-connections', 'nav.connections'],
      ['11-runs', 'nav.runs'],
      ['12-settings', 'nav.settings'],
    ] as const) {
      await page.getByRole('navigation').getByText(words.say(name), { exact: true }).click();
      await check(screen);
    }
  });
}
