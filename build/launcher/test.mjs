// npm test: installs what is missing, then lint, types, unit tests, the contract, build, the specs that drive the whole
// app and the main job from the package, one after the other. The last line counts them all; each skipped test is named before it with its reason.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { buildApp } from './build.mjs';
import { ensureChromium } from './chromium.mjs';
import { ensureInstalled } from './install.mjs';
import { npmCli, projectRoot, runOnNode } from './pinned-node.mjs';
import { runtimeEnv } from './runtime.mjs';

const results = path.join(projectRoot, 'test-results');
const unitReport = path.join(results, 'unit.json');
const contractReport = path.join(results, 'contract.json');
const playwrightCli = path.join(projectRoot, 'node_modules', 'playwright', 'cli.js');
const e2eReport = path.join(results, 'e2e.json');

const node = ensureInstalled();
const hasBrowser = await ensureChromium(node);
rmSync(results, { recursive: true, force: true });

const total = { passed: 0, failed: 0, skipped: [] };

await part('Lint', () => asOneTest(npmRun('lint')));
await part('Types', () => asOneTest(npmRun('types')));
await part('Unit tests', async () => {
  const code = await runOnNode(
    node,
    [
      path.join(projectRoot, 'node_modules', 'vitest', 'vitest.mjs'),
      'run',
      '--config',
      'build/vitest.config.ts',
      '--reporter=default',
      '--reporter=./build/launcher/unit-report.mjs',
    ],
    { env: { ...process.env, SEGUE_UNIT_REPORT: unitReport } },
  );
  return counted(code, () => readJson(unitReport));
});
await part('Contract', async () => {
  // The practice account, whatever account the environment names.
  const { SEGUE_API_URL: _url, SEGUE_ACCESS_TOKEN: _token, ...env } = process.env;
  const args = [path.join(projectRoot, 'e2e', 'contract', 'run.ts'), '--report', contractReport];
  return counted(await runOnNode(node, args, { env }), () => readJson(contractReport));
});
const built = await part('Build', () => asOneTest(buildApp(node) ? 0 : 1));
await part('The whole app', async () => {
  if (built.failed > 0 || !hasBrowser) {
    console.log(built.failed > 0 ? 'Not run: there is no build.' : 'Not run: there is no Chromium.');
    return { passed: 0, failed: 1, skipped: [] };
  }
  const args = [playwrightCli, 'test', '--config', 'e2e/playwright.config.ts'];
  const code = await runOnNode(node, args, { env: runtimeEnv() });
  return counted(code, () => countSpecs(readJson(e2eReport)));
});
await part('The package', async () => {
  if (built.failed > 0 || !hasBrowser) return { passed: 0, failed: 1, skipped: [] };
  const script = path.join(projectRoot, 'build', 'package', 'testing', 'make-package.ts');
  const made = spawnSync(node, ['--disable-warning=ExperimentalWarning', script], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (made.status !== 0) return { passed: 0, failed: 1, skipped: [] };
  // The main job again, from the archive as it is shipped.
  const args = [playwrightCli, 'test', '--config', 'e2e/playwright.config.ts', 'main-job.spec.ts'];
  const env = { ...runtimeEnv(), SEGUE_E2E_APP: made.stdout.trim() };
  return counted(await runOnNode(node, args, { env }), () => countSpecs(readJson(e2eReport)));
});

console.log('');
for (const { name, reason } of total.skipped) console.log(`skipped: ${name}: ${reason || 'no reason is given'}`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped.length} skipped`);
process.exit(total.failed === 0 ? 0 : 1);

/** Runs one part under a heading, adds its counts up, and says how long it took. */
async function part(title, run) {
  console.log(`\n== ${title} ${'='.repeat(Math.max(0, 76 - title.length))}`);
  const began = Date.now();
  const counts = await run();
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped.push(...counts.skipped);
  const seconds = ((Date.now() - began) / 1_000).toFixed(1);
  console.log(`-- ${title}: ${counts.failed === 0 ? 'good' : `${counts.failed} failed`} after ${seconds} s`);
  return counts;
}

async function asOneTest(exitCode) {
  return { passed: (await exitCode) === 0 ? 1 : 0, failed: (await exitCode) === 0 ? 0 : 1, skipped: [] };
}

function npmRun(script) {
  return runOnNode(process.execPath, [npmCli(), 'run', '--silent', script]);
}

/** What a runner reported; a runner that failed without saying where counts as one failure. */
function counted(exitCode, read) {
  let counts = { passed: 0, failed: 0, skipped: [] };
  try {
    counts = read();
  } catch (error) {
    console.log(`The results could not be read: ${error.message}`);
    return { ...counts, failed: 1 };
  }
  return exitCode !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

function readJson(file) {
  if (!existsSync(file)) throw new Error(`${path.basename(file)} was not written`);
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Counts of Playwright's JSON report. */
function countSpecs(report) {
  const counts = { passed: 0, failed: report.errors.length, skipped: [] };
  const visit = (suite, titles) => {
    for (const inner of suite.suites ?? []) visit(inner, [...titles, inner.title]);
    for (const spec of suite.specs ?? []) {
      for (const { status, annotations } of spec.tests) {
        if (status === 'skipped') {
          const reason = annotations.find(({ type }) => type === 'skip' || type === 'fixme')?.description ?? '';
          counts.skipped.push({ name: [...titles, spec.title].join(' > '), reason });
        } else if (status === 'expected') counts.passed += 1;
        else counts.failed += 1;
      }
    }
  };
  for (const suite of report.suites) visit(suite, [suite.title]);
  return counts;
}
