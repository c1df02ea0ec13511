import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dropFiles } from '../../e2e/fixtures/drop-files.ts';
import { type Fixture, launchFixture } from './launch-fixture.ts';

let fixture: Fixture;

/** Runs in the page. The bridge is the fixture app's own. */
const inPage = <T>(expression: string): Promise<T> => fixture.page.evaluate(expression) as Promise<T>;

beforeAll(async () => {
  fixture = await launchFixture();
});
afterAll(() => fixture.end());

describe('the window', () => {
  test('has the size that was asked for, and so has its picture', async () => {
    expect(await inPage('[innerWidth, innerHeight]')).toEqual([900, 640]);
    const png = await fixture.page.screenshot();
    expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([900, 640]);
    const captured = await fixture.app.evaluate(async ({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows();
      return (await window?.webContents.capturePage())?.getSize();
    });
    expect(captured).toEqual({ width: 900, height: 640 });
  });

  test('is resized by the app', async () => {
    await fixture.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(1000, 700));
    await expect.poll(() => inPage('[innerWidth, innerHeight]')).toEqual([1000, 700]);
  });

  test('follows nativeTheme', async () => {
    const dark = () => inPage<boolean>(`matchMedia('(prefers-color-scheme: dark)').matches`);
    expect(await dark()).toBe(false);
    await fixture.app.evaluate(({ nativeTheme }) => {
      nativeTheme.themeSource = 'dark';
    });
    await expect.poll(dark).toBe(true);
    await fixture.app.evaluate(({ nativeTheme }) => {
      nativeTheme.themeSource = 'system';
    });
    await expect.poll(dark).toBe(false);
  });

  test('belongs to Playwright’s page', async () => {
    const window = await fixture.app.browserWindow(fixture.page);
    expect(await window.evaluate((found) => found.webContents.getURL())).toBe('app://fixture/index.html');
  });
});

describe('what the page sees', () => {
  test('a secure context, and nothing of the machinery', async () => {
    expect(await inPage('isSecureContext')).toBe(true);
    const foreign = `(() => { const frame = document.body.appendChild(document.createElement('iframe'));
      const usual = new Set(Object.getOwnPropertyNames(frame.contentWindow)); frame.remove();
      return Object.getOwnPropertyNames(window).filter((name) => !usual.has(name)); })()`;
    // Playwright's own names apart, only the bridge is there.
    expect((await inPage<string[]>(foreign)).filter((name) => !/^(__pw|__playwright)/.test(name))).toEqual(['fixture']);
    expect(await inPage('[typeof require, typeof process, typeof module, typeof Buffer]')).toEqual(
      Array(4).fill('undefined'),
    );
  });

  test('the app’s content security policy', async () => {
    const violated = `new Promise((done) => { addEventListener('securitypolicyviolation', (e) => done(e.violatedDirective));
      const s = document.createElement('script'); s.textContent = '1'; document.head.append(s); })`;
    expect(await inPage(violated)).toBe('script-src-elem');
  });

  test('a bridge that is frozen, without prototypes, and cannot be replaced', async () => {
    expect(await inPage('Object.isFrozen(fixture) && Object.isFrozen(fixture.nested.list[1])')).toBe(true);
    expect(await inPage('fixture.nested.at instanceof Date && fixture.nested.at.getTime()')).toBe(7);
    expect(
      await inPage(`(() => { 'use strict'; try { window.fixture = 1; return 'set'; } catch { return 'kept'; } })()`),
    ).toBe('kept');
    expect(await inPage('fixture.invoke === fixture.invoke')).toBe(true);
  });

  test('errors of the bridge with their message only', async () => {
    const caught = (call: string) =>
      inPage(
        `(() => { try { ${call} } catch (e) { return [e.constructor === Error, e.name, e.message, e.code]; } })()`,
      );
    expect(await caught('fixture.throwError()')).toEqual([true, 'Error', 'only this', undefined]);
    expect(((await caught('fixture.throwText()')) as string[])[2]).toMatch(/^An unknown exception occurred/);
    expect(((await caught('fixture.invoke("echo", Symbol("x"))')) as string[])[2]).toBe(
      'An object could not be cloned.',
    );
    expect(((await caught('fixture.invoke("echo", new DataTransfer().files)')) as string[])[2]).toBe(
      'An object could not be cloned.',
    );
  });

  test('null from window.open, and links that open nothing', async () => {
    await fixture.app.evaluate(({ BrowserWindow }) => {
      const seen: string[] = [];
      Object.assign(globalThis, { seen });
      BrowserWindow.getAllWindows()[0]?.webContents.setWindowOpenHandler(({ url }) => {
        seen.push(url);
        return { action: 'deny' };
      });
    });
    expect(await inPage(`window.open('https://example.com/x')`)).toBe(null);
    await inPage(`(() => { const a = document.createElement('a'); a.href = '/other'; a.target = '_blank';
      document.body.append(a); a.click(); a.remove(); })()`);
    const seen = () => fixture.app.evaluate(() => (globalThis as unknown as { seen: string[] }).seen);
    await expect.poll(seen).toEqual(['https://example.com/x', 'app://fixture/other']);
    expect(fixture.app.windows()).toHaveLength(1);
  });
});

