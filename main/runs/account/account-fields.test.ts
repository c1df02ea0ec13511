import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CustomFieldView, FieldMap, NewFieldType } from '../../../preload/contract/views.ts';
import { TestAccount } from '../../practice/test-support/test-account.ts';
import { DrivenEngine, type SavedExport } from '../../test-support/driven-engine.ts';
import { type PlainPorts, plainPorts } from '../../test-support/plain-ports.ts';

// Custom fields over real HTTP: listed, made, filled, and missed when they are gone.

let folder: string;
let account: TestAccount;
let ports: PlainPorts;
let engine: DrivenEngine;
let saved: SavedExport;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'segue-fields-'));
  account = await TestAccount.start({ seed: false });
  ports = plainPorts({ env: { SEGUE_API_URL: account.account.apiUrl, SEGUE_AUTH_URL: account.account.authUrl } });
  engine = await DrivenEngine.open(ports);
});

afterEach(async () => {
  await engine.stop();
  await account.stop();
  expect(engine.surprises).toEqual([]);
  rmSync(ports.paths.userData, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
});

async function save(rows: readonly string[]): Promise<void> {
  const file = path.join(folder, 'clients.csv');
  writeFileSync(file, `${['Email,Level,Since,Points', ...rows].join('\r\n')}\r\n`);
  saved = await engine.saveExport(file);
}

async function replaceLines(rows: readonly string[]): Promise<void> {
  writeFileSync(path.join(folder, 'clients.csv'), `${['Email,Level,Since,Points', ...rows].join('\r\n')}\r\n`);
  const { segmentId } = saved.segment;
  const ready = engine.eventually('segment.changed', (view) =>
    view.segmentId === segmentId && view.state === 'ready' ? view : undefined,
  );
  await engine.call('segments.readAgain', { segmentId });
  await ready;
}

const make = (label: string, type: NewFieldType): Promise<CustomFieldView> =>
  engine.call('fields.create', { connectionId: saved.connection.connectionId, label, type });

async function match(matches: FieldMap): Promise<void> {
  const { exportId, name, connectionId, list } = saved.definition;
  if (connectionId === null) throw new Error('The export has no connection');
  const fieldMap = [{ field: 'email', columnIndex: 0 }, ...matches];
  const segments = [{ segmentId: saved.segment.segmentId, fieldMap }];
  await engine.call('exports.save', { exportId, name, connectionId, list, segments });
}

const run = async () => engine.ended((await engine.run(saved.definition.exportId)).runId);

/** The custom values of a person, by the fields' ids. */
async function valuesOf(address: string): Promise<Record<string, string>> {
  account.carry((await account.signIn()).access_token);
  const { body } = await account.api('GET', `/contacts?email=${address}&include=custom_fields`);
  const { contacts } = body as { contacts: { custom_fields: { custom_field_id: string; value: string }[] }[] };
  return Object.fromEntries((contacts[0]?.custom_fields ?? []).map((one) => [one.custom_field_id, one.value]));
}

test('fields that are made are listed and filled as their kind wants it, whatever the match says of it', async () => {
  await save(['ann@example.com,gold,17/05/2019,"1 234,5"', 'bo@example.com,,05/06/2020,7']);
  const [level, since, points] = [
    await make('Level', 'text'),
    await make('Since', 'date'),
    await make('Points', 'number'),
  ];
  expect([level, since, points].map(({ field, valueType }) => [field, valueType])).toEqual([
    ['cf:level', 'text'],
    ['cf:since', 'date'],
    ['cf:points', 'number'],
  ]);
  const { connectionId } = saved.connection;
  expect((await engine.call('fields.list', { connectionId })).map(({ label }) => label)).toEqual([
    'Level',
    'Points',
    'Since',
  ]);
  await match([
    { field: 'cf:level', columnIndex: 1 },
    { field: 'CF:SINCE'.toLowerCase(), columnIndex: 2 },
    { field: 'cf:points', columnIndex: 3, valueType: 'text' },
  ]);
  expect(await run()).toMatchObject({ state: 'successful', balance: { accepted: 2 } });
  expect(await valuesOf('ann@example.com')).toEqual({
    [level.fieldId]: 'gold',
    [since.fieldId]: '2019-05-17',
    [points.fieldId]: '1234.5',
  });
  expect(await valuesOf('bo@example.com')).toEqual({ [since.fieldId]: '2020-06-05', [points.fieldId]: '7' });
});

test('a label that is in use, and a full account, are said', async () => {
  await save(['ann@example.com,gold,,']);
  await make('Level', 'text');
  await expect(make('level', 'text')).rejects.toMatchObject({ code: 'field.label-taken', params: { label: 'level' } });
  for (let n = 1; n < 100; n++) await make(`Field ${n}`, 'text');
  await expect(make('One more', 'text')).rejects.toMatchObject({ code: 'field.too-many', params: { count: 100 } });
});

test('a field that was deleted in the account stops a run before anything is sent', async () => {
  await save(['ann@example.com,gold,,']);
  const { fieldId } = await make('Level', 'text');
  await match([{ field: 'cf:level', columnIndex: 1 }]);
  account.carry((await account.signIn()).access_token);
  await account.api('DELETE', `/contact_custom_fields/${fieldId}`);
  await expect(engine.run(saved.definition.exportId)).rejects.toMatchObject({
    code: 'export.field-gone',
    params: { fields: 'level' },
  });
  expect((await engine.call('app.getSnapshot', {})).runs).toEqual([]);
});

test('dates that could be read in two ways stop a run until somebody says which', async () => {
  await save(['ann@example.com,,05/06/2020,', 'bo@example.com,,01/02/2020,']);
  const since = await make('Since', 'date');
  await match([{ field: 'cf:since', columnIndex: 2 }]);
  await expect(engine.run(saved.definition.exportId)).rejects.toMatchObject({
    code: 'export.date-order-unknown',
    params: { column: 'Since' },
  });
  await match([{ field: 'cf:since', columnIndex: 2, dateOrder: 'month-first' }]);
  expect(await run()).toMatchObject({ state: 'successful' });
  expect(await valuesOf('ann@example.com')).toEqual({ [since.fieldId]: '2020-05-06' });
});

test('the order that an earlier file proved counts where a later one does not say, until that proves another', async () => {
  await save(['ann@example.com,,25/12/2020,', 'bo@example.com,,01/02/2020,']);
  const since = await make('Since', 'date');
  await match([{ field: 'cf:since', columnIndex: 2 }]);
  expect(await run()).toMatchObject({ state: 'successful' });
  await replaceLines(['ann@example.com,,05/06/2020,', 'bo@example.com,,01/02/2020,']);
  const { segmentId } = saved.segment;
  expect((await engine.call('segments.getProfile', { segmentId })).columns[2]?.dates).toMatchObject({
    order: null,
    provedBefore: 'day-first',
  });
  const fieldMap = [
    { field: 'email', columnIndex: 0 },
    { field: 'cf:since', columnIndex: 2, valueType: 'date' as const },
  ];
  const { preview } = await engine.call('exports.check', { segments: [{ segmentId, fieldMap }], previewRows: 1 });
  expect(JSON.stringify(preview)).toContain('2020-06-05');
  expect(await run()).toMatchObject({ state: 'successful' });
  expect(await valuesOf('ann@example.com')).toEqual({ [since.fieldId]: '2020-06-05' });
  await replaceLines(['ann@example.com,,05/06/2020,', 'bo@example.com,,12/25/2020,']);
  expect(await run()).toMatchObject({ state: 'successful' });
  expect(await valuesOf('ann@example.com')).toEqual({ [since.fieldId]: '2020-05-06' });
});

test('a run that goes on looks first whether its fields are still there', async () => {
  await save(['ann@example.com,gold,,']);
  const { fieldId } = await make('Level', 'text');
  await match([{ field: 'cf:level', columnIndex: 1 }]);
  const refused = { method: 'POST', path: '/v3/activities/contacts_file_import' };
  await account.bench('faults', { faults: [{ ...refused, nth: 1, fault: { kind: 'status', status: 400, body: [] } }] });
  const stopped = await run();
  expect(stopped).toMatchObject({ canContinue: true, error: { code: 'remote.rejected' } });
  account.carry((await account.signIn()).access_token);
  await account.api('DELETE', `/contact_custom_fields/${fieldId}`);
  await engine.call('runs.continue', { runId: stopped.runId });
  const again = await engine.ended(stopped.runId);
  expect(again).toMatchObject({ canContinue: true, error: { code: 'export.field-gone' }, balance: { accepted: 0 } });
});
