import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { FieldMatch } from '../../preload/contract/views.ts';
import { buildBody, buildPlan } from '../runs/plan.ts';
import { StageFixture } from '../test-support/stage-fixture.ts';
import { checkSegments } from './check.ts';
import { findingRows } from './finding-rows.ts';
import { findAll } from './findings.ts';

let fixture: StageFixture;
beforeAll(async () => {
  fixture = await StageFixture.open();
});
afterAll(() => fixture.close());

const address = (n: number) => `p${String(n).padStart(3, '0')}@example.com`;

/** A segment whose first column is an address for each row. */
async function segmentOf(rows: readonly (readonly (string | null)[])[], matches: readonly FieldMatch[]) {
  return {
    segmentId: 's',
    stageFile: await fixture.write(rows.map((row, index) => [address(index), ...row])),
    fieldMap: [{ field: 'email', columnIndex: 0 }, ...matches],
    unreadableCount: 0,
    columnCount: 1 + (rows[0]?.length ?? 0),
  };
}

/** What is sent of each row, without the address. */
async function sent(...given: Parameters<typeof segmentOf>): Promise<string[]> {
  const plan = await buildPlan(fixture.db, [await segmentOf(...given)]);
  const [batch] = plan.batches;
  if (batch === undefined) return [];
  const [header, ...lines] = (await buildBody(fixture.db, plan.fields, batch)).toString().trimEnd().split('\r\n');
  return [header?.replace('email,', '') ?? '', ...lines.map((line) => line.slice(line.indexOf(',') + 1))];
}

async function found(...given: Parameters<typeof segmentOf>) {
  const findings = await findAll(fixture.db, [await segmentOf(...given)]);
  return findings.map(({ kind, field, count, effect, examples }) => [
    kind,
    field,
    count,
    effect,
    examples.map((e) => e.rowNumber),
  ]);
}

describe('a birthday', () => {
  test('in one column fills month and day, in the order that the column proves', async () => {
    const rows = [['05/06/1980'], ['17/06/1980'], ['soon'], [''], ['29/02']];
    const birthday = [{ field: 'birthday', columnIndex: 1 }];
    expect(await sent(rows, birthday)).toEqual(['birthday_month,birthday_day', '6,5', '6,17', ',', ',', '2,29']);
    expect(await found(rows, birthday)).toEqual([['date-unreadable', 'birthday', 1, 'left-out', [3]]]);
  });

  test('in two columns is sent when it comes to a day', async () => {
    const rows = [
      ['2', '29'],
      ['2', '30'],
      ['', '3'],
      ['4', ''],
      ['', ''],
      ['05', '06'],
    ];
    const two = [
      { field: 'birthday_month', columnIndex: 1 },
      { field: 'birthday_day', columnIndex: 2 },
    ];
    expect((await sent(rows, two)).slice(1)).toEqual(['2,29', ',', ',', ',', ',', '5,6']);
    expect(await found(rows, two)).toEqual([
      ['birthday-incomplete', 'birthday_month', 2, 'left-out', [2, 4]],
      ['birthday-incomplete', 'birthday_day', 1, 'left-out', [3]],
    ]);
    expect((await sent(rows, two.slice(0, 1))).slice(1)).toEqual(rows.map(() => ''));
    expect((await found(rows, two.slice(0, 1))).map(([kind, , count]) => [kind, count])).toEqual([
      ['birthday-incomplete', 4],
    ]);
  });
});

describe('dates', () => {
  const rows = [['05/06/2024'], ['01.02.2023'], ['2022-03-04 10:00'], ['3 mai 2021'], ['05/06']];
  const anniversary = (options: Partial<FieldMatch> = {}) => [{ field: 'anniversary', columnIndex: 1, ...options }];

  test('that could be read in two ways are never guessed, only asked', async () => {
    await expect(sent(rows, anniversary())).rejects.toMatchObject({ code: 'export.date-order-unknown' });
    expect(await found(rows, anniversary())).toEqual([
      ['date-order-unknown', 'anniversary', 2, 'left-out', [1, 2]],
      ['date-unreadable', 'anniversary', 1, 'left-out', [5]],
    ]);
    const check = await checkSegments(fixture.db, [await segmentOf(rows, anniversary())], 5);
    const shown = check.preview.map(({ values }) => values.find(({ field }) => field === 'anniversary')?.value ?? '');
    expect(shown).toEqual(['', '', '2022-03-04', '2021-05-03', '']);
  });

  test('are sent as YYYY-MM-DD in the order that was chosen', async () => {
    expect(await sent(rows, anniversary({ dateOrder: 'day-first' }))).toEqual([
      'anniversary',
      '2024-06-05',
      '2023-02-01',
      '2022-03-04',
      '2021-05-03',
      '',
    ]);
    expect((await sent(rows, anniversary({ dateOrder: 'month-first' })))[1]).toBe('2024-05-06');
    const segment = await segmentOf(rows, anniversary({ dateOrder: 'month-first' }));
    const page = { segments: [segment], kind: 'date-unreadable', field: 'anniversary', after: 0, limit: 10 } as const;
    expect((await findingRows(fixture.db, page)).cells).toMatchObject([{ rowNumber: 5, cell: '05/06' }]);
  });

  test('of custom fields are written as the field wants them; any text of a text field is sent as it is', async () => {
    const custom = (valueType?: 'date' | 'older-date') => [
      { field: 'cf:since', columnIndex: 1, dateOrder: 'day-first' as const, ...(valueType ? { valueType } : {}) },
    ];
    expect((await sent(rows, custom('date'))).slice(0, 2)).toEqual(['cf:since', '2024-06-05']);
    expect((await sent(rows, custom('older-date')))[1]).toBe('06/05/2024');
    expect((await sent(rows, custom())).slice(1)).toEqual(rows.flat());
    expect(await found(rows, custom())).toEqual([]);
  });
});

test('numbers of a number field are written with a point; what could be two is left out', async () => {
  const rows = [
    ['1 234,50'],
    ['1,234'],
    ['12'],
    ['1,234.5'],
    ['1.234.567'],
    ['€ 12,5'],
    ['-3.25'],
    ['about 5'],
    ['+7'],
    ['1\u202f000'],
  ];
  const points = [{ field: 'cf:points', columnIndex: 1, valueType: 'number' as const }];
  expect((await sent(rows, points)).slice(1)).toEqual([
    '1234.50',
    '',
    '12',
    '1234.5',
    '1234567',
    '12.5',
    '-3.25',
    '',
    '7',
    '1000',
  ]);
  expect(await found(rows, points)).toEqual([['number-unreadable', 'cf:points', 2, 'left-out', [2, 8]]]);
});

test('a full name fills what its row has no column for', async () => {
  const rows = [
    ['Ann Smith', ''],
    ['Jean DUPONT', 'Jeannot'],
    ['Cher', ''],
    ['', 'Bo'],
  ];
  const names = [
    { field: 'full_name', columnIndex: 1 },
    { field: 'first_name', columnIndex: 2 },
  ];
  expect(await sent(rows, names)).toEqual(['first_name,last_name', 'Ann,Smith', 'Jeannot,DUPONT', 'Cher,', 'Bo,']);
  const long = [
    [`Ann ${'x'.repeat(51)}`, ''],
    [`${'Ann '.repeat(13)}Smith`, ''],
    ['Bo Smith', ''],
  ];
  expect(await found(long, names)).toEqual([['too-long', 'full_name', 2, 'left-out', [1, 2]]]);
});
