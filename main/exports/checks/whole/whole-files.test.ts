import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stageSegment, stageTable } from '../../../segments/stage.ts';
import { makeWorkbook } from '../../../segments/testing/make-workbook.ts';
import { StageFixture } from '../../../test-support/stage-fixture.ts';
import { type CheckedSegment, checkSegments } from '../../check.ts';
import { CheckMemory } from '../../check-memory.ts';
import { findingRows } from '../../finding-rows.ts';
import { findAll } from '../../findings.ts';
import { duplicates } from './duplicates.ts';
import { fileCut, limitOf } from './file-cut.ts';
import { hiddenRows } from './hidden-rows.ts';

let fixture: StageFixture;
beforeAll(async () => {
  fixture = await StageFixture.open();
});
afterAll(() => fixture.close());

let made = 0;
const fieldMap = [{ field: 'email', columnIndex: 0 }];

/** A segment read from real files, as the library does it. */
async function readSegment(
  files: readonly { readonly name: string; readonly text: string }[],
): Promise<CheckedSegment> {
  made += 1;
  const stageFolder = path.join(fixture.folder, `segment-${made}`);
  const paths = files.map(({ name }) => path.join(fixture.folder, `${made}-${name}`));
  for (const [index, { text }] of files.entries()) writeFileSync(paths[index] ?? '', text);
  const manifest = await stageSegment({ files: paths, stageFolder, tempFolder: fixture.folder });
  return {
    segmentId: `segment-${made}`,
    stageFile: stageTable(stageFolder),
    fieldMap,
    unreadableCount: manifest.unreadableCount,
  };
}

async function segmentOf(addresses: readonly string[]): Promise<CheckedSegment> {
  made += 1;
  const stageFile = await fixture.write(addresses.map((address) => [address]));
  return { segmentId: `segment-${made}`, stageFile, fieldMap, unreadableCount: 0 };
}

const addresses = (count: number) => Array.from({ length: count }, (_, index) => `p${index}@example.com`).join('\r\n');

test('limits, with and without the line of headings', () => {
  const ends = (rowCount: number, headerLine: number | null, unreadable = 0) =>
    limitOf({ rowCount, reading: { headerLine } }, unreadable)?.rows ?? null;
  for (const limit of [65_536, 1_048_576, 100_000, 750_000]) {
    expect(ends(limit, 1)).toBe(limit);
    expect(ends(limit, null)).toBe(limit);
    expect(ends(limit - 1, 1)).toBe(limit);
    expect(ends(limit - 1, null)).toBeNull();
    expect(ends(limit + 1, 1)).toBeNull();
    expect(ends(limit - 3, 1, 2)).toBe(limit);
  }
});

test('a file that ends at 65,536 lines is named; one that goes on is not', async () => {
  const cut = await readSegment([{ name: 'old.csv', text: `Email\r\n${addresses(65_535)}\r\n` }]);
  const whole = await readSegment([{ name: 'new.csv', text: `Email\r\n${addresses(1_000)}\r\n` }]);
  const findings = await fileCut(fixture.db, [whole, cut], new CheckMemory());
  expect(findings).toMatchObject([
    {
      kind: 'file-cut',
      field: null,
      count: 1,
      params: { limit: 65_536, source: 'spreadsheet' },
      examples: [{ segmentId: cut.segmentId, rowNumber: 65_535 }],
    },
  ]);
  expect(findings[0]?.params.file).toContain('old.csv');
});

test('of several parts the last one tells whether the file is cut', async () => {
  const full = { name: 'a_1.csv', text: `Email\r\n${addresses(100_000)}\r\n` };
  const rest = { name: 'a_2.csv', text: 'Email\r\nlast@example.com\r\n' };
  expect(await fileCut(fixture.db, [await readSegment([full, rest])], new CheckMemory())).toEqual([]);
  const ended = await fileCut(fixture.db, [await readSegment([rest, full])], new CheckMemory());
  expect(ended).toMatchObject([{ params: { limit: 100_000, source: 'download' } }]);
});

