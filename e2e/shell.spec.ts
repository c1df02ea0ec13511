import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from 'playwright/test';
import { launchSegue, type SegueApp } from './fixtures/segue-app.ts';

let segue: SegueApp;
let profile: string;

// One app for all of them, which the last one ends.
test.describe.configure({ mode: 'serial' });
test.beforeAll(async () => {
  profile = mkdtempSync(path.join(os.tmpdir(), 'segue-shell-'));
  segue = await launchSegue({ profile });
});
test.afterAll(async () => {
  await segue.close().catch(() => undefined);
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
});

const windowsOf = () => segue.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length);

test('the page is on its own: three verbs, no way out, no second window', async () => {
  const { page, app } = segue;
  expect(await page.evaluate(() => Object.keys(window.segue).sort())).toEqual(['call', 'on', 'pathForFile']);
  expect(
    await page.evaluate(() => ['require', 'process', 'module', 'Buffer'].filter((name) => name in window)),
  ).toEqual([]);
  expect(await page.evaluate(() => Object.isFrozen(window.segue))).toBe(true);

  const address = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL());
  expect(await page.evaluate(() => window.open('https://example.com/'))).toBeNull();
  await page.evaluate(() => {
    const link = document.createElement('a');
    link.href = 'https://example.com/';
    document.body.append(link);
    link.click();
  });
  expect(
    await page.evaluate(() =>
      fetch('https://example.com/').then(
        () => 'reached',
        () => 'refused',
      ),
    ),
  ).toBe('refused');
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'document.documentElement.dataset.ran = "yes"';
    document.body.append(script);
    return document.documentElement.dataset.ran;
  });
  expect(ran).toBeUndefined();
  expect(await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.getURL())).toBe(
    address,
  );
  expect(address).toBe('app://segue/index.html');
  expect(await windowsOf()).toBe(1);
});

test('main takes nothing that the contract does not list', async () => {
  const { page } = segue;
  const answers = await page.evaluate(async () => {
    const call = window.segue.call as unknown as (name: string, input: unknown) => Promise<unknown>;
    const settled = (name: string, input: unknown) => call(name, input).catch((error: Error) => error.message);
    return [
      await settled('app.getSnapshot', { more: 1 }),
      await settled('lists.search', { connectionId: 7 }),
      await settled('exports.run', null),
      await settled('segments.addFiles', { paths: [] }),
      await settled('no.such.call', {}),
    ];
  });
  const invalid = { ok: false, error: { code: 'ipc.invalid-input', params: expect.any(Object) } };
  expect(answers.slice(0, 4)).toEqual([invalid, invalid, invalid, invalid]);
  expect(answers[4]).toBe('Unknown call');
});

test('permissions are refused, but for the Copy buttons', async () => {
  const states = await segue.page.evaluate(async () => {
    const ask = async (name: string) => (await navigator.permissions.query({ name: name as PermissionName })).state;
    return { place: await ask('geolocation'), camera: await ask('camera'), notices: await ask('notifications') };
  });
  expect(Object.values(states)).not.toContain('granted');
});

test('the menu speaks the person’s language and is carried out by the window', async () => {
  const { app, page, words } = segue;
  const labels = () => app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map(({ label }) => label));
  expect(await labels()).toContain(words.say('menu.edit'));
  await page.evaluate(() => window.segue.call('settings.change', { languageChoice: 'fr' }));
  await expect.poll(labels).toContain('&Modifier');
  await page.evaluate(() => {
    window.segue.on('app.command', ({ value }) => document.body.setAttribute('data-heard', value));
  });
  await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('show-settings')?.click());
  await expect(page.locator('body')).toHaveAttribute('data-heard', 'show-settings');
});

test('the theme that the person chose reaches the page', async () => {
  const { app, page } = segue;
  const isDark = () => page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches);
  await page.evaluate(() => window.segue.call('settings.change', { themeChoice: 'dark' }));
  expect(await app.evaluate(({ nativeTheme }) => nativeTheme.themeSource)).toBe('dark');
  await expect.poll(isDark).toBe(true);
});

test('the file dialogs are in the person’s language and open where the person was last', async () => {
  const { app, page } = segue;
  await page.evaluate(() => window.segue.call('settings.change', { languageChoice: 'fr' }));
  await app.evaluate(({ dialog }) => {
    const asked: unknown[] = [];
    Object.assign(globalThis, { asked });
    dialog.showOpenDialog = async (...given: unknown[]) => {
      asked.push(given.at(-1));
      return { canceled: true, filePaths: [] };
    };
  });
  const answer = await page.evaluate(() => window.segue.call('segments.chooseFiles', {}));
  expect(answer).toEqual({ ok: true, value: [] });
  const asked = await app.evaluate(() => (globalThis as unknown as { asked: Electron.OpenDialogOptions[] }).asked);
  expect(asked).toHaveLength(1);
  expect(asked[0]).toMatchObject({ title: 'Choisir des fichiers de segment', buttonLabel: 'Choisir' });
  expect(asked[0]?.defaultPath).not.toBe('');
});

test('the window comes back where it was, and the profile is for this user alone', async () => {
  await segue.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(1000, 700));
  await expect.poll(() => readdirSync(profile)).toContain('window.json');
  await segue.close();
  segue = await launchSegue({ profile });
  const size = await segue.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getSize());
  expect(size).toEqual([1000, 700]);
  await segue.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.maximize());
  await segue.close();
  segue = await launchSegue({ profile });
  const isMaximized = () => segue.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isMaximized());
  await expect.poll(isMaximized).toBe(true);
  if (process.platform !== 'win32') expect(statSync(path.join(profile, 'segue.sqlite')).mode & 0o077).toBe(0);
});

test('closing the last window ends the app, or leaves it without one where that is the custom', async () => {
  const ended = new Promise((resolve) => segue.app.process().once('exit', resolve));
  await segue.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close()).catch(() => undefined);
  if (process.platform !== 'darwin') {
    expect(await ended).toBe(0);
    return;
  }
  // On macOS an app goes on without windows until it is told to quit.
  await expect.poll(windowsOf).toBe(0);
  await segue.app.evaluate(({ app }) => app.quit()).catch(() => undefined);
  expect(await ended).toBe(0);
});
