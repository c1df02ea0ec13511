import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { RunView } from '../../../preload/contract/views.ts';
import { TestAccount } from '../../practice/test-support/test-account.ts';
import { countLedger } from '../../store/ledger.ts';
import { connectStore } from '../../store/open-store.ts';
import { DrivenEngine } from '../../test-support/driven-engine.ts';
import { openKeychain, plainPorts, temporaryProfile } from '../../test-support/plain-ports.ts';

// A mirror that takes people off, reads the list before and after, and is killed on the way, again and again.

const child = path.join(import.meta.dirname, '..', '..', 'test-support', 'engine-child.ts');
const people = 6_000;
const staying = 2_000;
const kills = 6;

test(`a mirror killed ${kills} times takes everybody off once, and nobody else; undoing it puts them back`, {
  timeout: 120_000,
}, async () => {
  const account = await TestAccount.start({ seed: false });
  const env = {
    SEGUE_API_URL: account.account.apiUrl,
    SEGUE_AUTH_URL: account.account.authUrl,
    SEGUE_PRACTICE_PACE: 'full-speed',
  };
  const userData = temporaryProfile();
  const key = randomBytes(32);
  const ports = plainPorts({ userData, secrets: openKeychain(key), env });
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'segue-mirror-')), 'people.csv');
  const write = (from: number, to: number) => {
    const lines = Array.from({ length: to - from }, (_, index) => `person-${from + index}@example.com\n`);
    writeFileSync(file, `Email\n${lines.join('')}`);
  };
  write(0, people);
  const engine = await DrivenEngine.open(ports);
  const { list, definition } = await engine.saveExport(file);
  const { exportId, name, connectionId, segments } = definition;
  if (connectionId === null) throw new Error('There is no connection');
  const members = async () =>
    (await account.api('GET', `/contact_lists/${list.listId}?include_membership_count=all`)).body.membership_count;
  await engine.ended((await engine.run(exportId)).runId);
  expect(await members()).toBe(people);

  // Two thirds leave, and a hundred come.
  await engine.call('exports.save', {
    exportId,
    name,
    connectionId,
    list: { listId: list.listId, name: list.name },
    segments,
    mode: 'mirror',
    readBack: true,
    leaverLimitPercent: 100,
  });
  write(people - staying, people + 100);
  const read = engine.eventually('segment.changed', (view) =>
    view.state === 'ready' && view.rowCount === staying + 100 ? view : undefined,
  );
  await engine.call('segments.readAgain', { segmentId: segments[0]?.segmentId ?? '' });
  await read;
  await engine.stop();

  const start = (wish: 'run' | 'continue') =>
    spawn(process.execPath, [child, userData, key.toString('hex'), wish], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  const store = connectStore(path.join(userData, 'segue.sqlite'));
  const mirror = () =>
    store.prepare("SELECT run_id AS runId, state FROM export_run WHERE mode = 'mirror'").all() as {
      runId: string;
      state: string;
    }[];
  for (let killed = 0; killed < kills; killed += 1) {
    // Removals that dawdle leave more of the run to be killed in.
    const dawdle = { activity: 'remove_memberships', times: 1_000, plan: { outcome: 'late', atPercent: 50 } };
    await account.bench('faults', { faults: [dawdle] });
    const engineProcess = start(killed === 0 ? 'run' : 'continue');
    const exited = once(engineProcess, 'exit');
    await Promise.race([once(engineProcess.stdout, 'data'), exited]);
    await Promise.race([pause(100 + killed * 150), exited]);
    if (engineProcess.exitCode === null) engineProcess.kill('SIGKILL');
    await exited;
    await account.fetch('/_practice/faults', { method: 'DELETE', headers: { 'content-type': 'application/json' } });
  }
  let last: { run: RunView; surprises: string[] };
  do {
    const lines = (await text(start('continue').stdout)).trim().split('\n');
    last = JSON.parse(lines.at(-1) ?? '');
    expect(last.surprises).toEqual([]);
  } while (last.run.canContinue);
  expect(mirror()).toEqual([{ runId: last.run.runId, state: 'successful' }]);
  expect(last.run.account).toMatchObject({
    membersBefore: people,
    leavers: people - staying,
    removed: people - staying,
    readBack: { state: 'done', onList: staying + 100, missing: 0 },
    undo: { takeOff: 100, putBack: people - staying },
  });
  expect(await members()).toBe(staying + 100);
  expect(countLedger(store, exportId)).toBe(staying + 100);

  const again = await DrivenEngine.open(ports);
  const undone = await again.ended((await again.call('runs.undo', { runId: last.run.runId })).runId);
  expect(undone).toMatchObject({ state: 'successful', balance: { accepted: people - staying + 100, unknown: 0 } });
  expect(again.surprises).toEqual([]);
  await again.stop();
  expect(await members()).toBe(people);
  expect(countLedger(store, exportId)).toBe(people);
  store.close();
  await account.stop();
});
