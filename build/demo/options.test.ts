import path from 'node:path';
import { expect, test } from 'vitest';
import { readDemoOptions } from './options.ts';

const read = (...argv: string[]) => readDemoOptions(argv, path.resolve('/here'), path.resolve('/project/.cache'));

test('without arguments: the sample, in English, at full speed', () => {
  expect(read()).toEqual({
    rows: null,
    language: 'en',
    realPace: false,
    pictures: path.resolve('/project/.cache/demo'),
  });
});

test('all of them; relative folders mean the one the person stands in', () => {
  expect(read('--rows', '1_000_000', '--lang=fr', '--real-pace', '--pictures', 'p')).toEqual({
    rows: 1_000_000,
    language: 'fr',
    realPace: true,
    pictures: path.resolve('/here/p'),
  });
});

test.each([['--rows', '0'], ['--rows', 'many'], ['--rows', '1.5'], ['--lang', 'de'], ['--what']])(
  'refuses %s %s',
  (...argv) => {
    expect(() => read(...argv)).toThrow();
  },
);
