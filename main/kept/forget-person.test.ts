import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { DrivenEngine, type SavedExport } from '../test-support/driven-engine.ts';
import { type PlainPorts, plainPorts } from '../test-support/plain-ports.ts';

// One person is deleted after an export, a rejected row, a plan and a copy of the database: no byte of the profile may
// hold the address afterwards, packed files included.

const person = 'zelda.quux@example.com';
let ports: PlainPorts;
let engine: DrivenEngine;
let saved: SavedExport;
let runId: string;
const folder = mkdtempSync(path.join(tmpdir(), 'segue-forget-'));

beforeAll(async () => {
  ports = plainPorts({});
  engine = await DrivenEngine.open(ports);
  const file = path.join(folder, 'people.csv');
  const lines = [
    'Email,First name,Notes',
    'ada@example.com,Ada,friend of Zelda.Quux@Example.com; and zelda.quux@example.com',
    'ZELDA.QUUX@example.com ,Zelda,',
    'joanna.zelda.quux@example.com,Joanna,',
    'zelda.quux@example.com.au,Other,',
    'not an address zelda.quux@example.com at all,Zelda,again',
    'bob@example.com,Bob,',
  ];
  writeFileSync(file, `${lines.join('\n')}\n`);
  saved = await engine.saveExport(file);
  await engine.call('exports.save', {
    exportId: saved.definition.exportId,
    name: 'Autumn',
    connectionId: saved.connection.connectionId,
    list: { listId: saved.list.listId, name: saved.list.name },
    segments: [
      {
        segmentId: saved.segment.segmentId,
        fieldMap: [
          { field: 'email', columnIndex: 0 },
          { field: 'first_name', columnIndex: 1 },
        ],
      },
    ],
    readBack: true,
  });
  // Names are what people make of them, and stand in the history of changes.
  await engine.call('segments.rename', { segmentId: saved.segment.segmentId, name: `All but ${person}` });
  await engine.call('exports.plan', { exportId: saved.definition.exportId });
  ({ runId } = await engine.ended((await engine.run(saved.definition.exportId)).runId));
  await engine.call('neverMail.add', { text: `${person} carl@example.com` });
  await engine.call('segments.getProfile', { segmentId: saved.segment.segmentId });
  writeFileSync(path.join(ports.paths.userData, 'segue.sqlite.v10'), `\0${person}\0`);
  writeFileSync(path.join(ports.paths.userData, 'segue.sqlite.v20'), Buffer.from(`x${person}x`, 'utf16le'));
});
afterEach(() => expect(engine.surprises).toEqual([]));
afterAll(() => engine.stop());

const filesOf = (root: string): string[] =>
  readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));

/** Names of files whose bytes hold the address, as UTF-8 or UTF-16, whatever the case. */
function holding(root: string): string[] {
  const wide = Buffer.from(person, 'utf16le').toString('latin1');
  const isAnothers = /joanna\.zelda\.quux@example\.com|zelda\.quux@example\.com\.au/g;
  return filesOf(root).filter((file) => {
    const text = readFileSync(file).toString('latin1').toLowerCase().replaceAll(isAnothers, '');
    return text.includes(person) || text.includes(wide);
  });
}

/** The same of the cells of packed files, which their bytes need not show. */
async function cellsHolding(root: string): Promise<string[]> {
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  const found: string[] = [];
  for (const file of filesOf(root).filter((name) => name.endsWith('.parquet'))) {
    const reader = await connection.runAndReadAll(`SELECT to_json(t)::VARCHAR FROM read_parquet('${file}') t`);
    const text = JSON.stringify(reader.getRowsJS()).toLowerCase();
    const rest = text.replaceAll('joanna.zelda.quux@example.com', '').replaceAll('zelda.quux@example.com.au', '');
    if (rest.includes(person)) found.push(file);
  }
  connection.closeSync();
  instance.closeSync();
  return found;
}

test('what is kept about a person is counted by place, with the files that only their owner can change', async () => {
  const found = await engine.call('kept.findPerson', { address: ` ${person.toUpperCase()}` });
  expect(found.address).toBe(person);
  const counts = Object.fromEntries(found.places.map(({ place, count }) => [place, count]));
  expect(counts).toMatchObject({ segments: 3, ledger: 1, 'rejected-rows': 1, 'never-mail': 1, copies: 2 });
  expect(counts.runs).toBeGreaterThan(0);
  expect(counts.practice).toBeGreaterThan(0);
  expect(found.ownFiles).toEqual([path.join(folder, 'people.csv')]);
  expect(holding(ports.paths.userData).length).toBeGreaterThan(3);
  await expect(engine.call('kept.findPerson', { address: 'two@example.com three@example.com' })).rejects.toMatchObject({
    code: 'kept.not-an-address',
  });
});

