import { readFileSync } from 'node:fs';
import type { Page } from 'playwright/test';
import type { RunView } from '../preload/contract/views.ts';
import { problemsOf } from './fixtures/axe.ts';
import * as job from './fixtures/main-job.ts';
import { sampleSegment, smallFrenchDark } from './fixtures/segue-app.ts';
import { type SharedApp, sharedApp } from './fixtures/shared-app.ts';
import { sleepOf } from './fixtures/sleep.ts';
import { expect, test } from './fixtures/test.ts';

// Exports that run by themselves, in one app in French, dark, in a small window: what a test leaves is where the next one
// begins. Time passes as it does in sleep: main's clock stands later, and the computer wakes.

const minuteMs = 60_000;

const { segue, say, button, dialog, inDialog, goTo, inMenuOf, put, ...on } = sharedApp(smallFrenchDark, twoExports);
const row = (name: string) => on.row('export-row', name);
/** Writes the file of the segment that both exports have. */
const writeSegment = (content: string) => put('Fidèles.csv', content);

/** Two exports of one segment; the first has been run. */
async function twoExports({ segue, say, button, goTo, inMenuOf, put }: SharedApp): Promise<void> {
  await job.connectToPractice(segue);
  await job.dropSegment(segue, put('Fidèles.csv', readFileSync(sampleSegment, 'utf8')));
  await job.nameExport(segue, 'Fidèles');
  await job.createList(segue, 'Automne');
  await job.saveExport(segue);
  await job.exportNow(segue, 'exports.export-now');
  await job.followRun(segue, await job.confirmPermission(segue));
  await goTo('nav.exports');
  await inMenuOf('Fidèles', 'exports.duplicate');
  await job.nameExport(segue, 'Anciens');
  await button(say('action.save')).click();
  await expect.poll(async () => (await segue.snapshot()).exports.map(({ name }) => name)).toContain('Anciens');
  await goTo('nav.exports');
}

const schedules = async () => (await segue.snapshot()).schedules;
const idOf = async (name: string) =>
  (await segue.snapshot()).exports.find((view) => view.name === name)?.exportId ?? '';
const scheduleOf = async (name: string) => {
  const exportId = await idOf(name);
  return (await schedules()).exports.find((schedule) => schedule.exportId === exportId);
};

const { sleepFor, inMinutes } = sleepOf(segue);

async function runsSince(known: readonly RunView[], count: number): Promise<RunView[]> {
  const ids = new Set(known.map(({ runId }) => runId));
  const begun = async () => (await segue.snapshot()).runs.filter(({ runId }) => !ids.has(runId));
  await expect.poll(async () => (await begun()).length, { timeout: 30_000 }).toBe(count);
  return Promise.all((await begun()).map(({ runId }) => job.followRun(segue, runId)));
}

test('F38 the system refresh is off, then weekly with days, up to four times a day, in a time zone', async ({
  picture,
}) => {
  const { page } = segue;
  await expect(row('Fidèles')).toContainText(say('schedule.system-off'));
  await goTo('nav.settings');
  const section = page.getByRole('region', { name: say('system-refresh.title') });
  await section.getByRole('switch').click();
  await expect(section.getByTestId('next-runs').getByRole('listitem')).toHaveCount(5);
  await section.getByRole('combobox', { name: say('schedule.every') }).click();
  await expect(page.getByRole('option')).toHaveCount(2);
  await page.getByRole('option', { name: say('schedule.every.week') }).click();
  await section.getByRole('button', { name: 'jeu.', description: 'jeudi' }).click();
  await section.getByRole('combobox', { name: say('schedule.time-zone') }).click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('new york');
  await page.getByRole('option', { name: 'America/New York' }).click();
  const add = section.getByRole('button', { name: say('schedule.times.add') });
  for (let count = 1; count < 4; count += 1) await add.click();
  await expect(add).toHaveCount(0);
  await section.scrollIntoViewIfNeeded();
  await expect(section.getByTestId('next-runs').getByRole('listitem').first()).toContainText(/\b0?8:00/);
  await picture(segue, 'system-refresh-fr-dark');
  expect(await problemsOf(segue)).toEqual([]);
  await section.getByRole('button', { name: say('action.save'), exact: true }).click();
  await expect
    .poll(async () => (await schedules()).systemRefresh)
    .toMatchObject({
      on: true,
      recurrence: {
        every: 'week',
        weekdays: [1, 4],
        times: ['08:00', '09:00', '10:00', '11:00'],
        timeZone: 'America/New_York',
      },
    });
  await goTo('nav.exports');
  await expect(row('Fidèles')).toContainText(say('schedule.system'));
});

