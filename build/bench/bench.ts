// Measures what design.md's budgets name, all in one run on this machine: node build/bench/bench.ts [--rows N,N]
// The launcher has installed and built everything and set ELECTRON_OVERRIDE_DIST_PATH where the stand-in is used.
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { allInputs, csvInput } from './inputs.ts';
import { engineLimits, runPart } from './part.ts';
import { formatTable, type Line, megabytes, milliseconds, seconds, times, whole } from './table.ts';

interface Bodies {
  readonly ms: number;
  readonly contacts: number;
  readonly bytes: number;
  readonly peakMb: number;
}

interface OwnBodies extends Bodies {
  readonly stageMs: number;
  readonly planMs: number;
  readonly bodiesMs: number;
}

interface Export {
  readonly contacts: number;
  readonly state: string;
  readonly readMs: number;
  readonly recountMs: number;
  readonly runMs: number;
  readonly wholeMs: number;
  readonly preparedMs: number;
  readonly ownMs: number;
  readonly cpuMs: number;
  readonly practiceCpuMs: number | null;
  readonly peakMb: number;
  readonly loopP999Ms: number;
  readonly loopMaxMs: number;
  readonly idleLoopP999Ms: number;
  readonly idleLoopMaxMs: number;
  readonly cancelMs: number | null;
  readonly cancelledAs: string | null;
}

const cacheFolder = path.resolve(import.meta.dirname, '..', '..', '.cache', 'bench');
const usage = 'Usage: npm run bench -- [--rows 100000,1000000] [--real-pace]';

async function bench(sizes: readonly number[], realPace: boolean): Promise<void> {
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
    const measured = await measure(rows, realPace, lines);
    json[String(rows)] = measured;
    console.log(`\n${whole(rows)} rows x 14 columns\n${formatTable(lines)}`);
  }
  const lines: Line[] = [];
  json.preview = await previews(Math.max(...sizes), lines);
  json.start = await starts(lines);
  console.log(`\nOnce\n${formatTable(lines)}`);
  console.log(`\nBENCH ${JSON.stringify(json)}`);
}

async function measure(rows: number, realPace: boolean, lines: Line[]): Promise<unknown> {
  const csv = await csvInput(cacheFolder, rows);
  // The budgets of time are for a million rows; memory may never grow with them.
  const million = rows === 1_000_000;
  const script = await runPart<Bodies>('bodies-script', [csv]);
  const ours = await runPart<OwnBodies>('bodies-ours', [csv]);
  const bare = await bareTransform(csv);
  if (ours.contacts !== script.contacts || bare.contacts !== script.contacts) {
    throw new Error(`They disagree on the contacts: ${ours.contacts}, ${script.contacts}, ${bare.contacts}`);
  }
  const ratio = script.ms / ours.ms;
  const tell = (what: string, measured: string, budget = '', kept: boolean | null = null) =>
    lines.push({ what, measured, budget, kept });
  tell('file to last body: Segue', seconds(ours.ms));
  tell('  of that reading into the stage', seconds(ours.stageMs));
  tell('  of that the plan', seconds(ours.planMs));
  tell('  of that the bodies', seconds(ours.bodiesMs));
  tell('file to last body: csv-parse script', seconds(script.ms));
  tell('  Segue is faster by', times(ratio), million ? '2 x at least' : '', million ? ratio >= 2 : null);
  tell(`file to last body: bare DuckDB, ${bare.limitMb} MB`, seconds(bare.ms));
  tell(
    'memory: Segue / script / bare DuckDB',
    [ours, script, bare].map(({ peakMb }) => whole(peakMb)).join(' / '),
    'MB',
  );

  const full = await runPart<Export>('export', [csv, 'full-speed', 'cancel']);
  tell(
    'recount after a change of the mapping',
    milliseconds(full.recountMs),
    million ? '400 ms' : '',
    million ? full.recountMs <= 400 : null,
  );
  tell(
    'whole export at full speed, from the drop',
    seconds(full.wholeMs),
    million ? '15 s' : '',
    million ? full.wholeMs <= 15_000 : null,
  );
  tell('  of that reading the file', seconds(full.readMs));
  tell('  of that the plan', seconds(full.preparedMs));
  tell('  of that sending and confirming', seconds(full.runMs - full.preparedMs));
  tell('  processor time of the run, app and threads', seconds(full.cpuMs));
  if (full.practiceCpuMs !== null) tell('  processor time of the practice account', seconds(full.practiceCpuMs));
  tell('memory of app and threads at its highest', megabytes(full.peakMb), '600 MB', full.peakMb <= 600);
  tell('main thread, event-loop delay: p99.9', milliseconds(full.loopP999Ms), '50 ms', full.loopP999Ms <= 50);
  tell('main thread, event-loop delay: longest', milliseconds(full.loopMaxMs), '100 ms', full.loopMaxMs <= 100);
  tell(
    '  an idle process meanwhile: p99.9 / longest',
    `${milliseconds(full.idleLoopP999Ms)} / ${milliseconds(full.idleLoopMaxMs)}`,
  );
  if (full.cancelMs !== null && full.cancelledAs === 'cancelled') {
    tell('Cancel pressed to stopped', milliseconds(full.cancelMs), '500 ms', full.cancelMs <= 500);
  } else tell('Cancel pressed to stopped', 'ended before');

  if (!realPace) return { ours, script, bare, full };
  const real = await runPart<Export>('export', [csv, 'real']);
  const share = real.ownMs / real.runMs;
  tell('whole run at real pace', seconds(real.runMs));
  tell(
    '  of that nothing of ours at the other side',
    `${seconds(real.ownMs)} (${(share * 100).toFixed(1)} %)`,
    '5 %',
    share <= 0.05,
  );
  return { ours, script, bare, full, real };
}

/** DuckDB's own transform within the engine's memory; where that is too little for it, with twice as much, and so on. */
async function bareTransform(csv: string): Promise<Bodies & { readonly limitMb: number }> {
  for (let limitMb: number = engineLimits.memoryLimitMb; ; limitMb *= 2) {
    try {
      return { ...(await runPart<Bodies>('bodies-duckdb', [csv, String(limitMb)])), limitMb };
    } catch (error) {
      if (limitMb > 8_192) throw error;
    }
  }
}

async function previews(rows: number, lines: Line[]): Promise<unknown> {
  const inputs = await allInputs(cacheFolder, rows);
  const measured: Record<string, { firstMs: number; laterMs: number }> = {};
  for (const [format, file] of Object.entries(inputs)) {
    const preview = await runPart<{ firstMs: number; laterMs: number }>('preview', [file]);
    measured[format] = preview;
    lines.push({
      what: `first preview of ${format}, ${whole(rows)} rows, cold`,
      measured: milliseconds(preview.firstMs),
      budget: '500 ms',
      kept: preview.firstMs <= 500,
    });
  }
  return measured;
}

async function starts(lines: Line[]): Promise<unknown> {
  const start = await runPart<{ emptyMs: number; segueMs: number }>('start', ['5']);
  lines.push({ what: 'start of an empty app', measured: milliseconds(start.emptyMs), budget: '', kept: null });
  lines.push({
    what: 'start of Segue to a usable window',
    measured: `${milliseconds(start.segueMs)} (${times(start.segueMs / start.emptyMs)})`,
    budget: '2 x an empty app',
    kept: start.segueMs <= 2 * start.emptyMs,
  });
  return start;
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
    },
  });
  await bench(sizesOf(values.rows), values['real-pace']);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
