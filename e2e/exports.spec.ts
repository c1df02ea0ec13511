import { problemsOf } from './fixtures/axe.ts';
import * as job from './fixtures/main-job.ts';
import { sampleSegment, smallFrenchDark } from './fixtures/segue-app.ts';
import { sharedApp } from './fixtures/shared-app.ts';
import { expect, test } from './fixtures/test.ts';

// Features of docs/features.md, one test each, in one app in French, dark, in a small window: what a test leaves is where
// the next one begins.

const { segue, say, button, dialog, goTo, inMenuOf, ...on } = sharedApp(smallFrenchDark);
const row = (name: string) => on.row('export-row', name);
const exportNames = async () => (await segue.snapshot()).exports.map(({ name }) => name).sort();

test('F21 an export begins with Add export and the connection it uses', async () => {
  await job.connectToPractice(segue);
  await button(say('exports.add')).click();
  await expect(segue.page.getByRole('combobox', { name: say('export.connection') })).toHaveText(
    say('connection.default-name.practice'),
  );
  await goTo('nav.exports');
});

test('F27 segments are chosen to be exported', async () => {
  await job.dropSegment(segue, sampleSegment);
  expect((await job.readCounts(segue)).rows).toBe(1_000);
});

test('F23 an export has a name', async () => {
  await job.nameExport(segue, 'Fidèles');
  await job.createList(segue, 'Automne');
});

test('F25 the column of email addresses is matched, recognised by its contents', async () => {
  const [segment] = (await segue.snapshot()).segments;
  const email = segment?.suggestedFieldMap.find(({ field }) => field === 'email');
  const heading = segment?.columns[email?.columnIndex ?? -1]?.heading ?? '?';
  await expect(segue.page.getByRole('combobox', { name: say('field.email') }).first()).toContainText(heading);
});

test('F26 first and last name are matched too', async () => {
  for (const field of ['field.first-name', 'field.last-name'] as const) {
    await expect(segue.page.getByRole('combobox', { name: say(field) }).first()).not.toHaveText('');
  }
});

test('F29 saving sends nothing', async () => {
  await job.saveExport(segue);
  expect((await segue.snapshot()).runs).toEqual([]);
});

test('F24 a list is found by its id too, as it stands in the list’s address', async () => {
  const [stored] = (await segue.snapshot()).exports;
  const answer = await segue.page.evaluate(
    ([connectionId, reference]) => window.segue.call('lists.resolve', { connectionId, reference }),
    [
      stored?.connectionId ?? '',
      `https://app.constantcontact.com/pages/contacts/ui#contacts/${stored?.list?.listId}`,
    ] as const,
  );
  expect(answer).toMatchObject({ ok: true, value: { listId: stored?.list?.listId, name: 'Automne' } });
});

test('F33 an export is duplicated and adapted', async () => {
  await goTo('nav.exports');
  await inMenuOf('Fidèles', 'exports.duplicate');
  const proposed = say('exports.duplicate.name', { name: 'Fidèles' });
  await expect(segue.page.getByRole('textbox', { name: say('export.name') })).toHaveValue(proposed);
  await job.nameExport(segue, 'Anciens');
  await button(say('action.save')).click();
  await expect.poll(exportNames).toEqual(['Anciens', 'Fidèles']);
});

test('F32 an export is edited, from the keyboard too', async () => {
  await goTo('nav.exports');
  await row('Anciens').focus();
  await segue.page.keyboard.press('Enter');
  await job.nameExport(segue, 'Anciens clients');
  await button(say('action.save')).click();
  await expect.poll(exportNames).toEqual(['Anciens clients', 'Fidèles']);
  await goTo('nav.exports');
});

test('F41 an export is run by hand', async () => {
  await inMenuOf('Fidèles', 'exports.run');
  await dialog().getByRole('checkbox').waitFor();
  const run = await job.followRun(segue, await job.confirmPermission(segue));
  expect(run.balance.accepted).toBeGreaterThan(0);
});

test('F19 the list says of each export how it stands, when it runs, what one may do, and who changed it', async ({
  picture,
}) => {
  await goTo('nav.exports');
  for (const column of [
    'exports.column.name',
    'exports.column.status',
    'exports.column.refreshed',
    'exports.column.schedule',
    'exports.column.connection',
    'exports.column.permissions',
    'exports.column.updated',
    'exports.column.updated-by',
  ] as const) {
    await expect(segue.page.getByRole('columnheader', { name: say(column), exact: true })).toHaveCount(1);
  }
  const { person } = await segue.snapshot();
  const cells = row('Fidèles');
  for (const text of [
    say('exports.list', { name: 'Automne' }),
    say('connection.kind.practice'),
    say('run.state.completed-with-warnings'),
    say('schedule.system-off'),
    say('exports.right.edit'),
    person.displayName,
  ]) {
    await expect(cells).toContainText(text);
  }
  await picture(segue, 'exports-small-fr-dark');
  expect(await problemsOf(segue)).toEqual([]);
  await segue.page.setViewportSize({ width: 1600, height: 1000 });
  await picture(segue, 'exports-large-fr-dark');
  await segue.page.setViewportSize({ width: 1024, height: 700 });
});

test('F58 who changed an export last, and when, stands beside it', async () => {
  const { person } = await segue.snapshot();
  await expect(row('Anciens clients')).toContainText(person.displayName);
  await expect(row('Anciens clients').locator('time').last()).toBeVisible();
});