test('F39 an export has a recurrence of its own, switched off and on, or is run by hand only', async ({ picture }) => {
  const { page } = segue;
  await inMenuOf('Anciens', 'exports.schedule');
  await dialog()
    .getByRole('radio', { name: say('schedule.follows.own') })
    .check();
  await dialog()
    .getByRole('combobox', { name: say('schedule.every') })
    .click();
  await page.getByRole('option', { name: say('schedule.every.month') }).click();
  await dialog()
    .getByRole('button', { name: say('schedule.last-day') })
    .click();
  await expect(dialog().getByText(say('schedule.rules.month'))).toBeVisible();
  await expect(dialog().getByTestId('next-runs').getByRole('listitem')).toHaveCount(5);
  await picture(segue, 'schedule-monthly-fr-dark');
  expect(await problemsOf(segue)).toEqual([]);
  // The keyboard alone: a time is typed.
  const time = dialog().getByLabel(say('schedule.time-number', { number: 1 }));
  await time.fill('06:30');
  await inDialog('action.save').click();
  await expect(dialog()).toBeHidden();
  expect(await scheduleOf('Anciens')).toMatchObject({
    follows: 'own',
    active: true,
    // It begins as what it followed up to now.
    own: {
      on: true,
      recurrence: { every: 'month', monthDays: [1, 31], times: ['06:30', '09:00', '10:00', '11:00'] },
    },
  });
  await expect(row('Anciens')).toContainText('06:30');
  await inMenuOf('Anciens', 'exports.schedule');
  await dialog().getByRole('switch').uncheck();
  await inDialog('action.save').click();
  await expect.poll(async () => (await scheduleOf('Anciens'))?.active).toBe(false);
  await inMenuOf('Anciens', 'exports.schedule');
  await dialog()
    .getByRole('radio', { name: say('schedule.follows.manual') })
    .check();
  await inDialog('action.save').click();
  await expect(row('Anciens')).toContainText(say('schedule.manual'));
});

test('F40 several exports are scheduled at once: each as it is, or all alike', async ({ picture }) => {
  const { page } = segue;
  const open = async () => {
    await row('Fidèles').focus();
    await page.keyboard.press('ControlOrMeta+a');
    await page
      .getByRole('toolbar')
      .getByRole('button', { name: say('exports.schedule') })
      .click();
  };
  await open();
  await dialog()
    .getByRole('radio', { name: say('schedule.several.define') })
    .check();
  await expect(dialog().getByTestId('next-runs').getByRole('listitem')).toHaveCount(5);
  await inDialog('action.save').click();
  await expect(dialog()).toBeHidden();
  for (const name of ['Fidèles', 'Anciens'])
    expect(await scheduleOf(name)).toMatchObject({ follows: 'own', active: true });
  await open();
  await dialog().getByRole('switch').uncheck();
  await picture(segue, 'schedule-several-fr-dark');
  expect(await problemsOf(segue)).toEqual([]);
  await inDialog('action.save').click();
  await expect(dialog()).toBeHidden();
  for (const name of ['Fidèles', 'Anciens']) {
    await expect.poll(() => scheduleOf(name)).toMatchObject({ follows: 'own', active: false });
  }
  await button(say('table.choose-none')).click();
});

test('F37 every export that follows it runs with the system refresh, and history says so', async ({ picture }) => {
  const exportIds = [await idOf('Fidèles'), await idOf('Anciens')];
  await segue.page.evaluate(
    ({ exportIds, recurrence }) =>
      Promise.all([
        window.segue.call('schedules.set', { exportIds, change: { follows: 'system' } }),
        window.segue.call('schedules.setSystemRefresh', { on: true, recurrence }),
      ]),
    { exportIds, recurrence: inMinutes(3) },
  );
  const { runs } = await segue.snapshot();
  await sleepFor(4 * minuteMs);
  const begun = await runsSince(runs, 2);
  expect(begun.map(({ startedVia, exportName }) => `${startedVia} ${exportName}`).sort()).toEqual([
    'schedule Anciens',
    'schedule Fidèles',
  ]);
  await picture(segue, 'exports-scheduled-fr-dark');
  expect(await problemsOf(segue)).toEqual([]);
  await goTo('nav.runs');
  const { person } = await segue.snapshot();
  await expect(
    segue.page.getByText(say('run.started-via.schedule', { person: person.displayName })).first(),
  ).toBeVisible();
  await goTo('nav.exports');
});

