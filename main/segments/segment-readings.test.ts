import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { SegmentView } from '../../preload/contract/views.ts';
import { DrivenEngine } from '../test-support/driven-engine.ts';
import { type PlainPorts, plainPorts } from '../test-support/plain-ports.ts';
import { generateSampleSegment } from './generate-sample.ts';
import { makeWorkbook } from './testing/make-workbook.ts';

const engines: DrivenEngine[] = [];
afterEach(async () => {
  for (const engine of engines.splice(0)) {
    await engine.stop();
    expect(engine.surprises).toEqual([]);
  }
});

async function open(ports: PlainPorts = plainPorts({})): Promise<{ engine: DrivenEngine; ports: PlainPorts }> {
  const engine = await DrivenEngine.open(ports);
  engines.push(engine);
  return { engine, ports };
}

const newFolder = () => mkdtempSync(path.join(os.tmpdir(), 'segue-readings-'));

function put(folder: string, name: string, content: string | Buffer): string {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
}

/** Corrects a reading and waits until it has ended. */
async function correct(
  engine: DrivenEngine,
  segmentId: string,
  overrides: SegmentView['overrides'],
): Promise<SegmentView> {
  const ended = engine.eventually('segment.changed', (view) =>
    view.segmentId === segmentId && view.state !== 'reading' ? view : undefined,
  );
  await engine.call('segments.correctReading', { segmentId, overrides });
  return ended;
}

const headings = (view: SegmentView) => view.columns.map(({ heading }) => heading);

const accented = 'Id;Courriel;Prénom\r\n1;rene@example.com;René\r\n2;zoe@example.com;Zoë\r\n';

test('the beginning is shown while the whole is being read, and agrees with it', async () => {
  const { engine } = await open();
  const file = path.join(newFolder(), 'large.csv');
  await generateSampleSegment(file, 300_000);
  const begun = performance.now();
  const first = engine.eventually('segment.changed', (view) =>
    view.state === 'reading' && view.reading !== null ? { view, after: performance.now() - begun } : undefined,
  );
  const ready = await engine.addFile(file);
  const { view } = await first;
  expect(view).toMatchObject({ state: 'reading', rowCount: 0, suggestedFieldMap: ready.suggestedFieldMap });
  expect(headings(view)).toEqual(headings(ready));
  expect(view.firstRows).toEqual(ready.firstRows);
  expect(ready).toMatchObject({ state: 'ready', rowCount: 300_000 });
});

test('an encoding in doubt is shown with words read in each, and another can be chosen', async () => {
  const { engine, ports } = await open();
  const file = put(newFolder(), 'clients.csv', Buffer.from(accented, 'latin1'));
  const view = await engine.addFile(file);
  expect(view.reading?.encoding).toBe('windows-1252');
  expect(view.encodings).toEqual([
    { encoding: 'windows-1252', samples: ['Prénom', 'René', 'Zoë'] },
    { encoding: 'macintosh', samples: ['PrÈnom', 'RenÈ', 'ZoÎ'] },
  ]);
  const mac = await correct(engine, view.segmentId, { encoding: 'macintosh' });
  expect(mac).toMatchObject({
    segmentId: view.segmentId,
    state: 'ready',
    overrides: { encoding: 'macintosh' },
    reading: { encoding: 'macintosh' },
    firstRows: [
      ['1', 'rene@example.com', 'RenÈ'],
      ['2', 'zoe@example.com', 'ZoÎ'],
    ],
  });
  // One stage, the newer.
  expect(readdirSync(path.join(ports.paths.userData, 'stages'))).toHaveLength(1);
});

