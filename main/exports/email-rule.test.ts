import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { reasonOf, sentAddress, trimmedText } from '../test-support/cell-model.ts';
import { addressCell } from '../test-support/odd-text.ts';
import { StageFixture } from '../test-support/stage-fixture.ts';
import { preparedRows, rejectionReasons } from './prepared-rows.ts';
import { withExactReasons } from './refusals.ts';

let fixture: StageFixture;
beforeAll(async () => {
  fixture = await StageFixture.open();
});
afterAll(() => fixture.close());

/** What DuckDB makes of cells, each read once as an address and once as a name. */
async function readByDuckDb(cells: readonly (string | null)[]) {
  const stageFile = await fixture.write(cells.map((cell) => [cell]));
  const fieldMap = [
    { field: 'email', columnIndex: 0 },
    { field: 'first_name', columnIndex: 0 },
  ];
  const sql = withExactReasons(preparedRows([{ segmentId: 'a', stageFile, fieldMap }], ['first_name']), [
    'ord',
    'email',
    'f0',
  ]);
  const rows = await fixture.db.rows(`SELECT email, f0, reason FROM (${sql}) ORDER BY ord`);
  return rows.map(({ email, f0, reason }) => ({
    email,
    name: f0,
    reason: rejectionReasons[Number(reason) - 1] ?? null,
  }));
}

const readByJavaScript = (cell: string | null) => {
  const email = sentAddress(cell);
  return { email, name: trimmedText(cell) === '' ? null : trimmedText(cell), reason: reasonOf(email) };
};

test('DuckDB and JavaScript trim, lower-case and judge any cell alike', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.option(addressCell), { minLength: 1, maxLength: 300, size: 'max' }), async (cells) => {
      expect(await readByDuckDb(cells)).toEqual(cells.map(readByJavaScript));
    }),
    { numRuns: 30 },
  );
});

test('every single character of the older blocks, at each place of an address', async () => {
  const characters = Array.from({ length: 0x0590 }, (_, code) => String.fromCodePoint(code)).filter(
    // The one letter whose small form is two characters in JavaScript and one in DuckDB; no address may hold it.
    (character) => character !== 'İ',
  );
  for (const place of ['<a@b.co', 'a<a@b.co', 'a@<b.co', 'a@b<b.co', 'a@b.c<o', 'a@b.co<']) {
    const cells = characters.map((character) => place.replace('<', () => character));
    expect(await readByDuckDb(cells)).toEqual(cells.map(readByJavaScript));
  }
});

test.each([
  ['ada@example.com', null],
  ["o'hara+news@sub.example.co.uk", null],
  ['a@b-c.org', null],
  ['a@xn--bcher-kva.example', null],
  ['jörg@example.com', 'email-malformed'],
  ['a@münchen.de', null],
  ['a@example', 'email-without-dot'],
  ['a@@example.com', 'email-malformed'],
  ['a@example..com', 'email-dots'],
  ['.a@example.com', 'email-local-dots'],
  ['a.@example.com', 'email-local-dots'],
  ['a..b@example.com', 'email-local-dots'],
  ['a@-example.com', 'email-malformed'],
  ['a@example-.com', 'email-malformed'],
  ['a b@example.com', 'email-blanks'],
  ['a,b@example.com', 'email-comma'],
  ['a@example.com\nb@example.com', 'email-several'],
  ['a@example.com\n', null],
  ['a@example.com;', 'email-ends'],
  ['<a@example.com>', 'email-named'],
  ['mailto:a@example.com', 'email-mailto'],
  ['a@192.168.0.1', 'email-malformed'],
  ['', 'email-blank'],
  [null, 'email-blank'],
  ['\u200B \u00A0', 'email-blank'],
  [`${'x'.repeat(68)}@example.com`, null],
  [`${'x'.repeat(69)}@example.com`, 'email-too-long'],
])('%j is %s', async (cell, reason) => {
  expect((await readByDuckDb([cell])).map((row) => row.reason)).toEqual([reason]);
});
