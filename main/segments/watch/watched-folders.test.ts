import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { SegmentView, WatchView } from '../../../preload/contract/views.ts';
import { DrivenEngine } from '../../test-support/driven-engine.ts';
import { type PlainPorts, plainPorts } from '../../test-support/plain-ports.ts';

let ports: PlainPorts;
let engine: DrivenEngine;
let folder = '';
beforeEach(async () => {
  ports = plainPorts({});
  engine = await DrivenEngine.open(ports);
  engine.application.watchFolders();
  folder = mkdtempSync(path.join(os.tmpdir(), 'segue-watched-'));
});
afterEach(async () => {
  await engine.stop();
  expect(engine.surprises).toEqual([]);
});

const people = (count: number, delimiter = ',') =>
  `Id${delimiter}Email\r\n${Array.from({ length: count }, (_, n) => `${n}${delimiter}p${n}@example.com\r\n`).join('')}`;

function put(name: string, content: string, into = folder): string {
  const file = path.join(into, name);
  // As transfers do: under another name until it is whole.
  writeFileSync(`${file}.part`, content);
  renameSync(`${file}.part`, file);
  return file;
}

/** A segment of a file in the folder, watched. */
async function watched(takes: WatchView['takes'] = 'by-itself'): Promise<{ segment: SegmentView; watch: WatchView }> {
  const segment = await engine.addFile(put('Newsletter_2026-11-16.csv', people(2)));
  const { segmentId } = segment;
  const proposed = await engine.call('watches.propose', { segmentId });
  expect(proposed).toEqual({ folder, pattern: 'Newsletter_*.csv' });
  return { segment, watch: await engine.call('watches.save', { segmentId, ...proposed, takes }) };
}

const read = (segmentId: string, rowCount: number) =>
  engine.eventually('segment.changed', (view) =>
    view.segmentId === segmentId && view.state === 'ready' && view.rowCount === rowCount ? view : undefined,
  );
const told = (is: (view: WatchView) => boolean) => engine.eventually('watches.changed', (views) => views.find(is));

test('a new file becomes the newest version by itself; others, and those that lay there, do not', async () => {
  put('Newsletter_2026-11-09.csv', people(1));
  const { segment } = await watched();
  expect(await engine.call('watches.look', { folder, pattern: 'Newsletter_*.csv' })).toEqual({
    count: 2,
    newest: ['Newsletter_2026-11-16.csv', 'Newsletter_2026-11-09.csv'],
  });
  put('Something else.csv', people(9));
  const newest = read(segment.segmentId, 3);
  const rests = told(({ state }) => state === 'reading').then(() => told(({ state }) => state === 'watching'));
  put('Newsletter_2026-11-23.csv', people(3));
  expect(await newest).toMatchObject({ fileName: 'Newsletter_2026-11-23.csv', name: segment.name });
  const versions = (await newest).versions.map(({ rowCount }) => rowCount);
  expect(versions).toEqual([2, 3]);
  expect(await rests).toMatchObject({ problem: null, offered: [] });
});

test('parts that come are one version, in part order', async () => {
  const segment = await engine.addFile(put('All.csv', people(1)));
  const { segmentId } = segment;
  await engine.call('watches.save', { segmentId, folder, pattern: 'Customer_*.csv', takes: 'by-itself' });
  const newest = read(segmentId, 9);
  for (const part of [2, 1, 3]) put(`Customer_${part}.csv`, people(part + 1));
  expect((await newest).parts).toEqual(['Customer_1.csv', 'Customer_2.csv', 'Customer_3.csv']);
});

test('what came while the app was not running is read when it is, and only once', async () => {
  const { segment } = await watched();
  await engine.stop();
  put('Newsletter_2026-11-23.csv', people(4));
  engine = await DrivenEngine.open(ports);
  const newest = read(segment.segmentId, 4);
  engine.application.watchFolders();
  expect((await newest).versions).toHaveLength(2);
  await told(({ state }) => state === 'watching');
  await engine.stop();
  engine = await DrivenEngine.open(ports);
  engine.application.watchFolders();
  const another = read(segment.segmentId, 5);
  put('Newsletter_2026-11-30.csv', people(5));
  expect((await another).versions.map(({ rowCount }) => rowCount)).toEqual([2, 4, 5]);
});