describe('IPC', () => {
  test('carries rich values both ways', async () => {
    const result = `fixture.invokeRich().then(([list]) => [list[0].get(1).has('a'), list[1].getTime(), String(list[2]),
      list[3] === undefined && 3 in list, Number.isNaN(list[4]), Object.is(list[5], -0), list[6].source, list[7].length])`;
    expect(await inPage(result)).toEqual([true, 5, '10', true, true, true, 'x', 2]);
  });

  test.each(['function', 'promise', 'symbol', 'weakMap', 'proxy', 'blob', 'file', 'element'])(
    'refuses a %s in the caller',
    async (kind) => {
      const call = `fixture.invokeUncloneable('${kind}').then(() => 'sent', (e) => e.message)`;
      expect(await inPage(call)).toBe('An object could not be cloned.');
    },
  );

  test('tells the sender by the app’s own scheme', async () => {
    expect(await inPage(`fixture.invoke('sender')`)).toEqual({ url: 'app://fixture/index.html', top: true });
    await inPage(`history.pushState(null, '', '/index.html#runs')`);
    expect(await inPage(`fixture.invoke('sender')`)).toEqual({ url: 'app://fixture/index.html#runs', top: true });
  });

  test('turns an error of a handler into plain words', async () => {
    const caught = (channel: string) =>
      inPage(`fixture.invoke('${channel}').catch((e) => [e.constructor === Error, e.message, e.code])`);
    expect(await caught('fail')).toEqual([
      true,
      "Error invoking remote method 'fail': TypeError: not today",
      undefined,
    ]);
    expect(await caught('absent')).toEqual([
      true,
      "Error invoking remote method 'absent': Error: No handler registered for 'absent'",
      undefined,
    ]);
    expect(fixture.stderr()).toContain("Error occurred in handler for 'fail':");
  });

  test('lets a channel have one handler only', async () => {
    const message = await fixture.app.evaluate(({ ipcMain }) => {
      try {
        ipcMain.handle('echo', () => 1);
        return null;
      } catch (error) {
        return (error as Error).message;
      }
    });
    expect(message).toBe("Attempted to register a second handler for 'echo'");
  });

  test('delivers webContents.send to those who listen now', async () => {
    await inPage('(window.heard = [], window.off = fixture.onTick((n) => heard.push(n)), 1)');
    const tick = (n: number) =>
      fixture.app.evaluate(
        ({ BrowserWindow }, value) => BrowserWindow.getAllWindows()[0]?.webContents.send('tick', value),
        n,
      );
    await tick(1);
    await tick(2);
    await expect.poll(() => inPage('heard')).toEqual([1, 2]);
    await inPage('(off(), 1)');
    await tick(3);
    await inPage(`fixture.invoke('echo')`);
    expect(await inPage('heard')).toEqual([1, 2]);
  });
});

describe('files', () => {
  test('a dropped file arrives in the main process with its path, wherever in the arguments', async () => {
    const file = path.join(fixture.profile, 'péople "1".csv');
    writeFileSync(file, 'email\na@example.com\n');
    await dropFiles(fixture.page, '#drop', [file]);
    await expect.poll(() => fixture.page.locator('#out').textContent()).toBe(file);
  });

  test('a file chosen in an input has its path too', async () => {
    const file = path.join(fixture.profile, 'chosen.csv');
    writeFileSync(file, 'email\n');
    await inPage(
      `(() => { const i = document.createElement('input'); i.type = 'file'; i.id = 'choose'; document.body.append(i); })()`,
    );
    await fixture.page.locator('#choose').setInputFiles(file);
    expect(await inPage(`fixture.pathOf(document.querySelector('#choose').files[0])`)).toBe(file);
  });

  test('a file made by script has none, and what is no file is refused', async () => {
    expect(await inPage(`fixture.isPathEmpty(new File(['x'], 'x.csv'))`)).toBe(true);
    expect(await inPage(`fixture.pathOf(new File(['x'], 'x.csv'))`)).toBe('');
    expect(await inPage(`(() => { try { fixture.pathOfWrong(); } catch (e) { return e.message; } })()`)).toMatch(
      /getPathForFile/,
    );
  });
});

