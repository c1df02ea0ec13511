import path from 'node:path';
import asar from '@electron/asar';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openArchive } from '../asar-archive.ts';
import { duckdbPackage, ownTarget, sqliteBinary } from '../targets.ts';
import { type AlteredPackage, alteredCopy } from '../testing/altered-package.ts';
import { packageUnderTest } from '../testing/package-under-test.ts';
import { checkPackage } from './check-package.ts';
import { fuseSentinel } from './fuse-wire.ts';
import { formatSizes, measure } from './size.ts';

let source: string;
let altered: AlteredPackage | null = null;

beforeAll(() => {
  source = packageUnderTest();
}, 240_000);

afterEach(() => {
  altered?.remove();
  altered = null;
});

/** What the checks say of a copy of the package after it has been altered. */
function after(alter: (copy: AlteredPackage) => void, release = false): string[] {
  altered = alteredCopy(source);
  alter(altered);
  return checkPackage(altered.folder, { release }).findings.map(({ check, what }) => `${check}: ${what}`);
}

const target = ownTarget();
const duckdb = `node_modules/${duckdbPackage(target)}`;
const natives = 'resources/app.asar.unpacked';

it('finds nothing to say against the package as it is made', () => {
  const { built, findings } = checkPackage(source, { release: false });
  expect(findings).toEqual([]);
  expect(built.target).toEqual(target);
  const sizes = measure(built);
  expect(sizes.reduce((sum, { bytes }) => sum + bytes, 0)).toBeGreaterThan(70e6);
  expect(formatSizes(sizes)).toMatch(/DuckDB +\d+\.\d MB {2}of 75 MB/);
});

it("reads the archive as Electron's own tool reads it", () => {
  const file = path.join(source, 'resources', 'app.asar');
  const archive = openArchive(file);
  const theirs = asar.listPackage(file, { isPack: false }).filter((name) => {
    const entry = asar.statFile(file, name.slice(1), false);
    return !('files' in entry);
  });
  expect([...archive.files.keys()].sort()).toEqual(theirs.map((name) => name.slice(1)).sort());
  expect(archive.read('package.json')).toEqual(asar.extractFile(file, 'package.json'));
});

