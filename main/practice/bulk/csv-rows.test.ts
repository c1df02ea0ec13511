import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvRows, countRecords } from './csv-rows.ts';

function all(text: string): string[][] {
  const rows = new CsvRows(Buffer.from(text));
  const read: string[][] = [];
  for (let row = rows.next(); row !== null; row = rows.next()) read.push(row);
  return read;
}

describe('CsvRows', () => {
  it.each([
    [
      'a,b\r\nc,d\r\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a,b\nc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a,b\rc,d\r',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['\uFEFFa\n\n\r\nb\n', [['a'], ['b']]],
    [
      '"a ""x""","b\nc",\r\nd,"",e',
      [
        ['a "x"', 'b\nc', ''],
        ['d', '', 'e'],
      ],
    ],
    ['é,"ñ\u{1F986}",中\nà', [['é', 'ñ\u{1F986}', '中'], ['à']]],
    ['a,"unclosed\nb', [['a', 'unclosed\nb']]],
    ['', []],
  ])('reads %j', (text, rows) => {
    expect(all(text)).toEqual(rows);
    expect(countRecords(Buffer.from(text))).toBe(rows.length);
  });

  it('reads what any writer of RFC 4180 writes, as a kept parser does', () => {
    const cell = fc.oneof(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[",\r\n ab]*$/));
    const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
    const lineEnd = fc.constantFrom('\n', '\r\n');
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1 }), lineEnd, (rows, end) => {
        const text = rows
          .map((row) => row.map((value) => (/[",\r\n]/.test(value) ? quote(value) : value)).join(','))
          .join(end);
        fc.pre(!text.startsWith('\uFEFF'));
        const reference: string[][] = parse(text, {
          relax_column_count: true,
          record_delimiter: end,
          skip_empty_lines: true,
        });
        expect(all(text)).toEqual(reference);
        expect(countRecords(Buffer.from(text))).toBe(reference.length);
      }),
    );
  });
});
