// npm run bench [-- --rows 100000,1000000] [--real-pace]: what Segue costs, measured on this machine in one run.
import path from 'node:path';
import { ensureBuilt } from './build.mjs';
import { ensureChromium } from './chromium.mjs';
import { ensureInstalled } from './install.mjs';
import { projectRoot, runOnNode } from './pinned-node.mjs';
import { chooseRuntime, runtimeEnv } from './runtime.mjs';

const node = ensureInstalled();
ensureBuilt(node);
if (chooseRuntime().kind === 'stand-in' && !(await ensureChromium(node))) process.exit(1);
const script = path.join(projectRoot, 'build', 'bench', 'bench.ts');
const args = ['--disable-warning=ExperimentalWarning', script, ...process.argv.slice(2)];
process.exit(await runOnNode(node, args, { env: runtimeEnv() }));
