import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectFile } from '../inspect.ts';
import { makeWorkbook, type TestCell } from '../testing/make-workbook.ts';
import { understandFile } from '../understand.ts';
import { formatNumber, numberFormat } from './number-format.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'segue-workbook-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('numbers as a person sees them', () => {
  it.each([
    [12345678901234, 'General', '12345678901234'],
    [0.1 + 0.2, 'General', '0.3'],
    [1e21, 'General', '1e+21'],
    [1234, '00000', '01234'],
    [1.005, '0.00', '1.01'],
    [-1234.5, '#,##0.00', '-1,234.50'],
    [-5, '0;(0)', '(5)'],
    [0.256, '0%', '26%'],
    [1234567, '#,##0,"k"', '1,235k'],
    [612345678, '0#" "##" "##" "##" "##', '06 12 34 56 78'],
    [5551234567, '[<=9999999]###-####;(###) ###-####', '(555) 123-4567'],
    [5551234, '[<=9999999]###-####;(###) ###-####', '555-1234'],
    [42, '[$€-40C] 0.00', '€ 42.00'],
    [2.756, '0.##', '2.76'],
    [3, '0.##', '3'],
    [12345, '0.00E+00', '1.23E+04'],
    [46085, 'dd/mm/yyyy', '04/03/2026'],
    [46085.75, 'yyyy-mm-dd hh:mm:ss', '2026-03-04 18:00:00'],
    [46085.75, 'h:mm AM/PM', '6:00 PM'],
    [36526, '[$-40C]d mmmm yyyy;@', '1 janvier 2000'],
    [36526, 'd-mmm-yy', '1-Jan-00'],
    [36678, '[$-40C]d mmm yyyy', '1 juin 2000'],
    [36708, '[$-40C]ddd d mmm yyyy', 'sam. 1 juil. 2000'],
    [12.5, 'General" kg"', '12.5 kg'],
    [-2, '"Nr. "General', 'Nr. -2'],
    [1.5, '[h]:mm', '36:00'],
  ])('%d as %s is %s', (value, code, shown) => {
    expect(formatNumber(value, numberFormat(200, code), false)).toBe(shown);
  });

  it.each([
    [14, 46085, '2026-03-04'],
    [22, 46085.5, '2026-03-04 12:00:00'],
    [21, 0.25, '06:00:00'],
    [1, 7.4, '7'],
    [14, 60, '1900-02-28'],
    [14, 1, '1900-01-01'],
  ])('built-in format %d shows %d as %s', (id, value, shown) => {
    expect(formatNumber(value, numberFormat(id, undefined), false)).toBe(shown);
  });

  it('counts from 1904 where the workbook does', () => {
    expect(formatNumber(44623, numberFormat(14, undefined), true)).toBe('2026-03-04');
  });
});

