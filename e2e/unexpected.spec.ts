import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import french from '../preload/messages/fr.json' with { type: 'json' };
import { problemsOf } from './fixtures/axe.ts';
import type { SegueApp } from './fixtures/segue-app.ts';
import { expect, test } from './fixtures/test.ts';

// The program around the window, in French: its menus, the report for whoever helps, and what nobody expected.

/** Nothing of Segue's is written like what is somebody's here. */
const marks = /zwölf|zwoelf|%C3%B6|\\u00f6|example\.com|secret-token/i;

interface Asked {
  readonly message: string;
  readonly buttons: string[];
}

/** Answers the system's boxes from now on with the button of that label; what they asked is kept. */
async function answer(segue: SegueApp, button: string): Promise<() => Promise<Asked[]>> {
  await segue.app.evaluate(({ dialog }, button) => {
    const boxes: Asked[] = [];
    Object.assign(globalThis, { boxes });
    dialog.showMessageBox = (async (...all: unknown[]) => {
      const { message, buttons = [] } = all.at(-1) as Electron.MessageBoxOptions;
      boxes.push({ message, buttons });
      return { response: buttons.indexOf(button), checkboxChecked: false };
    }) as typeof dialog.showMessageBox;
  }, button);
  return () => segue.app.evaluate(() => (globalThis as unknown as { boxes: Asked[] }).boxes);
}

/** Keeps the menus that come up, instead of showing them. */
async function watchMenus(segue: SegueApp) {
  await segue.app.evaluate(({ Menu }) => {
    const menus: { menu: Electron.Menu; sourceType: string | undefined }[] = [];
    Object.assign(globalThis, { menus });
    Menu.prototype.popup = function popup(options) {
      menus.push({ menu: this, sourceType: options?.sourceType });
      options?.callback?.();
    };
  });
  type Kept = { menus: { menu: Electron.Menu; sourceType: string | undefined }[] };
  return {
    count: () => segue.app.evaluate(() => (globalThis as unknown as Kept).menus.length),
    newest: () =>
      segue.app.evaluate(() => {
        const last = (globalThis as unknown as Kept).menus.at(-1);
        const enabled = last?.menu.items.filter((item) => item.type !== 'separator' && item.enabled) ?? [];
        return { from: last?.sourceType, enabled: enabled.map(({ label }) => label) };
      }),
    choose: (label: string) =>
      segue.app.evaluate((_electron, label) => {
        const { menus } = globalThis as unknown as Kept;
        menus
          .at(-1)
          ?.menu.items.find((item) => item.label === label)
          ?.click();
      }, label),
  };
}

