import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DuckDbValue, openDuckDb } from './duckdb.ts';
import { generateSampleSegment } from './generate-sample.ts';
import { requireRoom } from './size-limits.ts';
import { readStageManifest, stageSegment, stageTable } from './stage.ts';
import { stageRows } from './stage-rows.ts';
import { makeWorkbook } from './testing/make-workbook.ts';
import type { ReadingProgress } from './types.ts';

let folder = '';
let stageFolder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'segue-stage-'));
  stageFolder = path.join(folder, 'stage');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function put(name: string, content: string | Buffer): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, content);
  return file;
}

async function staged(sql = '*'): Promise<DuckDbValue[][]> {
  const db = await openDuckDb({
    tempFolder: folder,
    memoryLimitMb: 200,
    threads: 1,
    readable: [stageFolder],
    writable: [],
  });
  try {
    return await db.table(`SELECT ${sql} FROM ${stageRows(stageTable(stageFolder))}`);
  } finally {
    db.close();
  }
}

describe('stageSegment', () => {
  it('stages a plain file with row numbers, empty cells apart from missing ones', async () => {
    const file = await put('plain.csv', 'id,name,email\r\n007,,a@example.com\r\n8,"B, ""b""",b@example.com\r\n');
    const manifest = await stageSegment({ files: [file], stageFolder });
    expect(manifest).toMatchObject({ columns: ['id', 'name', 'email'], rowCount: 2, unreadableCount: 0 });
    expect(await staged()).toEqual([
      [1n, '007', '', 'a@example.com'],
      [2n, '8', 'B, "b"', 'b@example.com'],
    ]);
    expect(await readStageManifest(stageFolder)).toEqual(manifest);
    expect(await readdir(stageFolder)).toEqual(['manifest.json', 'stage.parquet', 'unreadable.ndjson']);
  });

  it('keeps short rows short and tells what could not be read, with its text', async () => {
    const file = await put(
      'ragged.csv',
      'id;email;name\n1;a@example.com\n2;b@example.com;B;surplus\n3;c@example.com;\n',
    );
    const manifest = await stageSegment({ files: [file], stageFolder });
    expect(await staged()).toEqual([
      [1n, '1', 'a@example.com', null],
      [2n, '3', 'c@example.com', ''],
    ]);
    const lost = { line: 3, reason: 'surplus-cells', file: 'ragged.csv', text: '2;b@example.com;B;surplus' };
    expect(manifest.unreadable).toEqual([lost]);
    expect(JSON.parse(await readFile(path.join(stageFolder, 'unreadable.ndjson'), 'utf8'))).toEqual(lost);
  });

  it('joins parts in their order, by heading', async () => {
    const first = await put('part_1.csv', 'id,email\n1,a@example.com\n2,b@example.com\n');
    const second = await put('part_2.csv.gz', gzipSync('email;id;name\nc@example.com;3;C\n'));
    const third = await put('part_3.json', '[{"id":4,"email":"d@example.com"}]');
    const manifest = await stageSegment({ files: [first, second, third], stageFolder });
    expect(manifest.columns).toEqual(['id', 'email', 'name']);
    expect(manifest.files.map(({ firstRow, rowCount }) => [firstRow, rowCount])).toEqual([
      [1, 2],
      [3, 1],
      [4, 1],
    ]);
    expect(await staged()).toEqual([
      [1n, '1', 'a@example.com', ''],
      [2n, '2', 'b@example.com', ''],
      [3n, '3', 'c@example.com', 'C'],
      [4n, '4', 'd@example.com', ''],
    ]);
  });

  it('stages workbooks and Parquet', async () => {
    const book = path.join(folder, 'book.xlsx');
    await makeWorkbook(book, [
      {
        name: 'People',
        rows: [
          ['id', 'email'],
          [{ value: 7, format: '000' }, 'a@example.com'],
        ],
      },
    ]);
    await stageSegment({ files: [book], stageFolder });
    expect(await staged()).toEqual([[1n, '007', 'a@example.com']]);
    const parquet = stageTable(stageFolder);
    stageFolder = path.join(folder, 'again');
    const manifest = await stageSegment({ files: [parquet], stageFolder });
    expect(manifest.columns).toEqual(['c0', 'c1']);
    expect(await staged()).toEqual([[1n, '007', 'a@example.com']]);
  });

  it('reads a path that DuckDB would take for a pattern', async () => {
    const file = await put('people [1]*.csv', 'id,email\n1,a@example.com\n');
    expect((await stageSegment({ files: [file], stageFolder })).rowCount).toBe(1);
  });

  it('keeps every row of a large file in order and matches its columns', async () => {
    const file = path.join(folder, 'large.csv');
    const figures = await generateSampleSegment(file, 200_000);
    const manifest = await stageSegment({ files: [file], stageFolder });
    expect(manifest.rowCount).toBe(figures.rows);
    expect(manifest.suggestion.fieldMap.slice(0, 3)).toEqual([
      { field: 'email', columnIndex: 3 },
      { field: 'first_name', columnIndex: 1 },
      { field: 'last_name', columnIndex: 2 },
    ]);
    // The identifier's second half is the row's own number, in hexadecimal.
    expect(await staged("count(*), count(*) FILTER (right(c0, 8) <> printf('%08x', row_number - 1))")).toEqual([
      [200_000n, 0n],
    ]);
  });

  it('leaves nothing behind when it is cancelled', async () => {
    const file = path.join(folder, 'large.csv');
    await generateSampleSegment(file, 100_000);
    const abort = new AbortController();
    const staging = stageSegment({ files: [file], stageFolder, signal: abort.signal, onProgress: () => abort.abort() });
    await expect(staging).rejects.toMatchObject({ code: 'cancelled' });
    expect(await readdir(stageFolder)).toEqual([]);
  });

  it('leaves nothing behind when the file cannot be read', async () => {
    const file = await put('picture.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 1, 2, 3, 4]));
    await expect(stageSegment({ files: [file], stageFolder })).rejects.toMatchObject({ code: 'segment.not-a-table' });
    expect(await readdir(stageFolder)).toEqual([]);
  });

  it('refuses more than it may be, and leaves nothing behind', async () => {
    const rows = Array.from({ length: 3_000 }, (_, n) => `${n},p${n}@example.com\n`).join('');
    const plain = await put('plain.csv', `id,email\n${rows}`);
    // Not for DuckDB, packed, and in parts: the limit holds for all of them together.
    const odd = await put('odd.csv.gz', gzipSync(`id;email\r\n${rows.replaceAll(',', ';')}`));
    const tooLarge = { code: 'segment.too-large' };
    for (const files of [[plain], [odd], [plain, odd]]) {
      const limits = { bytes: 1e9, rows: 3_000 * files.length - 1 };
      await expect(stageSegment({ files, stageFolder, limits })).rejects.toMatchObject(tooLarge);
      expect(await readdir(stageFolder)).toEqual([]);
      const manifest = await stageSegment({ files, stageFolder, limits: { ...limits, rows: limits.rows + 1 } });
      expect(manifest.rowCount).toBe(3_000 * files.length);
      await rm(stageFolder, { recursive: true });
    }
    const limits = { bytes: 1_000, rows: 1e9 };
    await expect(stageSegment({ files: [plain], stageFolder, limits })).rejects.toMatchObject(tooLarge);
    await expect(requireRoom(folder, 1e15, { bytes: 1e16, rows: 1 }, 'x')).rejects.toMatchObject({ code: 'disk.full' });
  });

  it('tells how far it is, all the way, also where it reads twice', async () => {
    const file = path.join(folder, 'book.xlsx');
    const rows = Array.from({ length: 30_000 }, (_, n) => [n, `p${n}@example.com`, `Name ${n % 977}`]);
    await makeWorkbook(file, [{ name: 'A', rows: [['id', 'email', 'name'], ...rows] }]);
    const told: ReadingProgress[] = [];
    await stageSegment({ files: [file], stageFolder, onProgress: (progress) => told.push(progress) });
    expect(told.length).toBeGreaterThan(0);
    for (const [i, { bytesRead, bytesTotal, rows: counted }] of told.entries()) {
      expect(Number.isInteger(bytesRead)).toBe(true);
      expect(bytesRead).toBeGreaterThanOrEqual(told[i - 1]?.bytesRead ?? 0);
      expect(bytesRead).toBeLessThanOrEqual(bytesTotal);
      expect(counted).toBeLessThanOrEqual(30_000);
    }
  });

  it('says when it may not write', async () => {
    const file = await put('plain.csv', 'id,email\n1,a@example.com\n');
    await put('occupied', 'a file where the folder should be');
    const blocked = path.join(folder, 'occupied', 'stage');
    await expect(stageSegment({ files: [file], stageFolder: blocked })).rejects.toThrow();
    await mkdir(path.join(folder, 'free'));
    expect(existsSync(blocked)).toBe(false);
  });
});
