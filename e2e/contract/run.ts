import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Api } from './api.ts';
import { documentedCases } from './cases/documented.ts';
import { prepare } from './fixtures.ts';
import { practiceCases, runPracticeCases } from './practice/groups.ts';
import { startPractice } from './practice-process.ts';
import { lineOf, type Result, runCases } from './runner.ts';
import { World } from './world.ts';

const usage = `Usage: npm run contract [-- --list | --verbose | --only WORDS | --report FILE]
Holds an account against constant-contact-v3.md: the practice account, or with SEGUE_API_URL and SEGUE_ACCESS_TOKEN
the one at that address, whose documented facts are tried with lists and contacts made for it and removed again.`;

/** Just under three requests a second, with room for what the network does to them on their way. */
const foreignSpacing = 375;

interface Run {
  readonly results: Result[];
  /** What could not be removed again. */
  readonly left: readonly string[];
}

const stop = new AbortController();

async function foreignRun(
  apiUrl: string,
  token: string,
  only: RegExp,
  onResult: (result: Result) => void,
): Promise<Run> {
  const api = new Api({ apiUrl, token, spacing: foreignSpacing });
  const world = new World({ api, patience: 180_000, delay: 20_000, looks: [1_500, 8_000], signal: stop.signal });
  const cases = documentedCases.filter(({ fact }) => only.test(fact));
  const isWhole = cases.length === documentedCases.length;
  const [results] = await Promise.all([
    runCases(cases, world, { atOnce: 8, signal: stop.signal, onResult }),
    isWhole ? prepare(world) : undefined,
  ]);
  return { results, left: await world.leave() };
}

async function practiceRun(only: RegExp, onResult: (result: Result) => void): Promise<Run> {
  const practice = await startPractice(['--full-speed']);
  try {
    const api = new Api({ apiUrl: practice.apiUrl, token: await practice.signIn(), spacing: 0 });
    const world = new World({ api, patience: 20_000, delay: 3_000, looks: [10, 100], signal: stop.signal });
    const cases = documentedCases.filter(({ fact }) => only.test(fact));
    const results = await runCases(cases, world, { atOnce: 8, signal: stop.signal, onResult });
    const left = await world.leave();
    return { results: [...results, ...(await runPracticeCases(only, { signal: stop.signal, onResult }))], left };
  } finally {
    await practice.stop();
  }
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      list: { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
      only: { type: 'string', default: '' },
      report: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const { SEGUE_API_URL: apiUrl = '', SEGUE_ACCESS_TOKEN: token = '' } = process.env;
  const isForeign = apiUrl !== '' && token !== '';
  if (values.help || (!isForeign && token + apiUrl !== '')) {
    process.stderr.write(values.help ? `${usage}\n` : `Set both SEGUE_API_URL and SEGUE_ACCESS_TOKEN.\n${usage}\n`);
    return values.help ? 0 : 64;
  }
  const only = new RegExp(values.only, 'i');
  if (values.list) {
    const all = isForeign ? documentedCases : [...documentedCases, ...practiceCases];
    const found = all.filter(({ fact }) => only.test(fact));
    for (const { section, mark, fact } of found) process.stdout.write(`${section} ${mark} ${fact}\n`);
    process.stdout.write(`${found.length} cases\n`);
    return 0;
  }
  const isTalkative = values.verbose || process.stdout.isTTY === true;
  const onResult = (result: Result) => {
    if (result.outcome === 'failed' || isTalkative) process.stdout.write(`${lineOf(result)}\n`);
  };
  const began = performance.now();
  const { results, left } = isForeign
    ? await foreignRun(apiUrl, token, only, onResult)
    : await practiceRun(only, onResult);
  const failed = results.filter(({ outcome }) => outcome === 'failed').length;
  const absent = results.filter(({ outcome }) => outcome === 'not offered').length;
  for (const each of left) process.stdout.write(`Could not be removed again: ${each}\n`);
  if (values.report !== undefined) {
    const skipped = results.flatMap(({ outcome, fact, reason }) =>
      outcome === 'not offered' ? [{ name: fact, reason }] : [],
    );
    mkdirSync(path.dirname(values.report), { recursive: true });
    writeFileSync(values.report, JSON.stringify({ passed: results.length - failed - absent, failed, skipped }));
  }
  const seconds = ((performance.now() - began) / 1_000).toFixed(1);
  process.stdout.write(`${results.length} cases\n${failed} failed, ${absent} not offered there, ${seconds} s\n`);
  if (stop.signal.aborted) return 130;
  return failed === 0 && left.length === 0 && results.length > 0 ? 0 : 1;
}

let stoppedAt = Number.POSITIVE_INFINITY;
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    // The launcher passes on what the whole group may have heard already; who insists later wants no tidying up.
    if (performance.now() - stoppedAt > 3_000) process.exit(130);
    stoppedAt = Math.min(stoppedAt, performance.now());
    stop.abort();
  });
}
main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    const isUsage = (error as { code?: string } | null)?.code?.startsWith('ERR_PARSE_ARGS') === true;
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${isUsage ? `${usage}\n` : ''}`);
    process.exit(isUsage ? 64 : 1);
  },
);
