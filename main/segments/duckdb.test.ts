import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DuckDb, interruptible, openDuckDb, quoteText } from './duckdb.ts';

let folder = '';
let outside = '';
let db: DuckDb;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'segue-duckdb-'));
  outside = await mkdtemp(path.join(tmpdir(), 'segue-outside-'));
  await writeFile(path.join(folder, 'in.csv'), 'a\n1\n');
  await writeFile(path.join(outside, 'secret.csv'), 'a\n1\n');
  db = await openDuckDb({
    tempFolder: folder,
    memoryLimitMb: 100,
    threads: 1,
    readable: [path.join(folder, 'in.csv')],
    writable: [],
  });
});
afterAll(async () => {
  db.close();
  await rm(folder, { recursive: true, force: true });
  await rm(outside, { recursive: true, force: true });
});

describe('the fence', () => {
  it('lets the named file through', async () => {
    expect(await db.rows(`SELECT * FROM read_csv(${quoteText(path.join(folder, 'in.csv'))})`)).toEqual([{ a: 1n }]);
  });

  it.each(['secret.csv', '../segue'])('keeps %s out', async (name) => {
    await expect(db.run(`SELECT * FROM read_csv(${quoteText(path.join(outside, name))})`)).rejects.toThrow(
      /Permission Error/,
    );
  });

  it('lets nothing be written outside, installed, or unlocked', async () => {
    await expect(db.run(`COPY (SELECT 1) TO ${quoteText(path.join(outside, 'out.csv'))}`)).rejects.toThrow(
      /Permission Error/,
    );
    await expect(db.run('INSTALL excel')).rejects.toThrow();
    await expect(db.run('SET enable_external_access = true')).rejects.toThrow(/locked|external/i);
  });
});

describe('statements', () => {
  it('take parameters and give plain values', async () => {
    expect(await db.table('SELECT $1 || $2, 1::BIGINT, 0.5::DOUBLE, NULL', ['a', 'b'])).toEqual([
      ['ab', 1n, 0.5, null],
    ]);
  });

  it('stop at once when aborted', async () => {
    const abort = new AbortController();
    const endless = interruptible(db, abort.signal, () =>
      db.rows('SELECT sum(a.range * b.range) FROM range(1000000) a, range(1000000) b'),
    );
    setImmediate(() => abort.abort());
    await expect(endless).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('stream in blocks', async () => {
    let rows = 0;
    for await (const block of db.blocks('SELECT * FROM range(10000)')) rows += block.length;
    expect(rows).toBe(10_000);
  });
});

it('two that spill into one folder do not disturb each other, and leave nothing there', async () => {
  const tempFolder = await mkdtemp(path.join(folder, 'spill-'));
  const spilled = async (salt: number) => {
    const opened = await openDuckDb({ tempFolder, memoryLimitMb: 8, threads: 1, readable: [], writable: [] });
    await opened.run(`CREATE TEMP TABLE t AS SELECT i, md5((i + ${salt})::VARCHAR) AS h FROM range(200000) r(i)`);
    return opened;
  };
  const [one, other] = [await spilled(0), await spilled(1)];
  expect(await readdir(tempFolder)).toHaveLength(2);
  const wrong = (opened: DuckDb, salt: number) =>
    opened.table(`SELECT count(*) FILTER (h <> md5((i + ${salt})::VARCHAR)) FROM t`);
  expect(await wrong(one, 0)).toEqual([[0n]]);
  expect(await wrong(other, 1)).toEqual([[0n]]);
  one.close();
  expect(await wrong(other, 1)).toEqual([[0n]]);
  other.close();
  expect(await readdir(tempFolder)).toEqual([]);
});
