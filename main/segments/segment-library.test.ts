import { mkdtempSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { zipSync } from 'fflate';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CallName } from '../../preload/contract/channels.ts';
import type { CallInput } from '../../preload/contract/contract.ts';
import type { SegmentView } from '../../preload/contract/views.ts';
import { migrations } from '../store/migrations/index.ts';
import { connectStore, openStore } from '../store/open-store.ts';
import { DrivenEngine, type SavedExport } from '../test-support/driven-engine.ts';
import { type PlainPorts, plainPorts } from '../test-support/plain-ports.ts';

let ports: PlainPorts;
let engine: DrivenEngine;
let folder = '';
beforeEach(async () => {
  ports = plainPorts({});
  engine = await DrivenEngine.open(ports);
  folder = mkdtempSync(path.join(os.tmpdir(), 'segue-library-'));
});
afterEach(async () => {
  await engine.stop();
  expect(engine.surprises).toEqual([]);
});

function put(name: string, content: string): string {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
}

const stages = () => readdirSync(path.join(ports.paths.userData, 'stages'));
const snapshot = () => engine.call('app.getSnapshot', {});
const monday = 'Id,Email,Town\r\n1,a@example.com,Lyon\r\n2,b@example.com,Paris\r\n';
const tuesday = 'Email,Id,Town\r\na@example.com,1,Lyon\r\nb@example.com,2,Paris\r\nc@example.com,3,Nice\r\n';

/** A call that has the segment read, and the segment once it has been. */
async function read<N extends CallName>(name: N, input: CallInput<N>, segmentId: string): Promise<SegmentView> {
  const ended = engine.eventually('segment.changed', (view) =>
    view.segmentId === segmentId && view.state !== 'reading' ? view : undefined,
  );
  await engine.call(name, input);
  return ended;
}

/** Monday's file exported with address and town. */
async function saved(): Promise<SavedExport> {
  const made = await engine.saveExport(put('Monday.csv', monday));
  const { exportId = '', name, connectionId, list } = made.definition;
  const fieldMap = [
    { field: 'email', columnIndex: 1 },
    { field: 'city', columnIndex: 2 },
  ];
  const segments = [{ segmentId: made.segment.segmentId, fieldMap }];
  const definition = await engine.call('exports.save', {
    exportId,
    name,
    connectionId: connectionId ?? '',
    list,
    segments,
  });
  return { ...made, definition };
}

test('a replaced file is a new version: counts of all are kept, the stage of the newest, and the matching follows', async () => {
  const { segment, definition } = await saved();
  const { segmentId } = segment;
  expect(segment).toMatchObject({ readBy: 'Test Person', versions: [{ rowCount: 2 }], changedOnDisk: false });
  const input = { segmentId, paths: [put('Tuesday.csv', tuesday)] };
  const view = await read('segments.replaceFile', input, segmentId);
  expect(view).toMatchObject({ name: 'Monday', fileName: 'Tuesday.csv', rowCount: 3, state: 'ready' });
  expect(view.versions.map(({ rowCount }) => rowCount)).toEqual([2, 3]);
  expect(stages()).toHaveLength(1);
  expect((await snapshot()).exports).toMatchObject([
    { lostColumns: [], segments: [{ fieldMap: [{ columnIndex: 0 }, {}] }] },
  ]);
  const run = await engine.run(definition.exportId);
  expect((await engine.ended(run.runId)).balance).toMatchObject({ rowsRead: 3, accepted: 3 });
});

