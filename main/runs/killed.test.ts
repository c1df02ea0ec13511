import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { RunView } from '../../preload/contract/views.ts';
import { TestAccount } from '../practice/test-support/test-account.ts';
import { countLedger } from '../store/ledger.ts';
import { connectStore } from '../store/open-store.ts';
import { DrivenEngine } from '../test-support/driven-engine.ts';
import { openKeychain, plainPorts, temporaryProfile } from '../test-support/plain-ports.ts';

// The short form of the crash suite: the engine's process is killed at random moments of one run, and continued.

const child = path.join(import.meta.dirname, '..', 'test-support', 'engine-child.ts');
const kills = 10;
const people = 60_000;
const seed = Number(process.env.SEGUE_SEED ?? 1);

/** Numbers in [0, 1) that a seed repeats (mulberry32). */
function randomOf(start: number): () => number {
  let state = start;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

test(`killed ${kills} times at random (seed ${seed}): nobody lost, nobody unknown, every batch accounted for`, {
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
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'segue-killed-')), 'people.csv');
  const lines = Array.from({ length: people }, (_, index) => `person-${index}@example.com\n`);
  writeFileSync(file, `Email\n${lines.join('')}`);
  const engine = await DrivenEngine.open(plainPorts({ userData, secrets: openKeychain(key), env }));
  const { list, definition } = await engine.saveExport(file);
  await engine.stop();

  const start = (wish: 'run' | 'continue') =>
    spawn(process.execPath, [child, userData, key.toString('hex'), wish], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  const random = randomOf(seed);
  for (let killed = 0; killed < kills; ) {
    // Activities that dawdle leave more of a run to be killed in.
    const dawdle = { activity: 'file_import', times: 1_000, plan: { outcome: 'late', atPercent: 50 } };
    await account.bench('faults', { faults: [dawdle] });
    const engineProcess = start('run');
    const exited = once(engineProcess, 'exit');
    await Promise.race([once(engineProcess.stdout, 'data'), exited]);
    await Promise.race([pause(random() * 900), exited]);
    if (engineProcess.exitCode === null && engineProcess.kill('SIGKILL')) killed += 1;
    await exited;
    await account.fetch('/_practice/faults', { method: 'DELETE', headers: { 'content-type': 'application/json' } });
  }

  const store = connectStore(path.join(userData, 'segue.sqlite'));
  const journal = store.prepare('SELECT run_id AS runId, state, batches FROM export_run');
  let last: { run: RunView; surprises: string[] };
  do {
    const lines = (await text(start('continue').stdout)).trim().split('\n');
    last = JSON.parse(lines.at(-1) ?? '');
    expect(last.surprises).toEqual([]);
  } while (last.run.canContinue);
  const { run } = last;
  const runs = journal.all() as { runId: string; state: string; batches: number }[];
  expect(runs.map(({ state }) => state)).toEqual(runs.map(() => 'successful'));
  expect(run.balance).toMatchObject({ rowsRead: people, accepted: people, unknown: 0, notSent: 0, refused: 0 });
  const kept = await account.api('GET', `/contact_lists/${list.listId}?include_membership_count=all`);
  expect(kept.body.membership_count).toBe(people);
  expect(countLedger(store, definition.exportId)).toBe(people);
  expect(readdirSync(path.join(userData, 'runs'))).toEqual([]);

  // A name stands for one request: none was sent twice under the same, and each batch arrived at least once.
  const { body } = await account.api('GET', '/activities?limit=500');
  const names: string[] = body.activities.map((activity: { source_file_name: string }) => activity.source_file_name);
  expect(new Set(names).size).toBe(names.length);
  const batches = runs.reduce((sum, { batches }) => sum + batches, 0);
  expect(new Set(names.map((name) => name.split('-').slice(0, -2).join('-'))).size).toBe(batches);
  process.stdout.write(`${kills} kills, ${runs.length} runs, ${names.length - batches} batches sent once more\n`);
  store.close();
  await account.stop();
});
