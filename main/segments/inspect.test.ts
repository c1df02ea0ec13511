import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { zipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { cannotOpen } from './cannot-open.ts';
import { inspectFile } from './inspect.ts';
import { previewSegment } from './preview.ts';
import { makeWorkbook } from './testing/make-workbook.ts';
import { encodeSingleByte } from './testing/render-table.ts';
import type { Inspection, ReadingOverrides } from './types.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'segue-inspect-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function read(content: string | Uint8Array, overrides?: ReadingOverrides): Promise<Inspection> {
  const file = path.join(folder, 'segment');
  await writeFile(file, content);
  return inspectFile(file, { rows: 'all', ...(overrides ? { overrides } : {}) });
}

const refused = (content: string | Uint8Array): Promise<string> =>
  read(content).then(
    (found) => JSON.stringify(found),
    (error: { code: string }) => error.code,
  );

const manyRows = Array.from({ length: 12_000 }, (_, i) => `${i},name ${i},n${i}@example.com\n`).join('');

describe('what stands far down', () => {
  it('finds the first quote in row 12,001', async () => {
    const found = await read(`id,name,email\n${manyRows}12000,"Doe, ""J""\nnext line",x@example.com\n`);
    expect(found).toMatchObject({ quote: '"', rowCount: 12_001, unreadable: [] });
    expect(found.rows?.at(-1)).toEqual(['12000', 'Doe, "J"\nnext line', 'x@example.com']);
  });

  it('finds the first single quote and the first escape there too', async () => {
    const single = await read(`id,name,email\n${manyRows}12000,'Doe, J',x@example.com\n`);
    expect(single).toMatchObject({ quote: "'", rowCount: 12_001, unreadable: [] });
    const escaped = await read(`id,name,email\n${manyRows}12000,"Doe \\"J\\", Jr",x@example.com\n`);
    expect(escaped).toMatchObject({ quote: '"', rowCount: 12_001, unreadable: [] });
    expect(escaped.rows?.at(-1)?.[1]).toBe('Doe "J", Jr');
  });

  it.each(['windows-1252', 'macintosh'] as const)('finds the first accent, in %s', async (encoding) => {
    const text = `id,name,email\n${manyRows}12000,Renée Lefèvre,x@example.com\n`;
    const found = await read(encodeSingleByte(text, encoding));
    expect(found.encoding).toBe(encoding);
    expect(found.rows?.at(-1)?.[1]).toBe('Renée Lefèvre');
  });

  it('loses only the line whose bytes are not of the file’s encoding', async () => {
    const text = Buffer.from(`id,name,email\n${'1,Zoë,z@example.com\n'.repeat(50)}`);
    const found = await read(Buffer.concat([text, encodeSingleByte('2,Renée,r@example.com\n', 'windows-1252')]));
    expect(found).toMatchObject({
      encoding: 'utf-8',
      rowCount: 50,
      unreadable: [{ line: 52, reason: 'invalid-encoding' }],
    });
  });
});

describe('damage', () => {
  it('loses one line to an unclosed quote, not the file', async () => {
    const found = await read(
      'id,name,email\n1,"A, B",a@example.com\n2,"Bob,b@example.com\n3,"C, D",c@example.com\n4,E,e@example.com\n',
    );
    expect(found).toMatchObject({ rowCount: 3, unreadable: [{ line: 3, reason: 'quote-not-closed' }] });
    expect(found.rows?.map(([id]) => id)).toEqual(['1', '3', '4']);
  });

  it('takes quotes for text where no cell is quoted', async () => {
    const found = await read('id\tname\temail\n1\t"Bob" Smith\ta@example.com\n2\t5" pipe\tb@example.com\n');
    expect(found).toMatchObject({ quote: null, unreadable: [] });
    expect(found.rows?.map((row) => row[1])).toEqual(['"Bob" Smith', '5" pipe']);
  });

  it('keeps a bare CR inside a cell of a CRLF file', async () => {
    const found = await read('id,name,email\r\n1,A\rB,a@example.com\r\n2,C,c@example.com\r\n');
    expect(found.rows).toEqual([
      ['1', 'A\rB', 'a@example.com'],
      ['2', 'C', 'c@example.com'],
    ]);
  });

  it('tells rows with surplus cells, a NUL and an endless line', async () => {
    const found = await read(
      `id,email\n1,a@example.com,x\n2,b\0@example.com\n3,${'x'.repeat(3 << 20)}\n4,d@example.com,,\n`,
    );
    expect(found.unreadable).toEqual([
      { line: 2, reason: 'surplus-cells' },
      { line: 3, reason: 'nul-character' },
      { line: 4, reason: 'line-too-long' },
    ]);
    expect(found.rows).toEqual([['4', 'd@example.com']]);
  });

  it.each([
    ['segment.empty', ''],
    ['segment.empty', ' \n\r\n\t\n'],
    ['segment.empty', '[]'],
    ['segment.not-understood', Buffer.from('d0cf11e0a1b11ae10000', 'hex')],
    ['segment.not-a-table', Buffer.from('%PDF-1.7 \n1 0 obj')],
    ['segment.not-a-table', Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 7919) % 251))],
    ['segment.not-a-table', '<!DOCTYPE html><html><body><p>a, b</p></body></html>'],
    ['segment.not-a-table', 'Dear all,\nthis is a letter, which goes on\nand on and on.\nBye, Bob\n'],
    ['segment.not-a-table', 'name: segue\nversion: 1\nlicense: MIT\n'],
    ['segment.not-a-table', '{"name":"segue","version":"0.1.0"}'],
    ['segment.not-a-table', '[1, 2, 3]'],
    ['segment.not-understood', gzipSync('id,email\n1,a@example.com\n').subarray(0, 25)],
    ['segment.archive-unsafe', gzipSync(Buffer.alloc(120 << 20, 'aaaaaaa,bbbbbbb\n'))],
    ['segment.archive-unsafe', gzipSync(Buffer.alloc(300 << 20))],
  ])('%s', async (code, content) => {
    expect(await refused(content)).toBe(code);
  });

  it('says what is missing or a folder', async () => {
    await expect(inspectFile(path.join(folder, 'nowhere.csv'))).rejects.toMatchObject({ code: 'segment.missing' });
    await expect(inspectFile(folder)).rejects.toMatchObject({ code: 'segment.not-a-file' });
    await symlink('circle.csv', path.join(folder, 'circle.csv'));
    await writeFile(path.join(folder, 'a.csv'), 'Email');
    for (const name of ['circle.csv', `${'x'.repeat(300)}.csv`, 'a.csv/below.csv']) {
      await expect(inspectFile(path.join(folder, name))).rejects.toMatchObject({ code: 'segment.missing' });
    }
  });

  it('says that a file is there and not given out, and leaves other causes as they are', () => {
    const cause = Object.assign(new Error(), { code: 'EACCES' });
    const params = { file: 'a.csv' };
    expect(cannotOpen('/somewhere/a.csv', cause)).toMatchObject({ code: 'segment.not-readable', params, cause });
    const other = Object.assign(new Error(), { code: 'EMFILE' });
    expect(cannotOpen('/somewhere/a.csv', other)).toBe(other);
  });

  it('names the file that was chosen when what is packed in it is no workbook', async () => {
    const inner = zipSync({ 'a.csv': Buffer.from('Email\na@example.com\n') });
    const file = path.join(folder, 'outer.zip');
    await writeFile(file, zipSync({ 'inner.zip': inner }));
    const refusal = { code: 'segment.not-understood', params: { file: 'outer.zip' } };
    await expect(inspectFile(file)).rejects.toMatchObject(refusal);
    await expect(previewSegment(file)).rejects.toMatchObject(refusal);
  });

  it('says that a line is too long whether or not its cell is quoted', async () => {
    const long = 'x'.repeat(3 << 20);
    for (const cell of [long, `"${long}"`]) {
      const found = await read(`Email,Note\na@example.com,${cell}\nb@example.com,"short, ""b"""\n`);
      expect(found).toMatchObject({ quote: '"', rowCount: 1, unreadable: [{ line: 2, reason: 'line-too-long' }] });
      expect(found.rows).toEqual([['b@example.com', 'short, "b"']]);
    }
  });
});

