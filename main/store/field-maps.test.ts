import { expect, test } from 'vitest';
import { filledStore } from '../test-support/filled-store.ts';
import { getExport, saveExport } from './exports.ts';
import { moveMatches } from './field-maps.ts';
import { insertSegment } from './segments.ts';

test('matches follow their headings, the nth of several like ones with the nth; what is gone stays as it was', () => {
  const store = filledStore();
  const segment = { segmentId: 's', name: 'S', filePath: '/s.csv', fileName: 's.csv', fileBytes: 1, stageFolder: 's' };
  insertSegment(store, { ...segment, summary: '{}', rowCount: 1, readAt: 1, files: null, overrides: '{}' }, 'person');
  const before = ['Id', 'Mail', 'Mail', 'Name', 'City'];
  const match = (field: string, columnIndex: number) => ({ field, columnIndex, heading: before[columnIndex] ?? '' });
  const definition = getExport(store, 'export');
  if (definition === undefined) throw new Error('There is no export');
  const fieldMap = [match('email', 2), match('first_name', 3), match('city', 4)];
  saveExport(store, { ...definition, updatedBy: 'person', segments: [{ segmentId: 's', fieldMap }] });

  expect(moveMatches(store, 's', before, before)).toBe(false);
  expect(moveMatches(store, 's', before, ['Name', 'Mail', 'Town', 'Mail'])).toBe(true);
  expect(getExport(store, 'export')?.segments[0]?.fieldMap).toEqual([
    { field: 'email', columnIndex: 3, heading: 'Mail' },
    { field: 'first_name', columnIndex: 0, heading: 'Name' },
    { field: 'city', columnIndex: 4, heading: 'City' },
  ]);
  store.close();
});
