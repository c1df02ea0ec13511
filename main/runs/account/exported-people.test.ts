import { writeFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { StageFixture } from '../../test-support/stage-fixture.ts';
import { toParquet } from './exported-people.ts';

let fixture: StageFixture;
beforeAll(async () => {
  fixture = await StageFixture.open();
});
afterAll(() => fixture.close());

const address = fc
  .tuple(fc.constantFrom('ada', 'Ben', 'zoë', "o'neil", '日本'), fc.nat({ max: 9 }))
  .map(([name, number]) => `${name}${number}@Example.com`);
const time = fc.option(
  fc.integer({ min: 1, max: 1_700_000_000 }).map((seconds) => new Date(seconds * 1_000).toISOString()),
);

test('people come out once each, with their newest opt-out, in order, however many at a time', async () => {
  const { db, folder } = fixture;
  const inquiry = { folder, tempFolder: folder, memoryLimitMb: 200, signal: new AbortController().signal };
  const [csv, target] = [path.join(folder, 'people.csv'), path.join(folder, 'people.parquet')];
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(address, time), { maxLength: 30 }), async (people) => {
      writeFileSync(
        csv,
        ['Email address,Opt-out date', ...people.map((row) => row.map((cell) => cell ?? '').join(','))].join('\n'),
      );
      const expected = new Map<string, number | null>();
      for (const [email, at] of people) {
        const key = email.toLowerCase();
        const newest = Math.max(expected.get(key) ?? 0, at === null ? 0 : Date.parse(at));
        expected.set(key, newest === 0 ? null : newest);
      }
      const wanted = [...expected].sort(([one], [other]) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
      for (const most of [undefined, { whole: 1, range: 3 }]) {
        expect(await toParquet(inquiry, csv, target, most)).toBe(expected.size);
        const rows = await db.table(`SELECT email, opted_out_at FROM read_parquet('${target}')`);
        expect(rows.map(([email, at]) => [email, at === null ? null : Number(at)])).toEqual(wanted);
      }
    }),
    { numRuns: 10 },
  );
}, 60_000);
