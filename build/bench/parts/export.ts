// A whole export to the practice account, as the app's own process carries it out: main thread, segment thread and run
// thread here, the practice account in a process of its own. Also the recount, the other checks, a second run that
// compares with the ledger, and Cancel. Arguments: a CSV, a pace (full-speed or real), and `more` for what comes after
// the first run.
import type { FieldMap } from '../../../preload/contract/views.ts';
import { caller, eventually, isUnderWay, practiceState, runToEnd, startApp } from '../app.ts';
import { cpuMsOf, watchIdleProcess, watchLoop, watchMemory } from '../monitors.ts';
import { ownMs } from '../other-side.ts';
import { measuredFields, median, tell } from '../part.ts';

const [file = '', givenPace = 'full-speed', more = ''] = process.argv.slice(2);
const recounts = 7;

const app = await startApp(givenPace === 'real' ? 'real' : 'full-speed');
const { application, connectionId, list } = app;
const memory = watchMemory();

const readBegan = performance.now();
const ready = eventually(application, 'segment.changed', (view) => (view.state === 'reading' ? undefined : view));
await application.call('segments.addFiles', { paths: [file] }, caller);
const { segmentId, columns, rowCount } = await ready;
const readMs = performance.now() - readBegan;
const readPeakMb = memory.lap();

const headings = columns.map((column) => column.heading);
const fieldMap: FieldMap = measuredFields.map(([field, heading]) => ({
  field,
  columnIndex: headings.indexOf(heading),
}));
const recountTimes: number[] = [];
let contacts = 0;
for (let turn = 0; turn <= recounts; turn++) {
  const began = performance.now();
  // A mapping that was not there before: what was counted once is remembered.
  const segments = [{ segmentId, fieldMap: fieldMap.slice(0, turn + 2) }];
  const check = await application.call('exports.check', { segments, previewRows: 25 }, caller);
  // The first one has the thread to warm up, and is nobody's second look.
  if (turn > 0) recountTimes.push(performance.now() - began);
  contacts = check.counts.valid;
}
const segments = [{ segmentId, fieldMap }];
const findingsBegan = performance.now();
const { findings } = await application.call('exports.findings', { segments }, caller);
const findingsMs = performance.now() - findingsBegan;
const checkPeakMb = memory.lap();

const draft = { name: 'Bench', connectionId, list, segments };
const { exportId } = await application.call('exports.save', draft, caller);
const idle = watchIdleProcess();
const loop = watchLoop();
const cpuBefore = process.cpuUsage();
const practiceCpuBefore = cpuMsOf(app.practicePid());
const { run, runMs, preparedMs } = await runToEnd(application, exportId, { agreedToMail: true });
const loopDelay = loop.end();
const idleLoop = await idle.end();
const cpu = process.cpuUsage(cpuBefore);
const practiceCpuAfter = cpuMsOf(app.practicePid());
const runPeakMb = memory.lap();

/** The same people once more, of whom nobody changed. */
async function compare(): Promise<{ compareMs: number; unchanged: number }> {
  await application.call('exports.save', { ...draft, exportId, mode: 'changes-only' }, caller);
  const second = await runToEnd(application, exportId);
  return { compareMs: second.runMs, unchanged: second.run.balance.unchanged };
}

/** From the press of the button to "stopped": what is under way is followed to its end after that. */
async function cancel(): Promise<{ cancelMs: number; cancelledAs: string }> {
  await application.call('exports.save', { ...draft, exportId, mode: 'add-and-update' }, caller);
  const again = await application.call('exports.run', { exportId }, caller);
  const ofThis = <T>(pick: (view: typeof again) => T | undefined) =>
    eventually(application, 'run.changed', (view) => (view.runId === again.runId ? pick(view) : undefined));
  await ofThis((view) => (view.progress.rowsSettled > 0 || !isUnderWay(view) ? view : undefined));
  const stopped = ofThis((view) => (isUnderWay(view) ? undefined : view));
  const began = performance.now();
  await application.call('runs.cancel', { runId: again.runId }, caller);
  const { state } = await stopped;
  return { cancelMs: performance.now() - began, cancelledAs: state };
}

const compared = more === 'more' ? await compare() : { compareMs: null, unchanged: null };
const comparePeakMb = memory.lap();
const cancelled = more === 'more' ? await cancel() : { cancelMs: null, cancelledAs: null };
memory.end();
await app.stop();

tell({
  rows: rowCount,
  contacts,
  state: run.state,
  balance: run.balance,
  readMs,
  recountMs: median(recountTimes),
  recountMaxMs: Math.max(...recountTimes),
  findingsMs,
  findings: findings.length,
  runMs,
  wholeMs: readMs + runMs,
  preparedMs,
  ownMs: ownMs(practiceState(app.userData), { from: run.startedAt, to: run.endedAt ?? run.startedAt }),
  cpuMs: (cpu.user + cpu.system) / 1_000,
  practiceCpuMs: practiceCpuBefore === null || practiceCpuAfter === null ? null : practiceCpuAfter - practiceCpuBefore,
  batches: run.progress.batches,
  readPeakMb,
  checkPeakMb,
  runPeakMb,
  comparePeakMb,
  peakMb: Math.max(readPeakMb, checkPeakMb, runPeakMb, comparePeakMb),
  loop: loopDelay,
  idleLoop,
  ...compared,
  ...cancelled,
});
process.exit(0);