test('a heading that changed is recognised and named, and nothing is sent before it is confirmed', async () => {
  const { segment, definition, connection } = await saved();
  const { segmentId } = segment;
  const paths = [put('Renamed.csv', monday.replace('Town', 'Ort'))];
  await read('segments.replaceFile', { segmentId, paths }, segmentId);
  const [changed] = (await snapshot()).exports;
  expect(changed).toMatchObject({
    segments: [{ fieldMap: [{ field: 'email', columnIndex: 1 }] }],
    lostColumns: [{ segmentId, field: 'city', heading: 'Town', columnIndex: 2 }],
  });
  await expect(engine.run(definition.exportId)).rejects.toMatchObject({
    params: { column: 'Town', segment: 'Monday' },
  });
  const { exportId, name, list } = definition;
  const fieldMap = [
    { field: 'email', columnIndex: 1 },
    { field: 'city', columnIndex: 2 },
  ];
  const confirmed = {
    exportId,
    name,
    connectionId: connection.connectionId,
    list,
    segments: [{ segmentId, fieldMap }],
  };
  expect(await engine.call('exports.save', confirmed)).toMatchObject({ lostColumns: [] });
  const run = await engine.run(exportId);
  expect((await engine.ended(run.runId)).balance).toMatchObject({ accepted: 2 });
});

test('a file that changed on the disk is noticed, read again as a new version, and keeps its corrections', async () => {
  const file = put('people.csv', monday);
  const { segmentId } = await engine.addFile(file);
  await read('segments.correctReading', { segmentId, overrides: { headerLine: null } }, segmentId);
  await engine.call('segments.lookForChanges', {});
  expect((await snapshot()).segments).toMatchObject([{ changedOnDisk: false }]);
  writeFileSync(file, `${monday}3,c@example.com,Nice\r\n`);
  await engine.call('segments.lookForChanges', {});
  expect((await snapshot()).segments).toMatchObject([{ changedOnDisk: true, rowCount: 3 }]);
  const view = await read('segments.readAgain', { segmentId }, segmentId);
  expect(view).toMatchObject({ changedOnDisk: false, rowCount: 4, reading: { headerLine: null } });
  expect(view.versions.map(({ rowCount }) => rowCount)).toEqual([3, 4]);
  utimesSync(file, new Date(0), new Date(0));
  await engine.call('segments.lookForChanges', {});
  expect((await snapshot()).segments).toMatchObject([{ changedOnDisk: true }]);
});

test('a replacement that cannot be read leaves the segment as it was', async () => {
  const { segmentId } = await engine.addFile(put('people.csv', monday));
  const failed = await read('segments.replaceFile', { segmentId, paths: [put('empty.csv', '')] }, segmentId);
  expect(failed).toMatchObject({ state: 'ready', fileName: 'people.csv', rowCount: 2 });
  expect(failed.error).toMatchObject({ code: 'segment.empty', params: { file: 'empty.csv' } });
  expect(failed.versions).toHaveLength(1);
  ports.desktop.filesToChoose = [];
  expect(await engine.call('segments.chooseReplacement', { segmentId })).toBeNull();
});

test('segments are renamed and duplicated, each with rows of its own', async () => {
  const { segmentId } = await engine.addFile(put('people.csv', monday));
  expect(await engine.call('segments.rename', { segmentId, name: ' Loyal ' })).toMatchObject({ name: 'Loyal' });
  const copy = await engine.call('segments.duplicate', { segmentId });
  expect(copy).toMatchObject({ name: 'Loyal (2)', rowCount: 2, state: 'ready', versions: [{ rowCount: 2 }] });
  expect(await engine.call('segments.duplicate', { segmentId })).toMatchObject({ name: 'Loyal (3)' });
  await engine.call('segments.remove', { segmentId });
  const fieldMap = [{ field: 'email', columnIndex: 1 }];
  const check = { segments: [{ segmentId: copy.segmentId, fieldMap }], previewRows: 0 };
  expect((await engine.call('exports.check', check)).counts).toMatchObject({ rows: 2, valid: 2 });
  expect(stages()).toHaveLength(2);
});

test('a segment that is renamed while it is read again keeps its new name', async () => {
  const { segmentId } = await engine.addFile(put('people.csv', monday));
  const ended = engine.eventually('segment.changed', (view) => (view.versions.length === 2 ? view : undefined));
  await engine.call('segments.replaceFile', { segmentId, paths: [put('Tuesday.csv', tuesday)] });
  const renamed = await engine.call('segments.rename', { segmentId, name: 'Loyal' });
  expect(renamed).toMatchObject({ name: 'Loyal', state: 'reading' });
  expect(await ended).toMatchObject({ name: 'Loyal', state: 'ready', rowCount: 3 });
});

