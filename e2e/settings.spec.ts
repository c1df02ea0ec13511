import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { MessageKey } from '../main/words.ts';
import { problemsOf } from './fixtures/axe.ts';
import { dropFiles } from './fixtures/drop-files.ts';
import * as job from './fixtures/main-job.ts';
import { sampleSegment, smallFrenchDark } from './fixtures/segue-app.ts';
import { sharedApp } from './fixtures/shared-app.ts';
import { willSaveAs } from './fixtures/system-dialogs.ts';
import { expect, test } from './fixtures/test.ts';

// The settings as a marketer goes through them after a first export, in one app in French, dark, in a small window: what a
// test leaves is where the next one begins. The last one leaves nothing.

const { segue, say, button, dialog, goTo, put } = sharedApp(smallFrenchDark);
const part = (name: MessageKey) => segue.page.getByRole('region', { name: say(name), exact: true });
async function goToPart(name: MessageKey): Promise<void> {
  await segue.page
    .getByRole('navigation', { name: say('settings.parts') })
    .getByRole('button', { name: say(name), exact: true })
    .click();
  await expect(part(name).getByRole('heading', { level: 2 }).first()).toBeInViewport();
}

/** An address of the sample, and what of it the profile's readable files hold. */
const someone =
  readFileSync(sampleSegment, 'utf8')
    .match(/[\w.+-]+@[\w.-]+\w/)?.[0]
    ?.toLowerCase() ?? '';

