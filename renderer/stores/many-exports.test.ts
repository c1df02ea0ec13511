import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ExportView, SegmentView } from '../../preload/contract/views.ts';
import { changeRow, fieldMapOf, manyExports, offeredFields, planExports } from './many-exports.ts';
import { exportView, segmentView } from './testing.ts';

const columns = (...headings: string[]) => headings.map((heading) => ({ heading, samples: [] }));

function known(segments: readonly SegmentView[], exports: readonly ExportView[] = []) {
  return {
    segments: Object.fromEntries(segments.map((segment) => [segment.segmentId, segment])),
    exports,
    lists: [{ listId: 'l1', name: 'NORTH', membershipCount: 5 }],
    today: '2026-11-23',
  };
}

const north = segmentView({ segmentId: 'n', name: 'North', fileName: 'north.csv' });
const south = segmentView({
  segmentId: 's',
  name: 'South',
  fileName: 'south.csv',
  columns: columns('E-mail', 'Town', 'City'),
  suggestedFieldMap: [
    { field: 'email', columnIndex: 0 },
    { field: 'city', columnIndex: 1 },
  ],
});
const ids = ['n', 's'];

describe('many exports', () => {
  test('each is named by the rules, and a list of the same name is used', () => {
    const state = known([north, south]);
    const many = {
      ...manyExports(ids, ['c1'], state),
      rules: { exportName: '{date} {segment} #{number}', listName: '{segment}' },
    };
    expect(many.connectionId).toBe('c1');
    expect(
      planExports(many, state).map(({ exportName, listName, list, problem }) => [
        exportName,
        listName,
        list?.listId,
        problem,
      ]),
    ).toEqual([
      ['2026-11-23 North #1', 'North', 'l1', null],
      ['2026-11-23 South #2', 'South', undefined, null],
    ]);
  });

  test('columns are matched by their own headings, as in one of the segments, or as the person says for one', () => {
    const state = known([
      { ...north, suggestedFieldMap: [...north.suggestedFieldMap, { field: 'city', columnIndex: 3 }] },
      south,
    ]);
    const many = { ...manyExports(ids, ['c1'], state), fields: ['email', 'city'] };
    const mapOf = (edited: typeof many) => fieldMapOf(planExports(edited, state)[1] ?? fail());
    expect(mapOf(many)).toEqual([
      { field: 'email', columnIndex: 0 },
      { field: 'city', columnIndex: 1 },
    ]);
    const asNorth = { ...many, matchedAs: 'n' };
    expect(mapOf(asNorth)).toEqual([
      { field: 'email', columnIndex: 0 },
      { field: 'city', columnIndex: 2 },
    ]);
    expect(mapOf(changeRow(asNorth, 's', { columns: { city: null } }) as typeof many)).toEqual([
      { field: 'email', columnIndex: 0 },
    ]);
    expect(offeredFields(many, state.segments)).toEqual(['email', 'first_name', 'last_name', 'city']);
  });

  test('a segment that has an export is left out until the person includes it', () => {
    const has = exportView({ name: 'Old', segments: [{ segmentId: 'x', fieldMap: [] }] });
    const state = known([north, south, { ...north, segmentId: 'x' }], [has]);
    const many = manyExports(ids, ['c1'], state);
    expect(many.rows.map(({ included }) => included)).toEqual([false, true]);
    expect(planExports(many, state)[0]?.exportsOfSame).toEqual([has]);
  });

  test('what is missing is said of each', () => {
    const state = known(
      [
        { ...north, suggestedFieldMap: [] },
        { ...south, state: 'reading' },
      ],
      [exportView({ name: 'Taken' })],
    );
    const many = manyExports(ids, ['c1'], state);
    const problems = (edited: typeof many) => planExports(edited, state).map(({ problem }) => problem);
    expect(problems(many)).toEqual(['email-missing', 'reading']);
    expect(problems({ ...many, connectionId: null })).toEqual(['connection-missing', 'connection-missing']);
    expect(problems(changeRow(changeRow(many, 'n', { exportName: 'taken' }), 's', { listName: ' ' }))).toEqual([
      'name-taken',
      'list-missing',
    ]);
    expect(problems(changeRow(many, 's', { exportName: ' ' }))[1]).toBe('name-missing');
  });

  test('names made by a rule are never doubled', () => {
    const names = fc.array(fc.constantFrom('A', 'a', 'B', 'A (2)'), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(names, names, fc.constantFrom('{segment}', 'same', '{segment} {number}'), (given, taken, rule) => {
        const segments = given.map((name, index) =>
          segmentView({ segmentId: String(index), name, fileName: `${index}.csv` }),
        );
        const exports = taken.map((name, index) => exportView({ exportId: `e${index}`, name, segments: [] }));
        const state = known(segments, exports);
        const many = manyExports(
          segments.map(({ segmentId }) => segmentId),
          ['c1'],
          state,
        );
        const planned = planExports({ ...many, rules: { ...many.rules, exportName: rule } }, state);
        const made = planned.map(({ exportName }) => exportName.toLowerCase());
        expect(new Set(made).size).toBe(made.length);
        expect(made.filter((name) => taken.some((other) => other.toLowerCase() === name))).toEqual([]);
        expect(planned.every(({ problem }) => problem === null)).toBe(true);
      }),
    );
  });
});

function fail(): never {
  throw new Error('There is no such row');
}
