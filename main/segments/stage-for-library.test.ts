import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { segmentMemoryMb } from './engine-memory.ts';
import { stageForLibrary } from './stage-for-library.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'segue-wide-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('a file of a thousand columns fits into the memory that every file has', async () => {
  const columns = Array.from({ length: 1_000 }, (_, index) => `c${index}`);
  const rows = ['Email', 'ann@example.com', 'bob@example.com'].map((first, row) =>
    [first, ...columns.map((column) => (row === 0 ? column : `${column}-${row}`))].join(','),
  );
  const file = path.join(folder, 'wide.csv');
  await writeFile(file, `${rows.join('\n')}\n`);
  const { summary } = await stageForLibrary({
    files: [file],
    overrides: {},
    stageFolder: path.join(folder, 'stage'),
    tempFolder: folder,
    memoryLimitMb: segmentMemoryMb,
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  expect(summary).toMatchObject({ rowCount: 2, unreadableCount: 0 });
  expect(summary.columns).toHaveLength(1_001);
  const samples = summary.columns.map((column) => column.samples);
  expect([samples[0], samples[1], samples[1_000]]).toEqual([
    ['ann@example.com', 'bob@example.com'],
    ['c0-1', 'c0-2'],
    ['c999-1', 'c999-2'],
  ]);
});
