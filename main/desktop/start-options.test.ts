import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { filesOfMessage, readStartOptions } from './start-options.ts';

const at = path.resolve('/work');
const asApp = { defaultApp: true };
const packaged = { defaultApp: false };

describe('readStartOptions', () => {
  it('starts with a window when nothing is asked', () => {
    expect(readStartOptions(['electron', '.'], {}, at, asApp)).toEqual({
      command: null,
      profile: null,
      language: null,
      person: null,
      passwordOnInput: false,
      hidden: false,
      folder: at,
      files: [],
    });
  });

  it('shows no window when it is started with the computer', () => {
    expect(readStartOptions(['Segue', '--hidden'], {}, at, packaged)).toMatchObject({ hidden: true, files: [] });
    expect(readStartOptions(['Segue', '--cli', 'run', '--hidden'], {}, at, packaged).hidden).toBe(false);
  });

  it('takes for whom a command is out of its arguments, and the password never', () => {
    const argv = ['Segue', '--cli', 'run', 'Autumn', '--person', 'Renée', '--password-stdin', '--json'];
    const start = readStartOptions(argv, { SEGUE_PERSON: 'Paul' }, at, packaged);
    expect(start).toMatchObject({ command: ['run', 'Autumn', '--json'], person: 'Renée', passwordOnInput: true });
    const named = readStartOptions(['Segue', '--cli', 'history'], { SEGUE_PERSON: 'Paul' }, at, packaged);
    expect(named).toMatchObject({ command: ['history'], person: 'Paul', passwordOnInput: false });
  });

  it('gives the command line what follows --cli, without profile and language', () => {
    const start = readStartOptions(
      ['Segue', '--cli', 'send', 'a.csv', '--profile', 'p', '--lang=fr', '--json', '--', '--profile', 'x.csv'],
      { SEGUE_CLI_CWD: '/home/me' },
      at,
      packaged,
    );
    expect(start.command).toEqual(['send', 'a.csv', '--json', '--', '--profile', 'x.csv']);
    expect(start.profile).toBe(path.resolve('/home/me/p'));
    expect(start.language).toBe('fr');
    expect(start.folder).toBe(path.resolve('/home/me'));
  });

  it('takes the profile of the environment unless an argument names one', () => {
    const env = { SEGUE_PROFILE: '/data/segue' };
    expect(readStartOptions(['electron', '.'], env, at, asApp).profile).toBe(path.resolve('/data/segue'));
    expect(readStartOptions(['electron', '.', '--profile=/other'], env, at, asApp).profile).toBe(
      path.resolve('/other'),
    );
    expect(readStartOptions(['electron', '.'], { SEGUE_PROFILE: '' }, at, asApp).profile).toBeNull();
  });

  it('takes what is no option for files to open, seen from where the person stands', () => {
    const files = (argv: string[], how = packaged) => readStartOptions(argv, {}, at, how).files;
    expect(files(['Segue', 'a.csv', '--lang', 'fr', '/x/b.csv'])).toEqual([
      path.join(at, 'a.csv'),
      path.resolve('/x/b.csv'),
    ]);
    expect(files(['electron', '.', '--lang=fr', 'a.csv'], asApp)).toEqual([path.join(at, 'a.csv')]);
    expect(files(['Segue', '--profile', 'p', '--', '--odd.csv'])).toEqual([path.join(at, '--odd.csv')]);
    expect(files(['Segue', '-psn_0_1', '--inspect=0', ''])).toEqual([]);
    expect(files(['electron', '/opt/app.asar', '--lang=en'])).toEqual([]);
    expect(files(['Segue', 'file:///x/a%20b.csv', 'https://example.com/a.csv', 'segue://run'])).toEqual([
      path.resolve('/x/a b.csv'),
    ]);
    expect(files(['Segue', '--cli', 'send', 'a.csv'])).toEqual([]);
    expect(files(['Segue', ...Array.from({ length: 300 }, (_, index) => `${index}.csv`)])).toHaveLength(100);
    expect(files(['Segue', 'x'.repeat(5_000)])).toEqual([]);
  });
});

describe('filesOfMessage', () => {
  it('takes absolute paths of a start with a window, and nothing else', () => {
    const file = path.resolve('/x/a.csv');
    expect(filesOfMessage({ kind: 'window', files: [file, 'b.csv', 7, null] })).toEqual([file]);
    expect(filesOfMessage({ kind: 'window' })).toEqual([]);
    for (const odd of [null, 'x', 7, {}, { kind: 'command', files: [file] }, { kind: 'window', files: 'x' }]) {
      expect(filesOfMessage(odd)).toBeNull();
    }
  });
});
