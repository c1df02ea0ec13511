import { afterAll, beforeAll, expect, test } from 'vitest';
import { StageFixture } from '../../test-support/stage-fixture.ts';
import { addressRanges, oneRange, rangesBetween } from './address-ranges.ts';

let fixture: StageFixture;
beforeAll(async () => {
  fixture = await StageFixture.open();
});
afterAll(() => fixture.close());

test('every address lies in the one range that its number names, in order', async () => {
  const ranges = rangesBetween(["d'", 'm', 'é']);
  expect(ranges.count).toBe(4);
  const conditions = Array.from({ length: ranges.count }, (_, range) => `(${ranges.isIn(range)})::INT`);
  const rows = await fixture.db.table(
    `SELECT email, ${ranges.number}, ${conditions.join(' + ')}, [${conditions.join(', ')}]
     FROM (SELECT unnest(['', 'a', 'd', 'd''', 'e', 'm', 'z', 'é', 'éa', '🦆']) AS email) ORDER BY email`,
  );
  expect(rows.map(([email, range]) => [email, range])).toEqual([
    ['', 0],
    ['a', 0],
    ['d', 0],
    ["d'", 1],
    ['e', 1],
    ['m', 2],
    ['z', 2],
    ['é', 3],
    ['éa', 3],
    ['🦆', 3],
  ]);
  expect(rows.every(([, range, inRanges, each]) => inRanges === 1 && (each as number[])[Number(range)] === 1)).toBe(
    true,
  );
});

test('few rows are one range; many are parted about evenly; without a single address there is nothing to part', async () => {
  const people =
    (rows: number, reason = 0) =>
    (wanted = 'true') =>
      `SELECT * FROM (SELECT i AS row_number, printf('%06d@a.example', (i * 7919) % 100000) AS email, ${reason} AS reason
      FROM range(1, ${rows + 1}) t(i)) WHERE ${wanted}`;
  expect(await addressRanges(fixture.db, people(1_000), { whole: 1_000, range: 10 })).toBe(oneRange);
  const ranges = await addressRanges(fixture.db, people(20_000), { whole: 1_000, range: 3_000 });
  expect(ranges.count).toBe(7);
  const sizes = await fixture.db.table(
    `SELECT count(*) FROM (SELECT ${ranges.number} AS range FROM (${people(20_000)()})) GROUP BY range`,
  );
  for (const [size] of sizes) expect(Number(size)).toBeLessThan(6_000);
  expect((await addressRanges(fixture.db, people(20_000, 1), { whole: 1_000, range: 3_000 })).count).toBe(1);
});
