import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { aimVariable } from '../../e2e/crash-suite/points/crash-points.ts';
import type { SegmentView } from '../../preload/contract/views.ts';
import { TestAccount } from '../practice/test-support/test-account.ts';
import { DrivenEngine } from '../test-support/driven-engine.ts';
import { type PlainPorts, plainPorts } from '../test-support/plain-ports.ts';
import { closes } from './balance.ts';

// The run thread dies, and nothing else does: the app goes on, says so, starts another, and that settles by looking.

const people = 45_000;

let account: TestAccount;
let ports: PlainPorts;
let engine: DrivenEngine;
let segment: SegmentView;
let connectionId: string;

beforeAll(async () => {
  account = await TestAccount.start({ seed: false });
  const env = { SEGUE_API_URL: account.account.apiUrl, SEGUE_AUTH_URL: account.account.authUrl };
  const plain = plainPorts({ env });
  const runs = path.resolve(import.meta.dirname, '..', '..', 'e2e', 'crash-suite', 'points', 'run-thread.ts');
  ports = { ...plain, threads: { ...plain.threads, runs } };
  engine = await DrivenEngine.open(ports);
  ({ connectionId } = await engine.connect());
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'segue-dies-')), 'people.csv');
  writeFileSync(file, `Email\n${Array.from({ length: people }, (_, index) => `p${index}@example.com\n`).join('')}`);
  segment = await engine.addFile(file);
});

afterEach(async () => {
  delete process.env[aimVariable];
  // A thread sees the environment as it was when it started: the next test needs one of its own.
  await engine.stop();
  engine = await DrivenEngine.open(ports);
});

afterAll(async () => {
  await engine.stop();
  await account.stop();
});

test.each([
  ['before savePlan', 1],
  ['after savePlan', 1],
  ['before markPosting', 2],
  ['after markPosting', 2],
  ['during postFileImport', 1],
  ['after postFileImport', 2],
  ['after markPosted', 3],
  ['after fetchActivities', 1],
  ['before markSettled', 2],
  ['after writeLedger', 1],
  ['after transaction', 3],
] as const)('%s, the %ith time: told, started anew, nothing sent twice', async (point, nth) => {
  const name = `${point} ${nth}`;
  const list = await engine.call('lists.create', { connectionId, name });
  const { exportId } = await engine.call('exports.save', {
    name,
    connectionId,
    list: { listId: list.listId, name: list.name },
    segments: [{ segmentId: segment.segmentId, fieldMap: segment.suggestedFieldMap }],
  });
  process.env[aimVariable] = JSON.stringify({ point, nth, what: 'thread' });
  const stopped = await engine.ended((await engine.run(exportId)).runId);
  expect(closes(stopped.balance)).toBe(true);
  delete process.env[aimVariable];
  // What is done is done, when the thread dies over the last of it.
  if (stopped.state !== 'successful') {
    expect(stopped).toMatchObject({ state: 'interrupted', canContinue: true, error: { code: 'run.worker-stopped' } });
    await engine.call('runs.continue', { runId: stopped.runId });
  }
  expect(await engine.ended(stopped.runId)).toMatchObject({
    state: 'successful',
    balance: { accepted: people, unknown: 0, notSent: 0 },
  });
  const kept = await account.api('GET', `/contact_lists/${list.listId}?include_membership_count=all`);
  expect(kept.body.membership_count).toBe(people);
  const { body } = await account.api('GET', '/activities?limit=500');
  const names = body.activities.map(({ source_file_name }: { source_file_name?: string }) => source_file_name);
  const own = names.filter((file?: string) => file?.startsWith(`segue-${stopped.runId}-`));
  expect(own).toHaveLength(3);
  expect(engine.surprises.map(String)).toEqual([expect.stringContaining('The thread dies')]);
  await engine.call('exports.remove', { exportId });
});
