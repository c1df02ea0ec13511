import { cpSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ExportScheduleChange, Recurrence, RunView, SchedulesView } from '../../preload/contract/views.ts';
import { SegueError } from '../errors/segue-error.ts';
import { TestAccount } from '../practice/test-support/test-account.ts';
import { DrivenEngine, type SavedExport } from '../test-support/driven-engine.ts';
import { type PlainPorts, plainPorts, temporaryProfile } from '../test-support/plain-ports.ts';

// Exports that run by themselves, over real files, threads and HTTP. The clock is the test's; each look at it is a wake
// from sleep, which is when the app looks at once.

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

let account: TestAccount;
let ports: PlainPorts;
let engine: DrivenEngine;
let saved: SavedExport;
let file: string;
/** What main's clock shows. */
let now: number;
/** When the schedule of the tests comes round: every day at this time. */
let due: number;

const write = (rows: number, from = 0) =>
  writeFileSync(
    file,
    `Email,First name\n${Array.from({ length: rows }, (_, n) => `p${n + from}@example.com,N`).join('\n')}\n`,
  );

beforeEach(async () => {
  account = await TestAccount.start({ seed: false });
  now = Math.floor(Date.now() / minuteMs) * minuteMs;
  due = now + 5 * minuteMs;
  ports = plainPorts({
    env: { SEGUE_API_URL: account.account.apiUrl, SEGUE_AUTH_URL: account.account.authUrl },
    now: () => now,
  });
  file = path.join(ports.paths.temp, 'people.csv');
  write(20);
  engine = await DrivenEngine.open(ports);
  saved = await engine.saveExport(file);
  // By hand once: so that the people's agreement is known.
  await engine.ended((await engine.run(saved.definition.exportId)).runId);
  engine.application.startSchedules();
});

afterEach(async () => {
  await engine.stop();
  await account.stop();
  expect(engine.surprises).toEqual([]);
  rmSync(ports.paths.userData, { recursive: true, force: true });
});

const daily = (of: Partial<Recurrence> = {}): Recurrence => ({
  every: 'day',
  weekdays: [],
  monthDays: [],
  times: [new Date(due).toISOString().slice(11, 16)],
  timeZone: 'UTC',
  startsOn: null,
  whenMissed: 'catch-up',
  ...of,
});
const own = (of: Partial<Recurrence> = {}): ExportScheduleChange => ({
  follows: 'own',
  on: true,
  recurrence: daily(of),
});
const schedule = (change: ExportScheduleChange, exportId = saved.definition.exportId) =>
  engine.call('schedules.set', { exportIds: [exportId], change });

function lookAt(time: number): void {
  now = time;
  ports.wake();
}

const schedules = async (): Promise<SchedulesView> => (await engine.call('app.getSnapshot', {})).schedules;
const view = async (exportId = saved.definition.exportId) =>
  (await schedules()).exports.find((one) => one.exportId === exportId);
const runs = async (): Promise<RunView[]> => (await engine.call('app.getSnapshot', {})).runs;

/** Resolves when the schedules stand as wanted: looks at once, and then at each change. */
async function untilSchedules<T>(pick: (view: SchedulesView) => T | null | undefined): Promise<T> {
  const told = engine.eventually('schedules.changed', (value) => pick(value) ?? undefined);
  return pick(await schedules()) ?? told;
}

/** The run that the schedule begins next, at its end. */
async function scheduledRun(act: () => void): Promise<RunView> {
  const known = new Set((await runs()).map(({ runId }) => runId));
  const begun = engine.eventually('run.changed', (run) => (known.has(run.runId) ? undefined : run));
  act();
  return engine.ended((await begun).runId);
}

async function another(name: string): Promise<string> {
  const { connectionId, list, segments } = saved.definition;
  const made = await engine.call('exports.save', { name, connectionId: connectionId ?? '', list, segments });
  return made.exportId;
}

test('an export runs at its time, once, in the name of its connection’s export user', async () => {
  await schedule(own());
  expect(await view()).toMatchObject({ active: true, nextRuns: [0, 1, 2, 3, 4].map((day) => due + day * 24 * hourMs) });
  lookAt(due - 1);
  const run = await scheduledRun(() => lookAt(due + 10_000));
  const { person } = await engine.call('app.getSnapshot', {});
  expect(run).toMatchObject({ state: 'successful', startedVia: 'schedule', startedBy: person.displayName });
  // Neither another look, nor a clock that is set back and comes to the time again, begins it twice.
  for (const time of [due + 20_000, due - 2 * minuteMs, due + 1, due + hourMs]) lookAt(time);
  expect(await view()).toMatchObject({
    skipped: null,
    nextRuns: [due + 24 * hourMs, ...Array(4).fill(expect.anything())],
  });
  expect(await runs()).toHaveLength(2);
  expect((await schedules()).attention).toEqual([]);
});

