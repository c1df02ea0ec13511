// A whole export to the practice account, as the app's own process carries it out: main thread, segment thread and run
// thread here, the practice account in a process of its own. Also the recount, and Cancel. Arguments: a CSV, a pace
// (full-speed or real), and `cancel` for a second run that is cancelled on the way.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { signInAs } from '../../../e2e/fixtures/sign-in-browser.ts';
import type { Application } from '../../../main/application.ts';
import { createApplication } from '../../../main/compose.ts';
import type { PracticeProcess } from '../../../main/ports.ts';
import { openStore } from '../../../main/store/open-store.ts';
import { plainPorts, temporaryProfile } from '../../../main/test-support/plain-ports.ts';
import type { EventName } from '../../../preload/contract/channels.ts';
import type { EventPayload } from '../../../preload/contract/contract.ts';
import type { FieldMap, RunView } from '../../../preload/contract/views.ts';
import { measuredFields, median, tell } from '../part.ts';

const [file = '', givenPace = 'full-speed', second = ''] = process.argv.slice(2);
const pace = givenPace === 'real' ? 'real' : 'full-speed';
const caller = { via: 'window' } as const;
const recounts = 7;
const resolutionMs = 5;

/** The practice account as the app has it: a process of its own, stopped with this one. */
function practiceApart(userData: string): PracticeProcess & { process(): ChildProcess | null } {
  let child: ChildProcess | null = null;
  let started: ReturnType<PracticeProcess['addresses']> | null = null;
  const start = async () => {
    const folder = path.join(userData, 'practice');
    mkdirSync(folder, { recursive: true });
    const entry = path.join(import.meta.dirname, '..', '..', '..', 'main', 'practice', 'practice-process.ts');
    const args = [entry, '--state', path.join(folder, 'practice.sqlite'), '--parent-stdin'];
    if (pace === 'full-speed') args.push('--full-speed');
    const begun = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...args], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    child = begun;
    return new Promise<Awaited<ReturnType<PracticeProcess['addresses']>>>((resolve, reject) => {
      begun.on('error', reject);
      begun.on('exit', () => reject(new Error('The practice account ended')));
      begun.stdout.once('data', (line: Buffer) => {
        const { apiUrl, authUrl, pagesUrl } = JSON.parse(line.toString());
        resolve({ apiUrl, authUrl, pagesUrl });
      });
    });
  };
  return {
    process: () => child,
    addresses() {
      started ??= start();
      return started;
    },
    async stop() {
      const ending = child;
      if (ending === null || ending.exitCode !== null) return;
      await new Promise((resolve) => {
        ending.once('exit', resolve);
        ending.stdin?.end();
      });
    },
  };
}

function eventually<N extends EventName, T>(
  application: Application,
  name: N,
  pick: (value: EventPayload<N>['value']) => T | undefined,
): Promise<T> {
  return new Promise((resolve) => {
    const unsubscribe = application.subscribe((told, payload) => {
      if (told !== (name as EventName)) return;
      const found = pick((payload as unknown as EventPayload<N>).value);
      if (found === undefined) return;
      unsubscribe();
      resolve(found);
    });
  });
}

const underWay = new Set<RunView['state']>(['queued', 'running', 'pausing', 'cancelling']);
const ended = (application: Application, runId: string) =>
  eventually(application, 'run.changed', (run) =>
    run.runId === runId && !underWay.has(run.state) && run.progress.phase === 'ended' ? run : undefined,
  );

/** Milliseconds in which no batch of ours was at the other side, from the journal's own times. */
function ownMs(userData: string, runId: string, startedAt: number, endedAt: number): number {
  const store = openStore(path.join(userData, 'segue.sqlite'));
  try {
    const spans = store
      .prepare<[string], { from: number; to: number }>(
        'SELECT posted_at AS "from", settled_at AS "to" FROM batch WHERE run_id = ? AND settled_at > 0 ORDER BY posted_at',
      )
      .all(runId);
    let own = 0;
    let until = startedAt;
    for (const span of spans) {
      own += Math.max(0, span.from - until);
      until = Math.max(until, span.to);
    }
    return own + Math.max(0, endedAt - until);
  } finally {
    store.close();
  }
}

/** How late an idle process's own timer is meanwhile: what the machine does to everybody. */
function watchIdleProcess(): { end(): Promise<{ p999Ms: number; maxMs: number }> } {
  const script = `
    const { monitorEventLoopDelay } = require('node:perf_hooks');
    const delay = monitorEventLoopDelay({ resolution: ${resolutionMs} });
    delay.enable();
    process.stdin.resume().on('end', () => {
      console.log(JSON.stringify([delay.percentile(99.9), delay.max]));
      process.exit();
    });`;
  const child = spawn(process.execPath, ['-e', script], { stdio: ['pipe', 'pipe', 'inherit'] });
  return {
    end: () =>
      new Promise((resolve, reject) => {
        child.on('error', reject);
        child.on('exit', () => reject(new Error('The idle process ended early')));
        child.stdout.once('data', (line: Buffer) => {
          const [p999 = 0, max = 0] = JSON.parse(line.toString()) as number[];
          resolve({ p999Ms: overDistance(p999), maxMs: overDistance(max) });
        });
        child.stdin.end();
      }),
  };
}

/** The monitor counts the time between its own ticks: what is over their distance is the delay. In nanoseconds. */
const overDistance = (ns: number) => Math.max(0, ns / 1e6 - resolutionMs);