describe('workbooks', () => {
  const table: TestCell[][] = [
    ['Id', 'E-mail', 'Note', 'Active'],
    [1, 'a@example.com', 'a & b <c> "d"\r\ne', true],
    [2, 'b@example.com', null, false],
  ];

  it.each([false, true])(
    'reads the first visible sheet that is not empty (inline strings: %s)',
    async (inlineStrings) => {
      const file = path.join(folder, 'book.xlsx');
      const sheets = [
        { name: 'Cover', rows: [] },
        { name: 'Old', state: 'hidden' as const, rows: [['x'], ['y']] },
        { name: 'People', rows: [['Spring buyers'], [], ...table, [], ['Total', 2]] },
      ];
      await makeWorkbook(file, sheets, { inlineStrings });
      expect(await inspectFile(file, { rows: 'all' })).toEqual({
        format: 'xlsx',
        compression: 'none',
        encoding: 'utf-8',
        delimiter: null,
        quote: null,
        headerLine: 3,
        columns: ['Id', 'E-mail', 'Note', 'Active'],
        rowCount: 2,
        unreadable: [],
        rows: [
          ['1', 'a@example.com', 'a & b <c> "d"\r\ne', 'TRUE'],
          ['2', 'b@example.com', '', 'FALSE'],
        ],
      });
      expect(await inspectFile(file, { overrides: { sheet: 'Old' } })).toMatchObject({ columns: ['x'], rowCount: 1 });
    },
  );

  it('takes the sheet with addresses rather than a cover before it, and nothing hidden where something is shown', async () => {
    const file = path.join(folder, 'cover.xlsx');
    const people = [
      ['E-mail', 'City'],
      ['a@example.com', 'Paris'],
      ['b@example.com', 'Nice'],
    ];
    await makeWorkbook(file, [
      { name: 'About', rows: [['Spring buyers'], ['Ask jane@example.com'], ['Made in March']] },
      { name: 'People', rows: people },
    ]);
    expect(await inspectFile(file)).toMatchObject({ columns: ['E-mail', 'City'], rowCount: 2 });
    await makeWorkbook(file, [
      {
        name: 'Cities',
        rows: [
          ['City', 'Country'],
          ['Paris', 'France'],
        ],
      },
      { name: 'People', state: 'hidden', rows: people },
    ]);
    expect(await inspectFile(file)).toMatchObject({ columns: ['City', 'Country'], rowCount: 1 });
  });

  it.each([1, 2, 3])('tells every hidden row of %d columns, and no footer', async (width) => {
    const file = path.join(folder, 'hidden.xlsx');
    const rows = Array.from({ length: 60 }, (_, i) => [`a${i}@example.com`, 'Zoë', 'Paris'].slice(0, width));
    const footer = ['Total', 60].slice(0, Math.max(1, width - 1));
    const hiddenRows = [...Array.from({ length: 30 }, (_, i) => i * 2 + 2), 62];
    await makeWorkbook(file, [
      { name: 'A', rows: [['Email', 'Name', 'City'].slice(0, width), ...rows, footer], hiddenRows },
    ]);
    const [found] = await understandFile(file, {});
    expect([found.inspection.rowCount, found.hiddenRows, found.skipped.footer]).toEqual([60, 30, 1]);
    await found.dispose();
  });

  it('counts rows without a cell, and tells what lies below the table', async () => {
    const file = path.join(folder, 'blank.xlsx');
    await makeWorkbook(file, [
      {
        name: 'A',
        rows: [['Email', 'Name'], ['a@example.com', 'A'], [], [], ['b@example.com', 'B'], [], ['Total', 2]],
      },
    ]);
    const [found] = await understandFile(file, {});
    expect([found.inspection.rowCount, found.skipped]).toEqual([2, { blank: 3, comment: 0, footer: 1 }]);
    await found.dispose();
  });

  it('reads formulas, errors, rich text and cells without references', async () => {
    const file = path.join(folder, 'odd.xlsx');
    const rich = '<c r="@" t="inlineStr"><is><r><t>Zo</t></r><r><t>ë</t></r><rPh sb="0" eb="1"><t>x</t></rPh></is></c>';
    const formula = '<c r="@" t="str"><f>A1</f><v>x_x0041_</v></c>';
    await makeWorkbook(file, [
      {
        name: 'A',
        rows: [
          ['id', 'email', 'first name', 'd'],
          [{ xml: formula }, 'a@example.com', { xml: rich }, { xml: '<c r="@" t="e"><v>#N/A</v></c>' }],
        ],
      },
    ]);
    expect((await inspectFile(file, { rows: 1 })).rows).toEqual([['xA', 'a@example.com', 'Zoë', '#N/A']]);
  });

  it('has unnamed columns rather than surplus cells', async () => {
    const file = path.join(folder, 'wide.xlsx');
    await makeWorkbook(file, [
      {
        name: 'A',
        rows: [
          ['id', 'email'],
          [1, 'a@example.com'],
          [2, 'b@example.com', 'more'],
        ],
      },
    ]);
    const found = await inspectFile(file, { rows: 'all' });
    expect(found).toMatchObject({ columns: ['id', 'email', ''], unreadable: [], rowCount: 2 });
    expect(found.rows?.[0]).toEqual(['1', 'a@example.com', '']);
  });
});