test('F20 the list is sorted by any column, found in, and remembers its sorting', async () => {
  const { page } = segue;
  const names = () => page.getByTestId('export-row').getByRole('rowheader').getByRole('button').allTextContents();
  expect(await names()).toEqual(['Anciens clients', 'Fidèles']);
  const head = page.getByRole('columnheader', { name: say('exports.column.name'), exact: true });
  await head.getByRole('button').click();
  await expect(head).toHaveAttribute('aria-sort', 'descending');
  expect(await names()).toEqual(['Fidèles', 'Anciens clients']);
  await goTo('nav.runs');
  await goTo('nav.exports');
  expect(await names()).toEqual(['Fidèles', 'Anciens clients']);
  for (const [search, found] of [
    ['fideles', ['Fidèles']],
    ['automne', ['Fidèles', 'Anciens clients']],
    ['zzz', []],
  ] as const) {
    await page.getByRole('searchbox').fill(search);
    await expect.poll(names).toEqual(found);
  }
  await page.getByRole('searchbox').fill('');
  await head.getByRole('button').click();
});

test('F52 the status of an export is that of its newest run, with the time of it', async () => {
  await expect(row('Fidèles')).toContainText(say('run.state.completed-with-warnings'));
  await expect(row('Fidèles').locator('time').first()).toBeVisible();
  await expect(row('Anciens clients')).toContainText(say('exports.never-run'));
});

test('F53 behind the status: each task with its time and rows, warnings and errors', async ({ picture }) => {
  await row('Fidèles').getByTestId('export-details').click();
  const tasks = dialog().getByTestId('run-tasks').getByRole('row');
  await expect(tasks).toHaveCount(5);
  for (const column of ['exports.details.began', 'exports.details.took', 'exports.details.errors'] as const) {
    await expect(tasks.first()).toContainText(say(column));
  }
  // Rows that were rejected stand with the task that found them.
  await expect(tasks.filter({ hasText: say('exports.task.planning') })).toContainText(say('balance.rejected'));
  await expect(dialog()).toContainText(say('run.meaning.completed-with-warnings'));
  await picture(segue, 'export-details-fr-dark');
  expect(await problemsOf(segue)).toEqual([]);
});

test('F54 all runs of an export are listed', async () => {
  const listed = dialog().getByTestId('run-history').getByRole('row');
  await expect(listed).toHaveCount(2);
  await listed.last().getByRole('button').click();
  await expect(segue.page.getByTestId('balance')).toBeVisible();
  await goTo('nav.exports');
  await row('Fidèles').getByTestId('export-details').click();
});

test('F59 durations and their trend over 3, 7 and 30 days', async () => {
  for (const count of [3, 7, 30]) {
    await dialog()
      .getByRole('radio', { name: say('exports.details.days', { count }) })
      .check();
    await expect(dialog().getByRole('img')).toBeVisible();
  }
  await dialog()
    .getByRole('button', { name: say('action.close') })
    .click();
});

test('F35 the connection is detached from several exports at once', async () => {
  const { page } = segue;
  await row('Anciens clients').focus();
  await page.keyboard.press('Shift+ArrowDown');
  await expect(page.getByRole('toolbar', { name: say('table.chosen', { count: 2 }) })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('toolbar')).toBeHidden();
  await row('Anciens clients').focus();
  await page.keyboard.press('ControlOrMeta+a');
  await expect(page.getByRole('toolbar', { name: say('table.chosen', { count: 2 }) })).toBeVisible();
  await page.keyboard.press('Space');
  await expect(page.getByRole('toolbar', { name: say('table.chosen', { count: 1 }) })).toBeVisible();
  await page.keyboard.press('Space');
  await page
    .getByRole('toolbar')
    .getByRole('button', { name: say('exports.detach') })
    .click();
  await dialog()
    .getByRole('button', { name: say('exports.detach') })
    .click();
  await expect(row('Anciens clients')).toContainText(say('exports.no-connection'));
  await expect(row('Fidèles')).toContainText(say('exports.no-connection'));
});

test('F34 an export is removed after a question, and the removal can be undone', async ({ picture }) => {
  const { page } = segue;
  await button(say('table.choose-none')).click();
  await row('Fidèles').click({ button: 'right' });
  await picture(segue, 'exports-menu-fr-dark');
  await page.getByRole('menuitem', { name: say('action.remove') }).click();
  await dialog()
    .getByRole('button', { name: say('action.remove') })
    .click();
  await expect.poll(exportNames).toEqual(['Anciens clients']);
  await button(say('exports.remove.undo')).click();
  await expect(row('Fidèles')).toBeVisible();
});

test('F36 from a segment one sees the exports that contain it, and goes to one', async () => {
  await goTo('segments.title');
  const [segment] = (await segue.snapshot()).segments;
  await button(say('library.manage-named', { name: segment?.name ?? '' })).click();
  await expect(dialog().getByRole('button', { name: say('action.edit-named', { name: 'Fidèles' }) })).toBeVisible();
  await dialog()
    .getByRole('button', { name: say('action.edit-named', { name: 'Fidèles' }) })
    .click();
  await expect(segue.page.getByRole('textbox', { name: say('export.name') })).toHaveValue('Fidèles');
});

test('F30 saving and running is one step', async () => {
  const { page } = segue;
  await page.getByRole('combobox', { name: say('export.connection') }).click();
  await page.getByRole('option', { name: say('connection.default-name.practice') }).click();
  await button(say('export.save-and-run')).click();
  await page.getByTestId('balance').waitFor();
  const [newest] = (await segue.snapshot()).runs;
  expect((await job.followRun(segue, newest?.runId ?? '')).exportName).toBe('Fidèles');
});
