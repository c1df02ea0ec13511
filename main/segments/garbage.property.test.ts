import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SegueError } from '../errors/segue-error.ts';
import { inspectFile } from './inspect.ts';
import { previewSegment } from './preview.ts';
import { stageSegment } from './stage.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'segue-garbage-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const parts = [
  ...['"', "'", ',', ';', '\t', '|', '\n', '\r', '\r\n', '\n\n', ' ', '#', '\\', '""', '\\"', '", "', '";"'],
  ...[
    'a',
    '1',
    'ann@example.com',
    'email',
    'name',
    'Total',
    '(2 rows)',
    'é',
    '’',
    '\0',
    '{',
    '}',
    '[',
    ']',
    ':',
    '{"a":1}',
    'sep=;',
  ],
];
const text = fc.array(fc.constantFrom(...parts), { minLength: 1, maxLength: 60 }).map((found) => found.join(''));
const bytes = fc.oneof(
  text.map((found) => Buffer.from(found, 'utf8')),
  text.map((found) => Buffer.from(found, 'latin1')),
  text.map((found) => Buffer.from(found, 'utf16le')),
  fc.uint8Array({ minLength: 1, maxLength: 200 }).map((found) => Buffer.from(found)),
);

/** Resolves to null where the file was refused on purpose. */
function unlessRefused<T>(work: Promise<T>): Promise<T | null> {
  return work.catch((error: unknown) => {
    if (error instanceof SegueError) return null;
    throw error;
  });
}

describe('any bytes', () => {
  it('are either refused or read as one table, and the first look agrees', async () => {
    const file = path.join(folder, 'garbage');
    await fc.assert(
      fc.asyncProperty(bytes, async (content) => {
        await writeFile(file, content);
        const found = await unlessRefused(inspectFile(file, { rows: 'all' }));
        const preview = await unlessRefused(previewSegment(file, { rows: 1000 }));
        expect(preview === null).toBe(found === null);
        if (found === null) return;
        expect(found.rows).toHaveLength(found.rowCount);
        for (const row of found.rows ?? []) expect(row).toHaveLength(found.columns.length);
      }),
      { numRuns: 400, interruptAfterTimeLimit: 15_000 },
    );
  });

  it('are staged with the same count', async () => {
    const file = path.join(folder, 'staged');
    await fc.assert(
      fc.asyncProperty(bytes, async (content) => {
        await writeFile(file, content);
        const found = await unlessRefused(inspectFile(file));
        const stageFolder = await mkdtemp(path.join(folder, 'stage-'));
        const manifest = await unlessRefused(stageSegment({ files: [file], stageFolder }));
        expect(manifest?.rowCount).toBe(found?.rowCount);
        expect(manifest?.unreadableCount).toBe(found?.unreadable.length);
      }),
      { numRuns: 30, interruptAfterTimeLimit: 15_000 },
    );
  });
});
