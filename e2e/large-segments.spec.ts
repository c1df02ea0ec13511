import { dropFiles } from './fixtures/drop-files.ts';
import * as job from './fixtures/main-job.ts';
import { smallFrenchDark } from './fixtures/segue-app.ts';
import { sharedApp } from './fixtures/shared-app.ts';
import { sleepOf } from './fixtures/sleep.ts';
import { expect, test } from './fixtures/test.ts';

// Features of docs/features.md about more profiles than an export usually has, in one app in French, dark, in a small
// window: what a test leaves is where the next one begins.

const { segue, say, button, dialog, inDialog, goTo, row, put } = sharedApp(smallFrenchDark);

test('F28 each segment’s people are counted when it is chosen, and more than a million are told', async ({
  picture,
}) => {
  test.slow();
  const { page } = segue;
  await job.connectToPractice(segue);
  for (const [index, name] of ['North', 'South'].entries()) {
    const letter = name.slice(0, 1);
    const addresses = Array.from({ length: 550_000 }, (_, n) => `${letter}${n}@example.com`);
    await dropFiles(page, null, [put(`${name}.csv`, `Email\n${addresses.join('\n')}\n`)]);
    await expect(page.getByTestId('segment-card')).toHaveCount(index + 1);
  }
  await expect
    .poll(async () => (await segue.snapshot()).segments.map(({ state }) => state), { timeout: 60_000 })
    .toEqual(['ready', 'ready']);
  for (const card of await page.getByTestId('segment-card').all()) {
    await expect(card).toContainText(/550\s000/);
  }
  await expect.poll(async () => (await job.readCounts(segue)).valid, { timeout: 60_000 }).toBe(1_100_000);
  await job.createList(segue, 'Tous');
  await job.nameExport(segue, 'Tout le monde');
  await job.saveExport(segue);
  await page.getByTestId('check').scrollIntoViewIfNeeded();
  await picture(segue, 'fr-many-profiles');
  await button(say('exports.export-now')).click();
  await dialog()
    .getByText(say('large-export.can-split', { count: 2 }))
    .waitFor();
  await picture(segue, 'fr-large-export');
  await inDialog('action.cancel').click();
  await expect(dialog()).toHaveCount(0);
});

test('F50 a scheduled run of more than a million profiles is skipped, and says so', async ({ picture }) => {
  const { sleepFor, inMinutes } = sleepOf(segue);
  await goTo('nav.exports');
  await segue.page.evaluate(async (recurrence) => {
    const told = await window.segue.call('app.getSnapshot', {});
    const exportIds = told.ok ? told.value.exports.map(({ exportId }) => exportId) : [];
    await window.segue.call('schedules.set', { exportIds, change: { follows: 'own', on: true, recurrence } });
  }, inMinutes(3));
  await sleepFor(4 * 60_000);
  const attention = segue.page.getByTestId('attention');
  await expect(attention).toContainText(
    segue.words.explain({
      code: 'export.too-large',
      params: { name: 'Tout le monde', count: 1_100_000, limit: 1_000_000 },
    }).title,
  );
  await expect(row('export-row', 'Tout le monde')).toContainText(say('run.state.skipped'));
  await picture(segue, 'fr-large-export-skipped');
  expect((await segue.snapshot()).runs).toEqual([]);
  await button(say('attention.dismiss', { name: 'Tout le monde' })).click();
  await expect(attention).toHaveCount(0);
});

test('F45 an export of more than a million is sent as it is, or split into exports of up to a million', async () => {
  await button('Tout le monde').click();
  await job.readCounts(segue);
  await button(say('exports.export-now')).click();
  await inDialog('large-export.send-all').click();
  await dialog().getByRole('checkbox').waitFor();
  await expect(dialog()).toHaveCount(1);
  await inDialog('action.cancel').click();
  await expect(dialog()).toHaveCount(0);

  await button(say('exports.export-now')).click();
  await dialog()
    .getByRole('button', { name: say('large-export.split', { count: 2 }) })
    .click();
  await expect(segue.page.getByText(say('large-export.was-split', { name: 'Tout le monde', count: 2 }))).toBeVisible();
  const { exports, runs } = await segue.snapshot();
  expect(exports.map(({ name, segments }) => [name, segments.length])).toEqual([
    ['Tout le monde', 1],
    ['Tout le monde (2)', 1],
  ]);
  expect(exports[1]?.segments[0]?.fieldMap).toEqual([{ field: 'email', columnIndex: 0 }]);
  expect(runs).toEqual([]);
});