test('a segment in use goes only when it is to go from its exports too', async () => {
  const { segment } = await saved();
  const { segmentId } = segment;
  await expect(engine.call('segments.remove', { segmentId })).rejects.toMatchObject({ code: 'segment.in-use' });
  const told = engine.eventually('exports.changed', (views) => views);
  await engine.call('segments.remove', { segmentId, fromExports: true });
  expect(await told).toMatchObject([{ segments: [] }]);
  expect((await snapshot()).segments).toEqual([]);
  expect(stages()).toEqual([]);
});

test('a segment of the first schema is known after the upgrade, with what was not kept then left open', async () => {
  const old = plainPorts({});
  const store = openStore(path.join(old.paths.userData, 'segue.sqlite'), migrations.slice(0, 1));
  store.exec(`
    INSERT INTO person VALUES ('p', 'Renée', 'administrator', 0);
    INSERT INTO segment VALUES ('s', 'Loyal', 0, 'p');
    INSERT INTO segment_version VALUES (1, 's', '/loyal.csv', 'loyal.csv', 9, 'folder', '${JSON.stringify({
      reading: { format: 'csv', compression: 'none', encoding: 'utf-8', delimiter: ',', quote: null, headerLine: 1 },
      columns: [{ heading: 'Email', samples: ['a@example.com'] }],
      rowCount: 1,
      unreadableCount: 0,
      unreadable: [],
      suggestedFieldMap: [{ field: 'email', columnIndex: 0 }],
      emailCandidates: [0],
    })}', 1, 5);`);
  store.close();
  const upgraded = await DrivenEngine.open(old);
  const { segments } = await upgraded.call('app.getSnapshot', {});
  expect(segments).toMatchObject([
    { name: 'Loyal', rowCount: 1, overrides: {}, firstRows: [], parts: [], readBy: 'Renée', versions: [{ readAt: 5 }] },
  ]);
  await upgraded.stop();
});

test('a segment is split by ranges of rows: each row is in one part, in order; unreadable lines go with the first', async () => {
  const rows = Array.from({ length: 2_500 }, (_, n) => `${n},p${n}@example.com,Town ${n}\r\n`);
  const file = put('Large.csv', `Id,Email,Town\r\n${rows.join('')}1,2,3,4,5\r\n`);
  const { segmentId } = await engine.addFile(file);
  const parts = await engine.call('segments.split', { segmentId, rowsEach: 1_000 });
  expect(parts).toMatchObject([
    { name: 'Large 1–1000', rowCount: 1_000, unreadableCount: 1, state: 'ready' },
    {
      name: 'Large 1001–2000',
      rowCount: 1_000,
      unreadableCount: 0,
    },
    { name: 'Large 2001–2500', rowCount: 500, unreadableCount: 0 },
  ]);
  expect(parts[1]?.firstRows.map(([id]) => id)).toEqual(['1000', '1001', '1002', '1003', '1004']);
  const { lines } = await engine.call('segments.getUnreadable', {
    segmentId: parts[0]?.segmentId ?? '',
    fromByte: 0,
    limit: 10,
  });
  expect(lines).toMatchObject([{ line: 2_502 }]);
  const fieldMap = [{ field: 'email', columnIndex: 1 }];
  const { counts } = await engine.call('exports.check', {
    segments: parts.map((part) => ({ segmentId: part.segmentId, fieldMap })),
    previewRows: 0,
  });
  expect(counts).toMatchObject({ rows: 2_500, valid: 2_500, unreadable: 1 });
  // The parts have no file of their own that could change.
  writeFileSync(file, 'another');
  await engine.call('segments.lookForChanges', {});
  const { segments } = await snapshot();
  expect(segments.filter(({ changedOnDisk }) => changedOnDisk).map(({ name }) => name)).toEqual(['Large']);
  const again = await engine.call('segments.split', { segmentId, rowsEach: 2_500 });
  expect(again.map(({ name }) => name)).toEqual(['Large 1–2500']);
});

