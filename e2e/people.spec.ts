import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { MessageKey } from '../main/words.ts';
import { problemsOf } from './fixtures/axe.ts';
import * as job from './fixtures/main-job.ts';
import { sampleSegment, smallFrenchDark } from './fixtures/segue-app.ts';
import { sharedApp } from './fixtures/shared-app.ts';
import { signInAs } from './fixtures/sign-in-browser.ts';
import { willSaveAs } from './fixtures/system-dialogs.ts';
import { expect, test } from './fixtures/test.ts';

// People, their rights and the history of changes, in one app in French, dark, in a small window: what a test leaves is
// where the next one begins.

const passwords = {
  administrator: 'quatre mots faciles',
  contributor: 'encore quatre mots',
  viewer: 'juste pour voir',
};

const { segue, say, button, dialog, inDialog, field, heading, goTo } = sharedApp(smallFrenchDark);

async function personMenu(item: MessageKey): Promise<void> {
  await segue.page
    .getByRole('banner')
    .getByRole('button', { name: /menu de la personne/ })
    .click();
  await segue.page.getByRole('menuitem', { name: say(item) }).click();
}

/** Locks the window and comes in as somebody else. */
async function switchTo(name: string, password: string): Promise<void> {
  await personMenu('people.switch');
  await comeIn(name, password);
}

async function comeIn(name: string, password: string): Promise<void> {
  await expect(heading('lock.title')).toBeVisible();
  await segue.page.getByRole('radio', { name }).check();
  await field('password.label').fill(password);
  await button(say('lock.enter')).click();
  await expect(segue.page.getByRole('banner')).toContainText(name);
}

async function addPerson(name: string, role: MessageKey, password: string): Promise<void> {
  await button(say('people.add')).click();
  await dialog()
    .getByRole('textbox', { name: say('people.name') })
    .fill(name);
  await dialog()
    .getByRole('radio', { name: say(role) })
    .check();
  await field('people.add.password').fill(password);
  await field('password.again').first().fill(password);
}

test('F65 people are added with a role; from the second one on everybody has a password', async ({ picture }) => {
  await job.connectToPractice(segue);
  await job.dropSegment(segue, sampleSegment);
  await job.createList(segue, 'Automne');
  await job.nameExport(segue, 'Réservée');
  await job.saveExport(segue);
  await goTo('nav.settings');
  await addPerson('Renée', 'person.role.contributor', passwords.contributor);
  await picture(segue, 'people-add-fr-dark');
  expect(await problemsOf(segue)).toEqual([]);
  await expect(inDialog('people.add.confirm')).toBeDisabled();
  await field('password.own').fill(passwords.administrator);
  await field('password.again').last().fill(passwords.administrator);
  await inDialog('people.add.confirm').click();
  await expect(segue.page.getByTestId('person-row')).toHaveCount(2);

  // The next one needs no more than that: the password was given a moment ago.
  await addPerson('Victor', 'person.role.viewer', passwords.viewer);
  await inDialog('people.add.confirm').click();
  await expect(segue.page.getByTestId('person-row')).toHaveCount(3);
  await segue.page.getByTestId('person-row').first().scrollIntoViewIfNeeded();
  await picture(segue, 'people-fr-dark');
  expect(await problemsOf(segue)).toEqual([]);
});

test('F18 a contributor sees name and type of a connection, and cannot do more from the console', async ({
  picture,
}) => {
  const before = await segue.snapshot();
  const [connection] = before.connections;
  const [stored] = before.exports;
  await personMenu('people.switch');
  await expect(heading('lock.title')).toBeVisible();
  await picture(segue, 'people-locked-fr-dark');
  expect(await problemsOf(segue)).toEqual([]);
  // A locked window answers nothing, whatever is asked of it.
  const locked = await segue.page.evaluate(() => window.segue.call('app.getSnapshot', {}));
  expect(locked).toMatchObject({ ok: false, error: { code: 'person.locked' } });
  await segue.page.getByRole('radio', { name: 'Renée' }).check();
  await field('password.label').fill('pas le bon');
  await segue.page.keyboard.press('Enter');
  await expect(segue.page.getByText(say('error.person.wrong-password.title'))).toBeVisible();
  await comeIn('Renée', passwords.contributor);

  const asked = await segue.page.evaluate(
    async ([connectionId, exportId]) => {
      const { call } = window.segue;
      const told = await call('app.getSnapshot', {});
      return {
        connections: told.ok ? told.value.connections : [],
        answers: {
          abilities: await call('connections.getAbilities', { connectionId }),
          share: await call('connections.change', { connectionId, displayName: 'À moi', sharedWith: 'contributors' }),
          signIn: await call('signIn.start', { kind: 'practice', connectionId }),
          run: await call('exports.run', { exportId }),
          lists: await call('lists.search', { connectionId }),
          remove: await call('exports.remove', { exportId }),
          promote: await call('people.add', { displayName: 'X', role: 'administrator', password: 'x'.repeat(9) }),
          people: await call('people.list', {}),
          history: await call('audit.list', {
            search: '',
            personId: null,
            kind: null,
            from: null,
            before: 0,
            limit: 9,
          }),
        },
      };
    },
    [connection?.connectionId ?? '', stored?.exportId ?? ''] as const,
  );
  expect(asked.connections).toEqual([
    {
      connectionId: connection?.connectionId,
      displayName: connection?.displayName,
      kind: 'practice',
      mayUse: false,
      details: null,
    },
  ]);
  for (const [what, answer] of Object.entries(asked.answers)) {
    expect(answer, what).toMatchObject({ ok: false, error: { code: 'person.not-allowed' } });
  }
  await goTo('nav.connections');
  await expect(segue.page.getByText(say('connections.description.others'))).toBeVisible();
  await picture(segue, 'people-contributor-connections-fr-dark');
  // Nothing is shared: who sets up an export is told whom to ask.
  await goTo('nav.exports');
  await button(say('exports.add')).click();
  const whom = say('export.connection.ask-whom', { names: before.person.displayName });
  await expect(segue.page.getByText(whom)).toBeVisible();
  await goTo('nav.settings');
  await expect(button(say('people.add'))).toBeHidden();
  await picture(segue, 'people-contributor-settings-fr-dark');
  expect(await problemsOf(segue)).toEqual([]);
});

