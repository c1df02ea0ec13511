import { existsSync, mkdirSync, mkdtempSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { DrivenEngine } from '../test-support/driven-engine.ts';
import { type PlainPorts, plainPorts } from '../test-support/plain-ports.ts';
import { eraseProfile } from './erase-profile.ts';

// What is kept for how long, with a clock that is moved by hand.

const dayMs = 86_400_000;
const start = Date.now();
let days = 0;
let ports: PlainPorts;
let engine: DrivenEngine;
let runId: string;
const folder = mkdtempSync(path.join(tmpdir(), 'segue-keeping-'));

beforeAll(async () => {
  ports = { ...plainPorts({}), now: () => start + days * dayMs };
  engine = await DrivenEngine.open(ports);
  const file = path.join(folder, 'people.csv');
  writeFileSync(file, 'Email,First name\nada@example.com,Ada\nno address,Bob\n');
  const { definition } = await engine.saveExport(file);
  ({ runId } = await engine.ended((await engine.run(definition.exportId)).runId));
  const unused = path.join(folder, 'unused.csv');
  writeFileSync(unused, 'Email\ncid@example.com\n');
  await engine.addFile(unused);
  mkdirSync(path.join(ports.paths.userData, 'logs'), { recursive: true });
});
afterEach(() => expect(engine.surprises).toEqual([]));
afterAll(() => engine.stop());

const rows = () => engine.call('runs.getRows', { runId, outcome: null, fate: null, search: '', after: '', limit: 10 });
const rejected = () => engine.call('runs.getRejectedRows', { runId, afterRowId: 0, limit: 10 });
function aged(name: string, age: number): string {
  const file = path.join(ports.paths.userData, name);
  writeFileSync(file, 'x');
  const at = (start - age * dayMs) / 1_000;
  utimesSync(file, at, at);
  return file;
}

test('sizes are told by what they are for', async () => {
  const { kinds, folder: at, rules } = await engine.call('kept.look', {});
  expect(at).toBe(ports.paths.userData);
  expect(rules).toEqual({ rowsDays: 90, stagesDays: null, copiesDays: 90, logDays: 90 });
  const sizes = Object.fromEntries(kinds.map(({ kind, bytes, items }) => [kind, { bytes, items }]));
  expect(sizes.stages?.items).toBe(2);
  expect(sizes.runs?.items).toBe(1);
  expect(sizes.database?.bytes).toBeGreaterThan(10_000);
});

test('a shorter time is applied at once, counts stay, and what is younger stays', async () => {
  const old = [aged('segue.sqlite.v30', 40), aged('logs/segue.log.2', 40)];
  const young = [aged('segue.sqlite.v40', 5), aged('logs/segue.log.1', 5)];
  days = 20;
  await engine.call('kept.change', { rules: { rowsDays: 30, copiesDays: 30, logDays: 30, stagesDays: 30 } });
  expect((await rows()).total).toBe(2);
  expect([...old, ...young].map(existsSync)).toEqual([false, false, true, true]);
  days = 35;
  await engine.call('kept.change', { rules: { copiesDays: 90, logDays: 90 } });
  const { runs, segments } = await engine.call('app.getSnapshot', {});
  await expect(rows()).rejects.toMatchObject({ code: 'run.rows-gone' });
  expect(await rejected()).toEqual([]);
  expect(runs[0]?.balance).toMatchObject({ rowsRead: 2, accepted: 1, rejected: 1 });
  expect(runs[0]?.account.undo).toBeNull();
  // The segment of the export stays; the other can be read again.
  const states = Object.fromEntries(segments.map(({ name, state }) => [name, state]));
  expect(states).toEqual({ people: 'ready', unused: 'missing' });
  await engine.call('kept.change', { rules: { copiesDays: 7, logDays: 7 } });
  expect([...old, ...young].map(existsSync)).toEqual([false, false, false, false]);
});

test('memory is within bounds, and taken by the next reading', async () => {
  expect((await engine.call('kept.change', { memoryMb: 512 })).memoryMb).toBe(512);
  await expect(engine.call('kept.change', { memoryMb: 10 })).rejects.toMatchObject({ code: 'ipc.invalid-input' });
  const again = path.join(folder, 'again.csv');
  writeFileSync(again, 'Email\ndee@example.com\n');
  expect((await engine.addFile(again)).state).toBe('ready');
});

test('everything goes only once it has been typed, and nothing of Segue’s is left then', async () => {
  await expect(engine.call('kept.deleteEverything', { confirmation: 'yes' })).rejects.toMatchObject({
    code: 'kept.not-confirmed',
  });
  const profile = mkdtempSync(path.join(tmpdir(), 'segue-erased-'));
  for (const name of ['stages', 'runs', 'logs', 'practice', 'Local Storage'])
    mkdirSync(path.join(profile, name, 'x'), { recursive: true });
  for (const name of ['segue.sqlite', 'segue.sqlite-wal', 'segue.sqlite.v10', 'settings.json', 'SingletonLock'])
    writeFileSync(path.join(profile, name), 'x');
  await eraseProfile(profile);
  expect(readdirSync(profile).sort()).toEqual(['Local Storage', 'SingletonLock']);
});
