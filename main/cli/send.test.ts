import { describe, expect, it } from 'vitest';
import type { ExportView } from '../../preload/contract/views.ts';
import { SegueError } from '../errors/segue-error.ts';
import { matchColumns, targetOf } from './send.ts';

const segment = {
  name: 'customers',
  columns: ['Email', 'EMAIL', 'Prénom', 'City', 'city'].map((heading) => ({ heading, samples: [] })),
};

describe('matchColumns', () => {
  it('finds exact headings first, then the only one that differs in case', () => {
    expect(matchColumns(segment, { email: 'EMAIL', map: [{ field: 'first_name', column: ' PRÉNOM' }] })).toEqual([
      { field: 'email', columnIndex: 1 },
      { field: 'first_name', columnIndex: 2 },
    ]);
  });

  it('guesses nothing: an unknown or ambiguous column is an error that names it', () => {
    for (const column of ['E-mail', 'CITY']) {
      try {
        matchColumns(segment, { email: 'Email', map: [{ field: 'city', column }] });
        expect.unreachable();
      } catch (thrown) {
        expect(thrown).toBeInstanceOf(SegueError);
        expect(thrown).toMatchObject({ code: 'export.column-not-found', params: { column, segment: 'customers' } });
      }
    }
  });
});

const saved = (exportId: string, name: string, connectionId: string, listId: string): ExportView => ({
  exportId,
  name,
  connectionId,
  list: { listId, name: listId },
  segments: [],
  mode: 'add-and-update',
  leaverLimitPercent: 20,
  readBack: false,
  lostColumns: [],
  createdAt: 0,
  updatedAt: 0,
  updatedBy: '',
  permission: null,
  refreshedAt: null,
  lastRun: null,
});

describe('targetOf', () => {
  const list = { listId: 'l1', name: 'Newsletter' };

  it('makes a new export of the segment’s name', () => {
    expect(targetOf([], 'customers', 'c1', list)).toEqual({ name: 'customers' });
  });

  it('goes on with the export of the same name, list and connection', () => {
    const exports = [saved('e1', 'Customers', 'c1', 'l1')];
    expect(targetOf(exports, 'customers', 'c1', list)).toEqual({ exportId: 'e1', name: 'Customers' });
  });

  it('keeps apart what goes elsewhere', () => {
    const exports = [saved('e1', 'customers', 'c1', 'l2'), saved('e2', 'customers – Newsletter', 'c2', 'l1')];
    expect(targetOf(exports, 'customers', 'c1', list)).toEqual({ name: 'customers – Newsletter 2' });
    exports.push(saved('e3', 'customers – Newsletter 2', 'c1', 'l1'));
    expect(targetOf(exports, 'customers', 'c1', list)).toEqual({ exportId: 'e3', name: 'customers – Newsletter 2' });
  });

  it('keeps names within what an export may be called', () => {
    const long = 'x'.repeat(255);
    expect(targetOf([saved('e1', long, 'c1', 'other')], long, 'c1', list).name).toHaveLength(255);
  });
});
