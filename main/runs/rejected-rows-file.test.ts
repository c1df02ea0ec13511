import { mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import type { Store } from '../store/open-store.ts';
import { insertRejectedRows } from '../store/rejected-rows.ts';
import type { RunSegment } from '../store/runs.ts';
import { addRun, filledStore } from '../test-support/filled-store.ts';
import { oddText } from '../test-support/odd-text.ts';
import { writeRejectedRows } from './rejected-rows-file.ts';

const words = {
  reasonHeading: 'Reason',
  segmentHeading: 'Segment',
  reason: (code: string) => `it is ${code}`,
};
const segmentOf = (name: string, headings: string[]): RunSegment => ({
  segmentId: name,
  name,
  stageFileName: '',
  headings,
  fieldMap: [],
  unreadableCount: 0,
});
const rejected = (segment: number, rowNumber: number, cells: (string | null)[]) => ({
  segment,
  rowNumber,
  reason: 'email-malformed' as const,
  cells: JSON.stringify(cells),
});

let store: Store;
let folder: string;
let file: string;
beforeEach(() => {
  store = filledStore();
  addRun(store, 'run');
  folder = mkdtempSync(path.join(tmpdir(), 'segue-rejected-'));
  file = path.join(folder, 'rejected.csv');
});
const read = (): string[][] => parse(readFileSync(file), { bom: true, record_delimiter: '\r\n' });

test('every cell comes back as it stood in the file, with the reason beside it', async () => {
  const row = fc.array(fc.option(oddText), { minLength: 3, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 20 }), async (rows) => {
      store.prepare('DELETE FROM rejected_row').run();
      insertRejectedRows(
        store,
        'run',
        1,
        rows.map((cells, index) => rejected(0, index + 1, cells)),
      );
      const segments = [segmentOf('people', ['E-mail', 'Name, first', 'E-mail'])];
      expect(await writeRejectedRows(store, 'run', segments, file, words)).toBe(rows.length);
      expect(read()).toEqual([
        ['E-mail', 'Name, first', 'E-mail', 'Reason'],
        ...rows.map((cells, index) => [...cells.map((cell) => cell ?? ''), `it is email-malformed (#${index + 1})`]),
      ]);
    }),
    { numRuns: 60 },
  );
});

test('several segments share one table: the union of their headings, each cell under its own', async () => {
  insertRejectedRows(store, 'run', 1, [rejected(0, 4, ['1', 'x', 'home']), rejected(1, 2, ['y', '2', 'Lyon', 'work'])]);
  const segments = [segmentOf('one', ['Id', 'Mail', 'Mail']), segmentOf('two', ['Mail', 'Id', 'City', 'Mail'])];
  await writeRejectedRows(store, 'run', segments, file, words);
  expect(read()).toEqual([
    ['Id', 'Mail', 'Mail', 'City', 'Segment', 'Reason'],
    ['1', 'x', 'home', '', 'one', 'it is email-malformed (#1)'],
    ['2', 'y', 'work', 'Lyon', 'two', 'it is email-malformed (#2)'],
  ]);
});

test('more rows than one page, in file order', async () => {
  const rows = Array.from({ length: 4_500 }, (_, index) => rejected(0, index + 1, [`row ${index + 1}`]));
  insertRejectedRows(store, 'run', 1, rows);
  expect(await writeRejectedRows(store, 'run', [segmentOf('people', ['Mail'])], file, words)).toBe(4_500);
  expect(
    read()
      .slice(1)
      .map(([cell]) => cell),
  ).toEqual(rows.map((_, index) => `row ${index + 1}`));
});

test('a place that cannot be written is named, and nothing half-done is left', async () => {
  const missing = path.join(folder, 'not', 'there.csv');
  const segments = [segmentOf('people', ['Mail'])];
  await expect(writeRejectedRows(store, 'run', segments, missing, words)).rejects.toMatchObject({
    code: 'disk.not-writable',
  });
  mkdirSync(file);
  await expect(writeRejectedRows(store, 'run', segments, file, words)).rejects.toMatchObject({
    code: 'disk.not-writable',
  });
  expect(readdirSync(folder)).toEqual(['rejected.csv']);
});
