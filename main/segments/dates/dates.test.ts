import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { StageFixture } from '../../test-support/stage-fixture.ts';
import { quoteText } from '../duckdb.ts';
import { countDateEvidence, inferDateOrder } from './date-order.ts';
import { type DateOrder, dateOrders, dateSql } from './read-dates.ts';

let fixture: StageFixture;
beforeAll(async () => {
  fixture = await StageFixture.open();
});
afterAll(() => fixture.close());

const column = (needsYear: boolean) => ({ cell: 'c0', needsYear });
const tableOf = (cells: readonly string[]) =>
  `SELECT * FROM (VALUES ${cells.map((cell, index) => `(${index}, ${quoteText(cell)})`).join(', ')}) AS t(n, c0)`;

async function read(cells: readonly string[], order: DateOrder, needsYear = true): Promise<(string | null)[]> {
  const rows = await fixture.db.table(
    `SELECT ${dateSql('c0', order, needsYear)}::VARCHAR FROM (${tableOf(cells)}) ORDER BY n`,
  );
  return rows.map(([date]) => (date === null ? null : String(date)));
}

const inferred = async (cells: readonly string[], needsYear = true) =>
  inferDateOrder(await countDateEvidence(fixture.db, tableOf(cells), column(needsYear)));

describe('a date', () => {
  it.each([
    ['2024-05-17', '2024-05-17'],
    ['2024/5/7', '2024-05-07'],
    ['2024-05-17T10:30:00.000Z', '2024-05-17'],
    ['2024-05-17 10:30:00+02:00', '2024-05-17'],
    ['17 May 2024', '2024-05-17'],
    ['17-May-24', '2024-05-17'],
    ['17MAY2024', '2024-05-17'],
    ['May 17, 2024', '2024-05-17'],
    ['may 17th 2024', '2024-05-17'],
    ['Fri, 17 May 2024 10:00:00 +0000', '2024-05-17'],
    ['Fri May 17 2024 10:00:00 GMT+0200 (CEST)', '2024-05-17'],
    ['1er août 1980', '1980-08-01'],
    ['vendredi 17 février 1978', '1978-02-17'],
    ['3 févr. 1978', '1978-02-03'],
    ['29 févr. 1980', '1980-02-29'],
    ['31 déc. 99', '1999-12-31'],
    ['17. Mai 2024', '2024-05-17'],
    ['3. März 1999', '1999-03-03'],
    ['5 de mayo de 1977', '1977-05-05'],
    ['2024-May-17', '2024-05-17'],
    ['45429', '2024-05-17'],
    ['45429.5', '2024-05-17'],
    ['20240517', '2024-05-17'],
    ['20240517T103000', '2024-05-17'],
    ['2024. 05. 17.', '2024-05-17'],
    ['\u00a02024-05-17\u200b', '2024-05-17'],
    ['2023-02-29', null],
    ['2024-13-01', null],
    ['2024-00-10', null],
    ['0001-01-01', null],
    ['9999-12-31', null],
    ['0000-00-00', null],
    ['May 2024', null],
    ['17 maybe 2024', null],
    ['1984', null],
    ['99999', null],
    ['n/a', null],
    ['17', null],
    ['10.2.0.1', null],
    ['12:30', null],
    ['+33 6 12 34 56 78', null],
  ])('%s is %s in any order', async (cell, date) => {
    expect(await Promise.all(dateOrders.map((order) => read([cell], order)))).toEqual([[date], [date], [date]]);
  });

  it.each([
    ['17/05/2024', '2024-05-17', null, null],
    ['05.06.2024', '2024-06-05', '2024-05-06', null],
    ['5/6/2024 12:00:00 AM', '2024-06-05', '2024-05-06', null],
    ['05/06/2024 à 10h30', '2024-06-05', '2024-05-06', null],
    ['05/06/07', '2007-06-05', '2007-05-06', '2005-06-07'],
    ['5-6-80', '1980-06-05', '1980-05-06', null],
    ['28/02/29', '2029-02-28', null, '2028-02-29'],
    ['80-05-17', null, null, '1980-05-17'],
    ['17052024', '2024-05-17', null, null],
    ['05 06 2024', null, null, null],
    ['05. 06. 2024', '2024-06-05', '2024-05-06', null],
    ['31/04/2024', null, null, null],
  ])('%s is %s, %s or %s, as the order goes', async (cell, ...expected) => {
    expect((await Promise.all(dateOrders.map((order) => read([cell], order)))).flat()).toEqual(expected);
  });

  it('needs no year where the day is all that is wanted', async () => {
    const cells = ['17/05', '--05-17', '17 mai', 'May 17', '02-29', '29 févr.', '05/1980'];
    const expected = ['2000-05-17', '2000-05-17', '2000-05-17', '2000-05-17', null, '2000-02-29', null];
    expect(await read(cells, 'day-first', false)).toEqual(expected);
    expect((await read(cells, 'month-first', false)).slice(0, 5)).toEqual([
      null,
      '2000-05-17',
      '2000-05-17',
      '2000-05-17',
      '2000-02-29',
    ]);
    expect(await read(cells, 'day-first', true)).toEqual(cells.map(() => null));
  });
});

