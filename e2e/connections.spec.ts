import { problemsOf } from './fixtures/axe.ts';
import * as job from './fixtures/main-job.ts';
import { pressAccelerator } from './fixtures/menu-keys.ts';
import { sampleSegment } from './fixtures/segue-app.ts';
import { sharedApp } from './fixtures/shared-app.ts';
import { signInAs } from './fixtures/sign-in-browser.ts';
import { expect, test } from './fixtures/test.ts';

// Features of docs/features.md, one test each, in one app: what a test leaves is where the next one begins.

const { segue, say, button, dialog, goTo, inMenuOf, row } = sharedApp();
const connectionRow = (name: string) => row('connection-row', name);
const heading = (name: string) => segue.page.getByRole('heading', { level: 1, name });
/** From the first launch too, which has no navigation yet. */
const openConnections = () => pressAccelerator(segue.app, 'CmdOrCtrl+3');

test('F2 a connection is set up from its tile on Discover', async ({ picture }) => {
  await openConnections();
  await expect(segue.page.getByRole('heading', { name: say('connections.discover') })).toBeVisible();
  await picture(segue, 'connections-discover');
  expect(await problemsOf(segue)).toEqual([]);
  await button(say('discover.set-up-named', { name: say('connection.kind.practice') })).click();
  await expect(heading(say('connection.add.practice.title'))).toBeVisible();
  await button(say('action.cancel')).click();
});

test('F1 a connection is added from the menu Add connection', async () => {
  await openConnections();
  await button(say('connections.add')).first().click();
  await segue.page.getByRole('menuitem', { name: say('connection.kind.constant-contact') }).click();
  await expect(heading(say('connection.add.title'))).toBeVisible();
  await button(say('action.cancel')).click();
  await openConnections();
  await button(say('connections.add')).first().click();
  await segue.page.getByRole('menuitem', { name: say('connection.kind.practice') }).click();
});

test('F4 who may use it is chosen, administrators only unless said otherwise', async () => {
  const only = segue.page.getByRole('radio', { name: say('connection.shared-with.administrators'), exact: true });
  await expect(only).toBeChecked();
  await segue.page.getByRole('radio', { name: say('connection.shared-with.contributors'), exact: true }).check();
  await only.check();
});

test('F5 nothing is connected before privacy and compliance are agreed to', async () => {
  await expect(button(say('connection.connect'))).toBeDisabled();
  await expect(segue.page.getByText(say('connection.privacy.statement'))).toBeVisible();
  await segue.page.getByRole('checkbox', { name: say('connection.privacy.agree') }).check();
  await expect(button(say('connection.connect'))).toBeEnabled();
});

test('F6 Connect begins, and the sign-in happens on the other side', async () => {
  await button(say('connection.connect')).click();
  const opened = segue.nextOpenedAddress();
  await button(say('sign-in.authenticate')).click();
  expect(await signInAs(await opened, 'allow')).toMatch(/\/done$/);
});

test('F8 each of the two sign-ins is ticked by itself', async () => {
  await expect(button(say('sign-in.another-account'))).toBeVisible();
  await expect(button(say('export-user.add'))).toBeVisible();
  await expect(button(say('action.save'))).toBeDisabled();
});

test('F7 one adds oneself as export user', async () => {
  await button(say('export-user.add')).click();
  await expect(button(say('action.save'))).toBeEnabled();
});

test('F9 the connection is saved', async () => {
  await job.saveConnection(segue);
  expect((await segue.snapshot()).connections).toMatchObject([{ mayUse: true, details: { signInState: 'signed-in' } }]);
});

test('F3 a connection takes another name', async () => {
  await goTo('nav.connections');
  const [connection] = (await segue.snapshot()).connections;
  await inMenuOf(connection?.displayName ?? '', 'action.edit');
  await dialog()
    .getByRole('textbox', { name: say('connection.display-name') })
    .fill('Head office');
  await dialog()
    .getByRole('button', { name: say('action.save') })
    .click();
  await expect(connectionRow('Head office')).toBeVisible();
});

test('F10 connections stand in a table that any column sorts and a search narrows', async ({ picture }) => {
  const { page } = segue;
  await expect(connectionRow('Head office')).toContainText(say('connection.kind.practice'));
  await expect(connectionRow('Head office')).toContainText(say('connection.shared-with.administrators'));
  for (const column of ['name', 'type', 'access', 'created', 'last-used', 'sign-in'] as const) {
    const head = page.getByRole('columnheader', { name: say(`connections.column.${column}`), exact: true });
    const sorted = await head.getAttribute('aria-sort');
    await head.getByRole('button').click();
    await expect(head).toHaveAttribute('aria-sort', sorted === 'ascending' ? 'descending' : 'ascending');
  }
  await page.getByRole('searchbox').fill('nobody');
  await expect(connectionRow('Head office')).toBeHidden();
  await page.getByRole('searchbox').fill('head');
  await expect(connectionRow('Head office')).toBeVisible();
  await page.getByRole('searchbox').fill('');
  await picture(segue, 'connections');
  await button('Head office').click();
  await expect(dialog().getByTestId('abilities').getByRole('listitem')).toHaveCount(4);
  await picture(segue, 'connection-details');
  expect(await problemsOf(segue)).toEqual([]);
  await dialog()
    .getByRole('button', { name: say('action.close') })
    .click();
});

