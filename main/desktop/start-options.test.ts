import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readStartOptions } from './start-options.ts';

const at = path.resolve('/work');

describe('readStartOptions', () => {
  it('starts with a window when nothing is asked', () => {
    expect(readStartOptions(['electron', '.'], {}, at)).toEqual({
      command: null,
      profile: null,
      language: null,
      folder: at,
    });
  });

  it('gives the command line what follows --cli, without profile and language', () => {
    const start = readStartOptions(
      ['Segue', '--cli', 'send', 'a.csv', '--profile', 'p', '--lang=fr', '--json', '--', '--profile', 'x.csv'],
      { SEGUE_CLI_CWD: '/home/me' },
      at,
    );
    expect(start.command).toEqual(['send', 'a.csv', '--json', '--', '--profile', 'x.csv']);
    expect(start.profile).toBe(path.resolve('/home/me/p'));
    expect(start.language).toBe('fr');
    expect(start.folder).toBe(path.resolve('/home/me'));
  });

  it('takes the profile of the environment unless an argument names one', () => {
    const env = { SEGUE_PROFILE: '/data/segue' };
    expect(readStartOptions(['electron', '.'], env, at).profile).toBe(path.resolve('/data/segue'));
    expect(readStartOptions(['electron', '.', '--profile=/other'], env, at).profile).toBe(path.resolve('/other'));
    expect(readStartOptions(['electron', '.'], { SEGUE_PROFILE: '' }, at).profile).toBeNull();
  });
});