// Each check is seen to object once, to just what is wrong.
describe.runIf(target.system === 'linux')('objects when', () => {
  it('a native library is missing', () => {
    const found = after((copy) => copy.take(`${natives}/${duckdb}/libduckdb.so`));
    expect(found).toEqual([`natives: ${duckdb}/libduckdb.so is missing`]);
  });

  it('a native file is another system’s', () => {
    const name = `node_modules/better-sqlite3/prebuilds/${sqliteBinary(target)}`;
    const found = after((copy) => {
      const windows = Buffer.alloc(512);
      windows.write('MZ');
      windows.writeUInt32LE(128, 60);
      windows.write('PE\0\0', 128, 'latin1');
      windows.writeUInt16LE(0x8664, 132);
      copy.put(`${natives}/${name}`, windows);
    });
    expect(found).toContain(`natives: ${name} is for win x64, not for linux ${target.processor}`);
    expect(found).toContain(`integrity: ${name} is not what its hash says`);
  });

  it('a native file is inside the archive, or one too many outside', () => {
    const found = after((copy) => {
      copy.repack((files) => files.set('node_modules/better-sqlite3/prebuilds/other.node', Buffer.from('x')));
      copy.put(`${natives}/node_modules/better-sqlite3/prebuilds/win32-x64.node`, 'x');
    });
    expect(found.filter((line) => line.startsWith('natives'))).toEqual([
      'natives: node_modules/better-sqlite3/prebuilds/other.node is inside app.asar, from where it cannot be loaded',
      'natives: app.asar.unpacked holds win32-x64.node, which nothing checks',
    ]);
  });

  it('a fuse is wrong, or there are none', () => {
    const flipped = after((copy) => {
      const bytes = Buffer.from(copy.read('segue'));
      bytes.write('1', bytes.indexOf(fuseSentinel) + fuseSentinel.length + 2 + 3);
      copy.put('segue', bytes);
    });
    expect(flipped).toEqual(['fuses: EnableNodeCliInspectArguments is on, not off']);
    altered?.remove();
    expect(after((copy) => copy.put('segue', '#!/bin/sh\n'))).toEqual(['fuses: there are no fuses in it']);
  });

  it('a source map, a test, a source or an unknown file is shipped', () => {
    const found = after((copy) => {
      copy.repack((files) => {
        files.set('out/main/index.cjs.map', Buffer.from('{}'));
        files.set('main/run.test.ts', Buffer.from(''));
        files.set('main/index.ts', Buffer.from(''));
        files.set('node_modules/left-pad/index.js', Buffer.from(''));
      });
      copy.put('notes.md', 'x');
    });
    expect(found).toEqual([
      'contents: app.asar holds node_modules/left-pad/index.js, of a package that is not shipped',
      'contents: app.asar holds out/main/index.cjs.map, a source map',
      'contents: app.asar holds main/run.test.ts, a test',
      'contents: app.asar holds main/index.ts, a source',
      'contents: the folder holds notes.md, which nobody expects',
    ]);
  });

  it('the stand-in or the pinned Node is left in', () => {
    const found = after((copy) => {
      copy.repack((files) => files.set('build/electron-stand-in/start.ts', Buffer.from('')));
      copy.put('resources/build/node/package.json', '{}');
      copy.put('resources/note.txt', 'see build/electron-stand-in');
    });
    expect(found).toEqual([
      'contents: app.asar holds build/electron-stand-in/start.ts, the stand-in for Electron',
      'contents: the folder holds resources/build/node/package.json, the pinned Node',
      'contents: the folder holds resources/note.txt, which nobody expects',
      'leftovers: resources/note.txt speaks of the stand-in for Electron',
    ]);
  });

  it('a package for people has the stand-in in the runtime’s place', () => {
    const { built, findings } = checkPackage(source, { release: true });
    expect(findings).toEqual(
      built.standIn ? [{ check: 'leftovers', what: expect.stringContaining('the stand-in for Electron') }] : [],
    );
  });

  it('a page of the archive is missing', () => {
    const found = after((copy) => copy.repack((files) => files.delete('out/main/run-worker.cjs')));
    expect(found).toEqual(['contents: app.asar lacks out/main/run-worker.cjs']);
  });

  it.each([
    ["require('fs')", 'requires fs'],
    ["require('./chunk.cjs')", 'requires ./chunk.cjs'],
    ['require(process.argv[0])', 'requires something it computes'],
    ['const ask = require; ask("fs")', 'uses require other than by calling it'],
    ['import("url")', 'imports something while it runs'],
    ['__dirname', 'uses __dirname, which is not there'],
  ])('the preload says %s', (code, complaint) => {
    const found = after((copy) =>
      copy.repack((files) => {
        const preload = files.get('out/preload/index.cjs') ?? Buffer.alloc(0);
        files.set('out/preload/index.cjs', Buffer.concat([preload, Buffer.from(`\n;${code};`)]));
      }),
    );
    expect(found).toEqual([`preload: out/preload/index.cjs ${complaint}`]);
  });

  it('the preload is a module, or has a file beside it', () => {
    const found = after((copy) =>
      copy.repack((files) => {
        files.set('out/preload/index.cjs', Buffer.from("import { contextBridge } from 'electron';"));
        files.set('out/preload/chunk.cjs', Buffer.from(''));
      }),
    );
    expect(found[1]).toBe('preload: out/preload/chunk.cjs: a preload can load no file beside it');
    expect(found[2]).toMatch(/^preload: out\/preload\/index\.cjs is no CommonJS script/);
  });

  it('a file of the archive was altered after packing', () => {
    const found = after((copy) => {
      const bytes = Buffer.from(copy.read('resources/app.asar'));
      const file = openArchive(path.join(copy.folder, 'resources', 'app.asar')).files.get('out/renderer/index.html');
      bytes.write('X', file?.offset ?? 0);
      copy.put('resources/app.asar', bytes);
    });
    expect(found).toEqual(['integrity: out/renderer/index.html is not what its hash says']);
  });

  it('the app calls itself by another name', () => {
    const found = after((copy) =>
      copy.repack((files) => {
        const manifest = JSON.parse(files.get('package.json')?.toString() ?? '{}') as Record<string, unknown>;
        const changed = { ...manifest, productName: 'Segue Next', scripts: { postinstall: 'x' } };
        files.set('package.json', Buffer.from(JSON.stringify(changed)));
      }),
    );
    expect(found).toEqual([
      "identity: package.json's productName is Segue Next, not Segue",
      'identity: package.json still has its scripts',
    ]);
  });

  it('a bundle holds a path of the computer that built it, or points to a map', () => {
    const found = after((copy) =>
      copy.repack((files) => {
        const here = path.resolve(import.meta.dirname, '..', '..', '..', 'main');
        files.set('out/main/chunks/a.cjs', Buffer.from(`'${here}'\n//# sourceMappingURL=a.map`));
      }),
    );
    expect(found).toEqual([
      'leftovers: out/main/chunks/a.cjs points to a source map',
      'leftovers: out/main/chunks/a.cjs holds a path of the computer that built it',
    ]);
  });

  it('a licence is missing', () => {
    const found = after((copy) => {
      const text = copy.read('resources/licences.txt').toString();
      copy.put('resources/licences.txt', text.replace('react-dom 19', 'react-dim 19'));
      copy.take('LICENSE.electron.txt');
    });
    expect(found).toEqual([
      expect.stringMatching(/^licences: licences\.txt has nothing of react-dom \d/),
      'licences: LICENSE.electron.txt is missing',
    ]);
  });

  it('our code grew beyond its budget', () => {
    const found = after((copy) =>
      copy.repack((files) => files.set('out/main/chunks/big.cjs', Buffer.alloc(7_000_000, 32))),
    );
    expect(found).toEqual([expect.stringMatching(/^size: our code in app\.asar: \d+\.\d MB, budget 6 MB$/)]);
  });
});
