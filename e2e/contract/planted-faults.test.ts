import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { Api } from './api.ts';
import { documentedCases } from './cases/documented.ts';
import { type PracticeProcess, startPractice } from './practice-process.ts';
import { runCases } from './runner.ts';
import { faults } from './test-support/faults.ts';
import { startTwistingProxy, type TwistingProxy } from './test-support/twisting-proxy.ts';
import { variants } from './test-support/variants.ts';
import { World } from './world.ts';

let practice: PracticeProcess;
let proxy: TwistingProxy;
let token: string;

beforeAll(async () => {
  practice = await startPractice(['--full-speed']);
  token = await practice.signIn();
  proxy = await startTwistingProxy(practice.apiUrl);
});
afterEach(() => proxy.twist());
afterAll(async () => {
  await proxy.close();
  await practice.stop();
});

/** Runs the documented facts whose words fit; answers those that failed. */
async function failing(only: RegExp): Promise<string[]> {
  const api = new Api({ apiUrl: proxy.apiUrl, token, spacing: 0 });
  const world = new World({ api, patience: 1_500, delay: 150, looks: [5, 50] });
  const cases = documentedCases.filter(({ fact }) => only.test(fact));
  expect(cases.length).toBeGreaterThan(0);
  const results = await runCases(cases, world, { atOnce: 8 });
  proxy.twist();
  await world.leave();
  return results.flatMap(({ outcome, fact, reason }) => (outcome === 'failed' ? [`${fact}: ${reason}`] : []));
}

it('leaves the account as it was', async () => {
  const held = async () => {
    const { contacts, lists } = (await practice.bench('summary', undefined, 'GET')) as Record<string, unknown>;
    return { contacts, lists };
  };
  const before = await held();
  expect(await failing(/./)).toEqual([]);
  await expect.poll(held).toEqual(before);
});

it.each(Object.entries(variants))('an account is right too that has %s', async (_what, makeTwist) => {
  proxy.twist(makeTwist());
  expect(await failing(/./)).toEqual([]);
});

it.each(faults.map((fault) => [fault.what, fault] as const))('notices: %s', async (_what, { twist, facts }) => {
  proxy.twist(twist());
  const failed = await failing(facts);
  const expected = documentedCases.filter(({ fact }) => facts.test(fact));
  expect(failed.map((words) => words.slice(0, words.indexOf(': ')))).toHaveLength(expected.length);
});
