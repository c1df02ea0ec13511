// Measures what design.md's budgets name, all in one run on this machine: node build/bench/bench.ts [--rows N,N]
// The launcher has installed and built everything and set ELECTRON_OVERRIDE_DIST_PATH where the stand-in is used.
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { measurePreviews, measureRows, measureStarts, measureWorkbook } from './sections.ts';
import { formatTable, type Line, whole } from './table.ts';

const cacheFolder = path.resolve(import.meta.dirname, '..', '..', '.cache', 'bench');
const usage = 'Usage: npm run bench -- [--rows 100000,1000000,5000000] [--real-pace] [--no-start]';
const workbookRows = 200_000;

interface Options {
  readonly sizes: readonly number[];
  readonly realPace: boolean;
  readonly start: boolean;
}

async function bench({ sizes, realPace, start }: Options): Promise<void> {
  const cpu = os.cpus()[0]?.model ?? 'unknown processor';
  const memory = Math.round(os.totalmem() / 2 ** 30);
  console.log(
    `${os.availableParallelism()} cores (${cpu}), ${memory} GB, ${os.platform()} ${os.arch()}, Node ${process.version}`,
  );
  const load = os.loadavg()[0] ?? 0;
  if (load > 0.5)
    console.log(`The machine is busy with other things (load ${load.toFixed(1)}): the numbers are too high.`);
  const json: Record<string, unknown> = { cores: os.availableParallelism(), node: process.version, load };
  for (const rows of sizes) {
    const lines: Line[] = [];
    json[String(rows)] = await measureRows(cacheFolder, rows, realPace, lines);
    console.log(`\n${whole(rows)} rows x 14 columns\n${formatTable(lines)}`);
  }
  const lines: Line[] = [];
  json.preview = await measurePreviews(cacheFolder, sizes, workbookRows, lines);
  json.workbook = await measureWorkbook(cacheFolder, workbookRows, lines);
  if (start) json.start = await measureStarts(lines);
  console.log(`\nOnce\n${formatTable(lines)}`);
  console.log(`\nBENCH ${JSON.stringify(json)}`);
}

function sizesOf(text: string): number[] {
  const sizes = text.split(',').map((part) => Number(part.replaceAll('_', '')));
  if (sizes.some((size) => !Number.isInteger(size) || size < 1_000)) throw new Error(`--rows: ${text}\n${usage}`);
  return sizes;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rows: { type: 'string', default: '100000,1000000' },
      'real-pace': { type: 'boolean', default: false },
      'no-start': { type: 'boolean', default: false },
    },
  });
  await bench({ sizes: sizesOf(values.rows), realPace: values['real-pace'], start: !values['no-start'] });
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