test('a correction is remembered for the source, also after a restart, until the file is read by itself', async () => {
  const { engine, ports } = await open();
  const folder = newFolder();
  const text = 'Report of the week;;\r\nId;Email;Name\r\n1;a@example.com;Ada\r\n';
  const first = await engine.addFile(put(folder, 'Export 2026-11-01.csv', text));
  expect(first).toMatchObject({ reading: { headerLine: 2 }, overrides: {}, overridesRemembered: false });
  await correct(engine, first.segmentId, { headerLine: null });
  const second = await engine.addFile(put(folder, 'Export 2026-11-08.csv', text));
  expect(second).toMatchObject({ reading: { headerLine: null }, overridesRemembered: true });
  // Another name, the same headings in the same folder.
  const third = await engine.addFile(put(folder, 'Newest.csv', text));
  expect(third).toMatchObject({ reading: { headerLine: null }, overridesRemembered: true });
  // Neither the folder nor, beside it, the headings.
  expect((await engine.addFile(put(newFolder(), 'Export 2026-11-08.csv', text))).reading?.headerLine).toBe(2);
  expect((await engine.addFile(put(folder, 'Other.csv', 'Mail\r\na@example.com\r\n'))).overrides).toEqual({});
  await engine.stop();
  engines.pop();

  const { engine: later } = await open(ports);
  const fourth = await later.addFile(put(folder, 'Export 2026-11-15.csv', text));
  expect(fourth).toMatchObject({ reading: { headerLine: null }, overridesRemembered: true });
  const alone = await correct(later, fourth.segmentId, {});
  expect(alone).toMatchObject({ reading: { headerLine: 2 }, overrides: {}, overridesRemembered: false });
  expect((await later.addFile(put(folder, 'Export 2026-11-22.csv', text))).reading?.headerLine).toBe(2);
});

test('a remembered correction that does not fit a later file is left aside', async () => {
  const { engine } = await open();
  const folder = newFolder();
  const book = path.join(folder, 'people 1.xlsx');
  const rows = [
    ['Id', 'Email'],
    ['1', 'a@example.com'],
  ];
  await makeWorkbook(book, [
    { name: 'First', rows },
    { name: 'Second', rows: [['Email'], ['b@example.com'], ['c@example.com']] },
  ]);
  const view = await engine.addFile(book);
  expect(view.sheets.map(({ name, chosen }) => [name, chosen])).toEqual([
    ['First', true],
    ['Second', false],
  ]);
  const other = await correct(engine, view.segmentId, { sheet: 'Second' });
  expect(other).toMatchObject({ rowCount: 2, suggestedFieldMap: [{ field: 'email', columnIndex: 0 }] });
  const wrong = path.join(folder, 'people 2.xlsx');
  await makeWorkbook(wrong, [{ name: 'First', rows }]);
  expect(await engine.addFile(wrong)).toMatchObject({ state: 'ready', rowCount: 1, overrides: {} });
});

test('a correction that cannot be read so leaves the segment as it was, and is not remembered', async () => {
  const { engine } = await open();
  const folder = newFolder();
  const file = put(folder, 'people.csv', 'Id,Email\r\n1,a@example.com\r\n');
  const view = await engine.addFile(file);
  writeFileSync(file, '');
  const failed = await correct(engine, view.segmentId, { headerLine: null });
  expect(failed).toMatchObject({ state: 'ready', error: { code: 'segment.empty' }, overrides: {}, rowCount: 1 });
  const { segments } = await engine.call('app.getSnapshot', {});
  expect(segments).toMatchObject([{ segmentId: view.segmentId, state: 'ready', error: null }]);
  writeFileSync(file, 'Id,Email\r\n1,a@example.com\r\n');
  expect((await engine.addFile(put(folder, 'people.csv', 'Id,Email\r\n1,a@example.com\r\n'))).overrides).toEqual({});
});

