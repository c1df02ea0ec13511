import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDuckDb } from './duckdb.ts';
import { highCharacters } from './encodings.ts';
import { inspectFile } from './inspect.ts';
import { stageSegment, stageTable } from './stage.ts';
import { stageRows } from './stage-rows.ts';
import { quiet } from './testing/nasty-files.ts';
import { renderTable, type Traits } from './testing/render-table.ts';
import type { TextEncoding } from './types.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'segue-property-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const encodings: readonly TextEncoding[] = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'macintosh'];
const ascii = Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i));
const awkward = ['"', "'", '\\', ',', ';', '\t', '|', '\n', '\r', '\r\n', ' ', '#', '=', '\u00a0', ''];

/** Any text that the encoding can hold, with far more of what CSV chokes on than nature gives. */
function cellOf(encoding: TextEncoding): fc.Arbitrary<string> {
  const single = encoding === 'windows-1252' || encoding === 'macintosh';
  const unit = single
    ? fc.constantFrom(...ascii, ...highCharacters(encoding))
    : fc.oneof(fc.constantFrom(...ascii), fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }));
  const part = fc.oneof({ weight: 4, arbitrary: unit }, { weight: 1, arbitrary: fc.constantFrom(...awkward) });
  return fc.array(part, { maxLength: 12 }).map((parts) =>
    parts
      .join('')
      .replaceAll('\0', '')
      .replace(/^\ufeff/, ''),
  );
}

/**
 * Any table with an identifier, an address and a quoted word in each row (without one, nothing could tell how quotes are escaped), written in
 * any dialect and encoding.
 */
const anyFile: fc.Arbitrary<Traits> = fc
  .record({
    encoding: fc.constantFrom(...encodings),
    delimiter: fc.constantFrom(',', ';', '\t', '|'),
    quoting: fc.constantFrom<'needed' | 'all'>('needed', 'all'),
    escape: fc.constantFrom<'doubled' | 'backslash'>('doubled', 'backslash'),
    lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
    endsWithLineEnd: fc.boolean(),
    extra: fc.integer({ min: 1, max: 4 }),
    count: fc.integer({ min: 3, max: 12 }),
  })
  .chain(({ encoding, lineEnd, extra, count, ...rest }) =>
    fc
      .array(fc.array(cellOf(encoding), { minLength: extra, maxLength: extra }), { minLength: count, maxLength: count })
      .map(
        (cells): Traits => ({
          ...quiet,
          ...rest,
          encoding,
          byteOrderMark: encoding !== 'utf-8',
          lineEnds: [lineEnd],
          columns: ['id', 'email', 'proof', ...Array.from({ length: extra }, (_, i) => `extra ${i + 1}`)],
          rows: cells.map((row, i) => [String(1000 + i), `someone${i}@example.com`, 'says "so" here', ...row]),
        }),
      ),
  );

/** Everything that no reader could infer from a handful of wild rows is told; what is checked is that no cell is altered. */
function overridesFor(traits: Traits) {
  const single = traits.encoding === 'windows-1252' || traits.encoding === 'macintosh';
  return { delimiter: traits.delimiter, quote: traits.quote, ...(single ? { encoding: traits.encoding } : {}) };
}

describe('any table', () => {
  it('in any dialect and encoding reads back cell for cell', async () => {
    const file = path.join(folder, 'any.txt');
    await fc.assert(
      fc.asyncProperty(anyFile, async (traits) => {
        const { bytes, expected } = renderTable(traits);
        await writeFile(file, bytes);
        const found = await inspectFile(file, { rows: 'all', overrides: overridesFor(traits) });
        expect(found.rows).toEqual(expected.rows);
        expect(found.columns).toEqual(expected.columns);
        expect(found.unreadable).toEqual([]);
      }),
      { numRuns: 200, interruptAfterTimeLimit: 15_000 },
    );
  });

  it('is staged cell for cell, whichever way it goes into DuckDB', async () => {
    const file = path.join(folder, 'staged.txt');
    await fc.assert(
      fc.asyncProperty(anyFile, async (traits) => {
        const { bytes, expected } = renderTable(traits);
        await writeFile(file, bytes);
        const stageFolder = await mkdtemp(path.join(folder, 'stage-'));
        const manifest = await stageSegment({ files: [file], stageFolder, overrides: overridesFor(traits) });
        expect(manifest.rowCount).toBe(expected.rowCount);
        const db = await openDuckDb({
          tempFolder: folder,
          memoryLimitMb: 200,
          threads: 1,
          readable: [stageFolder],
          writable: [],
        });
        try {
          const rows = await db.table(`SELECT * FROM ${stageRows(stageTable(stageFolder))} ORDER BY row_number`);
          expect(rows).toEqual(expected.rows?.map((row, i) => [BigInt(i + 1), ...row]));
        } finally {
          db.close();
        }
      }),
      { numRuns: 30, interruptAfterTimeLimit: 15_000 },
    );
  });
});