describe('JSON', () => {
  it('joins the keys of all objects and keeps numbers as written', async () => {
    const found = await read(
      '[{"id":12345678901234567890,"email":"a@example.com","tags":["x", "y"]},\n{"id":1.50,"name":"é\\n\\"q\\"","email":null}]',
    );
    expect(found).toMatchObject({
      format: 'json',
      delimiter: null,
      headerLine: null,
      columns: ['id', 'email', 'tags', 'name'],
    });
    expect(found.rows).toEqual([
      ['12345678901234567890', 'a@example.com', '["x","y"]', ''],
      ['1.50', '', '', 'é\n"q"'],
    ]);
  });

  it.each([
    ['json', '{"@odata.context":"x","value":[{"id":1,"email":"a@example.com"}]}'],
    ['json', '{"meta":{"page":1},"data":[{"id":1,"email":"a@example.com"}],"next":null}'],
    ['json', '[["id","email"],[1,"a@example.com"]]'],
    ['ndjson', '{"id":1,"email":"a@example.com"}\n'],
  ])('knows %s in %s', async (format, text) => {
    const found = await read(text);
    expect(found).toMatchObject({ format, columns: ['id', 'email'], rows: [['1', 'a@example.com']] });
  });

  it('loses only the broken line of NDJSON', async () => {
    const found = await read('{"id":1,"email":"a@example.com"}\n{"id":2,\n\n{"id":3,"email":"c@example.com"}\n[1]\n');
    expect(found.unreadable).toEqual([
      { line: 2, reason: 'invalid-json' },
      { line: 5, reason: 'not-an-object' },
    ]);
    expect(found.rowCount).toBe(2);
  });
});

