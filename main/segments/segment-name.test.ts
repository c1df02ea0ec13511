import fc from 'fast-check';
import { expect, test } from 'vitest';
import { segmentNameOf } from './segment-name.ts';

test.each([
  ['autumn_campaign-2026.csv', 'autumn campaign 2026'],
  ['Autumn campaign_v2.csv', 'Autumn campaign_v2'],
  ['people.CSV.gz', 'people'],
  ['people.json', 'people'],
  ['people.parquet', 'people'],
  ['people', 'people'],
  ['v1.2 people.xlsx', 'v1.2 people'],
  ['.csv', '.csv'],
  ['___.csv', '___.csv'],
  [`x${'🦆'.repeat(200)}.csv`, `x${'🦆'.repeat(127)}`],
  ['clients été 🦆.csv', 'clients été 🦆'],
])('%s is called %s', (fileName, name) => {
  expect(segmentNameOf(fileName)).toBe(name);
});

test('any file has a name that can be shown and kept', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 400 }),
      fc.constantFrom('', '.csv', '.csv.gz'),
      (stem, ending) => {
        const name = segmentNameOf(stem + ending);
        expect(name.length).toBeGreaterThan(0);
        expect(name.length).toBeLessThanOrEqual(255);
        // A character of two halves is never cut between them.
        expect(name.isWellFormed()).toBe((stem + ending).isWellFormed());
      },
    ),
  );
});