test('F13 one connection serves many exports', async () => {
  await goTo('nav.exports');
  await job.dropSegment(segue, sampleSegment);
  await job.createList(segue, 'Autumn');
  await job.nameExport(segue, 'First');
  await job.saveExport(segue);
  await goTo('nav.exports');
  await inMenuOf('First', 'exports.duplicate');
  await expect(
    heading(say('export.title.edit', { name: say('exports.duplicate.name', { name: 'First' }) })),
  ).toBeVisible();
  await job.nameExport(segue, 'Second');
  await button(say('action.save')).click();
  await expect(segue.page.getByText(say('export.saved', { name: 'Second' }))).toBeVisible();
  const { exports, connections } = await segue.snapshot();
  expect(exports.map(({ connectionId }) => connectionId)).toEqual(Array(2).fill(connections[0]?.connectionId));
});

test('F11 who may use a connection changes, and its exports stay', async () => {
  const before = (await segue.snapshot()).exports;
  await goTo('nav.connections');
  await connectionRow('Head office').focus();
  await segue.page.keyboard.press('Enter');
  await expect(dialog()).toContainText(say('connections.edit.exports-stay', { count: 2 }));
  await dialog()
    .getByRole('radio', { name: say('connection.shared-with.contributors'), exact: true })
    .check();
  await dialog()
    .getByRole('button', { name: say('action.save') })
    .click();
  await expect(connectionRow('Head office')).toContainText(say('connection.shared-with.contributors'));
  expect((await segue.snapshot()).exports).toEqual(before);
});

test('F12 one signs in to a connection again', async () => {
  await inMenuOf('Head office', 'connections.sign-in-again');
  const opened = segue.nextOpenedAddress();
  await button(say('sign-in.authenticate')).click();
  await signInAs(await opened, 'allow');
  await expect(segue.page.getByText(say('connection.renewed', { name: 'Head office' }))).toBeVisible();
});

test('F14 before a connection goes, each export on it is detached or removed', async ({ picture }) => {
  await goTo('nav.connections');
  await connectionRow('Head office').focus();
  await segue.page.keyboard.press('Delete');
  const fate = (name: string, what: 'connections.remove.detach' | 'action.remove') =>
    dialog()
      .getByRole('radiogroup', { name: say('connections.remove.fate', { name }) })
      .getByRole('radio', { name: say(what), exact: true });
  await expect(fate('First', 'connections.remove.detach')).toBeChecked();
  await dialog()
    .getByRole('radiogroup', { name: say('connections.remove.fate-all') })
    .getByRole('radio', { name: say('action.remove'), exact: true })
    .check();
  await expect(fate('Second', 'action.remove')).toBeChecked();
  await fate('First', 'connections.remove.detach').check();
  await picture(segue, 'connection-remove');
  expect(await problemsOf(segue)).toEqual([]);
  await dialog()
    .getByRole('button', { name: say('action.remove'), exact: true })
    .click();
  await expect(segue.page.getByText(say('connections.removed', { name: 'Head office' }))).toBeVisible();
  expect((await segue.snapshot()).exports).toMatchObject([{ name: 'First', connectionId: null }]);
});

test('F15 a detached export keeps everything, says No connection and does not run', async () => {
  await goTo('nav.exports');
  const first = row('export-row', 'First');
  await expect(first).toContainText(say('exports.no-connection'));
  await expect(first).toContainText(say('exports.list', { name: 'Autumn' }));
  await button(say('table.actions-named', { name: 'First' })).click();
  await expect(segue.page.getByRole('menuitem', { name: say('exports.run'), exact: true })).toBeDisabled();
  await segue.page.keyboard.press('Escape');
});

test('F22 a connection is made while the export is set up', async () => {
  await button('First').click();
  await button(say('connections.add')).click();
  await segue.page.getByRole('menuitem', { name: say('connection.kind.practice') }).click();
  await signInAs(await job.authenticate(segue), 'allow');
  await job.finishSignIn(segue);
  await button(say('action.save')).click();
  await expect(heading(say('export.title.edit', { name: 'First' }))).toBeVisible();
});

test('F16 a detached export runs again with another connection', async () => {
  await job.saveExport(segue);
  const [stored] = (await segue.snapshot()).exports;
  expect(stored).toMatchObject({ name: 'First', list: { name: 'Autumn' } });
  await job.exportNow(segue, 'exports.export-now');
  const run = await job.followRun(segue, await job.confirmPermission(segue));
  expect(run.balance.accepted).toBeGreaterThan(0);
});
