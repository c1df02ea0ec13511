import { mkdirSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { DrivenEngine, type SavedExport } from './test-support/driven-engine.ts';
import { type PlainPorts, plainPorts } from './test-support/plain-ports.ts';

// What people, and whatever else calls, may do at the edges of the engine's calls.

let ports: PlainPorts;
let engine: DrivenEngine;
let saved: SavedExport;
let file: string;

beforeEach(async () => {
  ports = plainPorts({});
  file = path.join(ports.paths.temp, 'people.csv');
  writeFileSync(file, 'Email,First name\nada@example.com,Ada\nbo@example.com,Bo\nADA@example.com,\n');
  engine = await DrivenEngine.open(ports);
  saved = await engine.saveExport(file);
});

afterEach(async () => {
  await engine.stop();
  expect(engine.surprises).toEqual([]);
  rmSync(ports.paths.userData, { recursive: true, force: true });
});

const draft = () => {
  const { exportId, name, connectionId, list, segments } = saved.definition;
  return { exportId, name, connectionId: connectionId ?? '', list, segments };
};

test('a draft with a segment twice, or a field twice, is refused and changes nothing', async () => {
  const [segment] = draft().segments;
  if (segment === undefined) throw new Error('The export has no segment');
  const twice = { ...draft(), segments: [segment, segment] };
  await expect(engine.call('exports.save', twice)).rejects.toMatchObject({ code: 'ipc.invalid-input' });
  const fieldMap = [...segment.fieldMap, { field: 'email', columnIndex: 1 }];
  const doubled = { ...draft(), segments: [{ ...segment, fieldMap }] };
  await expect(engine.call('exports.save', doubled)).rejects.toMatchObject({ code: 'ipc.invalid-input' });
  const { exports: kept } = await engine.call('app.getSnapshot', {});
  expect(kept).toEqual([saved.definition]);
});

test('a column that the file does not have is named, in saving and in checking', async () => {
  const { segmentId } = saved.segment;
  const segments = [{ segmentId, fieldMap: [{ field: 'email', columnIndex: 7 }] }];
  const refusal = { code: 'export.column-not-found', params: { column: 8, segment: 'people' } };
  await expect(engine.call('exports.save', { ...draft(), segments })).rejects.toMatchObject(refusal);
  await expect(engine.call('exports.check', { segments, previewRows: 5 })).rejects.toMatchObject(refusal);
});

test('a check of nothing, and of a segment without an address', async () => {
  const empty = await engine.call('exports.check', { segments: [], previewRows: 5 });
  expect(empty.counts).toEqual({ rows: 0, valid: 0, invalid: 0, duplicates: 0, unreadable: 0 });
  const segments = [{ segmentId: saved.segment.segmentId, fieldMap: [{ field: 'first_name', columnIndex: 1 }] }];
  await expect(engine.call('exports.check', { segments, previewRows: 5 })).rejects.toMatchObject({
    code: 'export.email-not-matched',
    params: { segment: 'people' },
  });
});

test('a newer check ends the one before; the newest is answered', async () => {
  const input = { segments: saved.definition.segments, previewRows: 5 };
  const checks = Array.from({ length: 5 }, () => engine.call('exports.check', input));
  const answers = await Promise.allSettled(checks);
  expect(answers.at(-1)).toMatchObject({ status: 'fulfilled', value: { counts: { rows: 3, valid: 2 } } });
  for (const answer of answers.slice(0, -1)) {
    if (answer.status === 'rejected') expect(answer.reason).toMatchObject({ code: 'cancelled' });
  }
});

test('links are read as the files they lead to; folders and what leads nowhere are refused, and then nothing is read', async () => {
  const link = path.join(ports.paths.temp, 'link.csv');
  symlinkSync(file, link);
  const linked = await engine.addFile(link);
  expect(linked).toMatchObject({ state: 'ready', rowCount: 3, fileBytes: statSync(file).size });

  const toFolder = path.join(ports.paths.temp, 'folder.csv');
  mkdirSync(path.join(ports.paths.temp, 'folder'));
  symlinkSync(path.join(ports.paths.temp, 'folder'), toFolder);
  const nowhere = path.join(ports.paths.temp, 'gone.csv');
  for (const [wrong, code] of [
    [toFolder, 'segment.not-a-file'],
    [ports.paths.temp, 'segment.not-a-file'],
    [nowhere, 'segment.missing'],
    ['/dev/null', 'segment.not-a-file'],
  ] as const) {
    await expect(engine.call('segments.addFiles', { paths: [file, wrong] })).rejects.toMatchObject({ code });
  }
  expect((await engine.call('app.getSnapshot', {})).segments).toHaveLength(2);
});

test('what is in use is not removed, and who uses it is named', async () => {
  const { connectionId } = saved.connection;
  const { segmentId } = saved.segment;
  const exports = { exports: 'Autumn' };
  await expect(engine.call('segments.remove', { segmentId })).rejects.toMatchObject({
    code: 'segment.in-use',
    params: exports,
  });
  await expect(engine.call('connections.remove', { connectionId })).rejects.toMatchObject({
    code: 'connection.in-use',
    params: exports,
  });
  await engine.call('exports.remove', { exportId: saved.definition.exportId });
  await engine.call('segments.remove', { segmentId });
  await engine.call('connections.remove', { connectionId });
  const { segments, connections, exports: left } = await engine.call('app.getSnapshot', {});
  expect([segments, connections, left]).toEqual([[], [], []]);
  expect(readdirSync(path.join(ports.paths.userData, 'stages'))).toEqual([]);
});

test('an export that was removed keeps its runs, and gives its name back', async () => {
  const run = await engine.ended((await engine.run(saved.definition.exportId)).runId);
  await engine.call('exports.remove', { exportId: saved.definition.exportId });
  await expect(engine.run(saved.definition.exportId)).rejects.toMatchObject({ code: 'export.not-found' });
  const { exportId: _, ...fresh } = draft();
  const again = await engine.call('exports.save', fresh);
  expect(again.lastRun).toBeNull();
  expect((await engine.call('app.getSnapshot', {})).runs).toEqual([run]);
});

test('a stage that is gone is said before anything is sent, and leaves no folder behind', async () => {
  rmSync(path.join(ports.paths.userData, 'stages'), { recursive: true });
  const { segments } = await engine.call('app.getSnapshot', {});
  expect(segments[0]).toMatchObject({ state: 'missing' });
  await expect(engine.run(saved.definition.exportId)).rejects.toMatchObject({ code: 'segment.missing' });
  expect((await engine.call('app.getSnapshot', {})).runs).toEqual([]);
});

test('a segment of which nobody can be sent ends with warnings: nothing sent, every row named', async () => {
  const broken = path.join(ports.paths.temp, 'broken.csv');
  writeFileSync(broken, 'Email,First name\nnobody,Ada\n,Bo\n');
  const segment = await engine.addFile(broken);
  await engine.call('exports.save', {
    ...draft(),
    segments: [{ segmentId: segment.segmentId, fieldMap: [{ field: 'email', columnIndex: 0 }] }],
  });
  const run = await engine.ended((await engine.run(saved.definition.exportId)).runId);
  expect(run).toMatchObject({ state: 'completedWithWarnings', balance: { rowsRead: 2, rejected: 2, accepted: 0 } });
  expect(await engine.call('runs.getActivities', { runId: run.runId })).toEqual([]);
  const rows = await engine.call('runs.getRejectedRows', { runId: run.runId, afterRowId: 0, limit: 10 });
  expect(rows).toMatchObject([
    { segmentName: 'broken', rowNumber: 1, cells: ['nobody', 'Ada'], reason: 'email-without-at' },
    { segmentName: 'broken', rowNumber: 2, cells: ['', 'Bo'], reason: 'email-blank' },
  ]);
  const [page] = await engine.call('runs.getRejectedRows', { runId: run.runId, afterRowId: 1, limit: 1 });
  expect(page).toEqual(rows[1]);
});

test('what has ended is neither continued nor cancelled', async () => {
  const run = await engine.ended((await engine.run(saved.definition.exportId)).runId);
  await expect(engine.call('runs.continue', { runId: run.runId })).rejects.toMatchObject({
    code: 'run.cannot-continue',
  });
  await engine.call('runs.cancel', { runId: run.runId });
  expect((await engine.call('app.getSnapshot', {})).runs).toEqual([run]);
  await expect(engine.call('runs.cancel', { runId: 'none' })).rejects.toMatchObject({ code: 'run.not-found' });
});

test('several exports started at once stand in the queue and all come to their end', async () => {
  const { exportId: _, ...fresh } = draft();
  const more = await Promise.all([1, 2, 3].map((n) => engine.call('exports.save', { ...fresh, name: `Autumn ${n}` })));
  const started = await Promise.all(more.map(({ exportId }) => engine.run(exportId)));
  const ended = await Promise.all(started.map(({ runId }) => engine.ended(runId)));
  expect(ended.map(({ state }) => state)).toEqual(['successful', 'successful', 'successful']);
  expect(engine.application.hasActiveRun()).toBe(false);
  // What became of each row is kept for a while; the stages and the plan are not.
  const kept = started.map(({ runId }) => readdirSync(path.join(ports.paths.userData, 'runs', runId)));
  expect(kept).toEqual(started.map(() => ['outcomes.parquet']));
});

test('stopped twice, and while a file is read, the engine ends once and in order', async () => {
  const stages = () => readdirSync(path.join(ports.paths.userData, 'stages'));
  const before = stages();
  const big = path.join(ports.paths.temp, 'big.csv');
  writeFileSync(big, `Email\n${'someone@example.com\n'.repeat(200_000)}`);
  await engine.call('segments.addFiles', { paths: [big] });
  await Promise.all([engine.stop(), engine.stop()]);
  engine = await DrivenEngine.open(ports);
  const { segments } = await engine.call('app.getSnapshot', {});
  expect(segments.map(({ name }) => name)).toEqual(['people']);
  expect(before).toHaveLength(1);
  expect(stages()).toEqual(before);
});

test('signed in again under the same name, the connection is renewed; another account would be a name taken', async () => {
  const again = await engine.connect();
  expect(again.connectionId).toBe(saved.connection.connectionId);
  expect((await engine.call('app.getSnapshot', {})).connections).toHaveLength(1);
  await engine.call('lists.search', { connectionId: again.connectionId });
});
