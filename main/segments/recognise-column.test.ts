import { expect, it } from 'vitest';
import { recogniseColumn } from './recognise-column.ts';

const columns = (...given: [heading: string, ...samples: string[]][]) =>
  given.map(([heading, ...samples]) => ({ heading, samples }));
const nothing = new Set<number>();

const before = columns(['Id', '1', '2'], ['Town', 'Lyon', 'Paris'], ['Mail', 'a@example.com', 'b@example.com']);
const lost = { field: 'city', columnIndex: 1 };

it('knows a renamed column by its values', () => {
  const now = columns(['Mail', 'c@example.com'], ['Id', '1'], ['Ort', 'Paris', 'Lyon'], ['Land', 'France']);
  expect(recogniseColumn(lost, before, { columns: now, suggestedFieldMap: [] }, nothing)).toBe(2);
});

it('knows a renamed column by its neighbours, and by what the field is usually called', () => {
  const between = columns(['Id', '7'], ['Ort', 'Wien'], ['Mail', 'd@example.com']);
  expect(recogniseColumn(lost, before, { columns: between, suggestedFieldMap: [] }, nothing)).toBe(1);
  const elsewhere = columns(['Mail', 'x@example.com'], ['x', 'Wien'], ['City', 'Graz']);
  const suggestedFieldMap = [{ field: 'city', columnIndex: 2 }];
  expect(recogniseColumn(lost, before, { columns: elsewhere, suggestedFieldMap }, nothing)).toBe(2);
  expect(recogniseColumn(lost, null, { columns: elsewhere, suggestedFieldMap }, nothing)).toBe(2);
});

it('proposes nothing where little speaks for it, for what is matched already and for what was there before', () => {
  const other = columns(['Mail', 'x@example.com'], ['Code', '12'], ['Points', '300']);
  expect(recogniseColumn(lost, before, { columns: other, suggestedFieldMap: [] }, nothing)).toBeNull();
  const between = columns(['Id', '7'], ['Ort', 'Paris'], ['Mail', 'd@example.com']);
  expect(recogniseColumn(lost, before, { columns: between, suggestedFieldMap: [] }, new Set([1]))).toBeNull();
  const same = columns(['Mail', 'Paris', 'Lyon'], ['Id', 'Paris']);
  expect(recogniseColumn(lost, before, { columns: same, suggestedFieldMap: [] }, nothing)).toBeNull();
});
