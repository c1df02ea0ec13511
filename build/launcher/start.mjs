// npm start: installs and builds what is missing, then opens Segue; without a display it plays the main job instead.
import path from 'node:path';
import { ensureBuilt } from './build.mjs';
import { ensureChromium } from './chromium.mjs';
import { fetchElectron } from './fetch-electron.mjs';
import { ensureInstalled } from './install.mjs';
import { projectRoot, runOnNode } from './pinned-node.mjs';
import { chooseRuntime, hasDisplay, runtimeEnv } from './runtime.mjs';

const usage = `Usage: npm start [-- OPTIONS]
  (no options)      open Segue; without a display, play the main job
  --lang en|fr      language of the window
  --demo            play the main job through the window, from the first launch to the balance of rows
    --rows N        with a generated segment of N rows instead of the sample
    --real-pace     let the practice account keep Constant Contact's limits and take its time
    --pictures DIR  where the pictures of the screens go (.cache/demo)`;

const args = process.argv.slice(2);
if (args.includes('--help') || args.includes('-h')) {
  console.log(usage);
  process.exit(0);
}
const demoOnly = ['--rows', '--real-pace', '--pictures'];
const nameOf = (argument) => argument.split('=')[0];
const unknown = args.find(
  (argument) => argument.startsWith('-') && !['--demo', '--lang', ...demoOnly].includes(nameOf(argument)),
);
const needsDemo = args.find((argument) => demoOnly.includes(nameOf(argument)));
const demo = args.includes('--demo') || !hasDisplay();
if (unknown !== undefined || (needsDemo !== undefined && !demo)) {
  console.error(unknown !== undefined ? `Unknown option: ${unknown}` : `${needsDemo} goes with --demo`);
  console.error(usage);
  process.exit(64);
}

const node = ensureInstalled();
ensureBuilt(node);
const runtime = await obtainRuntime();
const env = runtimeEnv();

if (demo) {
  const script = path.join(projectRoot, 'build', 'demo', 'demo.ts');
  const rest = args.filter((argument) => argument !== '--demo');
  process.exit(await runOnNode(node, ['--disable-warning=ExperimentalWarning', script, ...rest], { env }));
}
process.exit(await runOnNode(runtime.executable, [projectRoot, ...args], { env }));

/** Electron itself where it is or can be had, else the stand-in with its Chromium; says in one line which and why. */
async function obtainRuntime() {
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
  let chosen = chooseRuntime();
  if (chosen.kind === 'stand-in' && hasDisplay() && !asRoot) {
    await fetchElectron(node);
    chosen = chooseRuntime();
  }
  if (chosen.kind !== 'stand-in') return chosen;
  const why = !hasDisplay()
    ? 'There is no display: the main job is played'
    : `${asRoot ? 'Electron does not run as root' : 'Electron is not here'}: Segue opens`;
  console.error(`${why} on the stand-in for Electron, in this computer’s Chromium.`);
  if (!(await ensureChromium(node))) process.exit(1);
  return chosen;
}
