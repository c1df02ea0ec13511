import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FindingKind } from '../../../../preload/contract/finding-kinds.ts';
import { refusals } from '../../../../preload/contract/finding-kinds.ts';
import { isSendable, judgementOf } from '../../../test-support/address-model.ts';
import { reasonOf, sentAddress } from '../../../test-support/cell-model.ts';
import { addressCell } from '../../../test-support/odd-text.ts';
import { StageFixture } from '../../../test-support/stage-fixture.ts';
import { checkSegments } from '../../check.ts';
import { findAll } from '../../findings.ts';
import { preparedRows } from '../../prepared-rows.ts';

let fixture: StageFixture;
beforeAll(async () => {
  fixture = await StageFixture.open();
});
afterAll(() => fixture.close());

async function segmentOf(cells: readonly (string | null)[], repairs: FindingKind[] = []) {
  const fieldMap = [{ field: 'email', columnIndex: 0, ...(repairs.length > 0 ? { repairs } : {}) }];
  return { segmentId: 's', stageFile: await fixture.write(cells.map((cell) => [cell])), fieldMap, unreadableCount: 0 };
}

/** What becomes of each cell: the address that is sent, null when its row is refused. */
async function sent(cells: readonly (string | null)[], repairs: FindingKind[]): Promise<(string | null)[]> {
  const rows = await fixture.db.rows(
    `SELECT email, reason FROM (${preparedRows([await segmentOf(cells, repairs)], [])}) ORDER BY ord`,
  );
  return rows.map(({ email, reason }) => (Number(reason) === 0 ? String(email) : null));
}

/** Damage that happens to addresses, one on top of the other. */
const damages: readonly ((address: string) => string)[] = [
  (address) => `mailto:${address}`,
  (address) => `${address}?subject=Hello`,
  (address) => `Ada Lovelace <${address}>`,
  (address) => `${address} (work)`,
  (address) => `"${address}"`,
  (address) => `'${address}'`,
  (address) => `‘${address}’`,
  (address) => `${address};`,
  (address) => `${address}.`,
  (address) => `${address}, bo@example.org`,
  (address) => `${address}\n${address}`,
  (address) => address.replace('@', ' @ '),
  (address) => address.replace('@', '＠'),
  (address) => address.replace('@', '(at)'),
  (address) => address.replaceAll('.', '．'),
  (address) => address.replaceAll('a', 'а'),
  (address) => address.replace(/[.](?=[^.]*$)/, ','),
  (address) => address.replace(/[.](?=[^.]*$)/, '..'),
  (address) => address.replace(/[.](?=[^.]*$)/, ''),
  (address) => address.replace(/[.](?=[^.]*$)/, ' . '),
  (address) => address.replace('@', '.@'),
  (address) => address.replace('@', '@@'),
  (address) => address.replace('@', '\u200B@'),
  (address) => `${address}x${address}`,
  (address) => address.slice(2),
  (address) => address.toUpperCase(),
];

const damaged = fc
  .tuple(
    fc.constantFrom('ada@example.com', 'b.o+b@mail.example.fr', 'cy@gmail.com', "d'e@x-y.org", 'ë@x.de', 'f@жд.рф'),
    fc.array(fc.constantFrom(...damages), { maxLength: 3 }),
  )
  .map(([address, done]) => done.reduce<string>((text, damage) => damage(text), address));

const anyCell = fc.oneof({ weight: 4, arbitrary: damaged }, { weight: 1, arbitrary: fc.option<string>(addressCell) });
const cells = fc.array(anyCell, { minLength: 1, maxLength: 200, size: 'max' });
const anyRepairs = fc.subarray([...refusals]);

test('DuckDB and JavaScript tell the same of every refused cell, and each is in one finding alone', async () => {
  await fc.assert(
    fc.asyncProperty(cells, async (given) => {
      const found = (await findAll(fixture.db, [await segmentOf(given)])).filter(({ effect }) => effect === 'rejected');
      const expected = given.flatMap((cell, index) => {
        const address = sentAddress(cell);
        const kind = reasonOf(address);
        if (kind === null) return [];
        const malformed = kind !== 'email-blank' && kind !== 'email-too-long';
        return [{ kind, rowNumber: index + 1, repaired: malformed ? judgementOf(address).mended : null }];
      });
      expect(found.reduce((sum, { count }) => sum + count, 0)).toBe(expected.length);
      for (const { kind, count, repairable, examples, repair } of found) {
        const ofKind = expected.filter((one) => one.kind === kind);
        expect([kind, count]).toEqual([kind, ofKind.length]);
        expect(repairable).toBe(ofKind.filter(({ repaired }) => repaired !== null).length);
        if (repair === 'none') expect([kind, repairable]).toEqual([kind, 0]);
        expect(examples.map(({ rowNumber, repaired }) => ({ kind, rowNumber, repaired }))).toEqual(ofKind.slice(0, 20));
      }
    }),
    { numRuns: 12 },
  );
});

