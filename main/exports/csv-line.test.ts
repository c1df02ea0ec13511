import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stageRows } from '../segments/stage-rows.ts';
import { csvCellOf } from '../test-support/cell-model.ts';
import { oddText } from '../test-support/odd-text.ts';
import { StageFixture } from '../test-support/stage-fixture.ts';
import { csvHeader, csvLine } from './csv-line.ts';

let fixture: StageFixture;
beforeAll(async () => {
  fixture = await StageFixture.open();
});
afterAll(() => fixture.close());

test('any text comes out of a CSV reader as it went in; what is null is blank', async () => {
  const row = fc.tuple(fc.option(oddText), fc.option(oddText), fc.option(oddText));
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 40 }), async (rows) => {
      const file = await fixture.write(rows);
      // With something before it: the binding takes a byte order mark off a text's beginning.
      const sql = `SELECT '|' || ${csvLine(['c0', 'c1', 'c2'])} AS line FROM ${stageRows(file)} ORDER BY row_number`;
      const lines = (await fixture.db.rows(sql)).map(({ line }) => String(line).slice(1));
      const filled = rows.map((cells) => cells.map((cell) => cell ?? ''));
      expect(lines).toEqual(filled.map((cells) => `${cells.map(csvCellOf).join(',')}\r\n`));
      const read = parse(lines.join(''), { record_delimiter: '\r\n', bom: false });
      // A line of nothing but blanks cannot be told from an empty one; here there are always two commas.
      expect(read).toEqual(filled);
    }),
    { numRuns: 100 },
  );
});

test('the heading line', () => {
  expect(csvHeader(['first_name', 'cf:level'])).toBe('email,first_name,cf:level\r\n');
  expect(csvHeader([])).toBe('email\r\n');
});
