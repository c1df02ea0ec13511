// Plays the main job through the real interface, from the first launch to the balance of rows, on a profile of its own:
// node build/demo/demo.ts [--rows N] [--lang fr] [--real-pace] [--pictures DIR]
// The launcher has installed and built everything and set ELECTRON_OVERRIDE_DIST_PATH where the stand-in is used.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { projectRoot } from '../../e2e/fixtures/segue-app.ts';
import { generateSampleSegment } from '../../main/segments/generate-sample.ts';
import { createNarrator, written } from './narrator.ts';
import { type DemoOptions, demoUsage, readDemoOptions } from './options.ts';
import { playMainJob, type Stage } from './play.ts';
import { type Outcome, shortcomings } from './verdict.ts';

const cacheFolder = path.join(projectRoot, '.cache');

async function demo(options: DemoOptions): Promise<number> {
  const narrator = createNarrator(process.stdout, Date.now);
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'segue-demo-'));
  // Whatever ends this process, nothing of the demo stays but its pictures.
  process.on('exit', () => rmSync(scratch, { recursive: true, force: true, maxRetries: 5 }));
  const stage = endOnSignals();
  rmSync(options.pictures, { recursive: true, force: true });
  mkdirSync(options.pictures, { recursive: true });

  let file = path.join(projectRoot, 'e2e', 'fixtures', 'sample-segment.csv');
  if (options.rows !== null) {
    file = path.join(scratch, 'generated-segment.csv');
    await generateSampleSegment(file, options.rows);
    narrator.step(`Generated a segment of ${written(options.rows)} rows`);
  }
  const outcome: Outcome = await playMainJob({
    ...options,
    file,
    profile: path.join(scratch, 'profile'),
    narrator,
    stage,
  });
  const faults = shortcomings(outcome);
  if (faults.length === 0) {
    narrator.step(
      `The practice account holds exactly the ${written(outcome.landed.members)} valid distinct addresses of the file`,
    );
  }
  for (const fault of faults) narrator.step(`WRONG: ${fault}`);
  narrator.step(`Pictures of each screen: ${path.relative(process.cwd(), options.pictures) || '.'}`);
  process.stdout.write(`BALANCE ${JSON.stringify(outcome.balance)}\n`);
  return faults.length === 0 ? 0 : 1;
}

/** On Ctrl-C everything that was opened is closed before this process ends. */
function endOnSignals(): Stage {
  const open = new Set<() => Promise<unknown>>();
  const end = () => {
    void Promise.allSettled([...open].map((close) => close())).then(() => process.exit(130));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end);
  return {
    opened: (close) => open.add(close),
    closed: (close) => open.delete(close),
  };
}

async function main(): Promise<void> {
  try {
    const options = readDemoOptions(process.argv.slice(2), process.env.INIT_CWD ?? process.cwd(), cacheFolder);
    process.exitCode = await demo(options);
  } catch (error) {
    const isUsage = error instanceof Error && (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS');
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    if (isUsage || (error instanceof Error && error.message.startsWith('--'))) {
      process.stderr.write(`${demoUsage}\n`);
      process.exitCode = 64;
    } else process.exitCode = 1;
  }
}

void main();
