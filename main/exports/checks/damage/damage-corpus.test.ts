import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FindingKind } from '../../../../preload/contract/finding-kinds.ts';
import { StageFixture } from '../../../test-support/stage-fixture.ts';
import type { CheckedSegment } from '../../check.ts';
import { findAll } from '../../findings.ts';
import { fieldsOf, preparedRows } from '../../prepared-rows.ts';

let fixture: StageFixture;
beforeAll(async () => {
  fixture = await StageFixture.open();
});
afterAll(() => fixture.close());

const fields = ['email', 'first_name', 'last_name', 'phone', 'street', 'city', 'zip', 'country', 'company_name'];
type Row = Readonly<Record<string, string>>;

const sound: Row = {
  first_name: 'Zoë',
  last_name: 'McKay',
  phone: '+33 6 12 34 56 78',
  street: '12, rue de l’Église',
  city: 'Nîmes',
  zip: '30000',
  country: 'France',
  company_name: 'C# & Cie (France)',
};

/** One nasty thing each: where it stands, and what the repair sends instead (as it stands where there is none). */
const damages: readonly { readonly kind: FindingKind; readonly row: Row; readonly sent: string | null }[] = [
  { kind: 'garbled', row: { city: 'NÃ®mes' }, sent: 'Nîmes' },
  { kind: 'garbled', row: { last_name: 'LefÃƒÂ¨vre' }, sent: 'Lefèvre' },
  { kind: 'letters-lost', row: { city: 'N\ufffdmes' }, sent: 'N\ufffdmes' },
  { kind: 'formula-error', row: { company_name: '#VALEUR!' }, sent: null },
  { kind: 'placeholder', row: { phone: 'null' }, sent: null },
  { kind: 'placeholder', row: { last_name: 'Null' }, sent: 'Null' },
  { kind: 'number-shortened', row: { phone: '3.36E+10' }, sent: '3.36E+10' },
  { kind: 'number-shortened', row: { phone: '3.3612345678E+10' }, sent: '33612345678' },
  { kind: 'zip-zeros', row: { zip: '1000' }, sent: '01000' },
  { kind: 'phone-prefix', row: { phone: '612345678' }, sent: '0612345678' },
  { kind: 'control-characters', row: { street: '12, rue Haute\nBât. B' }, sent: '12, rue Haute, Bât. B' },
  { kind: 'double-spaces', row: { city: 'Le  Mans' }, sent: 'Le Mans' },
  { kind: 'name-case', row: { last_name: 'DE LA TOUR' }, sent: 'de la Tour' },
];

async function segmentOf(
  rows: readonly Row[],
  repairs: readonly FindingKind[] = [],
  matched: readonly string[] = fields,
): Promise<CheckedSegment> {
  const padded = [...Array.from({ length: 3 }, () => sound), ...rows].map((row, index) =>
    fields.map((field) => (field === 'email' ? `p${index}@example.com` : (row[field] ?? sound[field] ?? ''))),
  );
  return {
    segmentId: 'segment-1',
    stageFile: await fixture.write(padded),
    unreadableCount: 0,
    fieldMap: fields
      .map((field, columnIndex) => ({ field, columnIndex, repairs: field === 'email' ? [] : [...repairs] }))
      .filter(({ field }) => matched.includes(field)),
  };
}

const found = async (segment: CheckedSegment) =>
  (await findAll(fixture.db, [segment])).map(({ kind, field, count, examples }) => ({
    kind,
    field,
    count,
    rows: examples.map(({ rowNumber }) => rowNumber),
  }));

/** What would be sent, row after row. */
async function sent(segment: CheckedSegment): Promise<Record<string, string | null>[]> {
  const names = fieldsOf([segment]);
  const rows = await fixture.db.rows(`SELECT * FROM (${preparedRows([segment], names)}) ORDER BY ord`);
  return rows.map((row) =>
    Object.fromEntries(names.map((name, index) => [name, row[`f${index}`] === null ? null : String(row[`f${index}`])])),
  );
}