describe('the edges of a table', () => {
  it.each([
    [
      'a quoted single column',
      '"email"\n"a@example.com"\n',
      { delimiter: null, quote: '"', columns: ['email'], rowCount: 1 },
    ],
    [
      'a delimiter behind the only column',
      'a@example.com;\nb@example.com;\n',
      { delimiter: ';', headerLine: null, columns: ['Column 1'] },
    ],
    [
      'titles and empty rows of a spreadsheet',
      'Report;;\n;;\nId;Name;Email\n1;A;a@example.com\n;;\n;;\n',
      { headerLine: 3, rowCount: 1 },
    ],
    [
      'facts above the header',
      'By;Marie;;\nOn;2026-01-01;;\n\nId;Nom;Courriel;Ville\n1;A;a@example.com;X\n',
      { headerLine: 4, rowCount: 1 },
    ],
    ['a total in quotes', '"Id","Name","Email"\n"1","A","a@example.com"\n"Total","","1"\n', { rowCount: 1 }],
    [
      'a hash in front of the header',
      '#id,name,email\n1,A,a@example.com\n',
      { headerLine: 1, columns: ['#id', 'name', 'email'] },
    ],
    [
      'a comment as wide as the table',
      'id,name,email\n1,A,a@example.com\n# a, b, c\n#2,B,b@example.com\n',
      { rowCount: 2 },
    ],
    [
      'line ends doubled by a transfer',
      'email,name\r\r\na@example.com,A\r\r\n',
      { columns: ['email', 'name'], rowCount: 1 },
    ],
    ['the end mark of DOS', 'id,email\n1,a@example.com\n\u001a', { rowCount: 1 }],
    ['a header and nothing else', 'id,email\n', { columns: ['id', 'email'], rowCount: 0 }],
    [
      'commas inside cells of a semicolon file',
      'Doe, John;john@example.com;Paris, France\nRoe, Jane;jane@example.com;Lyon, France\n',
      { delimiter: ';', rowCount: 2 },
    ],
  ])('%s', async (_, text, expected) => {
    expect(await read(text)).toMatchObject(expected);
  });
});

