import { afterAll, beforeAll, expect, test } from 'vitest';
import { StageFixture } from '../test-support/stage-fixture.ts';
import { type CheckedSegment, checkSegments } from './check.ts';
import { CheckMemory } from './check-memory.ts';

let fixture: StageFixture;
beforeAll(async () => {
  fixture = await StageFixture.open();
});
afterAll(() => fixture.close());

const fieldMap = [
  { field: 'email', columnIndex: 0 },
  { field: 'first_name', columnIndex: 1 },
];
let made = 0;
async function segmentOf(rows: readonly (string | null)[][], unreadableCount = 0): Promise<CheckedSegment> {
  made += 1;
  return { segmentId: `segment-${made}`, stageFile: await fixture.write(rows), fieldMap, unreadableCount };
}

test('nothing chosen is nothing to count', async () => {
  const check = await checkSegments(fixture.db, [], 20);
  expect(check).toMatchObject({ counts: { rows: 0, valid: 0, invalid: 0 }, preview: [], batches: 0 });
});

test('the last row of an address wins over all segments, blanks filled from the rows before it', async () => {
  const first = await segmentOf(
    [
      ['ada@example.com', 'Ada'],
      ['bo@example.com', 'Bo'],
      ['nobody', 'Cy'],
    ],
    2,
  );
  const second = await segmentOf([
    [' ADA@example.com ', ''],
    ['bo@example.com', 'Bob'],
  ]);
  const check = await checkSegments(fixture.db, [first, second], 4);
  expect(check.counts).toEqual({ rows: 5, valid: 2, invalid: 1, duplicates: 2, unreadable: 2 });
  const shown = check.preview.map(({ segmentId, rowNumber, outcome, values }) => [
    segmentId === first.segmentId ? 1 : 2,
    rowNumber,
    outcome,
    values.map(({ value }) => value).join(' '),
  ]);
  expect(shown).toEqual([
    [1, 1, 'duplicate', 'ada@example.com Ada'],
    [1, 2, 'duplicate', 'bo@example.com Bo'],
    [1, 3, 'rejected', 'nobody Cy'],
    [2, 1, 'send', 'ada@example.com Ada'],
  ]);
});

test('what earlier checks counted gives the same as counting anew, whatever the mappings between', async () => {
  const long = 'x'.repeat(60);
  const segment = await segmentOf([
    ['ada@example.com', 'Ada', 'ada.l@example.org'],
    ['bo@example.com', long, 'not one'],
    ['bo@example.com', '', 'bo@example.org'],
    ['nobody', long, long],
  ]);
  const column = (field: string, columnIndex: number) => ({ field, columnIndex });
  const mappings = [
    [column('email', 0)],
    [column('email', 0), column('first_name', 1)],
    [column('email', 2), column('first_name', 1)],
    [column('email', 0), column('last_name', 1), column('first_name', 2)],
    [column('email', 0), column('first_name', 1)],
    [column('email', 2), column('street', 1)],
  ];
  const memory = new CheckMemory();
  for (const previewRows of [4, 2]) {
    for (const fieldMap of mappings) {
      const mapped = [{ ...segment, fieldMap }];
      const remembered = await checkSegments(fixture.db, mapped, previewRows, memory);
      expect(remembered).toEqual(await checkSegments(fixture.db, mapped, previewRows));
    }
  }
});

test('an address in more rows than can be named one by one', async () => {
  const rows = Array.from({ length: 3_000 }, (_, index) => ['same@example.com', index === 1_234 ? 'Ada' : '']);
  const check = await checkSegments(fixture.db, [await segmentOf(rows)], 1);
  expect(check.counts).toMatchObject({ rows: 3_000, valid: 1, duplicates: 2_999 });
  expect(check.preview[0]).toMatchObject({ outcome: 'duplicate', rowNumber: 1 });
  const second = await segmentOf([['same@example.com', '']]);
  const both = await checkSegments(fixture.db, [await segmentOf(rows.slice(0, 1_500)), second], 200);
  expect(both.preview.filter(({ outcome }) => outcome === 'send')).toEqual([]);
  expect(both.counts.duplicates).toBe(1_500);
});

test('requests by rows and by bytes', async () => {
  const rows = Array.from({ length: 20_001 }, (_, index) => [`p${index}@example.com`, '']);
  expect((await checkSegments(fixture.db, [await segmentOf(rows)], 0)).batches).toBe(2);
});

test('F48 a segment without a matched address is an error of its own', async () => {
  const segment = await segmentOf([['a@example.com', 'Ada']]);
  const unmatched = { ...segment, fieldMap: fieldMap.slice(1) };
  await expect(checkSegments(fixture.db, [unmatched], 0)).rejects.toMatchObject({ code: 'export.email-not-matched' });
});