test('a split that the library cannot take leaves no part, and none in the library', async () => {
  const rows = Array.from({ length: 3_000 }, (_, n) => `${n},p${n}@example.com,Town ${n}\r\n`);
  const { segmentId } = await engine.addFile(put('Large.csv', `Id,Email,Town\r\n${rows.join('')}`));
  const before = stages();
  const store = connectStore(path.join(ports.paths.userData, 'segue.sqlite'));
  store.exec(`CREATE TRIGGER no_second BEFORE INSERT ON segment WHEN new.name LIKE '% 1001–2000'
    BEGIN SELECT raise(ABORT, 'no more'); END`);
  await expect(engine.call('segments.split', { segmentId, rowsEach: 1_000 })).rejects.toThrow();
  expect(stages()).toEqual(before);
  expect((await snapshot()).segments.map(({ name }) => name)).toEqual(['Large']);
  store.exec('DROP TRIGGER no_second');
  store.close();
  expect(await engine.call('segments.split', { segmentId, rowsEach: 1_000 })).toHaveLength(3);
  engine.surprises.length = 0;
});

test('the parts of one segment in a zip are one segment, in part order, however often it is read', async () => {
  const file = path.join(folder, 'people.zip');
  const part = (n: number) => Buffer.from(`Email,Town\np${n}@example.com,Town ${n}\nbroken ${n},a,b\n`);
  writeFileSync(file, zipSync({ 'p_2.csv': part(2), 'p_1.csv': part(1), 'p_3.csv': part(3) }));
  const segment = await engine.addFile(file);
  const expected = { fileName: 'people.zip', parts: [], rowCount: 3, unreadableCount: 3, changedOnDisk: false };
  expect(segment).toMatchObject(expected);
  expect(segment.firstRows.map(([email]) => email)).toEqual(['p1@example.com', 'p2@example.com', 'p3@example.com']);
  const { segmentId } = segment;
  const { lines } = await engine.call('segments.getUnreadable', { segmentId, fromByte: 0, limit: 10 });
  expect(lines.map(({ file: name, line }) => [name, line])).toEqual([
    ['people.zip/p_1.csv', 3],
    ['people.zip/p_2.csv', 3],
    ['people.zip/p_3.csv', 3],
  ]);
  expect(await read('segments.readAgain', { segmentId }, segmentId)).toMatchObject(expected);
});

test('lines that are no rows are told with the segment', async () => {
  const text = 'Email,Name\na@example.com,A\n\n# a remark\n\nb@example.com,B\nTotal: 2\n';
  const segment = await engine.addFile(put('Gaps.csv', text));
  expect(segment).toMatchObject({ rowCount: 2, skipped: { blank: 2, comment: 1, footer: 1 } });
  expect(await engine.addFile(put('Monday.csv', monday))).not.toHaveProperty('skipped');
});

test('splitting that is given up leaves no part, and the segment can be split again', async () => {
  const rows = Array.from({ length: 200_000 }, (_, n) => `${n},p${n}@example.com,Town ${n}\r\n`);
  const { segmentId } = await engine.addFile(put('Large.csv', `Id,Email,Town\r\n${rows.join('')}`));
  const before = stages();
  const splitting = engine.call('segments.split', { segmentId, rowsEach: 1_000 });
  const ended = splitting.catch((error: unknown) => error);
  await engine.call('segments.cancelSplit', { segmentId });
  expect(await ended).toMatchObject({ code: 'cancelled' });
  expect(stages()).toEqual(before);
  expect((await snapshot()).segments.map(({ name }) => name)).toEqual(['Large']);
  await engine.call('segments.cancelSplit', { segmentId });
  expect(await engine.call('segments.split', { segmentId, rowsEach: 100_000 })).toHaveLength(2);
});
