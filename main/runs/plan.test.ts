import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { maxLengthOf } from '../../preload/contract/contact-fields.ts';
import { checkSegments } from '../exports/check.ts';
import { csvHeader } from '../exports/csv-line.ts';
import { csvCellOf, lengthOf, reasonOf, sentAddress, trimmedText } from '../test-support/cell-model.ts';
import { addressCell, oddText } from '../test-support/odd-text.ts';
import { StageFixture } from '../test-support/stage-fixture.ts';
import { batchLimits } from './pack-batches.ts';
import { batchContacts, buildBody, buildPlan, rejectedRows } from './plan.ts';
import type { PlannedSegment } from './planning/survey-rows.ts';

let fixture: StageFixture;
beforeAll(async () => {
  fixture = await StageFixture.open();
});
afterAll(() => fixture.close());

type Cells = (string | null)[];
interface Given {
  /** The field of each column; '' is matched to nothing. */
  readonly columns: readonly string[];
  readonly rows: readonly Cells[];
}

const fieldName = fc.constantFrom('', 'first_name', 'job_title', 'phone', 'cf:level');
const cell = fc.oneof(
  oddText,
  fc.constantFrom('', ' ', 'Ada', 'A, B', '"x"', '12', 'x'.repeat(60), '🦆'.repeat(50)),
  fc.constant(null),
);

const given: fc.Arbitrary<Given> = fc
  .tuple(fc.uniqueArray(fieldName, { maxLength: 3 }), fc.nat({ max: 3 }))
  .chain(([others, place]) => {
    const columns: string[] = [...others];
    columns.splice(Math.min(place, others.length), 0, 'email');
    const row = fc.tuple(...columns.map((field) => (field === 'email' ? fc.option(addressCell) : cell)));
    return fc.array(row, { minLength: 1, maxLength: 25 }).map((rows) => ({ columns, rows: rows as Cells[] }));
  });

async function staged(tables: readonly Given[]): Promise<PlannedSegment[]> {
  const segments: PlannedSegment[] = [];
  for (const [index, { columns, rows }] of tables.entries()) {
    segments.push({
      segmentId: `segment-${index}`,
      stageFile: await fixture.write(rows, columns.length),
      columnCount: columns.length,
      fieldMap: columns.flatMap((field, columnIndex) => (field === '' ? [] : [{ field, columnIndex }])),
    });
  }
  return segments;
}

/** The plan as a plain loop over all rows would make it. */
function modelOf(tables: readonly Given[], fields: readonly string[]) {
  const rejected: unknown[] = [];
  const contacts = new Map<string, Map<string, string>>();
  let rowsRead = 0;
  for (const [segment, { columns, rows }] of tables.entries()) {
    for (const [index, cells] of rows.entries()) {
      rowsRead += 1;
      const email = sentAddress(cells[columns.indexOf('email')] ?? null);
      const reason = reasonOf(email);
      if (reason !== null) {
        rejected.push({ segment, rowNumber: index + 1, reason, cells });
        continue;
      }
      // The last row wins: what it has goes over what was there, its blanks leave what was there.
      const contact = contacts.get(email) ?? new Map<string, string>();
      contacts.set(email, contact);
      for (const [column, field] of columns.entries()) {
        const value = trimmedText(cells[column] ?? null);
        if (field !== 'email' && field !== '' && value !== '') contact.set(field, value);
      }
    }
  }
  const sent = [...contacts].map(([email, contact]) => {
    const values = fields.map((field) => contact.get(field) ?? '');
    const kept = values.map((value, index) => (lengthOf(value) > maxLengthOf(fields[index] ?? '') ? '' : value));
    return { email, line: `${[email, ...kept].map(csvCellOf).join(',')}\r\n` };
  });
  sent.sort((a, b) => Buffer.compare(Buffer.from(a.email), Buffer.from(b.email)));
  return { rowsRead, rejected, sent };
}

async function tables(): Promise<{ plan: Record<string, unknown>[]; rejected: unknown[] }> {
  const plan = await fixture.db.rows('SELECT email, line, content_hash FROM plan ORDER BY rowid');
  const rejected = await rejectedRows(fixture.db, 0, 10_000);
  return { plan, rejected: rejected.map((row) => ({ ...row, cells: JSON.parse(row.cells) as unknown })) };
}

