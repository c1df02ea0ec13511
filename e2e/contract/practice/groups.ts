import type { Case } from '../case.ts';
import { startPractice } from '../practice-process.ts';
import { type Result, type RunOptions, runCases } from '../runner.ts';
import { Bench, minute } from './bench.ts';
import { bulk } from './bulk.ts';
import { caps } from './caps.ts';
import { faults } from './faults.ts';
import { limits } from './limits.ts';
import { resources } from './resources.ts';
import { signIn } from './sign-in.ts';

/** Cases that share a practice account. */
interface Group {
  readonly args: readonly string[];
  readonly cases: readonly Case<Bench>[];
  /** 1 where cases turn what others would feel. */
  readonly atOnce: number;
  /** Brings the account back to where each case expects it. */
  readonly reset?: (bench: Bench) => Promise<unknown>;
}

const groups: readonly Group[] = [
  { args: ['--full-speed'], cases: [...resources, ...bulk], atOnce: 4 },
  { args: ['--full-speed'], cases: signIn, atOnce: 1 },
  { args: ['--full-speed'], cases: faults, atOnce: 1, reset: (bench) => bench.clearFaults() },
  { args: ['--full-speed', '--empty'], cases: caps, atOnce: 1 },
  {
    args: ['--empty'],
    cases: limits,
    atOnce: 1,
    reset: async (bench) => {
      // Past every window and bucket of the case before.
      await bench.later(minute);
      await bench.settings({ requestsPerSecond: 4 });
    },
  },
];

/** What holds of the practice account alone: seen, inferred and simulated facts, limits, and faults on demand. */
export const practiceCases: readonly Case<Bench>[] = groups.flatMap(({ cases }) => cases);

/** Runs the practice account's own cases, each group on an account in a process of its own. */
export async function runPracticeCases(only: RegExp, options: Omit<RunOptions, 'atOnce'>): Promise<Result[]> {
  const results: Result[] = [];
  for (const group of groups) {
    const cases = group.cases.filter(({ fact }) => only.test(fact));
    if (cases.length === 0 || options.signal?.aborted === true) continue;
    results.push(...(await runGroup({ ...group, cases }, options)));
  }
  return results;
}

async function runGroup({ args, cases, atOnce, reset }: Group, options: Omit<RunOptions, 'atOnce'>): Promise<Result[]> {
  const practice = await startPractice(args);
  try {
    const bench = new Bench(practice, await practice.signIn());
    const resetting = cases.map((one) => ({
      ...one,
      run: async (at: Bench) => {
        await reset?.(at);
        await one.run(at);
      },
    }));
    return await runCases(resetting, bench, { ...options, atOnce });
  } finally {
    await practice.stop();
  }
}