test('a repair makes a valid address or leaves the row refused; valid cells stay as they are', async () => {
  await fc.assert(
    fc.asyncProperty(cells, anyRepairs, async (given, repairs) => {
      const after = await sent(given, repairs);
      const expected = given.map((cell) => {
        const address = sentAddress(cell);
        const kind = reasonOf(address);
        if (kind === null) return address;
        return repairs.includes(kind) && kind.length > 0 ? mendedBy(kind, address) : null;
      });
      expect(after).toEqual(expected);
      for (const address of after) if (address !== null) expect(isSendable(address)).toBe(true);
    }),
    { numRuns: 12 },
  );
});

const mendedBy = (kind: FindingKind, address: string): string | null =>
  kind === 'email-blank' || kind === 'email-too-long' || kind === 'email-malformed'
    ? null
    : judgementOf(address).mended;

test('after a repair the counts follow, and the finding says how many it mended', async () => {
  const given = ['ada@example.com', 'mailto:ADA@example.com', 'mailto:bo@example.com', 'mailto:cy', 'x'];
  const before = await segmentOf(given);
  const fieldMap = [{ field: 'email', columnIndex: 0, repairs: ['email-mailto' as const] }];
  const after = { ...before, fieldMap };
  expect((await checkSegments(fixture.db, [before], 5)).counts).toMatchObject({ valid: 1, invalid: 4, duplicates: 0 });
  const check = await checkSegments(fixture.db, [after], 5);
  expect(check.counts).toMatchObject({ rows: 5, valid: 2, invalid: 2, duplicates: 1 });
  expect(check.preview.map(({ outcome, reason }) => reason ?? outcome)).toEqual([
    'duplicate',
    'send',
    'send',
    'email-without-at',
    'email-without-at',
  ]);
  const findings = await findAll(fixture.db, [after]);
  expect(findings[0]).toMatchObject({ kind: 'email-mailto', count: 2, repairable: 2, repaired: 2, repairChosen: true });
});

test.each<[string, FindingKind, string | null]>([
  ['a@b.co; c@d.co', 'email-several', 'a@b.co'],
  ['nobody@x, c@d.co', 'email-several', 'c@d.co'],
  ['a@b.co\nc@d.co', 'email-several', 'a@b.co'],
  ['[a@b.co](mailto:a@b.co)', 'email-several', 'a@b.co'],
  ['Ada (at) b (dot) co', 'email-without-at', 'ada@b.co'],
  ['ada.b.co', 'email-without-at', null],
  ['ada@gmailcom', 'email-without-dot', 'ada@gmail.com'],
  ['ada@exampleorg', 'email-without-dot', null],
  ['ada@example,com', 'email-comma', 'ada@example.com'],
  ['ada@example.com, Lovelace', 'email-comma', null],
  ['lovelace,ada@example.com', 'email-comma', null],
  ['ada @ example . com', 'email-blanks', 'ada@example.com'],
  ['ada lovelace@example.com', 'email-blanks', null],
  ['ada..l@example.com', 'email-local-dots', 'ada.l@example.com'],
  ['ada@example..com.', 'email-dots', 'ada@example.com'],
  ['Ada Lovelace <ada@example.com>', 'email-named', 'ada@example.com'],
  ['ada@example.com (work)', 'email-named', 'ada@example.com'],
  ['mailto:ada@example.com?subject=Hi', 'email-mailto', 'ada@example.com'],
  ['‘ada@example.com’', 'email-ends', 'ada@example.com'],
  ['ada@example.com.;', 'email-dots', 'ada@example.com'],
  ['ａｄａ＠ｅｘａｍｐｌｅ．ｃｏｍ', 'email-lookalikes', 'ada@example.com'],
  ['аdа@example.com', 'email-lookalikes', 'ada@example.com'],
  ['ada@exa\u200Bmple.com', 'email-lookalikes', 'ada@example.com'],
  ['иван@пример.рф', 'email-malformed', null],
  ['ada@bo@example.com', 'email-malformed', null],
])('%j is %s and becomes %j', async (cell, kind, repaired) => {
  const [finding] = await findAll(fixture.db, [await segmentOf([cell])]);
  expect([finding?.kind, finding?.examples[0]?.repaired]).toEqual([kind, repaired]);
});
