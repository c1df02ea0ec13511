import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { ExportMode, FieldMap, PlanView, RunView } from '../../../preload/contract/views.ts';
import { TestAccount } from '../../practice/test-support/test-account.ts';
import { DrivenEngine, type SavedExport } from '../../test-support/driven-engine.ts';
import { type PlainPorts, plainPorts } from '../../test-support/plain-ports.ts';
import { closes } from '../balance.ts';

// Blank cells that clear fields, over real files, threads, HTTP and the practice account.

let account: TestAccount;
let ports: PlainPorts;
let engine: DrivenEngine;
let saved: SavedExport;
let file: string;

const headings = 'Email,First name,Company,Phone,City,Zip';
const address = (index: number): string => `p${String(index).padStart(3, '0')}@example.com`;
/** Somebody's line with every value, but for the cells named. */
const line = (index: number, cells: { company?: string; phone?: string; city?: string; zip?: string } = {}): string => {
  const { company = `Company ${index}`, phone = `555-01${index}`, city = 'Lyon', zip = `690${index}` } = cells;
  return [address(index), `Name ${index}`, company, phone, city, zip].join(',');
};
const write = (lines: readonly string[]): void => writeFileSync(file, `${headings}\n${lines.join('\n')}\n`);
const clearing: FieldMap = [
  { field: 'email', columnIndex: 0 },
  { field: 'first_name', columnIndex: 1 },
  { field: 'company_name', columnIndex: 2, whenBlank: 'clear' },
  { field: 'phone', columnIndex: 3, whenBlank: 'clear' },
  { field: 'city', columnIndex: 4, whenBlank: 'clear' },
  { field: 'zip', columnIndex: 5 },
];

beforeEach(async () => {
  account = await TestAccount.start({ seed: false });
  ports = plainPorts({ env: { SEGUE_API_URL: account.account.apiUrl, SEGUE_AUTH_URL: account.account.authUrl } });
  file = path.join(ports.paths.temp, 'people.csv');
  engine = await DrivenEngine.open(ports);
});

afterEach(async () => {
  await engine.stop();
  await account.stop();
  expect(engine.surprises).toEqual([]);
  rmSync(ports.paths.userData, { recursive: true, force: true });
});

async function save(lines: readonly string[], mode: ExportMode, fieldMap = clearing): Promise<void> {
  write(lines);
  saved = await engine.saveExport(file);
  await change(mode, fieldMap);
}

async function change(mode: ExportMode, fieldMap: FieldMap): Promise<void> {
  const { exportId, name, connectionId, list } = saved.definition;
  const { segmentId } = saved.segment;
  const segments = [{ segmentId, fieldMap }];
  const definition = { exportId, name, connectionId: connectionId ?? '', list, segments, mode, readBack: false };
  saved = { ...saved, definition: await engine.call('exports.save', definition) };
}

async function replace(lines: readonly string[]): Promise<void> {
  write(lines);
  const { segmentId } = saved.segment;
  const ready = engine.eventually('segment.changed', (view) =>
    view.segmentId === segmentId && view.state !== 'reading' ? view : undefined,
  );
  await engine.call('segments.readAgain', { segmentId });
  expect(await ready).toMatchObject({ state: 'ready', rowCount: lines.length });
}

const plan = (): Promise<PlanView> => engine.call('exports.plan', { exportId: saved.definition.exportId });

async function run(accepted: object = {}): Promise<RunView> {
  const { exportId } = saved.definition;
  const { runId } = await engine.call('exports.run', { exportId, agreedToMail: true, accepted });
  const ended = await engine.ended(runId);
  expect(closes(ended.balance)).toBe(true);
  return ended;
}

/** Somebody as the account shows them, without times. */
async function person(index: number) {
  const include = 'custom_fields,list_memberships,phone_numbers,street_addresses,taggings,notes';
  const { body } = await account.api('GET', `/contacts?email=${address(index)}&status=all&include=${include}`);
  return body.contacts[0];
}

const faults = (...rules: unknown[]) => account.bench('faults', { faults: rules });
const people = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);
const clearings = ({ account: { clearing } }: RunView) => clearing;