test('a sound file has nothing to mend', async () => {
  expect(await found(await segmentOf([]))).toEqual([]);
});

for (const { kind, row, sent: wanted } of damages) {
  const [[field = '', cell = ''] = []] = Object.entries(row);
  test(`${kind} alone: ${JSON.stringify(cell)}`, async () => {
    expect(await found(await segmentOf([row]))).toEqual([{ kind, field, count: 1, rows: [4] }]);
    expect((await sent(await segmentOf([row]))).at(-1)).toEqual({ ...sound, [field]: cell });
    const repaired = await sent(await segmentOf([row], [kind]));
    expect(repaired).toEqual([sound, sound, sound, { ...sound, [field]: wanted }]);
  });
}

test('in pairs, in one row: each is found as by itself, and each repair mends its own alone', async () => {
  const pairs = damages.flatMap((one, at) =>
    damages.slice(at + 1).flatMap((other) => {
      const row: Row = { ...one.row, ...other.row };
      return Object.keys(row).length === 2 ? [{ one, other, row }] : [];
    }),
  );
  expect(pairs.length).toBeGreaterThan(50);
  const rows = pairs.map(({ row }) => row);
  const wanted = new Map<string, number[]>();
  for (const [at, { one, other }] of pairs.entries()) {
    for (const { kind, row } of [one, other]) {
      const key = `${kind} ${Object.keys(row)[0]}`;
      wanted.set(key, [...(wanted.get(key) ?? []), at + 4]);
    }
  }
  const findings = await found(await segmentOf(rows));
  expect(new Map(findings.map(({ kind, field, count }) => [`${kind} ${field}`, count]))).toEqual(
    new Map([...wanted].map(([key, places]) => [key, places.length])),
  );
  for (const finding of findings) {
    expect(finding.rows).toEqual(wanted.get(`${finding.kind} ${finding.field}`)?.slice(0, 20));
  }
  for (const kind of new Set(damages.map((damage) => damage.kind))) {
    const repaired = (await sent(await segmentOf(rows, [kind]))).slice(3);
    const expected = pairs.map(({ one, other, row }) => {
      const mended = [one, other].filter((damage) => damage.kind === kind);
      const values = mended.map((damage) => ({ [Object.keys(damage.row)[0] ?? '']: damage.sent }));
      return Object.assign({ ...sound, ...row }, ...values) as Record<string, string | null>;
    });
    expect(repaired).toEqual(expected);
  }
});

test('in one cell: repairs follow each other, letters first', async () => {
  const all = damages.map(({ kind }) => kind);
  const rows: Row[] = [
    { last_name: 'LEFÃ‰VRE  DE LA TOUR' },
    { phone: '6.12345678E+8' },
    { city: 'NÃ®mes\tSud  Est' },
    { zip: '1000', country: 'FRANCE' },
  ];
  const repaired = (await sent(await segmentOf(rows, all))).slice(3);
  expect(repaired.map((row, index) => Object.keys(rows[index] ?? {}).map((field) => row[field]))).toEqual([
    ['Lefévre de la Tour'],
    ['0612345678'],
    ['Nîmes Sud Est'],
    ['01000', 'FRANCE'],
  ]);
  // What is left of it is found no more.
  const left = await found(await segmentOf(repaired.map((row) => row as Row)));
  expect(left).toEqual([]);
});

test('the evidence of lost zeros: of which country, how many of how many', async () => {
  const rows = [
    ...Array.from({ length: 7 }, () => ({ zip: '2139', country: 'USA' })),
    ...Array.from({ length: 20 }, () => ({ zip: '90210', country: 'usa' })),
    { zip: '1000' },
  ];
  const [finding] = await findAll(fixture.db, [await segmentOf(rows)]);
  expect(finding).toMatchObject({ kind: 'zip-zeros', count: 8, repairable: 8 });
  expect(finding?.params).toEqual({ country: 'US', found: 7, total: 27, digits: 5 });
});
