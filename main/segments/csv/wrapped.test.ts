import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { inspectFile } from '../inspect.ts';
import { previewSegment } from '../preview.ts';
import { encodeSingleByte } from '../testing/render-table.ts';
import type { Inspection, ReadingOverrides } from '../types.ts';
import { LineUnwrapper } from './line-unwrapper.ts';

// Files of which a spreadsheet under another separator has wrapped whole lines in quotes.

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'segue-wrapped-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function read(content: string | Uint8Array, overrides: ReadingOverrides = {}): Promise<Inspection> {
  const file = path.join(folder, 'segment');
  await writeFile(file, content);
  return inspectFile(file, { rows: 'all', overrides });
}

const columns = ['Email', 'First name', 'Last name'];
const rows = [
  ['ada@example.com', 'Ada', 'Love, Lace'],
  ['bob@example.com', 'Bob "B"', 'Builder'],
  ['cid@example.com', '', 'Cid'],
];
const ada = '"ada@example.com,""Ada"",""Love, Lace"""';
const bob = '"bob@example.com,""Bob """"B"""""",Builder"';

describe.each([
  ['every line', `"Email,First name,Last name"\n${ada}\n${bob}\n"cid@example.com,,Cid"\n`],
  [
    'every line, with cells of the outer table behind',
    `"Email,First name,Last name";;;\r\n${ada};;;\r\n${bob};;;\r\n"cid@example.com,,Cid";;;\r\n`,
  ],
  ['the rows alone', `Email,First name,Last name\n${ada}\n${bob}\n"cid@example.com,,Cid"\n`],
  ['only lines with quotes', `Email,First name,Last name;;\n${ada};;\n${bob};;\ncid@example.com,,Cid;;\n`],
  [
    'every cell of a wrapped line quoted too',
    `"""Email"",""First name"",""Last name"""\n"""ada@example.com"",""Ada"",""Love, Lace"""\n${bob}\n"""cid@example.com"","""",""Cid"""\n`,
  ],
  ['with commas behind', `"Email,First name,Last name",,\n${ada},,\n${bob},,\n"cid@example.com,,Cid",,\n`],
])('wrapped: %s', (_, text) => {
  it('is read as what it was, and says so', async () => {
    const found = await read(text);
    expect(found).toMatchObject({ delimiter: ',', wrapped: true, headerLine: 1, columns, rows, unreadable: [] });
    const file = path.join(folder, 'segment');
    expect(await previewSegment(file)).toMatchObject({ delimiter: ',', wrapped: true, columns, rows });
  });

  it('is read otherwise when a person says so', async () => {
    expect(await read(text, { wrapped: false })).not.toHaveProperty('wrapped');
  });
});

it('puts together what the outer separator has cut, and keeps line breaks in cells', async () => {
  const found = await read(
    'Email,Name,Notes;;\r\n"ada@example.com,""Love";" Ada"",x";\r\n"bob@example.com,Bob,""two\r\nlines""";;\r\ncid@example.com,Cid,y;;\r\n',
  );
  expect(found).toMatchObject({ columns: ['Email', 'Name', 'Notes'], unreadable: [] });
  expect(found.rows).toEqual([
    ['ada@example.com', 'Love; Ada', 'x'],
    ['bob@example.com', 'Bob', 'two\r\nlines'],
    ['cid@example.com', 'Cid', 'y'],
  ]);
});

it('knows it ten thousand lines down', async () => {
  const plain = Array.from({ length: 20_000 }, (_, i) => `p${i}@example.com,Name ${i},Someone\n`).join('');
  for (const behind of ['', ';;']) {
    const text = `Email,First name,Last name\n${plain}${ada}${behind}\n`;
    const found = await read(text);
    expect(found).toMatchObject({ wrapped: true, rowCount: 20_001, unreadable: [] });
    expect(found.rows?.at(-1)).toEqual(rows[0]);
  }
});

it('reads accents of one byte, and two of UTF-16', async () => {
  const text = '"Email;Prénom"\n"ada@example.com;""Zoë"""\n"bob@example.com;""René"""\n"cid@example.com;""Hélène"""\n';
  for (const bytes of [encodeSingleByte(text, 'windows-1252'), Buffer.from(`\uFEFF${text}`, 'utf16le')]) {
    const found = await read(bytes);
    expect(found).toMatchObject({ wrapped: true, delimiter: ';', columns: ['Email', 'Prénom'] });
    expect(found.rows?.map(([, name]) => name)).toEqual(['Zoë', 'René', 'Hélène']);
  }
});

