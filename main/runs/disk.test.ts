import { closeSync, mkdtempSync, openSync, readFileSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { TestAccount } from '../practice/test-support/test-account.ts';
import { countLedger } from '../store/ledger.ts';
import { DrivenEngine } from '../test-support/driven-engine.ts';
import { openKeychain, plainPorts, temporaryProfile } from '../test-support/plain-ports.ts';
import { closes } from './balance.ts';

// What becomes of a run when the database takes no more, or is damaged.

const people = 45_000;

let account: TestAccount;
let userData: string;
let file: string;

beforeEach(async () => {
  account = await TestAccount.start({ seed: false });
  userData = temporaryProfile();
  file = path.join(mkdtempSync(path.join(tmpdir(), 'segue-disk-')), 'people.csv');
  writeFileSync(file, `Email\n${Array.from({ length: people }, (_, index) => `p${index}@example.com\n`).join('')}`);
});

afterEach(() => account.stop());

const secrets = openKeychain();
function portsOf(fullDisk: boolean) {
  const env = { SEGUE_API_URL: account.account.apiUrl, SEGUE_AUTH_URL: account.account.authUrl };
  const ports = plainPorts({ userData, secrets, env });
  const runs = path.join(import.meta.dirname, 'test-support', 'full-disk-thread.ts');
  return fullDisk ? { ...ports, threads: { ...ports.threads, runs } } : ports;
}

const storeFile = () => path.join(userData, 'segue.sqlite');
const isSound = () => {
  const store = new Database(storeFile());
  const answer = store.pragma('integrity_check', { simple: true });
  store.close();
  return answer === 'ok';
};

test('a full disk stops the run and says so; with room again, it is continued and nothing is sent twice', async () => {
  let engine = await DrivenEngine.open(portsOf(true));
  const { definition, list } = await engine.saveExport(file);
  const stopped = await engine.ended((await engine.run(definition.exportId)).runId);
  expect(stopped).toMatchObject({ state: 'interrupted', canContinue: true, error: { code: 'disk.full' } });
  expect(closes(stopped.balance)).toBe(true);
  await engine.stop();
  expect(isSound()).toBe(true);

  engine = await DrivenEngine.open(portsOf(false));
  await engine.call('runs.continue', { runId: stopped.runId });
  const run = await engine.ended(stopped.runId);
  expect(run).toMatchObject({ state: 'successful', balance: { accepted: people, unknown: 0 } });
  const kept = await account.api('GET', `/contact_lists/${list.listId}?include_membership_count=all`);
  expect(kept.body.membership_count).toBe(people);
  const { body } = await account.api('GET', '/activities?limit=500');
  const names = body.activities.map(({ source_file_name }: { source_file_name?: string }) => source_file_name);
  expect(names.filter((name?: string) => name?.startsWith(`segue-${run.runId}-`))).toHaveLength(3);
  expect(engine.surprises).toEqual([]);
  await engine.stop();
});

test('a damaged page stops the run and says so; what is on the disk is left as it is', async () => {
  let engine = await DrivenEngine.open(portsOf(false));
  const { definition } = await engine.saveExport(file);
  await engine.ended((await engine.run(definition.exportId)).runId);
  await engine.stop();
  damageLedger();
  const before = readFileSync(storeFile()).subarray(100, 4_096);

  engine = await DrivenEngine.open(portsOf(false));
  const run = await engine.ended((await engine.run(definition.exportId)).runId);
  expect(run).toMatchObject({ state: 'failed', error: { code: 'store.damaged' } });
  expect(closes(run.balance)).toBe(true);
  // The rest goes on: what the window shows is still there.
  const { exports, runs } = await engine.call('app.getSnapshot', {});
  expect(exports).toHaveLength(1);
  expect(runs.map(({ state }) => state).sort()).toEqual(['failed', 'successful']);
  await engine.stop();
  expect(readFileSync(storeFile()).subarray(100, 4_096)).toEqual(before);
});

/** Overwrites pages in the middle of the ledger, as a failing disk does. */
function damageLedger(): void {
  const store = new Database(storeFile());
  const pageSize = Number(store.pragma('page_size', { simple: true }));
  const pages = store
    .prepare<[], number>("SELECT pageno FROM dbstat WHERE name = 'ledger' AND pagetype = 'leaf' ORDER BY path")
    .pluck()
    .all();
  store.pragma('wal_checkpoint(TRUNCATE)');
  store.close();
  expect(pages.length).toBeGreaterThan(20);
  const handle = openSync(storeFile(), 'r+');
  for (const page of pages.slice(5, 15))
    writeSync(handle, Buffer.alloc(pageSize, 0xa5), 0, pageSize, (page - 1) * pageSize);
  closeSync(handle);
  expect(statSync(storeFile()).size).toBeGreaterThan(pageSize);
}

test('the ledger is what such a run leaves behind: whole batches, or none of them', async () => {
  const engine = await DrivenEngine.open(portsOf(true));
  const { definition } = await engine.saveExport(file);
  const stopped = await engine.ended((await engine.run(definition.exportId)).runId);
  await engine.stop();
  const store = new Database(storeFile());
  expect(countLedger(store, definition.exportId)).toBe(stopped.balance.accepted);
  store.close();
});
