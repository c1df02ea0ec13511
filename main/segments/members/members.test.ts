import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { CallInput } from '../../../preload/contract/contract.ts';
import { DrivenEngine } from '../../test-support/driven-engine.ts';
import { type PlainPorts, plainPorts } from '../../test-support/plain-ports.ts';
import { StageFixture } from '../../test-support/stage-fixture.ts';
import { pageMembers } from './member-pages.ts';
import { writeMembers } from './write-members.ts';

describe('rows of stages', () => {
  let fixture: StageFixture;
  beforeAll(async () => {
    fixture = await StageFixture.open();
  });
  afterAll(() => fixture.close());

  const row = fc.array(fc.option(fc.string({ unit: 'grapheme', maxLength: 12 })), { minLength: 2, maxLength: 2 });

  /** Cells of a CSV file, by a reader that shares nothing with the writer. */
  function cellsOf(text: string): string[][] {
    const rows: string[][] = [];
    let cells: string[] = [];
    const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/gy;
    while (cell.lastIndex < text.length) {
      const [, quoted, plain = '', end] = cell.exec(text) ?? [];
      if (end === undefined) throw new Error('This is no CSV');
      cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
      if (end === ',') continue;
      rows.push(cells);
      cells = [];
    }
    return rows;
  }

  test('whatever stands in a file stands in the saved one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 20 }), async (rows) => {
        const stageFile = await fixture.write(rows, 2);
        const target = path.join(fixture.folder, 'saved.csv');
        const segment = { name: 'One', stageFile, headings: ['a', 'b, "c"'], rowCount: rows.length };
        const order = { saveId: 's', files: [{ target, segments: [segment] }], segmentHeading: 'Segment' };
        const told: number[] = [];
        const note = (count: number) => void told.push(count);
        await writeMembers(fixture.db, { ...order, formulasAsText: false }, note, new AbortController().signal);
        const text = readFileSync(target, 'utf8');
        expect(text.startsWith('\uFEFF')).toBe(true);
        expect(cellsOf(text.slice(1))).toEqual([
          segment.headings,
          ...rows.map((cells) => cells.map((cell) => cell ?? '')),
        ]);
        expect(told).toEqual([rows.length]);
      }),
      { numRuns: 25 },
    );
  });

  test('what a spreadsheet takes for a formula becomes text when that is asked for, numbers and telephones stay', async () => {
    const cells = ['=1+1', '@SUM(A1)', '+cmd|x', '-a', '\tx', '+33 6 12 34', '-12.5', '- ', 'a=b', "'"];
    const stageFile = await fixture.write(cells.map((cell) => [cell]));
    const target = path.join(fixture.folder, 'safe.csv');
    const files = [{ target, segments: [{ name: 'One', stageFile, headings: ['x'], rowCount: cells.length }] }];
    const order = { saveId: 's', files, segmentHeading: '' };
    await writeMembers(fixture.db, { ...order, formulasAsText: true }, () => undefined, new AbortController().signal);
    expect(
      cellsOf(readFileSync(target, 'utf8').slice(1))
        .slice(1)
        .map(([cell]) => cell),
    ).toEqual(["'=1+1", "'@SUM(A1)", "'+cmd|x", "'-a", "'\tx", '+33 6 12 34', '-12.5', '- ', 'a=b', "'"]);
  });

  test('pages follow each other through all that is found', async () => {
    const stageFile = await fixture.write(Array.from({ length: 25 }, (_, n) => [`Élodie ${n}`, n % 2 ? 'Lyon' : null]));
    const query = { stageFile, columnCount: 2, search: 'LYON elodie', column: null, limit: 5 };
    const seen: number[] = [];
    for (let after: number | null = 0; after !== null; ) {
      const page = await pageMembers(fixture.db, { ...query, after });
      expect(page.found).toBe(12);
      seen.push(...page.members.map(({ rowNumber }) => rowNumber));
      after = page.next;
    }
    expect(seen).toEqual(Array.from({ length: 12 }, (_, n) => 2 * n + 2));
    expect((await pageMembers(fixture.db, { ...query, column: 1, search: 'Élodie', after: 0 })).found).toBe(0);
  });
});