test('F67 language, and how numbers and dates are written in a region, hold for the whole window', async ({
  picture,
}) => {
  await job.connectToPractice(segue);
  await job.dropSegment(segue, sampleSegment);
  await job.nameExport(segue, 'Fidèles');
  await job.createList(segue, 'Automne');
  await job.exportNow(segue, 'export.save-and-run');
  await job.followRun(segue, await job.confirmPermission(segue));
  const balance = async () => (await job.readBalance(segue)).rowsRead;
  expect(await balance()).toBe(1_000);
  await goTo('nav.settings');
  await segue.page.getByTestId('format-choice').getByRole('combobox').click();
  await segue.page.getByRole('option', { name: 'Suisse' }).click();
  await expect(segue.page.getByTestId('format-sample')).toContainText('23.11');
  expect((await segue.snapshot()).settings).toMatchObject({ formatChoice: 'CH', formatLocale: 'fr-CH' });
  await picture(segue, 'settings-fr-dark');
  expect(await problemsOf(segue)).toEqual([]);
  await segue.page.getByRole('radio', { name: 'English' }).click();
  await expect(segue.page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  await segue.page.getByRole('radio', { name: 'Français' }).click();
  await expect(segue.page.getByRole('heading', { level: 1, name: say('settings.title') })).toBeVisible();
});

test('what is kept is shown by kind, for how long, and deleted by kind after a question', async ({ picture }) => {
  const log = path.join(segue.profile, 'logs', 'segue.log');
  mkdirSync(path.dirname(log), { recursive: true });
  appendFileSync(log, 'something went wrong once\n');
  await goTo('nav.exports');
  await goTo('nav.settings');
  await goToPart('kept.title');
  const kinds = segue.page.getByTestId('kept-kinds');
  await expect(kinds).toContainText(say('kept.kind.stages'));
  await segue.page.getByRole('combobox', { name: say('kept.rule.rowsDays') }).click();
  await segue.page.getByRole('option', { name: say('kept.days', { days: 30 }) }).click();
  await expect(segue.page.getByRole('combobox', { name: say('kept.rule.rowsDays') })).toHaveText(
    say('kept.days', { days: 30 }),
  );
  const memory = segue.page.getByRole('slider');
  await memory.press('ArrowRight');
  await expect(memory).toHaveValue('192');
  await picture(segue, 'settings-kept-fr-dark');
  await button(say('kept.delete-named', { what: say('kept.kind.log') })).click();
  await picture(segue, 'settings-kept-question-fr-dark');
  await dialog()
    .getByRole('button', { name: say('kept.delete'), exact: true })
    .click();
  await expect(dialog()).toHaveCount(0);
  expect(existsSync(log)).toBe(false);
  // The settings open where they were left.
  await goTo('nav.exports');
  await goTo('nav.settings');
  await expect(kinds).toBeInViewport();
});

test('F66 the set-up is saved as one file without sign-ins, and opening it shows first what would change', async ({
  picture,
}) => {
  const setUpFile = put('configuration.json', '');
  await willSaveAs(segue, setUpFile);
  await goToPart('set-up.title');
  await button(say('set-up.save')).click();
  await expect(segue.page.getByText(say('set-up.saved', { file: 'configuration.json' }))).toBeVisible();
  const text = readFileSync(setUpFile, 'utf8');
  expect(text).toContain('Fidèles');
  expect(text).not.toContain(someone);

  const changed = JSON.parse(text);
  changed.exports[0].mode = 'mirror';
  changed.exports.push({ ...changed.exports[0], name: 'Curieux' });
  changed.connections.push({ ...changed.connections[0], name: 'Autre compte' });
  await dropFiles(segue.page, null, [put('configuration.json', JSON.stringify(changed))]);
  await expect(dialog()).toContainText('Curieux');
  const tick = (name: string) => dialog().getByRole('checkbox', { name, exact: true });
  await expect(tick('Curieux')).toBeChecked();
  await expect(tick('Fidèles')).not.toBeChecked();
  const open = dialog().getByRole('button', { name: say('set-up.dialog.open', { count: 2 }) });
  await expect(open).toHaveAttribute('aria-disabled', 'true');
  await picture(segue, 'set-up-dialog-fr-dark');
  expect(await problemsOf(segue)).toEqual([]);
  await tick(say('connection.privacy.agree')).check();
  await open.click();
  await expect(segue.page.getByText(say('set-up.opened', { taken: 2, toSignIn: 1, toRead: 0 }))).toBeVisible();
  const { exports, connections } = await segue.snapshot();
  expect(exports.map(({ name, mode }) => `${name} ${mode}`).sort()).toEqual([
    'Curieux mirror',
    'Fidèles add-and-update',
  ]);
  expect(connections.find(({ displayName }) => displayName === 'Autre compte')?.details?.signInState).toBe(
    'signed-out',
  );

  await dropFiles(segue.page, null, [put('autre.json', JSON.stringify({ ...changed, version: 2 }))]);
  await expect(dialog()).toContainText(say('error.set-up.from-newer-version.title', { file: 'autre.json' }));
  await dialog()
    .getByRole('button', { name: say('action.close') })
    .click();
  await expect(dialog()).toHaveCount(0);
});

test('everything about one person is found, shown, and deleted', async ({ picture }) => {
  await goTo('nav.settings');
  await goToPart('forget.title');
  await segue.page.getByRole('textbox', { name: say('forget.address') }).fill(someone);
  await button(say('forget.find')).click();
  await expect(segue.page.getByTestId('person-places')).toContainText(say('forget.place.segments', { count: 1 }));
  await expect(part('forget.title')).toContainText(sampleSegment);
  await picture(segue, 'forget-found-fr-dark');
  await button(say('forget.delete')).click();
  await picture(segue, 'forget-question-fr-dark');
  expect(await problemsOf(segue)).toEqual([]);
  await dialog()
    .getByRole('button', { name: say('forget.ask.confirm') })
    .click();
  await expect(segue.page.getByTestId('forgotten')).toHaveText(say('forget.done'), { timeout: 60_000 });
  await picture(segue, 'forget-done-fr-dark');
  const [segment] = (await segue.snapshot()).segments;
  expect(segment?.rowCount).toBe(999);
});

test('everything is deleted once it has been typed, and Segue begins as on the first day', async ({ picture }) => {
  await goToPart('everything.title');
  await button(say('everything.begin')).click();
  const confirm = dialog().getByRole('button', { name: say('everything.ask.confirm') });
  await expect(confirm).toHaveAttribute('aria-disabled', 'true');
  await dialog().getByRole('textbox').fill(say('everything.words'));
  await picture(segue, 'everything-fr-dark');
  await confirm.click();
  await expect(segue.page.getByRole('heading', { level: 1, name: say('welcome.title') })).toBeVisible({
    timeout: 30_000,
  });
  const { connections, exports, segments, runs, settings } = await segue.snapshot();
  expect([connections, exports, segments, runs]).toEqual([[], [], [], []]);
  expect(settings.themeChoice).toBe('system');
  await job.connectToPractice(segue);
});
