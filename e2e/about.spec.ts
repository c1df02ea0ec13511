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

test('nothing looks for newer versions, and no page of them is offered where the package knows of none', async ({
  start,
}) => {
  const { app } = await start();
  expect(await app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('updates') ?? null)).toBeNull();
});