describe('packed files', () => {
  const csv = 'id;email\n1;a@example.com\n';
  it('reads gzip and zip, and a workbook inside a zip', async () => {
    expect(await read(gzipSync(csv))).toMatchObject({ format: 'csv', compression: 'gzip', rowCount: 1 });
    const zip = zipSync({
      'folder/segment.csv': Buffer.from(csv),
      '__MACOSX/._segment.csv': Buffer.from('x'),
      'readme.md': Buffer.from('x'),
    });
    expect(await read(zip)).toMatchObject({
      format: 'csv',
      compression: 'zip',
      delimiter: ';',
      rows: [['1', 'a@example.com']],
    });
    const book = path.join(folder, 'book.xlsx');
    await makeWorkbook(book, [
      {
        name: 'A',
        rows: [
          ['id', 'email'],
          [1, 'a@example.com'],
        ],
      },
    ]);
    const packed = zipSync({ 'book.xlsx': await readFile(book) });
    expect(await read(packed)).toMatchObject({ format: 'xlsx', compression: 'zip', rowCount: 1 });
    const gzipped = path.join(folder, 'book.xlsx.gz');
    await writeFile(gzipped, gzipSync(await readFile(book)));
    expect(await previewSegment(gzipped, { tempFolder: folder })).toMatchObject({
      format: 'xlsx',
      compression: 'gzip',
      columns: ['id', 'email'],
      rows: [['1', 'a@example.com']],
      whole: true,
    });
    expect((await readdir(folder)).filter((name) => name.startsWith('segue-'))).toEqual([]);
  });

  it('reads the parts of one segment in a zip in part order, each with its own heading line', async () => {
    const zip = zipSync({
      'out/people_10.csv': Buffer.from('email,id\nj@example.com,10\n'),
      ...Object.fromEntries(
        Array.from({ length: 9 }, (_, i) => [
          `out/people_${i + 1}.csv`,
          Buffer.from(`id;email\n${i + 1};p${i + 1}@example.com\n${i === 4 ? '1;2;3\n' : ''}`),
        ]),
      ),
      'readme.txt': Buffer.from('The parts of one segment.'),
    });
    const found = await read(zip);
    expect(found).toMatchObject({ compression: 'zip', columns: ['id', 'email'], rowCount: 10 });
    expect(found.rows?.map(([id]) => id)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10']);
    expect(found.rows?.at(-1)).toEqual(['10', 'j@example.com']);
    expect(found.unreadable).toEqual([{ line: 3, reason: 'surplus-cells' }]);
  });

  it('does not choose between several tables', async () => {
    expect(await refused(zipSync({ 'a.csv': Buffer.from(csv), 'b.csv': Buffer.from(csv) }))).toBe(
      'segment.archive-unsafe',
    );
    expect(await refused(zipSync({ 'content.xml': Buffer.from('<a/>'), 'meta.xml': Buffer.from('<b/>') }))).toBe(
      'segment.not-understood',
    );
  });

  it('says that a packed table has a password', async () => {
    const zip = zipSync({ 'a.csv': Buffer.from(csv) });
    // The flag of encryption, in the entry and in the directory.
    const at = Buffer.from(zip).indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    zip[6] = 1;
    zip[at + 8] = 1;
    expect(await refused(zip)).toBe('segment.archive-unsafe');
  });
});

describe('overrides and previews', () => {
  it('reads as it is told to', async () => {
    const text = 'Title;of;file\nid;email;name\n1;a@example.com;"A"\n';
    const found = await read(text, { delimiter: ';', quote: null, headerLine: 2 });
    expect(found).toMatchObject({ quote: null, headerLine: 2, rows: [['1', 'a@example.com', '"A"']] });
    expect(await read('x,y\n1,2\n3,4\n', { headerLine: null })).toMatchObject({
      columns: ['Column 1', 'Column 2'],
      rowCount: 3,
    });
  });

  it('previews what reading the whole will find', async () => {
    const file = path.join(folder, 'segment');
    await writeFile(file, `Report\n\nid,name,email\n${manyRows.repeat(20)}`);
    const preview = await previewSegment(file, { rows: 2 });
    expect(preview).toMatchObject({
      format: 'csv',
      delimiter: ',',
      headerLine: 3,
      columns: ['id', 'name', 'email'],
      whole: false,
    });
    expect(preview.rows).toEqual([
      ['0', 'name 0', 'n0@example.com'],
      ['1', 'name 1', 'n1@example.com'],
    ]);
  });
});