describe('segments of the library', () => {
  let ports: PlainPorts;
  let engine: DrivenEngine;
  let folder = '';
  beforeEach(async () => {
    ports = plainPorts({});
    engine = await DrivenEngine.open(ports);
    folder = mkdtempSync(path.join(os.tmpdir(), 'segue-members-'));
  });
  afterEach(async () => {
    await engine.stop();
    expect(engine.surprises).toEqual([]);
  });

  async function read(name: string, content: string) {
    const file = path.join(folder, name);
    writeFileSync(file, content);
    return engine.addFile(file);
  }
  const save = (over: Partial<CallInput<'segments.saveMembers'>> & { segmentIds: string[] }) =>
    engine.call('segments.saveMembers', { saveId: 'one', together: true, formulasAsText: false, ...over });

  test('several are saved in one table with their names, or each in a file that overwrites nothing', async () => {
    const north = await read('North.csv', 'Email;Town\na@example.com;Lille\n"b@example.com";="x"\n');
    const south = await read('South.csv', 'Town,Email,Age\r\nNice,c@example.com,41\r\n');
    const segmentIds = [north.segmentId, south.segmentId];
    const target = path.join(folder, 'both.csv');
    ports.desktop.whereToSave = target;
    const told: [number, number][] = [];
    engine.application.subscribe((name, payload) => {
      if (name !== 'saving.changed') return;
      const { value } = payload as { value: { rows: number; total: number } };
      told.push([value.rows, value.total]);
    });
    expect(await save({ segmentIds })).toEqual({ savedTo: 'both.csv', rows: 3 });
    expect(readFileSync(target, 'utf8').slice(1)).toBe(
      'Email,Town,Age,Segment\r\na@example.com,Lille,,North\r\nb@example.com,"=""x""",,North\r\nc@example.com,Nice,41,South\r\n',
    );
    expect(told).toEqual([
      [0, 3],
      [2, 3],
      [3, 3],
    ]);
    expect(await engine.call('segments.countFormulas', { segmentIds })).toEqual({ cells: 1, example: '="x"' });

    ports.desktop.folderToChoose = mkdtempSync(path.join(os.tmpdir(), 'segue-members-'));
    await save({ segmentIds, together: false });
    await save({ segmentIds, together: false });
    const names = readdirSync(ports.desktop.folderToChoose).sort();
    expect(names.map((name) => name.replace(/\d{4}-\d\d-\d\d/, 'day'))).toEqual([
      'North (day) (2).csv',
      'North (day).csv',
      'South (day) (2).csv',
      'South (day).csv',
    ]);
  });

  test('a file that cannot be written leaves nothing, and nobody who says nowhere gets one', async () => {
    const { segmentId } = await read('North.csv', 'Email\na@example.com\n');
    ports.desktop.whereToSave = path.join(folder, 'gone', 'x.csv');
    await expect(save({ segmentIds: [segmentId] })).rejects.toMatchObject({ code: 'disk.not-writable' });
    ports.desktop.whereToSave = null;
    expect(await save({ segmentIds: [segmentId] })).toEqual({ savedTo: null, rows: 0 });
    expect(readdirSync(folder)).toEqual(['North.csv']);
  });

  test('saving is given up and leaves no file', async () => {
    const rows = Array.from({ length: 60_000 }, (_, n) => `person${n}@example.com`).join('\n');
    const { segmentId } = await read('Many.csv', `Email\n${rows}\n`);
    ports.desktop.whereToSave = path.join(folder, 'saved.csv');
    const begun = engine.eventually('saving.changed', ({ saveId }) => saveId);
    const saving = save({ segmentIds: [segmentId] });
    await engine.call('segments.cancelSaving', { saveId: await begun });
    await expect(saving).rejects.toMatchObject({ code: 'cancelled' });
    expect(readdirSync(folder)).toEqual(['Many.csv']);
  });

  test('words are put on segments and taken off, stay through a new version and go along with a copy', async () => {
    const one = await read('One.csv', 'Email\na@example.com\n');
    const two = await read('Two.csv', 'Email\nb@example.com\n');
    const segmentIds = [one.segmentId, two.segmentId];
    const tag = (add: string[], remove: string[] = []) =>
      engine.call('segments.changeTags', { segmentIds, add, remove });
    expect((await tag([' Été ', 'vip', 'VIP'])).map(({ tags }) => tags)).toEqual([
      ['vip', 'Été'],
      ['vip', 'Été'],
    ]);
    expect((await tag([], ['VIP']))[0]?.tags).toEqual(['Été']);
    expect((await engine.call('segments.duplicate', { segmentId: one.segmentId })).tags).toEqual(['Été']);
    const again = engine.eventually('segment.changed', (view) => (view.state === 'ready' ? view : undefined));
    await engine.call('segments.readAgain', { segmentId: one.segmentId });
    expect((await again).tags).toEqual(['Été']);
    const words = Array.from({ length: 20 }, (_, n) => `word ${n}`);
    await expect(tag(words)).rejects.toMatchObject({ code: 'segment.too-many-tags' });
    const { segments } = await engine.call('app.getSnapshot', {});
    expect(segments.map(({ tags }) => tags)).toEqual([['Été'], ['Été'], ['Été']]);
  });

  test('files of several segments are read as one', async () => {
    const one = await read('b.csv', 'Email,Town\na@example.com,Lyon\n');
    const two = await read('a.csv', 'Town,Email\nNice,b@example.com\n');
    const ready = engine.eventually('segment.changed', (view) => (view.state === 'ready' ? view : undefined));
    await engine.call('segments.join', { segmentIds: [one.segmentId, two.segmentId] });
    const joined = await ready;
    expect(joined).toMatchObject({ name: 'b', parts: ['b.csv', 'a.csv'], rowCount: 2 });
    const { members } = await engine.call('segments.getMembers', {
      segmentId: joined.segmentId,
      search: '',
      column: null,
      after: 0,
      limit: 100,
    });
    expect(members).toEqual([
      { rowNumber: 1, cells: ['a@example.com', 'Lyon'] },
      { rowNumber: 2, cells: ['b@example.com', 'Nice'] },
    ]);
  });
});