test.each(['add-and-update', 'changes-only', 'mirror'] as const)(
  'in the mode %s blank cells clear what the export sent, of nobody else and nothing else',
  async (mode) => {
    await save(
      people(0, 12).map((index) => line(index)),
      mode,
    );
    expect(await plan()).toMatchObject({ groups: { new: 12, clearing: 0 }, requests: { clearing: 0 } });
    expect(clearings(await run())).toMatchObject({ people: 0, cleared: 0 });
    const [tag] = [(await account.api('POST', '/contact_tags', { name: 'Kept' })).body.tag_id];
    const before = await person(2);
    await account.api('PUT', `/contacts/${before.contact_id}`, {
      update_source: 'Account',
      first_name: 'By hand',
      company_name: 'Company 2',
      job_title: 'Set by hand',
      birthday_month: 4,
      birthday_day: 30,
      taggings: [tag],
      notes: [{ content: 'A note' }],
      phone_numbers: [...before.phone_numbers, { kind: 'mobile', phone_number: '555-9999' }],
      email_address: { address: address(2), permission_to_send: 'explicit' },
    });
    const kept = await person(2);
    await replace([
      line(0),
      line(1, { zip: '' }),
      line(2, { company: '', phone: '', city: '' }),
      line(3, { phone: ' ' }),
      ...people(4, 12).map((index) => line(index)),
      // Never sent by this export: what the account holds of it is not ours to clear.
      line(12, { company: '' }),
    ]);
    const planned = await plan();
    expect(planned).toMatchObject({ groups: { clearing: 2, new: 1 }, requests: { clearing: 4 }, clearingNotKnown: 0 });
    const { rows } = await engine.call('exports.getPlanRows', {
      exportId: saved.definition.exportId,
      group: 'clearing',
      after: 0,
      limit: 10,
    });
    expect(rows.map(({ email, values }) => [email, values.map(({ field }) => field)])).toEqual([
      [address(2), ['company_name', 'phone', 'city']],
      [address(3), ['phone']],
    ]);
    const ended = await run();
    expect(ended.state).toBe('successful');
    expect(clearings(ended)).toEqual({ people: 2, cleared: 2, alreadyBlank: 0, leftAsIs: 0, refused: 0 });

    expect((await person(1)).street_addresses).toMatchObject([{ kind: 'home', city: 'Lyon', postal_code: '6901' }]);
    expect((await person(3)).phone_numbers).toEqual([]);
    expect(await person(3)).toMatchObject({ company_name: 'Company 3' });
    const after = await person(2);
    expect(after.company_name).toBeUndefined();
    expect(after.phone_numbers).toMatchObject([{ kind: 'mobile', phone_number: '555-9999' }]);
    expect(after.street_addresses).toMatchObject([{ kind: 'home', postal_code: '6902' }]);
    expect(after.street_addresses[0].city).toBeUndefined();
    // The import itself put the first name back; everything else is as it was.
    expect(after).toMatchObject({
      first_name: 'Name 2',
      job_title: 'Set by hand',
      birthday_month: 4,
      birthday_day: 30,
      list_memberships: kept.list_memberships,
      taggings: kept.taggings,
      notes: kept.notes,
      email_address: { permission_to_send: 'explicit' },
    });
    // What is cleared is not cleared again, until it has been sent again.
    expect(await plan()).toMatchObject({ groups: { clearing: 0 } });
    expect(clearings(await run())).toMatchObject({ people: 0 });
  },
);

test('choosing to clear later clears what was sent before, of people who are otherwise unchanged too', async () => {
  const keeping = clearing.map(({ field, columnIndex }) => ({ field, columnIndex }));
  await save([line(0), line(1), line(2)], 'changes-only', keeping);
  await run();
  await replace([line(0, { company: '' }), line(1), line(2, { city: '' })]);
  await run();
  expect(await person(0)).toMatchObject({ company_name: 'Company 0' });
  await change('changes-only', clearing);
  expect(await plan()).toMatchObject({ groups: { unchanged: 3, clearing: 2 }, toSend: 0 });
  const ended = await run();
  expect(ended).toMatchObject({ state: 'successful', balance: { unchanged: 3, accepted: 0 } });
  expect(clearings(ended)).toMatchObject({ people: 2, cleared: 2 });
  expect((await person(0)).company_name).toBeUndefined();
  expect((await person(2)).street_addresses).toMatchObject([{ kind: 'home', postal_code: '6902' }]);
});

test('a cell that holds something which cannot be sent is not blank, nor is one that another row fills', async () => {
  await save([line(0), line(1), line(2)], 'add-and-update');
  await run();
  await replace([
    line(0, { company: 'x'.repeat(51) }),
    line(1, { company: 'First of two' }),
    line(1, { company: '' }),
    line(2, { company: '\u00a0\u200b' }),
  ]);
  expect(await plan()).toMatchObject({ groups: { clearing: 1 } });
  expect(clearings(await run())).toMatchObject({ people: 1, cleared: 1 });
  expect(await person(0)).toMatchObject({ company_name: 'Company 0' });
  expect(await person(1)).toMatchObject({ company_name: 'First of two' });
  expect((await person(2)).company_name).toBeUndefined();
});

test('a service in trouble while fields are cleared is waited for', async () => {
  await save(
    people(0, 6).map((index) => line(index)),
    'changes-only',
  );
  await run();
  await replace(people(0, 6).map((index) => line(index, { company: '' })));
  await faults({ method: 'GET', path: '/v3/contacts', times: 1, fault: { kind: 'status', status: 503 } });
  await faults({ method: 'PUT', path: '/v3/contacts/*', fault: { kind: 'throttled' } });
  const ended = await run();
  expect(ended.state).toBe('successful');
  expect(clearings(ended)).toMatchObject({ people: 6, cleared: 6 });
});

test('one person alone is cleared as in a run of all', async () => {
  await save([line(0), line(1)], 'changes-only');
  await run();
  await replace([line(0, { phone: '' }), line(1, { phone: '' })]);
  const { exportId } = saved.definition;
  const { runId } = await engine.call('exports.runForOne', { exportId, email: address(1), agreedToMail: true });
  expect(clearings(await engine.ended(runId))).toMatchObject({ people: 1, cleared: 1 });
  expect((await person(0)).phone_numbers).toHaveLength(1);
  expect((await person(1)).phone_numbers).toEqual([]);
});
