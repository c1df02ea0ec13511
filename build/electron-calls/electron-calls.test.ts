import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { bannedIn } from './banned.ts';
import { readDeclarations } from './declarations.ts';
import { formatTable, notesIn, tableOf } from './table.ts';
import { readUses } from './uses.ts';

const projectRoot = path.resolve(import.meta.dirname, '..', '..');
const document = readFileSync(path.join(projectRoot, 'docs', 'electron-calls.md'), 'utf8');
const declarations = readDeclarations(projectRoot);
const uses = readUses(projectRoot, declarations);

describe('docs/electron-calls.md', () => {
  it('names every call, event and option of Electron that the app uses, and where Electron declares it', () => {
    // Out of step: node build/electron-calls/write.ts, then say in the new lines what they rely on.
    const whole = formatTable(uses, notesIn(document));
    const missing = whole.split('\n').filter((line) => !tableOf(document).split('\n').includes(line));
    const tooMany = tableOf(document)
      .split('\n')
      .filter((line) => !whole.split('\n').includes(line));
    expect({ missing, tooMany }).toEqual({ missing: [], tooMany: [] });
  });

  it('says of each what it relies on', () => {
    const notes = notesIn(document);
    expect(uses.map(({ what }) => what).filter((what) => (notes.get(what) ?? '').length < 12)).toEqual([]);
  });
});

it('finds what the app uses', () => {
  const names = uses.map(({ what }) => what);
  for (const known of [
    'app.whenReady',
    "'before-quit'",
    '.setProgressBar',
    '{ contextIsolation }',
    'new BrowserWindow',
  ]) {
    expect(names).toContain(known);
  }
  // What is imported from Electron exists there: an unknown name would throw when it is first used.
  expect(uses.filter(({ declared }) => declared.length === 0)).toEqual([]);
});

describe('what Electron has taken away, or will', () => {
  const sources = ['main', 'preload', 'renderer'].flatMap((folder) =>
    readdirSync(path.join(projectRoot, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name))
      .map((entry) => path.relative(projectRoot, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/')),
  );

  it('is not used', () => {
    expect(sources.length).toBeGreaterThan(100);
    const found = sources.flatMap((file) =>
      bannedIn(file, readFileSync(path.join(projectRoot, file), 'utf8')).map((why) => `${file}: ${why}`),
    );
    expect(found).toEqual([]);
  });

  it.each([
    ['main/a.ts', `import { BrowserView } from 'electron';`, 'BrowserView'],
    ['main/a.ts', `import { remote } from 'electron';`, 'remote'],
    ['main/a.ts', `import { safeStorage } from 'electron'; safeStorage.encryptString('x');`, 'encryptString'],
    [
      'main/a.ts',
      `import { safeStorage } from 'electron'; safeStorage.isEncryptionAvailable();`,
      'isEncryptionAvailable',
    ],
    [
      'main/a.ts',
      `import { protocol } from 'electron'; protocol.registerFileProtocol('x', y);`,
      'registerFileProtocol',
    ],
    ['main/a.ts', `import electron from 'electron'; electron.app.quit();`, 'named'],
    ['main/a.ts', `import { dialog } from 'electron'; const { showOpenDialog } = dialog;`, 'showOpenDialog'],
    ['main/a.ts', `import { app } from 'electron'; contents.on('crashed', f);`, 'crashed'],
    [
      'main/a.ts',
      `import { app } from 'electron'; contents.on('console-message', (e, level, text) => f());`,
      'console-message',
    ],
    ['main/a.ts', `import { session } from 'electron'; session.defaultSession.setPreloads([]);`, 'setPreloads'],
    ['main/a.ts', `import { clipboard } from 'electron'; clipboard.readHTML();`, 'readHTML'],
    ['preload/index.ts', `import { clipboard } from 'electron';`, 'clipboard'],
    ['preload/index.ts', `import { ipcRenderer } from 'electron'; ipcRenderer.sendSync('x');`, 'sendSync'],
    ['preload/index.ts', `import { ipcRenderer } from 'electron'; ipcRenderer.sendTo(1, 'x');`, 'sendTo'],
    ['renderer/a.tsx', `const f = (file: File) => (file as { path: string }).path; drop.files[0].path;`, 'path'],
    ['main/a.ts', `import path from 'node:path'; path.join(app.getPath('userData'), 'databases');`, 'databases'],
    ['main/a.ts', `import { fork } from 'node:child_process';`, 'fork'],
    ['main/a.ts', `import { app } from 'electron'; app.setLoginItemSettings({ openAsHidden: true });`, 'openAsHidden'],
    ['main/a.ts', `process.env.ELECTRON_RUN_AS_NODE = '1';`, 'ELECTRON_RUN_AS_NODE'],
  ])('is noticed in %s: %s', (file, source, word) => {
    expect(bannedIn(file, source).join('; ')).toContain(word);
  });

  it('is told from what is there to stay', () => {
    expect(
      bannedIn(
        'main/a.ts',
        `import { safeStorage, app } from 'electron'; import path from 'node:path';
         await safeStorage.encryptStringAsync('x'); contents.on('console-message', ({ level }) => f(level)); path.resolve('a');`,
      ),
    ).toEqual([]);
  });
});
