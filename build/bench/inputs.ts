import { createReadStream, createWriteStream, existsSync, mkdirSync, renameSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { openDuckDb, quoteText } from '../../main/segments/duckdb.ts';
import { generateSampleSegment } from '../../main/segments/generate-sample.ts';
import { makeWorkbook } from '../../main/segments/testing/make-workbook.ts';

/** The same segment in the formats whose first preview is measured. */
export interface Inputs {
  readonly csv: string;
  readonly gzip: string;
  readonly json: string;
  readonly parquet: string;
}

/** Changes with the generator's rows, so that a kept file of an older shape is not used. */
const shape = 1;

/** A generated segment of so many rows, made once and kept in `folder`. */
export async function csvInput(folder: string, rows: number): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `segment-${shape}-${rows}.csv`);
  await make(file, async (half) => {
    await generateSampleSegment(half, rows);
  });
  return file;
}

/** The segment in every format. */
export async function allInputs(folder: string, rows: number): Promise<Inputs> {
  const csv = await csvInput(folder, rows);
  const named = (ending: string) => csv.replace(/csv$/, ending);
  const inputs = { csv, gzip: named('csv.gz'), json: named('ndjson'), parquet: named('parquet') };
  await make(inputs.gzip, (half) => pipeline(createReadStream(csv), createGzip({ level: 3 }), createWriteStream(half)));
  const db = await openDuckDb({
    tempFolder: folder,
    memoryLimitMb: 1_000,
    threads: 2,
    readable: [folder],
    writable: [folder],
  });
  try {
    const copy = (half: string, format: string) =>
      db.run(`COPY (SELECT * FROM read_csv(${quoteText(csv)}, header = true, all_varchar = true))
        TO ${quoteText(half)} (FORMAT ${format})`);
    await make(inputs.parquet, (half) => copy(half, 'parquet'));
    await make(inputs.json, (half) => copy(half, 'json'));
  } finally {
    db.close();
  }
  return inputs;
}

/** The first `rows` of the segment as a workbook. */
export async function workbookInput(folder: string, rows: number): Promise<string> {
  const csv = await csvInput(folder, rows);
  const file = csv.replace(/csv$/, 'xlsx');
  await make(file, async (half) => {
    const db = await openDuckDb({
      tempFolder: folder,
      memoryLimitMb: 1_000,
      threads: 2,
      readable: [csv],
      writable: [],
    });
    try {
      const read = `read_csv(${quoteText(csv)}, header = true, all_varchar = true)`;
      const headings = (await db.table(`DESCRIBE SELECT * FROM ${read}`)).map(([name]) => String(name));
      const cells = (await db.table(`SELECT * FROM ${read}`)).map((row) => row.map((cell) => String(cell ?? '')));
      await makeWorkbook(half, [{ name: 'Segment', rows: [headings, ...cells] }]);
    } finally {
      db.close();
    }
  });
  return file;
}

/** A file that is there is whole: it gets its name last. */
async function make(file: string, write: (half: string) => Promise<void>): Promise<void> {
  if (existsSync(file)) return;
  const half = `${file}.half`;
  await write(half);
  renameSync(half, file);
}
