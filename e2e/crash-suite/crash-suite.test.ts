import { expect, test } from 'vitest';
import { runCrashSuite } from './crash-suite.ts';

// The short form of `npm run crash-suite`: the engine from its sources, half of the kills at named points. Two batches'
// worth of rows, so that a run can be killed between batches.

const seed = Number(process.env.SEGUE_SEED ?? 5);

test(`killed 12 times (seed ${seed}): nobody lost, nobody unknown, nobody doubled`, { timeout: 240_000 }, async () => {
  const lines: string[] = [];
  const result = await runCrashSuite({
    kills: 12,
    rows: 25_000,
    seed,
    faults: false,
    built: false,
    tell: (line) => void lines.push(line),
  });
  const { lost, unknown, doubled, findings, kills } = result;
  expect({ lost, unknown, doubled, findings, kills }, lines.join('\n')).toEqual({
    lost: 0,
    unknown: 0,
    doubled: 0,
    findings: [],
    kills: 12,
  });
  expect([...result.killsAt.values()].reduce((sum, count) => sum + count, 0)).toBe(12);
});