test('afterwards no byte of the profile holds the address, and the person is never sent again', async () => {
  const told: number[] = [];
  const end = engine.application.subscribe((name, payload) => {
    if (name === 'kept.progress') told.push((payload.value as { done: number }).done);
  });
  const left = await engine.call('kept.forgetPerson', { address: person });
  end();
  expect(left.places).toEqual([]);
  expect(told).toEqual([...told].sort((a, b) => a - b));
  expect(told.length).toBeGreaterThan(3);
  expect(await cellsHolding(ports.paths.userData)).toEqual([]);
  expect(holding(ports.paths.userData)).toEqual([]);

  const { runs, segments } = await engine.call('app.getSnapshot', {});
  // Whom it only resembles, and who wrote about the person, stays; the counts of the run stay as they were.
  expect(segments[0]).toMatchObject({ state: 'ready', rowCount: 4 });
  expect(segments[0]?.firstRows[0]?.[2]).toBe('friend of ; and ');
  expect(segments[0]?.name).toBe('All but …');
  const { entries } = await engine.call('audit.list', {
    search: 'all but',
    personId: null,
    kind: null,
    from: null,
    before: 0,
    limit: 10,
  });
  expect(entries).toMatchObject([{ action: 'segment-changed', objectName: 'All but …' }]);
  expect(runs.find((run) => run.runId === runId)?.balance).toMatchObject({ rowsRead: 6, accepted: 5, rejected: 1 });
  const rows = await engine.call('runs.getRows', {
    runId,
    outcome: null,
    fate: null,
    search: '',
    after: '',
    limit: 10,
  });
  expect(rows.total).toBe(6);
  const rejected = await engine.call('runs.getRejectedRows', { runId, afterRowId: 0, limit: 10 });
  expect(rejected[0]?.cells).toEqual([null, null, null]);

  // The file comes again with the person in it.
  await engine.call('segments.readAgain', { segmentId: saved.segment.segmentId });
  await engine.eventually('segment.changed', (view) =>
    view.state === 'ready' && view.rowCount === 6 ? view : undefined,
  );
  const again = await engine.ended((await engine.run(saved.definition.exportId)).runId);
  expect(again.balance).toMatchObject({ rowsRead: 6, heldBack: 1, rejected: 1 });
}, 60_000);

test('whoever a stopped run was to take off the list stands in its plan alone, which goes', async () => {
  const leaver = 'leaving.lou@example.com';
  const file = path.join(folder, 'mirrored.csv');
  const rows = Array.from({ length: 12 }, (_, n) => `m${n}@example.com`);
  writeFileSync(file, `Email\n${[...rows, leaver].join('\n')}\n`);
  const segment = await engine.addFile(file);
  const { connectionId, list } = saved.definition;
  const mirror = await engine.call('exports.save', {
    name: 'Mirror',
    connectionId: connectionId ?? '',
    list,
    segments: [{ segmentId: segment.segmentId, fieldMap: segment.suggestedFieldMap }],
    mode: 'mirror',
    readBack: false,
  });
  await engine.ended((await engine.run(mirror.exportId)).runId);
  writeFileSync(file, `Email\n${[...rows, 'new.nina@example.com'].join('\n')}\n`);
  const { segmentId } = segment;
  const read = engine.eventually('segment.changed', (view) =>
    view.segmentId === segmentId && view.state === 'ready' ? view : undefined,
  );
  await engine.call('segments.readAgain', { segmentId });
  await read;
  const running = await engine.run(mirror.exportId);
  await engine.when(running.runId, (run) => run.progress.phase !== 'preparing');
  await engine.call('runs.cancel', { runId: running.runId });
  const stopped = await engine.ended(running.runId);
  expect(stopped.state).toBe('cancelled');
  // What its ledger and journal say of the person is told apart from the plan.
  const found = await engine.call('kept.findPerson', { address: leaver });
  expect(found.stoppedRuns).toEqual(['Mirror']);
  const left = await engine.call('kept.forgetPerson', { address: leaver });
  expect(left.places).toEqual([]);
  expect(existsSync(path.join(ports.paths.userData, 'runs', running.runId))).toBe(false);
});

test('a run that stopped with the person in it says that it cannot be continued any more', async () => {
  const stopped = path.join(ports.paths.userData, 'runs', 'left-behind');
  mkdirSync(stopped, { recursive: true });
  expect((await engine.call('kept.findPerson', { address: person })).stoppedRuns).toEqual([]);
});
