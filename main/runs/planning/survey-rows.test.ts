import { readdirSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { FieldMap } from '../../../preload/contract/views.ts';
import { SegueError } from '../../errors/segue-error.ts';
import { writeOptOuts } from '../../store/opt-outs.ts';
import { filledStore } from '../../test-support/filled-store.ts';
import { StageFixture } from '../../test-support/stage-fixture.ts';
import { batchContacts, buildPlan } from '../plan.ts';
import { mostAtOnce } from './address-ranges.ts';
import { loadOptOuts } from './load-people.ts';
import { type PlannedSegment, whileSurveyed } from './survey-rows.ts';

let fixture: StageFixture;
const unhandled: unknown[] = [];
const note = (reason: unknown) => unhandled.push(reason);
beforeAll(async () => {
  process.on('unhandledRejection', note);
  fixture = await StageFixture.open();
});
afterEach(() => expect(unhandled).toEqual([]));
afterAll(() => {
  process.off('unhandledRejection', note);
  fixture.close();
});

const fieldMap: FieldMap = [
  { field: 'email', columnIndex: 0 },
  { field: 'first_name', columnIndex: 1 },
  { field: 'company_name', columnIndex: 2 },
  { field: 'birthday', columnIndex: 3, dateOrder: 'day-first' },
];
type Row = readonly [string, string, string, string];

async function segmentOf(rows: readonly Row[]): Promise<PlannedSegment> {
  return { segmentId: 'segment', stageFile: await fixture.write(rows, 4), fieldMap, columnCount: 4 };
}

async function planned(rows: readonly Row[], most = mostAtOnce) {
  const plan = await buildPlan(fixture.db, [await segmentOf(rows)], undefined, most);
  const contacts = await Promise.all(plan.batches.map((batch) => batchContacts(fixture.db, batch)));
  return { plan, contacts, lines: await fixture.db.table('SELECT email, line, valued FROM plan ORDER BY rowid') };
}

const cell = fc.constantFrom('', ' ', 'Ada', 'A, "B"', 'Zoë', 'x'.repeat(51), '12/03/1980', '30.4.', '日本');
const clean = fc
  .uniqueArray(fc.nat({ max: 40 }), { minLength: 1, maxLength: 15 })
  .chain((people) =>
    fc.tuple(...people.map((person) => fc.tuple(fc.constant(`P${person}@Example.com`), cell, cell, cell))),
  );
/** What makes a file no clean one: for each of its rows, what stands before it. */
const dirt = fc.array(fc.constantFrom('nothing', 'refused', 'older', 'blank', 'again'), {
  minLength: 15,
  maxLength: 15,
});

test('a clean file, and the same people among refused, older and repeated rows, come to the same lines', async () => {
  await fc.assert(
    fc.asyncProperty(clean, dirt, async (rows: Row[], before) => {
      const added = { refused: 0, repeated: 0 };
      const dirty = rows.flatMap((row, index): Row[] => {
        const [email, ...cells] = row;
        switch (before[index]) {
          case 'refused':
            added.refused += 1;
            return [[email.replace('@', ' at '), ...cells], row];
          case 'older': {
            // Only what the newer row fills may stand in an older one.
            added.repeated += 1;
            const [first, company, birthday] = cells.map((text) => (text.trim() === '' ? '' : 'Older'));
            return [
              [` ${email.toUpperCase()}`, first ?? '', company ?? '', birthday === '' ? '' : (cells[2] ?? '')],
              row,
            ];
          }
          case 'blank':
            added.repeated += 1;
            return [row, [email.toLowerCase(), '', ' ', '']];
          case 'again':
            added.repeated += 2;
            return [row, row, row];
          default:
            return [row];
        }
      });
      const alone = await planned(rows);
      for (const most of [mostAtOnce, { whole: 1, range: 3 }]) {
        const among = await planned(dirty, most);
        expect([among.lines, among.contacts]).toEqual([alone.lines, alone.contacts]);
        expect(among.plan.counts).toMatchObject({
          rowsRead: rows.length + added.refused + added.repeated,
          rejected: added.refused,
          duplicate: added.repeated,
        });
      }
    }),
    { numRuns: 5 },
  );
}, 120_000);

/** A segment that takes long to look through. */
const many = () =>
  segmentOf(
    Array.from({ length: 20_000 }, (_, index): Row => [`p${index % 15_000}@example.com`, 'Ada', '', '1.2.1980']),
  );

test('when the account cannot be asked, looking through the rows ends, and why is told', async () => {
  const refused = new SegueError('sign-in.expired');
  const asked = whileSurveyed(fixture.db, [await many()], null, () => Promise.reject(refused));
  await expect(asked).rejects.toBe(refused);
  // It was left half-way, and nothing goes on in the database, which can be used and closed.
  const tables = await fixture.db.table("SELECT table_name FROM duckdb_tables() WHERE table_name = 'merged'");
  expect(tables).toEqual([]);
});

test('when the rows cannot be looked through, asking ends, and why is told', async () => {
  const gone = { ...(await many()), stageFile: path.join(fixture.folder, 'gone.parquet') };
  let ended = false;
  const asking = whileSurveyed(fixture.db, [gone], null, async (signal, quiet) => {
    await quiet;
    // What had been asked of the account ends late, and fails in its own way.
    await pause(5);
    ended = signal.aborted;
    throw new Error('because of the signal');
  });
  await expect(asking).rejects.toThrow(/gone\.parquet/);
  expect(ended).toBe(true);
});

test('a loading of people that is ended leaves none of them on the disk', async () => {
  const store = filledStore();
  writeOptOuts(store, 'account', 1, '[["ada@example.com", 1]]');
  const { db, folder } = fixture;
  const whose = { store, exportId: 'export', accountId: 'account', destinationId: null };
  const abort = new AbortController();
  const quiet = pause(1).then(() => abort.abort());
  await expect(loadOptOuts({ db, folder, signal: abort.signal, quiet }, whose)).rejects.toThrow();
  expect(readdirSync(folder).filter((name) => name.endsWith('.tsv'))).toEqual([]);
});