test('a file that cannot be read leaves the segment as it was and is told, until a good one comes', async () => {
  const { segment } = await watched();
  const failed = told(({ problem }) => problem !== null);
  put('Newsletter_bad.csv', '\u0000\u0001\u0002 no table at all \u0000');
  expect(await failed).toMatchObject({ problem: { file: 'Newsletter_bad.csv' }, state: 'watching' });
  const { segments } = await engine.call('app.getSnapshot', {});
  expect(segments).toMatchObject([{ fileName: segment.fileName, rowCount: 2, state: 'ready' }]);
  const well = told(({ problem, state }) => problem === null && state === 'watching');
  put('Newsletter_good.csv', people(6));
  await read(segment.segmentId, 6);
  await well;
});

test('offered files are read, or left, when a person says so', async () => {
  const { segment, watch } = await watched('when-asked');
  const { watchId } = watch;
  const offers = (name: string) => told(({ offered }) => offered[0] === name);
  const first = offers('Newsletter_a.csv');
  put('Newsletter_a.csv', people(3));
  expect(await first).toMatchObject({ state: 'watching' });
  await engine.call('watches.leave', { watchId });
  const second = offers('Newsletter_b.csv');
  put('Newsletter_b.csv', people(4));
  expect((await second).offered).toEqual(['Newsletter_b.csv']);
  const newest = read(segment.segmentId, 4);
  await engine.call('watches.take', { watchId });
  expect((await newest).versions.map(({ rowCount }) => rowCount)).toEqual([2, 4]);
});

test('a folder that goes is told, and watched again when it is back', async () => {
  const { segment } = await watched();
  const gone = told(({ state }) => state === 'folder-missing');
  const away = `${folder}-away`;
  renameSync(folder, away);
  await gone;
  const back = told(({ state }) => state === 'watching');
  renameSync(away, folder);
  await back;
  const newest = read(segment.segmentId, 7);
  put('Newsletter_back.csv', people(7));
  expect((await newest).versions).toHaveLength(2);
});

test('without a segment each new file becomes one of its own; stopped, nothing does', async () => {
  const { watchId } = await engine.call('watches.save', { segmentId: null, folder, pattern: '*', takes: 'by-itself' });
  const both = Promise.all(
    ['One', 'Two'].map((name) =>
      engine.eventually('segment.changed', (view) => (view.name === name && view.state === 'ready' ? view : undefined)),
    ),
  );
  const rest = told(({ state }) => state === 'reading').then(() => told(({ state }) => state === 'watching'));
  put('One.csv', people(1));
  put('Two.csv', people(2));
  expect((await both).map(({ rowCount }) => rowCount)).toEqual([1, 2]);
  await rest;
  await engine.call('watches.remove', { watchId });
  expect((await engine.call('app.getSnapshot', {})).watches).toEqual([]);
  await expect(engine.call('watches.take', { watchId })).rejects.toMatchObject({ code: 'folder.not-watched' });
});

test('a segment keeps its corrections, takes its watch along when it goes, and has one watch only', async () => {
  const { segment } = await watched();
  const { segmentId } = segment;
  const corrected = read(segmentId, 3);
  await engine.call('segments.correctReading', { segmentId, overrides: { headerLine: null } });
  await corrected;
  const elsewhere = mkdtempSync(path.join(os.tmpdir(), 'segue-watched-'));
  await engine.call('watches.save', { segmentId, folder: elsewhere, pattern: '*.txt', takes: 'by-itself' });
  expect((await engine.call('app.getSnapshot', {})).watches).toMatchObject([{ folder: elsewhere, pattern: '*.txt' }]);
  const newest = read(segmentId, 6);
  put('x.txt', people(5), elsewhere);
  expect(await newest).toMatchObject({ overrides: { headerLine: null }, parts: [] });
  const left = engine.eventually('watches.changed', (views) => (views.length === 0 ? true : undefined));
  await engine.call('segments.remove', { segmentId });
  await left;
});

test('a folder that is none is refused', async () => {
  const wish = { segmentId: null, pattern: '*', takes: 'by-itself' } as const;
  for (const wrong of ['relative/folder', path.join(folder, 'not there'), put('file.csv', 'a')]) {
    await expect(engine.call('watches.save', { ...wish, folder: wrong })).rejects.toMatchObject({
      code: 'folder.missing',
    });
  }
  const inner = path.join(folder, 'inner');
  mkdirSync(inner);
  rmSync(inner, { recursive: true });
  await expect(engine.call('watches.look', { folder: inner, pattern: '*' })).rejects.toMatchObject({
    code: 'folder.missing',
  });
});
