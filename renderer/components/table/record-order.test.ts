import fc from 'fast-check';
import { expect, test } from 'vitest';
import { searchRecords, sortRecords } from './record-order.ts';

const valueIn = (row: { value: string | number | null }) => row.value;
const rows = (...values: (string | number | null)[]) => values.map((value) => ({ value }));

test('words are sorted as people read them: numbers by size, marks and case apart', () => {
  const sorted = sortRecords(rows('Liste 10', 'éclair', 'Liste 9', 'Ete', 'zoo'), valueIn, false, 'fr');
  expect(sorted.map(valueIn)).toEqual(['éclair', 'Ete', 'Liste 9', 'Liste 10', 'zoo']);
});

test('what is missing comes last, whichever way is sorted', () => {
  expect(sortRecords(rows(null, 2, 1), valueIn, false, 'en').map(valueIn)).toEqual([1, 2, null]);
  expect(sortRecords(rows(null, 2, 1), valueIn, true, 'en').map(valueIn)).toEqual([2, 1, null]);
});

test('sorting loses nothing and leaves what it was given alone', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.integer())), fc.boolean(), (values, descending) => {
      const given = Object.freeze(rows(...values));
      const sorted = sortRecords(given, valueIn, descending, 'en');
      expect(new Set(sorted)).toEqual(new Set(given));
      expect(sorted).toHaveLength(given.length);
    }),
  );
});

test('a search finds every word, in any order, without marks and case', () => {
  const found = (search: string) =>
    searchRecords(rows('Été fidèles – Lyon', 'Hiver – Lyon', 'Été – Paris'), (row) => [String(row.value)], search);
  expect(found('lyon ete').map(valueIn)).toEqual(['Été fidèles – Lyon']);
  expect(found('  ')).toHaveLength(3);
  expect(found('nice')).toEqual([]);
});
