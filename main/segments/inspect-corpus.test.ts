import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectFile } from './inspect.ts';
import { nasties, together } from './testing/nasty-files.ts';
import { renderTable } from './testing/render-table.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'segue-corpus-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const names = Object.keys(nasties);
const pairs = names.flatMap((a, i) => names.slice(i + 1).map((b) => [a, b]));

async function misreadings(combinations: readonly (readonly string[])[]): Promise<{ read: number; misread: string[] }> {
  const misread: string[] = [];
  let read = 0;
  const file = path.join(folder, `${combinations.length}.txt`);
  for (const combination of combinations) {
    const traits = together(combination);
    if (traits === null) continue;
    const { bytes, expected } = renderTable(traits);
    await writeFile(file, bytes);
    const found = await inspectFile(file, { rows: 'all' }).catch((error: unknown) => String(error));
    read++;
    if (JSON.stringify(found) !== JSON.stringify(expected)) misread.push(combination.join(' + '));
  }
  return { read, misread };
}

describe('nasty files', () => {
  it.each(names)('%s', async (name) => {
    const traits = together([name]);
    if (traits === null) throw new Error('every nasty stands alone');
    const { bytes, expected } = renderTable(traits);
    const file = path.join(folder, 'single.txt');
    await writeFile(file, bytes);
    expect(await inspectFile(file, { rows: 'all' })).toEqual(expected);
  });

  it('in pairs are read right, all of them', async () => {
    const { read, misread } = await misreadings(pairs);
    expect(read).toBeGreaterThan(500);
    expect(misread).toEqual([]);
  });
});
