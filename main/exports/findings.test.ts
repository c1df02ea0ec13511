import { afterAll, beforeAll, expect, test } from 'vitest';
import { StageFixture } from '../test-support/stage-fixture.ts';
import { type CheckedSegment, checkSegments } from './check.ts';
import { CheckMemory } from './check-memory.ts';
import { findingRows } from './finding-rows.ts';
import { findAll } from './findings.ts';

let fixture: StageFixture;
beforeAll(async () => {
  fixture = await StageFixture.open();
});
afterAll(() => fixture.close());

let made = 0;
async function segmentOf(
  rows: readonly (string | null)[][],
  fields: readonly string[] = ['email', 'first_name'],
): Promise<CheckedSegment> {
  made += 1;
  const fieldMap = fields.map((field, columnIndex) => ({ field, columnIndex }));
  return { segmentId: `segment-${made}`, stageFile: await fixture.write(rows), fieldMap, unreadableCount: 0 };
}

const repairing = (segment: CheckedSegment, field: string, ...repairs: 'too-long'[]): CheckedSegment => ({
  ...segment,
  fieldMap: segment.fieldMap.map((match) => (match.field === field ? { ...match, repairs } : match)),
});

test('too long values are left out, or cut when somebody chose so; lengths are characters', async () => {
  const segment = await segmentOf([
    ['a@example.com', '🦆'.repeat(50)],
    ['b@example.com', `  ${'🦆'.repeat(51)}`],
    ['c@example.com', `${'x'.repeat(49)} yz`],
    [`${'x'.repeat(69)}@example.com`, ''],
  ]);
  const [, tooLong] = await findAll(fixture.db, [segment]);
  expect(tooLong).toMatchObject({
    kind: 'too-long',
    field: 'first_name',
    effect: 'left-out',
    count: 2,
    repairable: 2,
    repaired: 0,
    repairChosen: false,
    params: { length: 50 },
  });
  expect(tooLong?.examples).toEqual([
    { segmentId: segment.segmentId, rowNumber: 2, cell: `  ${'🦆'.repeat(51)}`, repaired: '🦆'.repeat(50) },
    { segmentId: segment.segmentId, rowNumber: 3, cell: `${'x'.repeat(49)} yz`, repaired: 'x'.repeat(49) },
  ]);
  const cut = repairing(segment, 'first_name', 'too-long');
  expect((await findAll(fixture.db, [cut]))[1]).toMatchObject({ count: 2, repaired: 2, repairChosen: true });
  const secondName = async (checked: CheckedSegment) =>
    (await checkSegments(fixture.db, [checked], 4)).preview[1]?.values[1]?.value;
  expect([await secondName(segment), await secondName(cut)]).toEqual([undefined, '🦆'.repeat(50)]);
});

test('findings of several segments are one, its rows paged over all of them; a repair counts where it is chosen', async () => {
  const long = 'y'.repeat(60);
  const rows = Array.from({ length: 30 }, (_, index) => [`p${index}@example.com`, index % 2 === 0 ? long : '']);
  const segments = [
    await segmentOf(rows),
    await segmentOf([['q@example.com']], ['email']),
    repairing(await segmentOf(rows), 'first_name', 'too-long'),
  ];
  const [found] = await findAll(fixture.db, segments);
  expect(found).toMatchObject({ count: 30, repairable: 30, repaired: 15, repairChosen: false });
  expect(found?.examples).toHaveLength(20);
  const page = { segments, kind: 'too-long', field: 'first_name', limit: 11 } as const;
  const seen: string[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const { cells, next } = await findingRows(fixture.db, { ...page, after });
    seen.push(...cells.map(({ segmentId, rowNumber }) => `${segmentId} ${rowNumber}`));
    after = next;
  }
  const odd = Array.from({ length: 15 }, (_, index) => 2 * index + 1);
  expect(seen).toEqual([0, 2].flatMap((place) => odd.map((number) => `${segments[place]?.segmentId} ${number}`)));
});

test('what earlier calls found gives the same as looking anew, whatever is matched and chosen between', async () => {
  const long = 'x'.repeat(60);
  const segment = await segmentOf(
    [
      ['ada@example.com', long, 'Ada'],
      ['nobody', long, long],
    ],
    ['email', 'first_name', 'last_name'],
  );
  const column = (field: string, columnIndex: number) => ({ field, columnIndex });
  const mappings = [
    segment.fieldMap,
    [column('email', 0), column('last_name', 1)],
    [column('email', 1), column('first_name', 2)],
    repairing(segment, 'first_name', 'too-long').fieldMap,
    segment.fieldMap,
  ];
  const memory = new CheckMemory();
  for (const fieldMap of mappings) {
    const mapped = [{ ...segment, fieldMap }];
    expect(await findAll(fixture.db, mapped, memory)).toEqual(await findAll(fixture.db, mapped));
  }
});