test('menus, the report and what nobody expected, in French', async ({ start, picture }) => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'segue-zwölf-'));
  const file = path.join(folder, 'zwoelf@example.com.csv');
  writeFileSync(file, 'Email,Zwölf\r\nzwoelf@example.com,secret-token\r\n');
  const segue = await start({ language: 'fr', files: [file] });
  const { app, page, words } = segue;
  const { say } = words;
  await page.setViewportSize({ width: 1024, height: 700 });
  await page.evaluate(() => window.segue.call('settings.change', { themeChoice: 'dark' }));
  await page.getByTestId('count-rows').waitFor();

  await test.step('a field has its menu, by the keyboard and by the mouse', async () => {
    const menus = await watchMenus(segue);
    const name = page.getByRole('textbox', { name: say('export.name') });
    await name.fill('Lettre');
    await name.press('Shift+F10');
    await expect.poll(menus.count).toBe(1);
    expect(await menus.newest()).toMatchObject({
      from: 'keyboard',
      enabled: expect.arrayContaining(['Coller', 'Tout sélectionner']),
    });
    await menus.choose('Tout sélectionner');
    await name.click({ button: 'right' });
    await expect.poll(menus.count).toBe(2);
    expect(await menus.newest()).toMatchObject({
      from: 'mouse',
      enabled: expect.arrayContaining(['Couper', 'Copier']),
    });
    await menus.choose('Couper');
    await expect(name).toHaveValue('');
    await page.getByRole('heading', { level: 1 }).click({ button: 'right' });
    expect(await menus.count()).toBe(2);
    await name.fill('Lettre');
  });

  await test.step('every item of the menu is in French, and no key does two things', async () => {
    const items = await app.evaluate(({ Menu }) => {
      const walk = (menu: Electron.Menu | null | undefined): { label: string; accelerator: string | null }[] =>
        (menu?.items ?? [])
          .filter(({ type }) => type !== 'separator')
          .flatMap(({ label, accelerator, submenu }) => [
            { label, accelerator: accelerator ?? null },
            ...walk(submenu),
          ]);
      return walk(Menu.getApplicationMenu());
    });
    const known = new Set<string>(
      Object.entries(french).flatMap(([key, label]) => (key.startsWith('menu.') ? label : [])),
    );
    expect(items.map(({ label }) => label).filter((label) => !known.has(label) && label !== 'Segue')).toEqual([]);
    const keys = items.flatMap(({ accelerator }) => accelerator ?? []);
    expect(keys.length).toBeGreaterThan(5);
    expect(new Set(keys).size).toBe(keys.length);
  });

  const report = path.join(folder, 'report.json');
  await test.step('the report is shown before it is saved, and nobody is in it', async () => {
    await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('save-report')?.click());
    const dialog = page.getByRole('alertdialog');
    const shown = dialog.locator('pre');
    await expect(shown).toContainText('"segments"');
    expect(await problemsOf(segue)).toEqual([]);
    await picture(segue, 'fr-dark-report');
    const text = (await shown.textContent()) ?? '';
    expect(text).not.toMatch(marks);
    await app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = async () => ({ canceled: false, filePath });
    }, report);
    await dialog.getByRole('button', { name: say('report.save') }).click();
    await dialog.getByText(say('report.saved', { file: 'report.json' })).waitFor();
    expect(readFileSync(report, 'utf8')).toBe(text);
    // The folder of the log opens in the system's file manager, or is told where none does.
    await app.evaluate(({ shell }) => {
      shell.openPath = async () => 'There is no file manager';
    });
    await dialog.getByRole('button', { name: say('report.open-log-folder') }).click();
    await dialog.getByText(path.join(segue.profile, 'logs')).waitFor();
    await page.keyboard.press('Escape');
    await expect(dialog).toHaveCount(0);
    const opened = await app.evaluate(
      ({ Menu, shell }) =>
        new Promise<string>((resolve) => {
          shell.openPath = async (folder) => {
            resolve(folder);
            return '';
          };
          Menu.getApplicationMenu()?.getMenuItemById('open-log-folder')?.click();
        }),
    );
    expect(opened).toBe(path.join(segue.profile, 'logs'));
  });

  await test.step('a rejection that nobody waited for is told once, with a report', async () => {
    rmSync(report);
    const boxes = await answer(segue, say('report.save'));
    await app.evaluate(() => {
      for (let times = 0; times < 2; times += 1)
        process.emit('unhandledRejection', new Error('zwoelf@example.com secret-token'), Promise.resolve());
    });
    await expect.poll(() => readdirSync(folder)).toContain('report.json');
    expect(await boxes()).toEqual([
      {
        message: say('surprise.goes-on.question'),
        buttons: [say('surprise.go-on'), say('report.save'), say('surprise.quit')],
      },
    ]);
    const text = readFileSync(report, 'utf8');
    expect(text).not.toMatch(marks);
    const { log } = JSON.parse(text) as { log: { event: string }[] };
    expect(log.filter(({ event }) => event === 'unhandled rejection')).toHaveLength(2);
    expect(readFileSync(path.join(segue.profile, 'logs', 'segue.log'), 'utf8')).not.toMatch(marks);
  });

  await test.step('a page that fails a fourth time within a minute is asked about, and comes back without what it held', async () => {
    const boxes = await answer(segue, say('crashes.again'));
    const crash = async () => {
      const loaded = page.waitForEvent('load');
      await app.evaluate(({ BrowserWindow }) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        contents?.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 11 });
      });
      await loaded;
      await page.getByRole('heading', { level: 1 }).waitFor();
    };
    for (let times = 0; times < 3; times += 1) await crash();
    expect(await boxes()).toEqual([]);
    await crash();
    expect(await boxes()).toEqual([
      { message: say('crashes.question'), buttons: [say('crashes.again'), say('menu.quit')] },
    ]);
    await page.getByRole('heading', { level: 1, name: say('welcome.title') }).waitFor();
  });

  await test.step('an error that main cannot get over ends the app, in order and with a word', async () => {
    await answer(segue, say('surprise.quit'));
    const ended = new Promise<number | null>((resolve) => app.process().once('exit', resolve));
    await app.evaluate(() => {
      setImmediate(() => process.emit('uncaughtException', new Error('zwoelf@example.com')));
    });
    expect(await ended).toBe(1);
    expect(readFileSync(path.join(segue.profile, 'logs', 'segue.log'), 'utf8')).not.toMatch(marks);
  });
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});
