import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { _electron } from 'playwright/test';
import { afterEach, describe, expect, test } from 'vitest';
import { type Fixture, fixtureApp, launchFixture, standInEnv, standInFolder } from './launch-fixture.ts';
import { isProcessAlive } from './system.ts';

const open: Fixture[] = [];
const folders: string[] = [];

async function launch(...args: Parameters<typeof launchFixture>): Promise<Fixture> {
  const fixture = await launchFixture(...args);
  open.push(fixture);
  return fixture;
}

function newFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'stand-in-test-'));
  folders.push(folder);
  return folder;
}

/** Runs the stand-in without Playwright; resolves with its exit code and what it printed. */
async function run(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(path.join(standInFolder, 'electron'), args, { env: standInEnv(env) });
  return { child, ...(await outcome(child)) };
}

async function outcome(child: ChildProcess): Promise<{ code: number | null; out: string; err: string }> {
  const text = { out: '', err: '' };
  child.stdout?.on('data', (chunk: Buffer) => {
    text.out += chunk.toString('utf8');
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    text.err += chunk.toString('utf8');
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, ...text };
}

/** An app of one file, in a folder of its own. */
function writeApp(main: string, name = 'main.cjs'): string {
  const folder = newFolder();
  writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ name: 'tiny', version: '0.0.1', main: name }));
  writeFileSync(path.join(folder, name), main);
  return folder;
}

afterEach(async () => {
  for (const fixture of open.splice(0)) await fixture.end().catch(() => undefined);
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

describe('a preload that asks for more than a sandbox gives', () => {
  test.each([
    [`require('node:fs');`, 'module not found: node:fs'],
    [`import fs from 'node:fs';`, 'Cannot use import statement outside a module'],
    [null, 'ENOENT'],
  ])('%s', async (source, message) => {
    const file = path.join(newFolder(), 'preload.cjs');
    if (source !== null) writeFileSync(file, source);
    const { app, page } = await launch({ FIXTURE_PRELOAD: file });
    const errors = () =>
      app.evaluate(() => (globalThis as unknown as { preloadErrors: { message: string }[] }).preloadErrors);
    await expect.poll(errors).toHaveLength(1);
    expect((await errors())[0]?.message).toContain(message);
    expect(await page.evaluate('typeof fixture')).toBe('undefined');
  });
});

test('a result that cannot be cloned ends the IPC of the page until it is loaded anew', async () => {
  const { app, page } = await launch();
  const outcome = (channel: string, limitMs: number) =>
    page.evaluate(`Promise.race([fixture.invoke('${channel}').then(() => 'settled', () => 'settled'),
      new Promise((done) => setTimeout(done, ${limitMs}, 'pending'))])`);
  expect(await outcome('echo', 20_000)).toBe('settled');
  expect(await outcome('uncloneable', 300)).toBe('pending');
  expect(await outcome('echo', 300)).toBe('pending');
  const loaded = page.waitForEvent('load');
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.reload());
  await loaded;
  expect(await outcome('echo', 20_000)).toBe('settled');
});

describe('quitting', () => {
  test('keeps Electron’s order of events and removes what Chromium left', async () => {
    const { app, profile } = await launch();
    const log = path.join(profile, 'order.txt');
    await app.evaluate(({ app: electronApp, BrowserWindow }, file) => {
      const { appendFileSync } = process.getBuiltinModule('node:fs');
      const note = (name: string) => () => appendFileSync(file, `${name} `);
      for (const name of ['before-quit', 'window-all-closed', 'will-quit', 'quit'] as const) {
        electronApp.on(name as 'will-quit', note(name));
      }
      const [window] = BrowserWindow.getAllWindows();
      window?.on('close', note('close'));
      window?.on('closed', note('closed'));
    }, log);
    const pid = app.process().pid ?? 0;
    await app.close();
    expect(readFileSync(log, 'utf8').trim()).toBe('before-quit close closed will-quit quit');
    expect(readdirSync(os.tmpdir()).filter((name) => name.startsWith(`electron-stand-in-${pid}-`))).toEqual([]);
  });

  test('stops at before-quit, at a window that stays, and at a page that objects', async () => {
    const { app, page } = await launch();
    const countAfterQuit = () =>
      app.evaluate(async ({ app: electronApp, BrowserWindow }) => {
        electronApp.quit();
        await new Promise((done) => setTimeout(done, 100));
        return BrowserWindow.getAllWindows().length;
      });
    await app.evaluate(({ app: electronApp }) => electronApp.once('before-quit', (event) => event.preventDefault()));
    expect(await countAfterQuit()).toBe(1);
    await app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.once('close', (event) => event.preventDefault()),
    );
    expect(await countAfterQuit()).toBe(1);
    await page.evaluate(`(window.onbeforeunload = () => 'stay', 1)`);
    expect(await countAfterQuit()).toBe(1);
    await page.evaluate('(window.onbeforeunload = null, 1)');
  });

  test('closing the last window tells the app', async () => {
    const { app, page } = await launch();
    const ended = once(app.process(), 'exit');
    await page.close();
    expect(await ended).toEqual([0, null]);
  });

  test('a killed app takes Chromium with it', async () => {
    const { app } = await launch();
    const pid = app.process().pid ?? 0;
    const profile = readdirSync(os.tmpdir()).find((name) => name.startsWith(`electron-stand-in-${pid}-`)) ?? '';
    const lock = path.join(os.tmpdir(), profile, 'SingletonLock');
    const browser = Number(
      /(\d+)$/.exec(await import('node:fs/promises').then((fs) => fs.readlink(lock)).catch(() => '0'))?.[1],
    );
    expect(isProcessAlive(browser)).toBe(true);
    process.kill(pid, 'SIGKILL');
    await expect.poll(() => isProcessAlive(browser), { timeout: 10_000 }).toBe(false);
  });
});