test('the system refresh runs every export that follows it, and no other', async () => {
  const ids = [await another('Own'), await another('Manual'), await another('Detached'), await another('Second')];
  const [ownId = '', manual = '', detached = ''] = ids;
  await schedule(own({ times: ['03:00'] }), ownId);
  await schedule({ follows: 'manual' }, manual);
  await engine.call('exports.detach', { exportId: detached });
  expect((await schedules()).systemRefresh).toMatchObject({ on: false, nextRuns: [] });
  expect((await schedules()).activeCount).toBe(1);
  await engine.call('schedules.setSystemRefresh', { on: true, recurrence: daily() });
  expect((await schedules()).activeCount).toBe(3);
  lookAt(due);
  const begun = await untilSchedules(({ exports }) => {
    const waiting = exports.filter(({ nextRuns, waitsFor }) => waitsFor === null && (nextRuns[0] ?? 0) > due);
    return waiting.length >= 3 ? waiting : null;
  });
  expect(begun.length).toBeGreaterThanOrEqual(3);
  const names = async () =>
    (await runs()).flatMap(({ startedVia, exportName }) => (startedVia === 'schedule' ? [exportName] : [])).sort();
  await expect.poll(names).toEqual([saved.definition.name, 'Second'].sort());
  for (const { runId } of await runs()) await engine.ended(runId);
});

test('what was missed in days of sleep is caught up once, or skipped, as chosen', async () => {
  const skipping = await another('Skipping');
  await schedule(own());
  await schedule(own({ whenMissed: 'skip' }), skipping);
  const run = await scheduledRun(() => lookAt(due + 74 * hourMs));
  expect(run).toMatchObject({ exportName: saved.definition.name, state: 'successful' });
  const skipped = await untilSchedules(({ exports }) => exports.find(({ exportId }) => exportId === skipping)?.skipped);
  expect(skipped).toMatchObject({ dueAt: due + 72 * hourMs, error: { code: 'schedule.missed' } });
  expect((await schedules()).attention).toEqual([]);
  expect(ports.desktop.notified.map(({ title }) => title)).not.toContain('Skipping: scheduled run skipped');
  expect((await runs()).filter(({ startedVia }) => startedVia === 'schedule')).toHaveLength(1);
});

test('a computer that wakes days later with its keychain locked tries again, until the schedule is switched off', async () => {
  const { exportId } = saved.definition;
  await schedule(own());
  let locked = true;
  const decrypt: typeof ports.secrets.decrypt = async (bytes) => {
    if (locked) throw new SegueError('sign-in.secrets-locked');
    return ports.secrets.decrypt(bytes);
  };
  const startAgain = async () => {
    await engine.stop();
    locked = true;
    engine = await DrivenEngine.open({ ...ports, secrets: { ...ports.secrets, decrypt } });
    engine.application.startSchedules();
  };
  const waits = () => untilSchedules(({ exports }) => (exports[0]?.waitsFor === 'account' ? exports[0] : null));

  now = due + 74 * hourMs;
  await startAgain();
  expect(await waits()).toMatchObject({ skipped: null });
  // A day later the newer time counts alone, and nobody is told of the older one.
  now = due + 98 * hourMs;
  await startAgain();
  expect(await waits()).toMatchObject({ skipped: null });
  expect(ports.desktop.notified.filter(({ opens }) => opens.name === 'exports')).toEqual([]);
  locked = false;
  const run = await scheduledRun(() => lookAt(now + 2 * minuteMs));
  expect(run).toMatchObject({ state: 'successful', startedVia: 'schedule' });

  now = due + 120 * hourMs;
  await startAgain();
  await waits();
  await engine.call('schedules.switch', { exportIds: [exportId], on: false });
  expect(await view()).toMatchObject({ active: false, waitsFor: null, skipped: null });
  locked = false;
  await engine.call('schedules.switch', { exportIds: [exportId], on: true });
  lookAt(due + 121 * hourMs);
  expect(await view()).toMatchObject({ active: true, waitsFor: null, skipped: null });
  expect((await runs()).filter(({ startedVia }) => startedVia === 'schedule')).toHaveLength(1);
});

test('a schedule that was chosen while the clock stood a year ahead runs once the clock is right', async () => {
  const right = now;
  now += 365 * 24 * hourMs;
  await schedule(own());
  lookAt(right);
  const run = await scheduledRun(() => lookAt(due));
  expect(run).toMatchObject({ state: 'successful' });
});

