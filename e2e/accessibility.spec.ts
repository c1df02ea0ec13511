import path from 'node:path';
import { problemsOf } from './fixtures/axe.ts';
import * as job from './fixtures/main-job.ts';
import { projectRoot } from './fixtures/segue-app.ts';
import { signInAs } from './fixtures/sign-in-browser.ts';
import { expect, test } from './fixtures/test.ts';

const sample = path.join(projectRoot, 'e2e', 'fixtures', 'sample-segment.csv');

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
      ['13-segments', 'segments.title'],
    ] as const) {
      await page.getByRole('navigation').getByText(words.say(name), { exact: true }).click();
      await check(screen);
    }
  });
}
