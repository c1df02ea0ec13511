import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunView } from '../../../preload/contract/views.ts';
import { connectStore } from '../../store/open-store.ts';
import { DrivenEngine, type SavedExport } from '../../test-support/driven-engine.ts';
import { type PlainPorts, plainPorts } from '../../test-support/plain-ports.ts';

// Over the whole engine and real HTTP: a run rejects rows, they are saved, mended and dropped back in.

let ports: PlainPorts;
let engine: DrivenEngine;
let folder = '';
let made: SavedExport;
beforeAll(async () => {
  ports = plainPorts({});
  engine = await DrivenEngine.open(ports);
  folder = mkdtempSync(path.join(os.tmpdir(), 'segue-mended-'));
  made = await engine.saveExport(
    put('first.csv', [
      ['Id', 'Email', 'First name'],
      ['1', 'first@example.com', 'F'],
    ]),
  );
});
afterAll(async () => {
  await engine.stop();
  expect(engine.surprises).toEqual([]);
});

type Table = readonly (readonly string[])[];
function put(name: string, table: Table, delimiter = ','): string {
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'segue-mended-')), name);
  const cell = (text: string) => (/["\r\n,;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  writeFileSync(file, table.map((row) => `${row.map(cell).join(delimiter)}\r\n`).join(''));
  return file;
}

/** A run of these rows, and its rejected rows as they are saved. */
async function rejectingRun(tables: readonly Table[]): Promise<{ run: RunView; saved: string[][] }> {
  const { definition, connection } = made;
  const segments = [];
  for (const [index, table] of tables.entries()) {
    const { segmentId, suggestedFieldMap } = await engine.addFile(put(`people-${index}x.csv`, table));
    segments.push({ segmentId, fieldMap: suggestedFieldMap });
  }
  const { exportId, name, list } = definition;
  await engine.call('exports.save', { exportId, name, list, connectionId: connection.connectionId, segments });
  const { runId } = await engine.run(exportId);
  const run = await engine.ended(runId);
  return { run, saved: await save(runId) };
}

async function save(runId: string): Promise<string[][]> {
  ports.desktop.whereToSave = path.join(folder, `rejected-${runId}.csv`);
  await engine.call('runs.saveRejectedRows', { runId });
  return parse(readFileSync(ports.desktop.whereToSave), { bom: true });
}

/** The rows of a saved file with every address put through `mend`. */
const mended = (saved: readonly string[][], mend: (address: string) => string): string[][] => {
  const email = saved[0]?.indexOf('Email') ?? -1;
  return saved.map((row, index) => (index === 0 ? row : row.map((cell, at) => (at === email ? mend(cell) : cell))));
};

async function send(runId: string, table: Table, delimiter?: string): Promise<RunView> {
  const { segmentId } = await engine.addFile(put('anything.txt', table, delimiter));
  const { runId: sentBy } = await engine.call('runs.sendMended', { runId, segmentId });
  return engine.ended(sentBy);
}

const view = async (runId: string): Promise<RunView | undefined> =>
  (await engine.call('app.getSnapshot', {})).runs.find((run) => run.runId === runId);

const headings = ['Id', 'Email', 'First name'];
const wrong = (id: string) => [id, `person${id}(at)example.com`, `P${id}`];
const right = (id: string) => [id, `person${id}@example.com`, `P${id}`];
const repaired = (address: string) => address.replace('(at)', '@');

describe('mended rows', () => {
  test('are sent as part of the run that rejected them, which says how many', async () => {
    const { run, saved } = await rejectingRun([[headings, right('10'), wrong('11'), wrong('12'), wrong('13')]]);
    expect(run.balance).toMatchObject({ rowsRead: 4, accepted: 1, rejected: 3 });
    expect(saved[0]).toEqual([...headings, `Reason (Segue run ${run.runId.slice(0, 8)})`]);
    const [heading = [], eleven = [], twelve = [], thirteen = []] = mended(saved, repaired);
    const still = thirteen.map((cell, at) => (at === 1 ? 'nobody' : cell));
    const { segmentId, mends } = await engine.addFile(put('x.csv', [heading, twelve, still, eleven], ';'));
    expect(mends).toMatchObject({ runId: run.runId, exportName: run.exportName });
    const check = await engine.call('runs.checkMended', { runId: run.runId, segmentId });
    expect(check).toMatchObject({
      rejected: 3,
      counts: { rows: 3, toSend: 2, duplicates: 0, wrong: 1, sentBefore: 0, foreign: 0 },
      wrong: [{ reason: 'email-malformed', count: 1, rowNumbers: [2] }],
      lostColumns: [],
    });
    const { runId } = await engine.call('runs.sendMended', { runId: run.runId, segmentId });
    const later = await engine.ended(runId);
    expect(later).toMatchObject({ parentRunId: run.runId, balance: { rowsRead: 3, accepted: 2, rejected: 1 } });
    expect(await view(run.runId)).toMatchObject({ rejectedSentLater: 2, balance: run.balance });

    // The same file again: nothing is left to be sent of it but what is still wrong.
    expect(await engine.call('runs.checkMended', { runId: run.runId, segmentId })).toMatchObject({
      counts: { rows: 3, toSend: 0, wrong: 1, sentBefore: 2 },
    });
    await expect(engine.call('runs.sendMended', { runId: run.runId, segmentId })).rejects.toMatchObject({
      code: 'export.nothing-to-send',
    });

    // What is still wrong is saved as what the first run rejected, and finds its way there.
    const left = await save(later.runId);
    expect(left[0]).toEqual(saved[0]);
    expect(left).toHaveLength(2);
    await send(
      run.runId,
      mended(left, () => 'person13@example.com'),
    );
    expect(await view(run.runId)).toMatchObject({ rejectedSentLater: 3 });
  });

  test('are told from rows that were never rejected, and from people whom the export has sent since', async () => {
    const { run, saved } = await rejectingRun([[headings, right('20'), wrong('21'), wrong('22')]]);
    const [heading = [], one = [], two = []] = mended(saved, repaired);
    const withoutMark = ['99', 'person99@example.com', 'P', ''];
    const another = ['98', 'person98@example.com', 'P', 'Reason (#4711)'];
    const accepted = two.map((cell, at) => (at === 1 ? 'PERSON20@example.com ' : cell));
    const { segmentId } = await engine.addFile(put('x.csv', [heading, withoutMark, one, another, accepted]));
    expect(await engine.call('runs.checkMended', { runId: run.runId, segmentId })).toMatchObject({
      counts: { rows: 4, toSend: 1, sentBefore: 1, foreign: 2 },
    });
    const { runId } = await engine.call('runs.sendMended', { runId: run.runId, segmentId });
    expect((await engine.ended(runId)).balance).toMatchObject({ rowsRead: 1, accepted: 1 });
  });

  test('of several segments keep the matching of their own', async () => {
    const other = [
      ['First name', 'Mail', 'Email'],
      ['Q31', 'x', 'q31(at)example.com'],
      ['Q32', 'x', 'q32@example.com'],
    ];
    const { run, saved } = await rejectingRun([[headings, wrong('30')], other]);
    expect(saved[0]?.at(-2)).toBe('Segment');
    const rows = mended(saved, repaired);
    const { segmentId } = await engine.addFile(put('x.csv', [rows[0] ?? [], ...rows.slice(1).reverse()]));
    expect(await engine.call('runs.checkMended', { runId: run.runId, segmentId })).toMatchObject({
      counts: { rows: 2, toSend: 2 },
    });
    const { runId } = await engine.call('runs.sendMended', { runId: run.runId, segmentId });
    expect((await engine.ended(runId)).balance).toMatchObject({ rowsRead: 2, accepted: 2 });
  });

  test('without the column of the addresses are refused, without another one told', async () => {
    const { run, saved } = await rejectingRun([[headings, wrong('40')]]);
    const without = (heading: string) => {
      const place = saved[0]?.indexOf(heading) ?? -1;
      return mended(saved, repaired).map((row) => row.filter((_, at) => at !== place));
    };
    const { runId } = run;
    const blind = await engine.addFile(put('x.csv', without('Email')));
    await expect(engine.call('runs.checkMended', { runId, segmentId: blind.segmentId })).rejects.toMatchObject({
      code: 'export.column-not-found',
      params: { column: 'Email' },
    });
    const nameless = await engine.addFile(put('x.csv', without('First name')));
    expect(await engine.call('runs.checkMended', { runId, segmentId: nameless.segmentId })).toMatchObject({
      lostColumns: ['First name'],
      counts: { toSend: 1 },
    });
  });

  test('whatever is done to the file, nobody whom the run has sent is sent again, and every row is accounted for', async () => {
    const { run, saved } = await rejectingRun([
      [headings, ...Array.from({ length: 12 }, (_, n) => (n % 2 === 0 ? right(`5${n}`) : wrong(`5${n}`)))],
    ]);
    const [heading = [], ...rows] = saved;
    const accepted = Array.from({ length: 6 }, (_, n) => `person5${n * 2}@example.com`);
    const address = fc.constantFrom(
      ...accepted,
      ...accepted.map((text) => text.toUpperCase()),
      'x',
      '',
      'a@b.co',
      'c@d.org',
    );
    const mark = fc.oneof(
      fc.constantFrom('', '#0', '(#99)', 'none'),
      fc.integer({ min: 1, max: 6 }).map((n) => `(#${n})`),
    );
    const forged = fc.tuple(
      fc.string({ maxLength: 5 }).map((text) => text.replace(/[^\w]/g, '')),
      address,
      fc.constant('P'),
      mark,
    );
    const kept = fc
      .tuple(fc.constantFrom(...rows), address)
      .map(([row, to]) => row.map((cell, at) => (at === 1 ? to : cell)));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(kept, forged), { minLength: 1, maxLength: 12 }), async (table) => {
        const { segmentId } = await engine.addFile(put('x.csv', [heading, ...table]));
        const { runId } = run;
        const { counts } = await engine.call('runs.checkMended', { runId, segmentId });
        const { rows, ...others } = counts;
        expect(Object.values(others).reduce((sum, n) => sum + n, 0)).toBe(rows);
        expect(rows).toBe(table.length);
        if (counts.toSend === 0) return;
        const later = await engine.call('runs.sendMended', { runId, segmentId });
        const { balance } = await engine.ended(later.runId);
        expect(balance).toMatchObject({
          accepted: counts.toSend,
          duplicate: counts.duplicates,
          rejected: counts.wrong,
        });
        expect(counts.toSend).toBeLessThanOrEqual(2);
      }),
      { numRuns: 12 },
    );
    // Whoever the run had sent, it was the one that sent them last.
    const store = connectStore(path.join(ports.paths.userData, 'segue.sqlite'));
    const senders = store
      .prepare('SELECT DISTINCT run_id FROM ledger WHERE email IN (SELECT value FROM json_each(?))')
      .pluck()
      .all(JSON.stringify(accepted));
    store.close();
    expect(senders).toEqual([run.runId]);
    const after = await view(run.runId);
    expect(after?.rejectedSentLater).toBeLessThanOrEqual(6);
    expect(after?.balance).toEqual(run.balance);
  });
});