describe('the order of a column', () => {
  it('is proved by a number above twelve, and the proof is counted', async () => {
    const found = await inferred(['05/06/1980', '17/06/1980', '01/12/1980', 'unknown', '']);
    expect(found).toMatchObject({ order: 'day-first', needless: false, proofs: { 'day-first': 1, 'month-first': 0 } });
    const evidence = await countDateEvidence(fixture.db, tableOf(['17/06/1980', 'unknown', '']), column(true));
    expect(evidence).toMatchObject({ plain: 0, unreadable: 1, examples: { 'day-first': '17/06/1980' } });
  });

  it('is not known where every cell could be either, or as many speak for each', async () => {
    expect((await inferred(['05/06/1980', '01/12/1980'])).order).toBeNull();
    expect((await inferred(['17/06/1980', '06/17/1980'])).order).toBeNull();
    expect((await inferred(['13/05/20', '14/05/21'])).order).toBeNull();
  });

  it('does not matter to dates that are the same in any', async () => {
    expect(await inferred(['2024-05-17', '5 May 2024', '06/06/1980', ''])).toMatchObject({
      order: null,
      needless: true,
    });
  });

  it('is not overturned by a slip', async () => {
    const many = Array.from({ length: 40 }, (_, n) => `${13 + (n % 15)}/06/1980`);
    expect((await inferred([...many, '06/17/1980'])).order).toBe('day-first');
  });

  it('is found without years too', async () => {
    expect((await inferred(['05/06', '17/06'], false)).order).toBe('day-first');
    expect((await inferred(['05/06', '06/17'], false)).order).toBe('month-first');
  });
});

const months = {
  en: 'January February March April May June July August September October November December'.split(' '),
  fr: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre'.split(' '),
};
const two = (n: number) => String(n).padStart(2, '0');
type Day = { readonly y: number; readonly m: number; readonly d: number };

/** How a day is written in a layout, by the order that reads it; null for layouts that any order reads. */
const layouts: readonly (readonly [order: DateOrder | null, write: (day: Day) => string])[] = [
  [null, ({ y, m, d }) => `${y}-${two(m)}-${two(d)}`],
  [null, ({ y, m, d }) => `${y}/${m}/${d} 23:59`],
  [null, ({ y, m, d }) => `${d} ${months.fr[m - 1]} ${y}`],
  [null, ({ y, m, d }) => `${months.en[m - 1]?.slice(0, 3)} ${d}, ${y}`],
  [null, ({ y, m, d }) => `${y}${two(m)}${two(d)}`],
  [null, ({ y, m, d }) => `${Math.round(Date.UTC(y, m - 1, d) / 86_400_000) + 25_569}`],
  ['day-first', ({ y, m, d }) => `${two(d)}/${two(m)}/${y}`],
  ['day-first', ({ y, m, d }) => `${d}.${m}.${y}`],
  ['day-first', ({ y, m, d }) => `${two(d)}-${two(m)}-${two(y % 100)}`],
  ['day-first', ({ y, m, d }) => `${two(d)}${two(m)}${y}`],
  ['day-first', ({ y, m, d }) => `${two(d)}/${two(m)}/${y} 08:30:00`],
  ['month-first', ({ y, m, d }) => `${m}/${d}/${y}`],
  ['month-first', ({ y, m, d }) => `${two(m)}/${two(d)}/${two(y % 100)}`],
  ['month-first', ({ y, m, d }) => `${m}/${d}/${y} 12:00:00 AM`],
  ['year-first', ({ y, m, d }) => `${two(y % 100)}-${two(m)}-${two(d)}`],
];

// From 1932 on, a day always has five digits in a spreadsheet; to 1999, two digits of a year are above any day.
const anyDay = fc
  .date({ min: new Date('1932-01-01'), max: new Date('1999-12-31'), noInvalidDate: true })
  .map((date): Day => ({ y: date.getUTCFullYear(), m: date.getUTCMonth() + 1, d: date.getUTCDate() }));
const isoOf = ({ y, m, d }: Day) => `${y}-${two(m)}-${two(d)}`;

test('any date in any layout, in a column with one row that tells, is read right', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyDay, { minLength: 1, maxLength: 30 }),
      fc.constantFrom(...layouts),
      fc.integer({ min: 13, max: 28 }),
      async (days, [order, write], tellingDay) => {
        const all = [...days, { y: 1985, m: 3, d: tellingDay }];
        const cells = all.map(write);
        const found = await inferred(cells);
        expect(found.order ?? order).toBe(order ?? found.order);
        if (order !== null) expect(found.order).toBe(order);
        expect(await read(cells, found.order ?? 'year-first')).toEqual(all.map(isoOf));
      },
    ),
    { numRuns: 60 },
  );
});

test('an order is never taken that some other explains as well', async () => {
  const small = fc.record({
    y: fc.integer({ min: 1932, max: 1999 }),
    m: fc.integer({ min: 1, max: 12 }),
    d: fc.integer({ min: 1, max: 12 }),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(small, { minLength: 1, maxLength: 30 }),
      fc.constantFrom(...layouts.filter(([order]) => order === 'day-first' || order === 'month-first')),
      async (days, [, write]) => {
        expect((await inferred(days.map(write))).order).toBeNull();
      },
    ),
    { numRuns: 30 },
  );
});

test('whatever stands in a cell, reading it does not fail', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 30 }).map((text) => text.replaceAll('\0', '')),
          fc.stringMatching(/^[0-9]{0,9}[-/. ][0-9a-z]{0,9}[-/. ][0-9]{0,9}$/),
          fc.stringMatching(/^[0-9]{4,9}([.,][0-9]+)?$/),
        ),
        { minLength: 1, maxLength: 40 },
      ),
      fc.constantFrom(...dateOrders),
      fc.boolean(),
      async (cells, order, needsYear) => {
        const dates = await read(cells, order, needsYear);
        expect(dates).toHaveLength(cells.length);
        for (const date of dates) if (date !== null) expect(date).toMatch(/^(1[89]|2[01])\d\d-\d\d-\d\d$/);
        await inferred(cells, needsYear);
      },
    ),
    { numRuns: 40 },
  );
});