test('a file that changed is read first, and the run starts after it', async () => {
  await schedule(own());
  write(35);
  const waits: unknown[] = [];
  engine.application.subscribe((name, payload) => {
    if (name === 'schedules.changed') waits.push((payload.value as SchedulesView).exports[0]?.waitsFor);
  });
  const run = await scheduledRun(() => lookAt(due));
  expect(run.balance).toMatchObject({ rowsRead: 35, accepted: 35 });
  expect(waits).toContain('segment');
  expect(await view()).toMatchObject({ waitsFor: null });
});

test('a file that cannot be read any more skips the run, and says why', async () => {
  await schedule(own());
  writeFileSync(file, '\u0000\u0001\u0002');
  lookAt(due);
  const [item] = await untilSchedules(({ attention }) => (attention.length > 0 ? attention : null));
  expect(item).toMatchObject({ kind: 'skipped', dueAt: due });
  expect(item?.error.code).toMatch(/^segment\./);
  expect(await runs()).toHaveLength(1);
  const { title } = ports.desktop.notified.at(-1) ?? {};
  expect(title).toBe(`${saved.definition.name}: scheduled run skipped`);
  // Seen and dismissed, it is shown no more; the status stays.
  await engine.call('schedules.dismiss', { exportId: saved.definition.exportId, dueAt: due });
  expect((await schedules()).attention).toEqual([]);
  expect(await view()).toMatchObject({ skipped: { dueAt: due } });
});

test('a run that is still going is not started twice', async () => {
  await account.bench('faults', { faults: [{ activity: 'file_import', plan: { outcome: 'stuck' } }] });
  const { runId } = await engine.run(saved.definition.exportId);
  await engine.when(runId, (run) => run.progress.rowsPosted > 0);
  await schedule(own());
  lookAt(due);
  const skipped = await untilSchedules(({ exports }) => exports[0]?.skipped);
  expect(skipped).toMatchObject({ dueAt: due, error: { code: 'export.already-running' } });
  await engine.call('runs.cancel', { runId });
  await engine.call('runs.cancel', { runId });
  await engine.ended(runId);
});

test('an app that dies as soon as a scheduled run stands in the database begins no second one', async () => {
  await schedule(own());
  const copy = temporaryProfile();
  const known = new Set((await runs()).map(({ runId }) => runId));
  // What is on the disk at the very moment at which the run is first told of.
  const frozen = new Promise<string>((resolve) => {
    const stop = engine.application.subscribe((name, payload) => {
      const { runId } = payload.value as Partial<RunView>;
      if (name !== 'run.changed' || runId === undefined || known.has(runId)) return;
      stop();
      const store = new Database(path.join(ports.paths.userData, 'segue.sqlite'));
      store.exec(`VACUUM INTO '${path.join(copy, 'segue.sqlite')}'`);
      store.close();
      for (const folder of ['stages', 'runs'])
        cpSync(path.join(ports.paths.userData, folder), path.join(copy, folder), { recursive: true });
      resolve(runId);
    });
  });
  const run = await scheduledRun(() => lookAt(due));
  expect(await frozen).toBe(run.runId);

  const again = plainPorts({ userData: copy, env: ports.env, secrets: ports.secrets, now: () => now });
  const next = await DrivenEngine.open(again);
  next.application.startSchedules();
  const { runs: afterwards, schedules: stand } = await next.call('app.getSnapshot', {});
  expect(afterwards.map(({ runId, state }) => [runId, state])).toEqual([
    [run.runId, 'interrupted'],
    [expect.anything(), 'successful'],
  ]);
  expect(stand.exports[0]).toMatchObject({ waitsFor: null });
  expect(stand.attention).toMatchObject([
    { kind: 'failed', runId: run.runId, error: { code: 'schedule.interrupted' } },
  ]);
  await next.stop();
  expect(next.surprises).toEqual([]);
  rmSync(copy, { recursive: true, force: true });
});

