import { parseArgs } from 'node:util';
import { runCrashSuite, summaryOf } from './crash-suite.ts';

const usage = `Usage: npm run crash-suite -- [--kills 200] [--rows 100000] [--seed N] [--faults] [--quiet]
Kills the app again and again while it exports, continues it until it is done, and checks everything independently.
The last line counts. Exit code 0 when nothing was lost, unknown or doubled and nothing else was found.`;

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    rows: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    faults: { type: 'boolean', default: false },
    quiet: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const [kills, rows, seed] = [Number(values.kills), Number(values.rows), Number(values.seed)];
const isCount = (value: number) => Number.isSafeInteger(value) && value > 0;
if (values.help || !isCount(kills) || !isCount(rows) || !Number.isSafeInteger(seed)) {
  process.stderr.write(`${usage}\n`);
  process.exit(values.help ? 0 : 64);
}

const say = (line: string) => process.stdout.write(`${line}\n`);
const began = performance.now();
const repeat = `npm run crash-suite -- --kills ${kills} --rows ${rows} --seed ${seed}${values.faults ? ' --faults' : ''}`;
say(repeat);
const seconds = () => Math.round((performance.now() - began) / 1_000);
const tell = (line: string) => {
  if (!values.quiet) say(`${String(seconds()).padStart(4)} s  ${line}`);
};
const result = await runCrashSuite({ kills, rows, seed, faults: values.faults, built: true, tell });
say('');
for (const [at, count] of [...result.killsAt].toSorted(([a], [b]) => a.localeCompare(b))) say(`killed ${at}: ${count}`);
say(`${result.runs} runs of ${rows} rows in ${seconds()} s`);
for (const finding of result.findings) say(`found: ${finding}`);
const failed = result.lost + result.unknown + result.doubled + result.findings.length > 0;
if (failed) say(`seed ${seed} fails; to repeat it: ${repeat}`);
say(
  `${result.repeated} imports were sent once more, each journalled under a name of its own and harmless to the people`,
);
say(`${result.kills} kills, ${summaryOf(result)}`);
process.exit(failed ? 1 : 0);