test('rows that a workbook hides are told, with the workbook', async () => {
  made += 1;
  const file = path.join(fixture.folder, `${made}-people.xlsx`);
  const rows = [['Email'], ['a@example.com'], ['b@example.com'], ['c@example.com']];
  await makeWorkbook(file, [{ name: 'People', rows, hiddenRows: [2, 4] }]);
  const stageFolder = path.join(fixture.folder, `segment-${made}`);
  await stageSegment({ files: [file], stageFolder, tempFolder: fixture.folder });
  const segment = { segmentId: 'people', stageFile: stageTable(stageFolder), fieldMap, unreadableCount: 0 };
  expect(await findAll(fixture.db, [segment])).toMatchObject([
    { kind: 'rows-hidden', field: null, count: 2, params: { file: path.basename(file) } },
  ]);
});

test('a file without hidden rows, or without a manifest, has nothing to tell', async () => {
  const plain = await readSegment([{ name: 'plain.csv', text: 'Email\r\na@example.com\r\n' }]);
  const bare = await segmentOf(['a@example.com']);
  expect(await hiddenRows(fixture.db, [plain], new CheckMemory())).toEqual([]);
  expect(await fileCut(fixture.db, [bare], new CheckMemory())).toEqual([]);
});

test('addresses in several rows: over all segments, trimmed and in small letters, the last row wins', async () => {
  const first = await segmentOf(['ada@example.com', 'bo@example.com', 'nobody', 'ADA@example.com', 'cy@example.com']);
  const second = await segmentOf([' Ada@Example.com', 'bo@example.com', 'nobody']);
  const segments = [first, second];
  const [finding] = await duplicates(fixture.db, segments, new CheckMemory());
  const row = (segment: CheckedSegment, rowNumber: number) => ({ segmentId: segment.segmentId, rowNumber });
  expect(finding).toMatchObject({ kind: 'duplicates', field: 'email', count: 3, params: { addresses: 2 } });
  expect(finding?.examples).toEqual([
    {
      ...row(second, 1),
      cell: 'ada@example.com',
      repaired: null,
      alike: { count: 3, rows: [row(first, 1), row(first, 4), row(second, 1)] },
    },
    {
      ...row(second, 2),
      cell: 'bo@example.com',
      repaired: null,
      alike: { count: 2, rows: [row(first, 2), row(second, 2)] },
    },
  ]);
  // The same that the check counts.
  expect((await checkSegments(fixture.db, segments, 0)).counts.duplicates).toBe(finding?.count);
  expect((await findAll(fixture.db, segments)).map(({ kind }) => kind)).toContain('duplicates');
});

test('groups come page after page, and hundreds of rows are named by the first twenty', async () => {
  const many = Array.from({ length: 300 }, () => 'one@example.com');
  const segment = await segmentOf([...many, ...['a', 'b', 'c', 'a', 'b', 'c'].map((name) => `${name}@example.com`)]);
  const page = (after: number) =>
    findingRows(fixture.db, { segments: [segment], kind: 'duplicates', field: 'email', after, limit: 2 });
  const first = await page(0);
  expect(first.cells.map(({ cell, rowNumber, alike }) => [cell, rowNumber, alike?.count, alike?.rows.length])).toEqual([
    ['one@example.com', 300, 300, 20],
    ['a@example.com', 304, 2, 2],
  ]);
  const second = await page(first.next ?? 0);
  expect(second.cells.map(({ cell }) => cell)).toEqual(['b@example.com', 'c@example.com']);
  expect((await page(second.next ?? 0)).cells).toEqual([]);
});

test('nothing repeated is nothing found', async () => {
  expect(await duplicates(fixture.db, [await segmentOf(['a@example.com', 'x', 'x'])], new CheckMemory())).toEqual([]);
});
