import path from 'node:path';
import type { MessageKey } from '../main/words.ts';
import { problemsOf } from './fixtures/axe.ts';
import { dropFiles } from './fixtures/drop-files.ts';
import * as job from './fixtures/main-job.ts';
import { sharedApp } from './fixtures/shared-app.ts';
import { signInAs } from './fixtures/sign-in-browser.ts';
import { expect, test } from './fixtures/test.ts';
import { wordsIn } from './fixtures/words.ts';

// Every screen and dialog, one after the other in one app: on each, both languages and both themes are switched through,
// axe looks, and a picture is kept for people to look at. `SEGUE_PICTURES=all` keeps eight of each place, four of them large.

const looks = [
  ['en', 'light'],
  ['en', 'dark'],
  ['fr', 'light'],
  ['fr', 'dark'],
] as const;
type Look = (typeof looks)[number];
const sizes = { small: { width: 1024, height: 700 }, large: { width: 1600, height: 1000 } };

const { segue, say, button, dialog, inDialog, field, goTo, put, ...on } = sharedApp({
  language: 'fr',
  size: sizes.small,
});
async function inMenuOf(name: string, item: MessageKey): Promise<void> {
  await on.inMenuOf(name, item);
  await dialog().waitFor();
}
async function closeDialog(): Promise<void> {
  await segue.page.keyboard.press('Escape');
  await expect(dialog()).toHaveCount(0);
}

async function lookLike([language, theme]: Look): Promise<void> {
  const { page } = segue;
  await page.evaluate(
    ([languageChoice, themeChoice]) => window.segue.call('settings.change', { languageChoice, themeChoice }),
    [language, theme] as const,
  );
  await expect(page.locator('html')).toHaveAttribute('lang', language);
  await expect(page.locator('html')).toHaveCSS('color-scheme', theme);
  // Colours on their way from one theme to the other are neither's.
  await page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame += 1) await new Promise((drawn) => requestAnimationFrame(drawn));
    const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    await Promise.all(ending.map(({ finished }) => finished.catch(() => undefined)));
  });
}

let seen = 0;
/** Looks at the place as it is; leaves it in French and dark. */
async function check(place: string): Promise<void> {
  seen += 1;
  for (const look of looks) {
    await lookLike(look);
    await see(place, look);
  }
}

async function see(place: string, look: Look): Promise<void> {
  const { page } = segue;
  const shown = look.join('-');
  expect.soft(await problemsOf(segue), `${place}, ${shown}`).toEqual([]);
  const keep = async (size: keyof typeof sizes) => {
    const file = `${String(seen).padStart(2, '0')}-${place}-${size}-${shown}.png`;
    await page.screenshot({ path: path.join('test-results', 'pictures', 'places', file), animations: 'disabled' });
  };
  const all = process.env.SEGUE_PICTURES === 'all';
  if (all || shown === 'fr-dark') await keep('small');
  if (!all) return;
  await page.setViewportSize(sizes.large);
  await keep('large');
  await page.setViewportSize(sizes.small);
}

/** A file in which something of everything is wrong. */
function troubled(name: string): string {
  const people = Array.from({ length: 60 }, (_, n) => {
    const address = n % 9 === 0 ? `zoe${n}(at)example.com` : n % 7 === 0 ? 'zoe1@example.com' : `zoe${n}@example.com`;
    return `${address};Zoé ${n};MARTIN;0${(n % 9) + 1}/0${(n % 7) + 1}/1990;Ville ${n};=1+${n}`;
  });
  const broken = 'trop;de;cellules;dans;cette;ligne;ci';
  const optedOut = 'oliver.rossi.8@example.com;Oliver;ROSSI;13/02/1980;Nice;x';
  return put(name, `Courriel;Prénom;Nom;Anniversaire;Ville;Note\n${[...people, broken, optedOut].join('\n')}\n`);
}

test.beforeEach(() => test.slow());

test('axe finds nothing from the first launch to a connection', async () => {
  const { page } = segue;
  await check('welcome');
  await button(say('welcome.connect')).click();
  await page.getByRole('checkbox', { name: say('connection.privacy.agree') }).check();
  await button(say('connection.connect')).click();
  await check('api-key');
  await button(say('action.cancel')).click();
  await job.choosePracticeAccount(segue);
  const address = await job.authenticate(segue);
  await check('signing-in');
  await signInAs(address, 'allow');
  await job.finishSignIn(segue);
  await check('signed-in');
  await job.saveConnection(segue);
  await check('exports-empty');
  await goTo('nav.connections');
  await check('connections');
  const name = say('connection.default-name.practice');
  for (const [item, place] of [
    ['action.details', 'connection-details'],
    ['action.edit', 'connection-edit'],
    ['action.remove', 'connection-remove'],
  ] as const) {
    await inMenuOf(name, item);
    await check(place);
    await closeDialog();
  }
});