describe('a menu', () => {
  test('is asked of the app by mouse and by keyboard, with what can be done there', async () => {
    await inPage(`document.body.insertAdjacentHTML('beforeend',
      '<input id="field" value="Ada"><input id="secret" type="password" value="x"><p id="closed">text</p>')`);
    await inPage(
      `document.querySelector('#closed').addEventListener('contextmenu', (event) => event.preventDefault())`,
    );
    await fixture.app.evaluate(({ BrowserWindow }) => {
      const asked: Electron.ContextMenuParams[] = [];
      Object.assign(globalThis, { asked });
      BrowserWindow.getAllWindows()[0]?.webContents.on('context-menu', (_event, params) => asked.push(params));
    });
    const asked = () =>
      fixture.app.evaluate(() =>
        (globalThis as unknown as { asked: Electron.ContextMenuParams[] }).asked.map((params) => ({
          by: params.menuSourceType,
          text: params.selectionText,
          editable: params.isEditable,
          can: Object.entries(params.editFlags).flatMap(([flag, can]) => (can && !/Undo|Redo/.test(flag) ? flag : [])),
        })),
      );
    await fixture.page.click('#closed', { button: 'right' });
    await fixture.page.focus('#field');
    await fixture.page.keyboard.press('ControlOrMeta+a');
    await fixture.page.keyboard.press('Shift+F10');
    await expect.poll(asked).toHaveLength(1);
    await fixture.page.dblclick('#secret');
    await fixture.page.click('#secret', { button: 'right' });
    await expect.poll(asked).toHaveLength(2);
    await fixture.page.click('h1', { button: 'right' });
    await expect.poll(asked).toHaveLength(3);
    const [field, secret, heading] = await asked();
    expect(field).toEqual({
      by: 'keyboard',
      text: 'Ada',
      editable: true,
      can: ['canCut', 'canCopy', 'canPaste', 'canDelete', 'canSelectAll'],
    });
    expect(secret).toMatchObject({
      by: 'mouse',
      editable: true,
      can: expect.not.arrayContaining(['canCut', 'canCopy']),
    });
    expect(heading).toMatchObject({ by: 'mouse', editable: false });
  });
});

describe('navigation', () => {
  test('is asked about, and stays where it is when prevented', async () => {
    await fixture.app.evaluate(({ BrowserWindow }) => {
      const asked: string[] = [];
      Object.assign(globalThis, { asked });
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      contents?.on('will-navigate', (event) => {
        asked.push(event.url);
        event.preventDefault();
      });
    });
    const asked = () => fixture.app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
    await inPage(`(() => { location.href = 'https://example.com/'; })()`);
    await expect.poll(asked).toEqual(['https://example.com/']);
    await inPage(`(() => { location.href = '/elsewhere'; })()`);
    await expect.poll(asked).toEqual(['https://example.com/', 'app://fixture/elsewhere']);
    await inPage(`(() => { location.href = 'app://fixture/third'; })()`);
    await expect.poll(asked).toHaveLength(3);
    expect(await inPage('location.pathname')).toBe('/index.html');
    await fixture.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.removeAllListeners('will-navigate'),
    );
  });

  test('fails as Electron fails when the app’s handler does not answer', async () => {
    const outcome = await fixture.app.evaluate(async ({ BrowserWindow, protocol }) => {
      protocol.unhandle('app');
      protocol.handle('app', () => null as unknown as Response);
      const window = new BrowserWindow({ width: 300, height: 200 });
      const error = await window
        .loadURL('app://fixture/')
        .catch((reason: unknown) => reason as Error & { code: string });
      window.destroy();
      return error instanceof Error ? [error.message, error.code] : [];
    });
    expect(outcome).toEqual(["ERR_UNEXPECTED (-9) loading 'app://fixture/'", 'ERR_UNEXPECTED']);
  });
});
