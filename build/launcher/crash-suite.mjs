// Kills the app while it exports and checks that nothing is lost: npm run crash-suite -- [--kills 200] [--rows 100000]
// [--seed N] [--faults]. Half of the kills go against the built command line, half against the engine's sources.
import path from 'node:path';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { projectRoot, runOnNode } from './pinned-node.mjs';

const node = ensureInstalled();
ensureBuilt(node);
const entry = path.join(projectRoot, 'e2e', 'crash-suite', 'run.ts');
process.exit(await runOnNode(node, ['--disable-warning=ExperimentalWarning', entry, ...process.argv.slice(2)]));