test('axe finds nothing on an export and its questions', async () => {
  const { page } = segue;
  await goTo('nav.exports');
  await job.dropSegment(segue, troubled('Clients fidèles.csv'));
  await job.readCounts(segue);
  const card = page.getByTestId('segment-card');
  await card.getByRole('button', { name: say('segment.unreadable.show') }).click();
  await card.getByTestId('unreadable-lines').waitFor();
  await card.getByRole('button', { expanded: false }).first().click();
  await check('export');
  await button(say('list.create')).click();
  await check('create-list');
  await closeDialog();
  await job.createList(segue, 'Automne');
  await button(say('matching.add-attribute')).click();
  await check('attributes');
  await page.getByRole('menuitem', { name: say('field.birthday'), exact: true }).click();
  const shown = page.getByTestId('check');
  await shown.scrollIntoViewIfNeeded();
  const rows = page.getByRole('button', { name: /lignes?$/ });
  if ((await rows.count()) > 0) await rows.first().click();
  await check('findings');
  await button(say('matching.add-attribute')).click();
  await page.getByRole('menuitem', { name: say('field.create') }).click();
  await dialog().waitFor();
  await check('create-field');
  await closeDialog();
  await page.getByRole('radio', { name: say('plan.mode.mirror') }).check();
  await goTo('nav.exports');
  await check('leave');
  await button(say('leave.stay')).click();
  const dayFirst = page.getByRole('radio', { name: say('matching.date-order.day-first') });
  if ((await dayFirst.count()) > 0) await dayFirst.first().check();
  await button(say('plan.save-and-show')).click();
  await page.locator('[data-testid="plan"][aria-busy="false"]').waitFor();
  await page.getByRole('button', { name: say('plan.look-into-named', { group: say('plan.group.new') }) }).click();
  await page.getByTestId('plan-rows').scrollIntoViewIfNeeded();
  await check('plan');
});

test('axe finds nothing on a run and what became of it', async () => {
  const { page } = segue;
  await job.exportNow(segue, 'exports.export-now');
  await check('permission');
  await job.followRun(segue, await job.confirmPermission(segue));
  await check('run');
  await button(say('activities.show')).click();
  await check('run-activities');
  await page.getByTestId('balance-rejected').getByRole('button').click();
  await page.getByTestId('rows').waitFor();
  await check('run-rows');
  await page.keyboard.press('Escape');
  await goTo('nav.runs');
  await check('runs');
});

test('axe finds nothing on the list of exports and its dialogs', async () => {
  const { page } = segue;
  await goTo('nav.exports');
  await check('exports');
  const name = (await segue.snapshot()).exports[0]?.name ?? '';
  for (const [item, place] of [
    ['action.details', 'export-details'],
    ['exports.schedule', 'schedule'],
    ['exports.detach', 'export-detach'],
    ['action.remove', 'export-remove'],
  ] as const) {
    await inMenuOf(name, item);
    if (place === 'schedule') {
      await dialog()
        .getByRole('radio', { name: say('schedule.follows.own') })
        .check();
    }
    await check(place);
    await closeDialog();
  }
  await button(say('table.actions-named', { name })).click();
  await page.getByRole('menu').waitFor();
  await check('export-menu');
  await page.keyboard.press('Escape');
});

test('axe finds nothing on the segments, their dialogs and many exports at once', async () => {
  const { page } = segue;
  await goTo('segments.title');
  const [segment] = (await segue.snapshot()).segments;
  const name = segment?.name ?? '';
  await page.evaluate(
    (segmentId) => window.segue.call('segments.changeTags', { segmentIds: [segmentId], add: ['été'], remove: [] }),
    segment?.segmentId ?? '',
  );
  await expect(page.getByTestId('library-row').getByText('été', { exact: true })).toBeVisible();
  await check('segments');
  for (const [item, place] of [
    ['members.open', 'members'],
    ['download.open', 'download'],
    ['tags.open', 'tags'],
    ['watch.menu', 'watch'],
    ['library.rename', 'rename'],
    ['library.remove', 'segment-remove'],
  ] as const) {
    await inMenuOf(name, item);
    if (place === 'members') await dialog().getByTestId('members').waitFor();
    await check(place);
    await closeDialog();
  }
  await button(say('library.manage-named', { name })).click();
  await check('manage-exports');
  await closeDialog();
  await goTo('nav.exports');
  await dropFiles(page, null, [troubled('Nord.csv'), troubled('Sud.csv')]);
  await dialog().waitFor();
  await check('several-files');
  await button(say('action.continue')).click();
  await expect(page.getByTestId('many-row')).toHaveCount(2);
  await check('many-exports');
  await button(say('many.match-named', { name: 'Nord' })).click();
  await check('many-matching');
  await closeDialog();
  await button(say('action.cancel')).click();
});

test('axe finds nothing on the settings, among the people and at the door', async () => {
  const { page } = segue;
  await goTo('nav.settings');
  const parts = page.getByRole('navigation', { name: say('settings.parts') }).getByRole('button');
  for (const [index, part] of (await parts.allTextContents()).entries()) {
    await parts.nth(index).click();
    await check(`settings-${part.replace(/\W+/g, '-')}`);
  }
  await button(say('people.add')).click();
  await dialog().waitFor();
  await check('add-person');
  await dialog()
    .getByRole('textbox', { name: say('people.name') })
    .fill('Renée');
  await field('people.add.password').fill('a good long one');
  await field('password.again').first().fill('a good long one');
  await field('password.own').fill('another long one');
  await field('password.again').last().fill('another long one');
  await inDialog('people.add.confirm').click();
  await expect(dialog()).toHaveCount(0);
  await button(say('password.change')).click();
  await dialog().waitFor();
  await check('own-password');
  await closeDialog();
  await button(say('changes.title')).click();
  await page.getByRole('heading', { level: 1, name: say('changes.title') }).waitFor();
  await check('changes');
  // The door looks as was chosen inside, and answers nothing else.
  seen += 1;
  const { personId } = (await segue.snapshot()).person;
  for (const look of looks) {
    await lookLike(look);
    await page.getByRole('banner').getByRole('button').last().click();
    await page.getByRole('menuitem').first().click();
    await page.getByRole('heading', { level: 1, name: wordsIn(look[0])('lock.title') }).waitFor();
    await see('lock', look);
    await page.evaluate(([personId, password]) => window.segue.call('people.enter', { personId, password }), [
      personId,
      'another long one',
    ] as const);
    await page.getByRole('navigation').first().waitFor();
  }
});