describe('starting', () => {
  test('the version of Electron it stands for', async () => {
    const { out } = await run(['--version']);
    expect(out.trim()).toBe('v45.4.1');
  });

  test('Playwright with executablePath, so without its loader', async () => {
    const profile = newFolder();
    const app = await _electron.launch({
      executablePath: path.join(standInFolder, 'electron'),
      args: [`--user-data-dir=${profile}`, '--lang=fr', fixtureApp],
      env: standInEnv(),
    });
    const page = await app.firstWindow();
    await page.locator('h1').waitFor();
    expect(
      await app.evaluate(({ app: electronApp }) => [electronApp.getPath('userData'), electronApp.getLocale()]),
    ).toEqual([profile, 'fr']);
    expect(await page.evaluate('navigator.language')).toBe('fr');
    await app.close();
  });

  test('without a window it needs no Chromium, and says nothing of its own', async () => {
    const app = writeApp(`const { app } = require('electron');
      app.whenReady().then(() => { console.log(app.getName(), app.isReady(), process.type); app.exit(3); });`);
    const { code, out, err } = await run([app], { SEGUE_CHROMIUM: '/nonexistent' });
    expect({ code, out, err }).toEqual({ code: 3, out: 'tiny true browser\n', err: '' });
  });

  test('an app written as a module', async () => {
    const app = writeApp(
      `import { app } from 'electron'; import electron from 'electron'; await Promise.resolve();
       console.log(app.isReady(), electron.app === app); app.whenReady().then(() => app.quit());`,
      'main.mjs',
    );
    expect(await run([app])).toMatchObject({ code: 0, out: 'false true\n' });
  });

  test('an app that asks for what is not there ends with its name', async () => {
    const app = writeApp(`require('electron').app.dock.show();`);
    const { code, err } = await run([app]);
    expect(code).toBe(1);
    expect(err).toContain('the Electron stand-in has no app.dock');
  });

  test('what must come after ready is refused before', async () => {
    const app = writeApp(`const { app, BrowserWindow, session } = require('electron');
      for (const early of [() => new BrowserWindow(), () => session.defaultSession]) {
        try { early(); } catch (error) { console.log(error.message); } }
      app.exit(0);`);
    const { out } = await run([app]);
    expect(out).toBe(
      'Cannot create BrowserWindow before app is ready\nSession can only be received when app is ready\n',
    );
  });
});