test('F31 who may not change an export looks at it', async ({ picture }) => {
  await switchTo('Victor', passwords.viewer);
  for (const place of ['nav.exports', 'segments.title', 'nav.connections', 'nav.runs', 'nav.settings'] as const) {
    await goTo(place);
    await expect(segue.page.getByText(say('error.person.not-allowed.title'))).toBeHidden();
    await picture(segue, `people-viewer-${place.replace('.', '-')}-fr-dark`);
    expect(await problemsOf(segue), place).toEqual([]);
  }
  await goTo('nav.exports');
  await button('Réservée').click();
  await expect(segue.page.getByText(say('exports.view.description'))).toBeVisible();
  await picture(segue, 'people-viewer-export-fr-dark');
  expect(await problemsOf(segue)).toEqual([]);
  const exportId = (await segue.snapshot()).exports[0]?.exportId ?? '';
  const run = await segue.page.evaluate((id) => window.segue.call('exports.run', { exportId: id }), exportId);
  expect(run).toMatchObject({ ok: false, error: { code: 'person.not-allowed' } });
});

test('F7 adding oneself as export user asks for one’s own password', async () => {
  const administrator = await administratorName();
  await switchTo(administrator, passwords.administrator);
  await goTo('nav.connections');
  await button(say('connections.add')).first().click();
  await segue.page.getByRole('menuitem', { name: say('connection.kind.practice') }).click();
  await signInAs(await job.authenticate(segue), 'allow');
  await button(say('sign-in.another-account')).waitFor();
  await button(say('export-user.add')).click();
  await expect(dialog()).toContainText(say('password.confirm.title'));
  await expect(button(say('action.save'))).toBeDisabled();
  await field('password.own').fill(passwords.viewer);
  await inDialog('action.continue').click();
  await expect(dialog().getByText(say('error.person.wrong-password.title'))).toBeVisible();
  expect(await problemsOf(segue)).toEqual([]);
  await field('password.own').fill(passwords.administrator);
  await inDialog('action.continue').click();
  await expect(segue.page.getByText(say('export-user.added', { name: administrator }))).toBeVisible();
  await button(say('action.save')).click();
  await expect.poll(async () => (await segue.snapshot()).connections.length).toBe(2);
});

async function administratorName(): Promise<string> {
  const door = await segue.page.evaluate(() => window.segue.call('people.getDoor', {}));
  return (door.ok ? door.value.people[0]?.displayName : undefined) ?? '';
}

test('F58 the history says who changed what, is searched, filtered and saved', async ({ picture }) => {
  const { page } = segue;
  await goTo('nav.settings');
  await button(say('changes.title')).click();
  await expect(heading('changes.title')).toBeVisible();
  const rows = page.getByTestId('changes').locator('tbody').getByRole('row');
  await expect(rows.filter({ hasText: say('audit.action.connection-made') })).toHaveCount(2);
  await expect(rows.filter({ hasText: say('audit.action.refused') }).first()).toContainText('V');
  await picture(segue, 'changes-fr-dark');
  expect(await problemsOf(segue)).toEqual([]);
  await page.getByRole('searchbox').fill('réservée');
  await expect(rows).toHaveCount(1);
  await expect(rows).toContainText(say('audit.action.export-made'));
  await page.getByRole('searchbox').fill('');
  await page.getByRole('combobox', { name: say('audit.column.who') }).click();
  await page.getByRole('option', { name: 'Renée' }).click();
  await expect(rows.first()).toContainText('Renée');
  const file = path.join(segue.profile, 'historique.csv');
  await willSaveAs(segue, file);
  await button(say('changes.save')).click();
  await expect(page.getByText(/modifications enregistrées/)).toBeVisible();
  const text = readFileSync(file, 'utf8');
  expect(text).toContain('Renée');
  for (const secret of Object.values(passwords)) expect(text).not.toContain(secret);
});

test('Segue asks who is there when it starts again, and an unsaved export is asked about before', async () => {
  await goTo('nav.exports');
  await button(say('exports.add')).click();
  await job.nameExport(segue, 'Pas encore');
  await personMenu('people.switch');
  await inDialog('leave.stay').click();
  await personMenu('people.switch');
  await inDialog('leave.discard').click();
  await expect(heading('lock.title')).toBeVisible();
  // A page that is loaded anew is as locked as it was.
  const { page } = segue;
  await page.evaluate(() => Object.assign(window, { before: true }));
  await segue.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.reload());
  await page.waitForFunction(() => !('before' in window));
  await expect(heading('lock.title')).toBeVisible();
  await comeIn('Renée', passwords.contributor);
  await expect(heading('exports.title')).toBeVisible();
});
