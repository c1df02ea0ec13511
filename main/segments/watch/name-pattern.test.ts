import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchesPattern, proposePattern } from './name-pattern.ts';

test.each([
  ['Newsletter_2026-11-23.csv', 'Newsletter_*.csv'],
  ['Customer_1.csv.gz', 'Customer_*.csv.gz'],
  ['Export 2026-11-23T10.15.00Z.xlsx', 'Export *.xlsx'],
  ['Clients fidèles (2).csv', 'Clients fidèles*.csv'],
  ['20261123.ndjson', '*.ndjson'],
  ['Clients.csv', 'Clients*.csv'],
  ['spring_segment_1763891000.csv', 'spring_segment_*.csv'],
  ['Q4 2026 - VIP 23.11.2026.txt', 'Q* - VIP *.txt'],
  ['no ending', 'no ending*'],
])('%s has followers like %s', (name, pattern) => {
  expect(proposePattern(name)).toBe(pattern);
  expect(matchesPattern(pattern, name)).toBe(true);
});

test('whatever a file is called, it fits the pattern proposed for it', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (name) => matchesPattern(proposePattern(name), name)),
  );
});

test('a pattern fits what a regular expression made of it fits', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'B', '.', 'é'), maxLength: 8 });
  const patterns = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*', '?', 'É'), maxLength: 8 });
  fc.assert(
    fc.property(patterns, letters, (pattern, name) => {
      const source = pattern.replace(/[.]/g, '\\.').replaceAll('*', '.*').replaceAll('?', '.');
      expect(matchesPattern(pattern, name)).toBe(new RegExp(`^${source}$`, 'i').test(name));
    }),
  );
});