describe('left as it is', () => {
  it.each([
    ['a column of names', '"Name"\n"Berg, Anna"\n"Meier, Bob"\n', { columns: ['Name'], rowCount: 2 }],
    [
      'a column of several addresses',
      '"Email"\n"a@example.com,b@example.com"\n"c@example.com,d@example.com"\n',
      { columns: ['Email'], rowCount: 2 },
    ],
    [
      'a column of names with addresses',
      '"Name"\n"Berg, Anna <a@example.com>"\n"Meier, Bob <b@example.com>"\n',
      { columns: ['Name'], rowCount: 2 },
    ],
    [
      'a short row with a comma in its only cell',
      'Name,Email\n"Berg, Anna",a@example.com\n"Meier, Bob"\nCid,c@example.com\n',
      {
        rows: [
          ['Berg, Anna', 'a@example.com'],
          ['Meier, Bob', null],
          ['Cid', 'c@example.com'],
        ],
      },
    ],
    [
      'two addresses in the only cell of a row',
      'Email,Name\na@example.com,Anna\n"b@example.com, c@example.com",\n',
      {
        rows: [
          ['a@example.com', 'Anna'],
          ['b@example.com, c@example.com', ''],
        ],
      },
    ],
    [
      'quoted cells',
      '"Email","Name"\n"a@example.com","Berg, Anna"\n"b@example.com","Meier, Bob"\n',
      {
        columns: ['Email', 'Name'],
        rows: [
          ['a@example.com', 'Berg, Anna'],
          ['b@example.com', 'Meier, Bob'],
        ],
      },
    ],
  ])('%s', async (_, text, expected) => {
    const found = await read(text);
    expect(found).toMatchObject(expected);
    expect(found).not.toHaveProperty('wrapped');
  });
});

test('a person may say that lines are wrapped where nothing else does', async () => {
  const text = '"Email,Other email"\n"a@example.com,b@example.com"\n"c@example.com,d@example.com"\n';
  expect(await read(text)).toMatchObject({ delimiter: null });
  const found = await read(text, { wrapped: true });
  expect(found).toMatchObject({ wrapped: true, delimiter: ',', columns: ['Email', 'Other email'] });
  expect(found.rows?.[0]).toEqual(['a@example.com', 'b@example.com']);
});

/** A cell as a CSV file has it. */
const cellOf = (cell: string, separator: string): string =>
  cell.includes(separator) || /["\r\n;,]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

/** A line of another table as a spreadsheet saves it: cells that hold its separator, quotes or breaks are quoted. */
function saved(line: string, separator: string, empty: number): string {
  const cells = line.split(separator).map((cell) => (/["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell));
  return cells.join(separator) + separator.repeat(empty);
}

test('any table that a spreadsheet saved so reads back cell for cell, in chunks of any size', async () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'é', ' ', '"', ';', ',', '\n', '1', 'Z') });
  const row = fc.tuple(fc.integer({ min: 0, max: 999 }), cell, cell);
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 3, maxLength: 12 }),
      fc.constantFrom([',', ';'] as const, [';', ','] as const, [',', '\t'] as const),
      fc.integer({ min: 0, max: 3 }),
      fc.integer({ min: 1, max: 40 }),
      async (table, [inner, outer], empty, size) => {
        const people = table.map(([id, name, city]) => [`p${id}@example.com`, `n${name}`, `"${city}`]);
        const lines = [['Email', 'Name', 'City'], ...people].map((cells) =>
          cells.map((text) => cellOf(text, inner)).join(inner),
        );
        const text = `${lines.map((line) => saved(line, outer, empty)).join('\n')}\n`;
        const found = await read(text, { encoding: 'utf-8' });
        expect(found.unreadable).toEqual([]);
        expect(found.rows).toEqual(people);

        const wrapping = { wrapper: outer.charCodeAt(0), delimiter: inner.charCodeAt(0) };
        const whole = new LineUnwrapper(wrapping);
        const once = Buffer.concat([whole.push(Buffer.from(text)), whole.end()]).toString();
        const pieces = new LineUnwrapper(wrapping);
        const parts: Buffer[] = [];
        const bytes = Buffer.from(text);
        for (let at = 0; at < bytes.length; at += size) parts.push(pieces.push(bytes.subarray(at, at + size)));
        expect(Buffer.concat([...parts, pieces.end()]).toString()).toBe(once);
      },
    ),
    { numRuns: 60 },
  );
});