describe('a second start', () => {
  const second = `const { app } = require('electron');
    const first = app.requestSingleInstanceLock({ wants: 'window', n: 1 });
    console.log(first);
    if (!first) app.exit(0);
    app.on('second-instance', (_event, argv, folder, data) => {
      console.log(JSON.stringify([argv.at(-1), folder === process.cwd(), data])); app.quit(); });`;

  test('on the same folder leaves its wish with the first and is refused at once', async () => {
    const app = writeApp(second);
    const flag = `--user-data-dir=${newFolder()}`;
    const first = spawn(path.join(standInFolder, 'electron'), [flag, app], { env: standInEnv() });
    const ended = outcome(first);
    await once(first.stdout, 'data');
    expect(await run([flag, app, 'hello'])).toMatchObject({ code: 0, out: 'false\n' });
    expect((await ended).out).toContain('["hello",true,{"wants":"window","n":1}]');
  });

  test('takes over from one that was killed', async () => {
    const app = writeApp(second);
    const profile = newFolder();
    const first = spawn(path.join(standInFolder, 'electron'), [`--user-data-dir=${profile}`, app], {
      env: standInEnv(),
    });
    await once(first.stdout, 'data');
    first.kill('SIGKILL');
    await once(first, 'exit');
    const next = spawn(path.join(standInFolder, 'electron'), [`--user-data-dir=${profile}`, app], {
      env: standInEnv(),
    });
    const [said] = (await once(next.stdout, 'data')) as [Buffer];
    next.kill('SIGTERM');
    await once(next, 'exit');
    expect(said.toString('utf8')).toBe('true\n');
  });
});