/** Processor time of another process so far; null where the system does not tell it this way. */
function cpuMsOf(pid: number | undefined): number | null {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return null;
  const fields = readFileSync(file, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  // User and system time, in hundredths of a second.
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

const cpuMs = (usage: NodeJS.CpuUsage) => (usage.user + usage.system) / 1_000;

const userData = temporaryProfile();
process.on('exit', () => rmSync(userData, { recursive: true, force: true, maxRetries: 5 }));
const practice = practiceApart(userData);
const ports = { ...plainPorts({ userData, pace }), practice };
const application = await createApplication(ports, (error) => {
  throw error;
});

const signedIn = eventually(application, 'signIn.changed', (view) => (view.state === 'succeeded' ? view : undefined));
const signIn = await application.call('signIn.start', { kind: 'practice' }, caller);
await signInAs(signIn.authorizeUrl, 'allow');
await signedIn;
const { connectionId } = await application.call(
  'connections.save',
  {
    displayName: 'Practice',
    sharedWith: 'administrators',
    agreedToPrivacy: true,
    addYourselfAsExportUser: true,
    signInId: signIn.signInId,
  },
  caller,
);
const list = await application.call('lists.create', { connectionId, name: 'Bench' }, caller);

const idleMb = process.memoryUsage().rss / 2 ** 20;
let peakMb = 0;
const watch = setInterval(() => {
  peakMb = Math.max(peakMb, process.memoryUsage.rss() / 2 ** 20);
}, 20);

const readBegan = performance.now();
const ready = eventually(application, 'segment.changed', (view) => (view.state === 'reading' ? undefined : view));
await application.call('segments.addFiles', { paths: [file] }, caller);
const segment = await ready;
const readMs = performance.now() - readBegan;
const headings = segment.columns.map((column) => column.heading);
const fieldMap: FieldMap = measuredFields.map(([field, heading]) => ({
  field,
  columnIndex: headings.indexOf(heading),
}));

const readPeakMb = peakMb;
const checkTimes: number[] = [];
let valid = 0;
for (let turn = 0; turn <= recounts; turn++) {
  const began = performance.now();
  // A mapping that was not there before: what was counted once is remembered.
  const change = fieldMap.slice(0, turn + 2);
  const check = await application.call(
    'exports.check',
    { segments: [{ segmentId: segment.segmentId, fieldMap: change }], previewRows: 25 },
    caller,
  );
  // The first one has the thread to warm up, and is nobody's second look.
  if (turn > 0) checkTimes.push(performance.now() - began);
  valid = check.counts.valid;
}

const definition = await application.call(
  'exports.save',
  {
    name: 'Bench',
    connectionId,
    list: { listId: list.listId, name: list.name },
    segments: [{ segmentId: segment.segmentId, fieldMap }],
  },
  caller,
);
const checkPeakMb = peakMb;
const idle = watchIdleProcess();
const delay = monitorEventLoopDelay({ resolution: resolutionMs });
const cpuBefore = process.cpuUsage();
const practiceCpuBefore = cpuMsOf(practice.process()?.pid);
delay.enable();
const runBegan = performance.now();
let phase: RunView['progress']['phase'] = 'preparing';
let preparedMs = 0;
const stopLooking = application.subscribe((name, payload) => {
  if (name !== 'run.changed') return;
  const run = (payload as EventPayload<'run.changed'>).value;
  if (phase === 'preparing' && run.progress.phase !== 'preparing') preparedMs = performance.now() - runBegan;
  phase = run.progress.phase;
});
const { runId } = await application.call('exports.run', { exportId: definition.exportId, agreedToMail: true }, caller);
const run = await ended(application, runId);
const runMs = performance.now() - runBegan;
delay.disable();
stopLooking();
const idleLoop = await idle.end();
const cpu = cpuMs(process.cpuUsage(cpuBefore));
const practiceCpuAfter = cpuMsOf(practice.process()?.pid);
const wholePeakMb = peakMb;

let cancelMs: number | null = null;
let cancelledAs: string | null = null;
if (second === 'cancel') {
  const again = await application.call('exports.run', { exportId: definition.exportId }, caller);
  await eventually(application, 'run.changed', (view) =>
    view.runId === again.runId && (view.progress.rowsSettled > 0 || !underWay.has(view.state)) ? view : undefined,
  );
  // "Stopped" is what the person reads: what was under way is followed to its end after that.
  const stopped = eventually(application, 'run.changed', (view) =>
    view.runId === again.runId && (view.state === 'cancelled' || !underWay.has(view.state)) ? view : undefined,
  );
  const began = performance.now();
  await application.call('runs.cancel', { runId: again.runId }, caller);
  const last = await stopped;
  cancelMs = performance.now() - began;
  cancelledAs = last.state;
}
clearInterval(watch);
await application.stop(10_000);
const own = ownMs(userData, runId, run.startedAt, run.endedAt ?? run.startedAt);

tell({
  rows: segment.rowCount,
  contacts: valid,
  state: run.state,
  balance: run.balance,
  readMs,
  recountMs: median(checkTimes),
  recountMaxMs: Math.max(...checkTimes),
  runMs,
  wholeMs: readMs + runMs,
  preparedMs,
  ownMs: own,
  cpuMs: cpu,
  practiceCpuMs: practiceCpuBefore === null || practiceCpuAfter === null ? null : practiceCpuAfter - practiceCpuBefore,
  batches: run.progress.batches,
  idleMb,
  readPeakMb,
  checkPeakMb,
  peakMb: wholePeakMb,
  loopP999Ms: overDistance(delay.percentile(99.9)),
  loopMaxMs: overDistance(delay.max),
  idleLoopP999Ms: idleLoop.p999Ms,
  idleLoopMaxMs: idleLoop.maxMs,
  cancelMs,
  cancelledAs,
});
process.exit(0);