test('what a guard asks stops a scheduled run: nobody is taken off, and a person is asked for', async () => {
  const { exportId, name, connectionId, list, segments } = saved.definition;
  await engine.call('exports.save', {
    exportId,
    name,
    connectionId: connectionId ?? '',
    list,
    segments,
    mode: 'mirror',
    readBack: false,
  });
  await engine.ended((await engine.run(exportId)).runId);
  await schedule(own());
  write(3);
  const run = await scheduledRun(() => lookAt(due));
  expect(run).toMatchObject({ state: 'failed', skipped: true, error: { code: 'plan.too-many-leavers' } });
  const [item] = await untilSchedules(({ attention }) => (attention.length > 0 ? attention : null));
  expect(item).toMatchObject({ kind: 'skipped', runId: run.runId, error: { code: 'plan.too-many-leavers' } });
  expect(await view()).toMatchObject({ skipped: { dueAt: due } });
  const titles = () => ports.desktop.notified.map(({ title }) => title);
  await expect.poll(titles).toContain(`${name}: scheduled run skipped`);
  const { body } = await account.api('GET', `/contacts?lists=${list?.listId}&limit=50`);
  expect(body.contacts).toHaveLength(20);
  // Answered by hand, it needs attention no more.
  now = due + minuteMs;
  await engine.ended((await engine.call('exports.run', { exportId, accepted: { leavers: 17 } })).runId);
  await untilSchedules(({ attention }) => (attention.length === 0 ? true : null));
});

test('F50 an export of more than a million profiles does not run by itself, and says why', async () => {
  await schedule(own());
  const store = new Database(path.join(ports.paths.userData, 'segue.sqlite'));
  store.exec('UPDATE segment_version SET row_count = 1000001');
  store.close();
  lookAt(due);
  const skipped = await untilSchedules(({ exports }) => exports[0]?.skipped);
  const params = { name: saved.definition.name, count: 1_000_001, limit: 1_000_000 };
  expect(skipped).toMatchObject({ error: { code: 'export.too-large', params } });
  expect(await runs()).toHaveLength(1);
});

test('hours before, what will be in the way is said, and no more once it is out of it', async () => {
  due = now + 3 * hourMs;
  rmSync(file);
  await schedule(own());
  const [item] = await untilSchedules(({ attention }) => (attention.length > 0 ? attention : null));
  expect(item).toMatchObject({ kind: 'foreseen', dueAt: due, error: { code: 'segment.missing' } });
  const warnings = () => ports.desktop.notified.filter(({ opens }) => opens.name === 'exports');
  expect(warnings().map(({ title }) => title)).toEqual([expect.stringContaining(saved.definition.name)]);
  write(20);
  const cleared = untilSchedules(({ attention }) => (attention.length === 0 ? true : null));
  lookAt(now + 3 * minuteMs);
  await cleared;
  // Whether whoever it runs for still may is asked of the guard.
  const store = new Database(path.join(ports.paths.userData, 'segue.sqlite'));
  const personIs = (role: string) => store.prepare('UPDATE person SET role = ?').run(role);
  personIs('contributor');
  const refused = engine.eventually('schedules.changed', ({ attention }) => attention[0]);
  // What was well is looked at again in an hour.
  lookAt(now + hourMs);
  expect(await refused).toMatchObject({ kind: 'foreseen', error: { code: 'person.not-allowed' } });
  personIs('administrator');
  store.close();
  // A sign-in that has ended is tried, not guessed.
  await account.bench('revoke', { tokens: 'all' });
  await schedule(own({ times: [new Date(due + minuteMs).toISOString().slice(11, 16)] }));
  const [second] = await untilSchedules(({ attention }) => (attention.length > 0 ? attention : null));
  expect(second).toMatchObject({ kind: 'foreseen', error: { code: 'sign-in.expired' } });
  expect(warnings().map(({ body }) => body)).toEqual([
    expect.anything(),
    'You do not have the right to do this',
    'You are signed out of Constant Contact',
  ]);
});

test('schedules of several exports are switched as they are, or all get the same', async () => {
  const [first, second] = [saved.definition.exportId, await another('Second')];
  const exportIds = [first, second];
  await schedule(own(), first);
  await engine.call('schedules.switch', { exportIds, on: false });
  expect(await view(first)).toMatchObject({ follows: 'own', active: false, own: { on: false, recurrence: daily() } });
  expect(await view(second)).toMatchObject({ follows: 'system', own: null });
  await engine.call('schedules.set', { exportIds, change: own({ times: ['07:30'] }) });
  for (const exportId of exportIds) {
    expect(await view(exportId)).toMatchObject({ active: true, own: { recurrence: { times: ['07:30'] } } });
  }
  // Switched to another and back, its own schedule is as it was.
  await engine.call('schedules.set', { exportIds: [first], change: { follows: 'manual' } });
  expect(await view(first)).toMatchObject({ follows: 'manual', active: false, own: { on: true } });
  await expect(engine.call('schedules.set', { exportIds: [first, 'nobody'], change: own() })).rejects.toMatchObject({
    code: 'export.not-found',
  });
  await expect(schedule(own({ timeZone: 'Mars/Olympus' }))).rejects.toMatchObject({
    code: 'schedule.time-zone-unknown',
  });
});