test('F42 Run all runs every export whose schedule is on', async () => {
  await segue.page.evaluate(
    (exportId) => window.segue.call('schedules.set', { exportIds: [exportId], change: { follows: 'manual' } }),
    await idOf('Anciens'),
  );
  const { runs } = await segue.snapshot();
  await button(say('exports.run-all')).click();
  const [run] = await runsSince(runs, 1);
  expect(run).toMatchObject({ exportName: 'Fidèles', startedVia: 'window' });
  await goTo('nav.exports');
});

test('F43 an export starts after its segment has been read: a file that changed is read first', async () => {
  const lines = readFileSync(sampleSegment, 'utf8').split('\n');
  writeSegment(`${lines.slice(0, 41).join('\n')}\n`);
  await segue.page.evaluate(
    (recurrence) => window.segue.call('schedules.setSystemRefresh', { on: true, recurrence }),
    inMinutes(3),
  );
  const { runs } = await segue.snapshot();
  await sleepFor(4 * minuteMs);
  const [run] = await runsSince(runs, 1);
  expect(run).toMatchObject({ startedVia: 'schedule', balance: { rowsRead: 40 } });
  expect((await segue.snapshot()).segments[0]?.rowCount).toBe(40);
});

test('F56 what a schedule could not do is told, and stands above the exports until it is seen', async ({ picture }) => {
  writeSegment('\u0000\u0001\u0002');
  await segue.page.evaluate(
    (recurrence) => window.segue.call('schedules.setSystemRefresh', { on: true, recurrence }),
    inMinutes(3),
  );
  await sleepFor(4 * minuteMs);
  const attention = segue.page.getByTestId('attention');
  await expect(attention).toContainText('Fidèles');
  await expect(row('Fidèles')).toContainText(say('run.state.skipped'));
  await picture(segue, 'attention-fr-dark');
  expect(await problemsOf(segue)).toEqual([]);
  await row('Fidèles').getByTestId('export-details').click();
  await picture(segue, 'skipped-details-fr-dark');
  await inDialog('action.close').click();
  await button(say('attention.dismiss', { name: 'Fidèles' }))
    .first()
    .click();
  await expect(attention).toHaveCount(0);
});

test('in the tray, closing the window keeps Segue, and its menu brings the window back', async ({ picture }) => {
  const { page } = segue;
  await segue.app.evaluate(({ Tray }) => {
    const kept = globalThis as unknown as { segueTray?: Electron.Menu | null };
    Tray.prototype.setContextMenu = (menu: Electron.Menu | null) => {
      kept.segueTray = menu;
    };
  });
  await goTo('nav.settings');
  const section = page.getByRole('region', { name: say('background.title') });
  await section.getByRole('checkbox').first().click();
  await section.scrollIntoViewIfNeeded();
  await picture(segue, 'background-fr-dark');
  const labels = () =>
    segue.app.evaluate(() => {
      const { segueTray } = globalThis as unknown as { segueTray?: Electron.Menu };
      return segueTray?.items.map(({ label, enabled }) => ({ label, enabled })) ?? [];
    });
  await expect.poll(labels).toContainEqual({ label: say('tray.open'), enabled: true });
  expect((await labels())[0]?.label).toContain('Fidèles');
  await segue.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close());
  await expect.poll(() => segue.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(0);
  const opened = segue.app.waitForEvent('window');
  await segue.app.evaluate(() => {
    const { segueTray } = globalThis as unknown as { segueTray: Electron.Menu };
    segueTray.getMenuItemById('open')?.click();
  });
  const again: Page = await opened;
  await again.getByRole('heading', { level: 1 }).waitFor();
  await again.evaluate(() => window.segue.call('schedules.setBackground', { stayInTray: false }));
});