describe('modules', () => {
  test('safeStorage keeps a secret under a key of the profile', async () => {
    const { app, profile } = await launch();
    const result = await app.evaluate(async ({ safeStorage }) => {
      const cipher = await safeStorage.encryptStringAsync('töken');
      const again = await safeStorage.decryptStringAsync(cipher);
      const broken = Buffer.from(cipher);
      broken[broken.length - 1] = (broken.at(-1) ?? 0) ^ 1;
      const failure = await safeStorage.decryptStringAsync(broken).catch((error: Error) => error.message);
      return {
        again,
        hidden: !cipher.includes('töken'),
        failure,
        backend: safeStorage.getSelectedStorageBackend(),
        available: await safeStorage.isAsyncEncryptionAvailable(),
      };
    });
    expect(result).toEqual({
      again: { result: 'töken', shouldReEncrypt: false },
      hidden: true,
      failure: expect.stringContaining('Error while decrypting'),
      backend: 'gnome_libsecret',
      available: true,
    });
    expect(statSync(path.join(profile, 'stand-in-safe-storage.key')).mode & 0o777).toBe(0o600);
  });

  test('safeStorage reports a weak store when a test asks for one', async () => {
    const { app } = await launch({ SEGUE_STAND_IN_PASSWORD_STORE: 'basic_text' });
    expect(await app.evaluate(({ safeStorage }) => safeStorage.getSelectedStorageBackend())).toBe('basic_text');
  });

  test('a utility process talks, writes and ends', async () => {
    const { app } = await launch();
    const result = await app.evaluate(
      async ({ utilityProcess }, entry) => {
        const { once: next } = process.getBuiltinModule('node:events');
        const child = utilityProcess.fork(entry, ['--flag'], { stdio: 'pipe', serviceName: 'test' });
        child.postMessage({ n: new Map([[1, 'a']]) });
        const text = child.stdout === null ? [] : await next(child.stdout, 'data');
        const [answer] = (await next(child, 'message')) as [{ data: { n: Map<number, string> } }];
        child.postMessage('leave');
        const [code] = await next(child, 'exit');
        return { ...answer, data: answer.data.n.get(1), text: String(text[0]), code, pid: child.pid };
      },
      path.join(fixtureApp, 'utility.cjs'),
    );
    expect(result).toEqual({
      data: 'a',
      ports: 0,
      type: 'utility',
      lacking: 'the Electron stand-in has no electron (in a utility process).app',
      args: ['--flag'],
      text: 'heard\n',
      code: 7,
      pid: undefined,
    });
  });

  test('dialogs count as closed, and are replaced as tests replace Electron’s', async () => {
    const { app } = await launch();
    const result = await app.evaluate(async ({ dialog }) => {
      const closed = [
        await dialog.showOpenDialog({ properties: ['openFile'] }),
        await dialog.showSaveDialog({}),
        await dialog.showMessageBox({ message: 'Sure?', buttons: ['Oui', 'Non'], cancelId: 1 }),
      ];
      dialog.showOpenDialog = async () => ({ canceled: false, filePaths: ['/x'] });
      return [...closed, await dialog.showOpenDialog({})];
    });
    expect(result).toEqual([
      { canceled: true, filePaths: [] },
      { canceled: true, filePath: '' },
      { response: 1, checkboxChecked: false },
      { canceled: false, filePaths: ['/x'] },
    ]);
  });

  test('a menu’s items are clicked, and its roles act on the window', async () => {
    const { app } = await launch();
    const result = await app.evaluate(({ Menu, BrowserWindow }) => {
      const clicked: unknown[] = [];
      const menu = Menu.buildFromTemplate([
        {
          label: 'File',
          submenu: [
            {
              id: 'open',
              label: 'Open…',
              accelerator: 'CmdOrCtrl+O',
              click: (item, window) => clicked.push(item.label, window?.id),
            },
          ],
        },
        { role: 'viewMenu' },
        { role: 'zoomIn', id: 'zoom' },
      ]);
      Menu.setApplicationMenu(menu);
      menu.getMenuItemById('open')?.click();
      menu.getMenuItemById('zoom')?.click();
      const [window] = BrowserWindow.getAllWindows();
      return [clicked, window?.id, window?.webContents.getZoomLevel(), menu.items[1]?.submenu?.items.length];
    });
    const [clicked, id, zoom, items] = result as [unknown[], number, number, number];
    expect(clicked).toEqual(['Open…', id]);
    expect(zoom).toBe(0.5);
    expect(items).toBeGreaterThan(5);
  });

  test('keys the page leaves alone reach the menu where a person could press them', async () => {
    const { app, page } = await launch({ SEGUE_STAND_IN_ACCELERATORS: '1' });
    await app.evaluate(({ Menu }) => {
      Object.assign(globalThis, { presses: 0 });
      const click = () => {
        (globalThis as unknown as { presses: number }).presses += 1;
      };
      Menu.setApplicationMenu(Menu.buildFromTemplate([{ label: 'Go', accelerator: 'Ctrl+Shift+E', click }]));
    });
    await page.keyboard.press('Control+Shift+KeyE');
    await expect.poll(() => app.evaluate(() => (globalThis as unknown as { presses: number }).presses)).toBe(1);
  });

  test('permissions are asked for when they are wanted', async () => {
    const { app, page } = await launch();
    await app.evaluate(({ session }) => {
      const asked: string[] = [];
      Object.assign(globalThis, { asked });
      session.defaultSession.setPermissionRequestHandler((_contents, permission, answer) => {
        asked.push(permission);
        answer(permission === 'clipboard-sanitized-write');
      });
    });
    const write = `navigator.clipboard.writeText('x').then(() => 'written', (e) => e.name)`;
    const read = `navigator.clipboard.readText().then(() => 'read', (e) => e.name)`;
    await page.bringToFront();
    expect(await page.evaluate(write)).toBe('written');
    expect(await page.evaluate(read)).toBe('NotAllowedError');
    expect(await app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked)).toEqual([
      'clipboard-sanitized-write',
      'clipboard-read',
    ]);
  });

  test('a page that crashed is reported and comes back', async () => {
    const { app } = await launch();
    const reason = await app.evaluate(async ({ BrowserWindow }) => {
      const { once: next } = process.getBuiltinModule('node:events');
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      if (contents === undefined) return [];
      const gone = next(contents, 'render-process-gone');
      contents.forcefullyCrashRenderer();
      const [, details] = (await gone) as [unknown, { reason: string }];
      const loaded = next(contents, 'did-finish-load');
      contents.reload();
      await loaded;
      return [details.reason, await contents.executeJavaScript(`document.querySelector('h1').textContent`)];
    });
    expect(reason).toEqual(['crashed', 'Fixture']);
  });
});
