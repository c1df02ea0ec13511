import type { Balance } from '../../preload/contract/views.ts';
import { allInputs, csvInput, workbookInput } from './inputs.ts';
import { engineLimits, runPart } from './part.ts';
import { type Line, megabytes, milliseconds, seconds, times, whole } from './table.ts';

interface Bodies {
  readonly ms: number;
  readonly contacts: number;
  readonly bytes: number;
  readonly cpuMs: number;
  readonly peakMb: number;
}

interface OwnBodies extends Bodies {
  readonly stageMs: number;
  readonly planMs: number;
  readonly bodiesMs: number;
}

interface LoopDelay {
  readonly p999Ms: number;
  readonly maxMs: number;
}

interface Export {
  readonly state: string;
  readonly balance: Balance;
  readonly readMs: number;
  readonly recountMs: number;
  readonly recountMaxMs: number;
  readonly findingsMs: number;
  readonly runMs: number;
  readonly wholeMs: number;
  readonly preparedMs: number;
  readonly ownMs: number;
  readonly cpuMs: number;
  readonly practiceCpuMs: number | null;
  readonly readPeakMb: number;
  readonly checkPeakMb: number;
  readonly runPeakMb: number;
  readonly comparePeakMb: number;
  readonly peakMb: number;
  readonly loop: LoopDelay;
  readonly idleLoop: LoopDelay;
  readonly compareMs: number | null;
  readonly unchanged: number | null;
  readonly cancelMs: number | null;
  readonly cancelledAs: string | null;
}

/** Adds a line; with `limit` it says whether that was kept. */
type Tell = (what: string, measured: string, budget?: string, kept?: boolean | null) => void;

const teller =
  (lines: Line[]): Tell =>
  (what, measured, budget = '', kept = null) =>
    lines.push({ what, measured, budget, kept });

/** What hangs on the number of rows. Budgets of time are for a million of them; memory may never grow with them. */
export async function measureRows(folder: string, rows: number, realPace: boolean, lines: Line[]): Promise<unknown> {
  const csv = await csvInput(folder, rows);
  const tell = teller(lines);
  const bodies = await measureBodies(csv, rows === 1_000_000, tell);
  const full = await measureExport(csv, rows === 1_000_000, tell);
  return realPace ? { ...bodies, full, real: await measureRealPace(csv, tell) } : { ...bodies, full };
}

