import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { stageSegment } from './stage.ts';
import { readUnreadable } from './unreadable-page.ts';

const newFolder = () => mkdtempSync(path.join(tmpdir(), 'segue-unreadable-'));

it('gives every unreadable line once, page after page, with its text', async () => {
  const folder = newFolder();
  const file = path.join(folder, 'ragged.csv');
  const line = (n: number) =>
    n % 3 === 0 ? `${n};é@example.com;surplus ${'x'.repeat(n % 900)}` : `${n};a@example.com`;
  writeFileSync(file, ['id;email', ...Array.from({ length: 3_000 }, (_, n) => line(n + 1))].join('\n'));
  const stageFolder = path.join(folder, 'stage');
  const { unreadableCount } = await stageSegment({ files: [file], stageFolder });
  expect(unreadableCount).toBe(1_000);
  const seen: number[] = [];
  for (let from: number | null = 0; from !== null; ) {
    const page: Awaited<ReturnType<typeof readUnreadable>> = await readUnreadable(stageFolder, from, 70);
    expect(page.lines.length).toBeLessThanOrEqual(70);
    for (const { line: number, reason, text, file: name } of page.lines) {
      expect({ reason, text, name }).toEqual({ reason: 'surplus-cells', text: line(number - 1), name: 'ragged.csv' });
      seen.push(number);
    }
    from = page.nextByte;
  }
  expect(seen).toEqual(Array.from({ length: 1_000 }, (_, index) => index * 3 + 4));
});

it('has nothing to give where there is nothing, or beyond the end', async () => {
  const folder = newFolder();
  const file = path.join(folder, 'plain.csv');
  writeFileSync(file, 'id;email\n1;a@example.com\n');
  const stageFolder = path.join(folder, 'stage');
  await stageSegment({ files: [file], stageFolder });
  const nothing = { lines: [], nextByte: null };
  expect(await readUnreadable(stageFolder, 0, 10)).toEqual(nothing);
  expect(await readUnreadable(stageFolder, 10_000, 10)).toEqual(nothing);
});
