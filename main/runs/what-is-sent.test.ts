import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunView } from '../../preload/contract/views.ts';
import { TestAccount } from '../practice/test-support/test-account.ts';
import { DrivenEngine } from '../test-support/driven-engine.ts';
import { plainPorts } from '../test-support/plain-ports.ts';
import { recordingRelay } from '../test-support/recording-relay.ts';

// What goes over the wire, whole: of a library with two segments one is exported, with two of its four columns.

let account: TestAccount;
let relay: Awaited<ReturnType<typeof recordingRelay>>;
let engine: DrivenEngine;
let run: RunView;

const people = (segment: string, count: number) => {
  const lines = Array.from(
    { length: count },
    (_, n) => `${segment}-id-${n},${segment}${n}@example.com,${segment} first ${n},${segment}-secret-${n}\n`,
  );
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'segue-sent-')), `${segment}.csv`);
  writeFileSync(file, `CustomerId,Email,First name,Churn score\n${lines.join('')}`);
  return file;
};

beforeAll(async () => {
  account = await TestAccount.start({ seed: false });
  relay = await recordingRelay(account.account.apiUrl);
  engine = await DrivenEngine.open(
    plainPorts({ env: { SEGUE_API_URL: relay.url, SEGUE_AUTH_URL: account.account.authUrl } }),
  );
  await engine.addFile(people('stays', 20));
  const { definition, segment } = await engine.saveExport(people('goes', 30));
  await engine.call('exports.save', {
    exportId: definition.exportId,
    name: definition.name,
    connectionId: definition.connectionId ?? '',
    list: definition.list,
    segments: [
      {
        segmentId: segment.segmentId,
        fieldMap: [
          { field: 'email', columnIndex: 1 },
          { field: 'first_name', columnIndex: 2 },
        ],
      },
    ],
  });
  const { runId } = await engine.run(definition.exportId);
  run = await engine.ended(runId);
});
afterAll(async () => {
  await engine.stop();
  await relay.close();
  await account.stop();
  expect(engine.surprises).toEqual([]);
});

const sent = () => relay.requests.map(({ path, body }) => `${path}\n${body}`).join('\n');
const imported = () => relay.requests.find(({ path }) => path.endsWith('/contacts_file_import'))?.body ?? '';

test('F47 the people of the chosen segments are sent, one line each, and nobody else of the library', () => {
  expect(run).toMatchObject({ state: 'successful', balance: { rowsRead: 30, accepted: 30 } });
  const addresses = [...imported().matchAll(/^([a-z]+\d+@example\.com),/gm)].map(([, address]) => address);
  expect(addresses.sort()).toEqual(Array.from({ length: 30 }, (_, n) => `goes${n}@example.com`).sort());
  expect(sent()).not.toContain('stays');
});

test('F49 only columns of the file that were matched are sent', () => {
  expect(imported()).toContain('\r\nemail,first_name\r\n');
  expect(imported()).toContain('goes7@example.com,goes first 7\r\n');
  for (const left of ['goes-id-', 'goes-secret-', 'CustomerId', 'Churn']) expect(sent()).not.toContain(left);
});