async function measureBodies(csv: string, hasBudget: boolean, tell: Tell) {
  const script = await runPart<Bodies>('bodies-script', [csv]);
  const ours = await runPart<OwnBodies>('bodies-ours', [csv]);
  const bare = await bareTransform(csv);
  if (ours.contacts !== script.contacts || bare.contacts !== script.contacts) {
    throw new Error(`They disagree on the contacts: ${ours.contacts}, ${script.contacts}, ${bare.contacts}`);
  }
  const ratio = script.ms / ours.ms;
  tell('file to last body: Segue', seconds(ours.ms));
  tell('  of that reading into the stage', seconds(ours.stageMs));
  tell('  of that the plan', seconds(ours.planMs));
  tell('  of that the bodies', seconds(ours.bodiesMs));
  tell('file to last body: csv-parse script', seconds(script.ms));
  tell('  Segue is faster by', times(ratio), hasBudget ? '2 x at least' : '', hasBudget ? ratio >= 2 : null);
  tell(`file to last body: bare DuckDB, ${bare.limitMb} MB`, seconds(bare.ms));
  const processor = [ours, script, bare].map(({ cpuMs }) => seconds(cpuMs)).join(' / ');
  tell('  processor time: Segue / script / bare DuckDB', processor);
  const peaks = [ours, script, bare].map(({ peakMb }) => whole(peakMb)).join(' / ');
  tell('  memory: Segue / script / bare DuckDB', peaks, 'MB');
  return { ours, script, bare };
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

async function measureExport(csv: string, hasBudget: boolean, tell: Tell): Promise<Export> {
  const full = await runPart<Export>('export', [csv, 'full-speed', 'more']);
  const within = (what: string, ms: number, limitMs: number) => {
    const limit = limitMs >= 1_000 ? `${limitMs / 1_000} s` : `${limitMs} ms`;
    const measured = limitMs >= 1_000 ? seconds(ms) : milliseconds(ms);
    tell(what, measured, hasBudget ? limit : '', hasBudget ? ms <= limitMs : null);
  };
  within('recount after a change of the mapping', full.recountMs, 400);
  tell('  the slowest of seven', milliseconds(full.recountMaxMs));
  within('the other checks after it', full.findingsMs, 3_000);
  within('whole export at full speed, from the drop', full.wholeMs, 15_000);
  tell('  of that reading the file', seconds(full.readMs));
  tell('  of that the plan', seconds(full.preparedMs));
  tell('  of that sending and confirming', seconds(full.runMs - full.preparedMs));
  tell('  processor time of the run, app and threads', seconds(full.cpuMs));
  if (full.practiceCpuMs !== null) tell('  processor time of the practice account', seconds(full.practiceCpuMs));
  if (full.compareMs !== null) within('changes only: compared with the ledger, nobody changed', full.compareMs, 3_000);
  tell('memory of app and threads at its highest', megabytes(full.peakMb), '600 MB', full.peakMb <= 600);
  const { readPeakMb, checkPeakMb, runPeakMb, comparePeakMb } = full;
  const phases = [readPeakMb, checkPeakMb, runPeakMb, comparePeakMb].map(whole).join(' / ');
  tell('  while reading / checking / sending / comparing', phases, 'MB');
  tell('main thread, event-loop delay: p99.9', milliseconds(full.loop.p999Ms), '50 ms', full.loop.p999Ms <= 50);
  tell('main thread, event-loop delay: longest', milliseconds(full.loop.maxMs), '100 ms', full.loop.maxMs <= 100);
  const idle = `${milliseconds(full.idleLoop.p999Ms)} / ${milliseconds(full.idleLoop.maxMs)}`;
  tell('  an idle process meanwhile: p99.9 / longest', idle);
  if (full.cancelMs !== null && full.cancelledAs === 'cancelled') {
    tell('Cancel pressed to stopped', milliseconds(full.cancelMs), '500 ms', full.cancelMs <= 500);
  } else tell('Cancel pressed to stopped', 'ended before');
  return full;
}

async function measureRealPace(csv: string, tell: Tell): Promise<Export> {
  const real = await runPart<Export>('export', [csv, 'real']);
  const share = real.ownMs / real.runMs;
  tell('whole run at real pace', seconds(real.runMs));
  const own = `${seconds(real.ownMs)} (${(share * 100).toFixed(1)} %)`;
  tell('  of that nothing of ours at the other side', own, '5 %', share <= 0.05);
  return real;
}

/** First previews of every format, each in a process that has read nothing before. */
export async function measurePreviews(
  folder: string,
  sizes: readonly number[],
  workbookRows: number,
  lines: Line[],
): Promise<unknown> {
  const rows = Math.max(...sizes);
  const inputs = { ...(await allInputs(folder, rows)), xlsx: await workbookInput(folder, workbookRows) };
  const measured: Record<string, { firstMs: number; laterMs: number }> = {};
  const tell = teller(lines);
  for (const [format, file] of Object.entries(inputs)) {
    const preview = await runPart<{ firstMs: number; laterMs: number }>('preview', [file]);
    measured[format] = preview;
    // A workbook's table of strings has to be read whole before its first cell can be shown.
    const hasBudget = format !== 'xlsx';
    tell(
      `first preview of ${format}, ${whole(hasBudget ? rows : workbookRows)} rows, cold`,
      milliseconds(preview.firstMs),
      hasBudget ? '500 ms' : '',
      hasBudget ? preview.firstMs <= 500 : null,
    );
  }
  return measured;
}

/** A workbook read into the stage. */
export async function measureWorkbook(folder: string, rows: number, lines: Line[]): Promise<unknown> {
  const file = await workbookInput(folder, rows);
  const read = await runPart<{ ms: number; told: number; longestSilenceMs: number; peakMb: number }>('workbook', [
    file,
  ]);
  const tell = teller(lines);
  tell(`workbook of ${whole(rows)} rows read into the stage`, seconds(read.ms), '10 s', read.ms <= 10_000);
  tell('  progress told, and the longest silence', `${read.told} x, ${milliseconds(read.longestSilenceMs)}`);
  tell('  memory at its highest', megabytes(read.peakMb), '600 MB', read.peakMb <= 600);
  return read;
}

export async function measureStarts(lines: Line[]): Promise<unknown> {
  const start = await runPart<{ emptyMs: number; segueMs: number; packedMs: number }>('start', ['5']);
  const tell = teller(lines);
  const ratio = start.segueMs / start.emptyMs;
  tell('start of an empty app', milliseconds(start.emptyMs));
  const measured = `${milliseconds(start.segueMs)} (${times(ratio)})`;
  tell('start of Segue to a usable window', measured, '2 x an empty app', ratio <= 2);
  const packed = start.packedMs / start.emptyMs;
  tell('  from its package', `${milliseconds(start.packedMs)} (${times(packed)})`, '2 x an empty app', packed <= 2);
  return start;
}
