import { readFileSync } from 'node:fs';
import { expect, test } from './fixtures/test.ts';

test('About Segue tells the versions and opens the licences of everything that is shipped', async ({ start }) => {
  const segue = await start({ language: 'fr' });
  const shown = await segue.app.evaluate(async ({ dialog, Menu, shell }) => {
    const told: { detail?: string; buttons?: string[]; opened?: string } = {};
    const opened = new Promise<void>((resolve) => {
      dialog.showMessageBox = (async (...all: unknown[]) => {
        const { detail, buttons } = all.at(-1) as Electron.MessageBoxOptions;
        Object.assign(told, { detail, buttons });
        return { response: 1, checkboxChecked: false };
      }) as typeof dialog.showMessageBox;
      shell.openPath = async (file) => {
        told.opened = file;
        resolve();
        return '';
      };
    });
    const item = Menu.getApplicationMenu()?.getMenuItemById('about');
    if (item == null) throw new Error('There is no such item');
    item.click();
    await opened;
    return told;
  });
  expect(shown.detail).toMatch(/Licence MIT\.\n\nElectron 45\.\d+\.\d+\nChromium 156\.[\d.]+\nNode 24\./);
  expect(shown.buttons).toEqual([segue.words.say('about.close'), segue.words.say('about.licences')]);
  const licences = readFileSync(shown.opened ?? '', 'utf8');
  for (const part of ['Segue (MIT)', 'react-dom 19', 'better-sqlite3 13', '@duckdb/node-api 1.5', 'SQLite']) {
    expect(licences).toContain(part);
  }
});

test('nothing looks for newer versions, and a page that no browser opens is told with its address', async ({
  start,
}) => {
  const { app, words } = await start();
  expect(await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('updates') ?? null)).toBeNull();
  // What no browser could be opened for is told with its address.
  const told = await app.evaluate(async ({ dialog, Menu, shell }) => {
    shell.openExternal = () => Promise.reject(new Error('There is no browser'));
    const asked = new Promise<Electron.MessageBoxOptions>((resolve) => {
      dialog.showMessageBox = (async (...all: unknown[]) => {
        resolve(all.at(-1) as Electron.MessageBoxOptions);
        return { response: 0, checkboxChecked: false };
      }) as typeof dialog.showMessageBox;
    });
    const help = Menu.getApplicationMenu()?.items.find(({ role }) => role === 'help');
    help?.submenu?.items[0]?.click();
    const { message, detail } = await asked;
    return { message, detail };
  });
  const address = 'https://app.constantcontact.com/pages/dma/portal';
  const { title, advice } = words.explain({ code: 'app.no-browser', params: { address } });
  expect(told).toEqual({ message: title, detail: advice });
});