test('a reading is corrected while it goes on, and cancelled', async () => {
  const { engine, ports } = await open();
  const file = path.join(newFolder(), 'large.csv');
  await generateSampleSegment(file, 200_000);
  const beginning = engine.eventually('segment.changed', (view) => (view.reading === null ? undefined : view));
  await engine.call('segments.addFiles', { paths: [file] });
  const { segmentId } = await beginning;
  const corrected = await correct(engine, segmentId, { headerLine: null });
  expect(corrected).toMatchObject({ state: 'ready', rowCount: 200_001, reading: { headerLine: null } });
  const again = engine.eventually('segment.changed', (view) => (view.state === 'ready' ? view : undefined));
  await engine.call('segments.correctReading', { segmentId, overrides: {} });
  await engine.call('segments.cancelReading', { segmentId });
  expect(await again).toMatchObject({ rowCount: 200_001, error: null });
  expect(readdirSync(path.join(ports.paths.userData, 'stages'))).toHaveLength(1);
});

test('the matching of a saved export follows its headings; one that is gone keeps the export from running', async () => {
  const { engine } = await open();
  const text = 'All of them;;\r\nId;Email;Name\r\n1;a@example.com;Ada\r\n';
  const { segment, definition } = await engine.saveExport(put(newFolder(), 'people.csv', text));
  const matching = async () => (await engine.call('app.getSnapshot', {})).exports[0]?.segments[0]?.fieldMap;
  const suggested = segment.suggestedFieldMap;
  expect(await matching()).toEqual(suggested);
  await correct(engine, segment.segmentId, { headerLine: 1 });
  expect(await matching()).toEqual([]);
  await expect(engine.run(definition.exportId)).rejects.toMatchObject({
    code: 'export.column-not-found',
    params: { column: 'Email', segment: 'people' },
  });
  await correct(engine, segment.segmentId, {});
  expect(await matching()).toEqual(suggested);
  const run = await engine.run(definition.exportId);
  expect((await engine.ended(run.runId)).balance).toMatchObject({ rowsRead: 1, accepted: 1 });
});

test('parts dropped together are one segment in their order, and can be taken apart', async () => {
  const { engine, ports } = await open();
  const folder = newFolder();
  const second = put(folder, 'Loyal_2.csv', 'Email;Name\r\nc@example.com;Cleo;surplus\r\nd@example.com;Dan\r\n');
  const first = put(folder, 'Loyal_1.csv', 'Name;Email\r\nAda;a@example.com\r\nBob;b@example.com\r\n');
  const ready = engine.eventually('segment.changed', (view) => (view.state === 'ready' ? view : undefined));
  const added = await engine.call('segments.addFiles', { paths: [second, first] });
  expect(added).toHaveLength(1);
  const view = await ready;
  const parts = ['Loyal_1.csv', 'Loyal_2.csv'];
  expect(view).toMatchObject({ name: 'Loyal', fileName: 'Loyal.csv', rowCount: 3, unreadableCount: 1, parts });
  const { segmentId } = view;
  expect(await engine.call('segments.getUnreadable', { segmentId, fromByte: 0, limit: 10 })).toEqual({
    lines: [{ file: 'Loyal_2.csv', line: 2, reason: 'surplus-cells', text: 'c@example.com;Cleo;surplus' }],
    nextByte: null,
  });
  // The corrected whole, and the parts as they are known after a restart.
  expect(await correct(engine, segmentId, { quote: null })).toMatchObject({ rowCount: 3, parts });
  await engine.stop();
  engines.pop();
  const { engine: later } = await open(ports);
  expect((await later.call('app.getSnapshot', {})).segments).toMatchObject([{ segmentId, parts, rowCount: 3 }]);

  const rows = new Map<string, number>();
  const apart = later.eventually('segment.changed', (part) => {
    if (part.state === 'ready') rows.set(part.name, part.rowCount);
    return rows.size === 2 ? rows : undefined;
  });
  await later.call('segments.takeApart', { segmentId });
  expect([...(await apart)].sort()).toEqual([
    ['Loyal 1', 2],
    ['Loyal 2', 1],
  ]);
  await later.call('segments.remove', { segmentId });
  expect((await later.call('app.getSnapshot', {})).segments.map(({ parts: none }) => none)).toEqual([[], []]);
});