test('the plan is what a plain loop over all rows makes of them, and the check says so beforehand', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(given, { minLength: 1, maxLength: 3 }), async (input) => {
      const segments = await staged(input);
      const plan = await buildPlan(fixture.db, segments);
      const model = modelOf(input, plan.fields);
      const made = await tables();
      expect(made.plan.map(({ email, line }) => ({ email, line }))).toEqual(model.sent);
      expect(made.rejected).toEqual(model.rejected);
      const { rowsRead, sent, rejected } = model;
      const duplicate = rowsRead - rejected.length - sent.length;
      expect(plan).toMatchObject({ counts: { rowsRead, rejected: rejected.length, duplicate }, toSend: sent.length });

      const bodies = await Promise.all(plan.batches.map((batch) => buildBody(fixture.db, plan.fields, batch)));
      const header = csvHeader(plan.fields);
      const lines = bodies.map((body) => body.toString('utf8').slice(header.length));
      expect(lines.join('')).toBe(model.sent.map(({ line }) => line).join(''));

      const checked = segments.map((segment) => ({ ...segment, unreadableCount: 0 }));
      const check = await checkSegments(fixture.db, checked, 200);
      expect(check.counts).toEqual({
        rows: rowsRead,
        valid: sent.length,
        invalid: rejected.length,
        duplicates: duplicate,
        unreadable: 0,
      });
      // Every contact that the preview shows as sent is in the plan, word for word.
      const shown = check.preview
        .filter(({ outcome }) => outcome === 'send')
        .map(({ values }) => {
          const byField = new Map(values.map(({ field, value }) => [field, value]));
          return `${['email', ...plan.fields].map((field) => csvCellOf(byField.get(field) ?? '')).join(',')}\r\n`;
        });
      expect(new Set(shown)).toEqual(new Set(model.sent.map(({ line }) => line)));
    }),
    { numRuns: 25 },
  );
}, 120_000);

test('made again from the same stages, the plan is the same to the last byte and hash', async () => {
  const rows = Array.from({ length: 5_000 }, (_, index) => [`p${(index * 7) % 4_001}@example.com`, `Name ${index}`]);
  const segments = await staged([{ columns: ['email', 'first_name'], rows }]);
  const first = await buildPlan(fixture.db, segments);
  const before = await tables();
  expect(await buildPlan(fixture.db, segments)).toEqual(first);
  expect(await tables()).toEqual(before);
});

test('a hash tells whether a contact changed, and fits a number that SQLite and JavaScript keep exactly', async () => {
  const rowsOf = (name: string): Cells[] => [
    ['a@example.com', name],
    ['b@example.com', 'Bo'],
  ];
  const hashes: unknown[][] = [];
  for (const [name, field] of [
    ['Ann', 'first_name'],
    ['Anne', 'first_name'],
    ['Ann', 'last_name'],
  ] as const) {
    await buildPlan(fixture.db, await staged([{ columns: ['email', field], rows: rowsOf(name) }]));
    hashes.push((await tables()).plan.map((row) => row.content_hash));
  }
  const [plain = [], renamed = [], other = []] = hashes;
  expect(renamed[0]).not.toBe(plain[0]);
  expect(renamed[1]).toBe(plain[1]);
  // The same values in another field are another content.
  expect(other[1]).not.toBe(plain[1]);
  for (const hash of hashes.flat()) expect(BigInt(String(hash)) < 2n ** 53n).toBe(true);
});

test('batches stop at the bytes as they are written, not at the characters, also where 200 rows are too many', async () => {
  const fields = Array.from({ length: 20 }, (_, index) => `cf:f${index}`);
  const wide = fields.map(() => '🦆'.repeat(255));
  const rows = Array.from({ length: 450 }, (_, index) => [`p${String(index).padStart(4, '0')}@example.com`, ...wide]);
  const plan = await buildPlan(fixture.db, await staged([{ columns: ['email', ...fields], rows }]));
  expect(plan.batches.length).toBeGreaterThan(2);
  expect(plan.batches.reduce((sum, batch) => sum + batch.rows, 0)).toBe(450);
  for (const batch of plan.batches) {
    const body = await buildBody(fixture.db, plan.fields, batch);
    expect(body.length).toBe(batch.bytes);
    expect(body.length).toBeLessThanOrEqual(batchLimits.bytes);
    expect(JSON.parse(await batchContacts(fixture.db, batch))).toHaveLength(batch.rows);
  }
});

test('more rows than a batch may hold', async () => {
  const rows = Array.from({ length: 45_001 }, (_, index) => [`p${index}@example.com`]);
  const plan = await buildPlan(fixture.db, await staged([{ columns: ['email'], rows }]));
  expect(plan.batches.map((batch) => batch.rows)).toEqual([20_000, 20_000, 5_001]);
});
