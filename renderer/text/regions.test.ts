import { expect, test } from 'vitest';
import { formatSample, regionsOf } from './regions.ts';

test('each language offers regions that write it in a way of their own', () => {
  expect(regionsOf('en').map(({ region }) => region)).toEqual(expect.arrayContaining(['US', 'GB', 'CA']));
  expect(regionsOf('fr').map(({ region }) => region)).toEqual(expect.arrayContaining(['FR', 'CA', 'BE', 'CH']));
  expect(regionsOf('fr').map(({ region }) => region)).not.toContain('US');
  expect(regionsOf('fr').find(({ region }) => region === 'CH')?.name).toBe('Suisse');
});

test('samples tell them apart', () => {
  expect(formatSample('en-US')).not.toBe(formatSample('en-GB'));
  expect(formatSample('fr-FR')).not.toBe(formatSample('fr-CA'));
});
