// Holds an account against the contract: npm run contract [-- --list | --verbose | --only WORDS]
// The practice account without more; with SEGUE_API_URL and SEGUE_ACCESS_TOKEN the one at that address.
import path from 'node:path';
import { ensureInstalled } from './install.mjs';
import { projectRoot, runOnNode } from './pinned-node.mjs';

const node = ensureInstalled();
const entry = path.join(projectRoot, 'e2e', 'contract', 'run.ts');
process.exit(await runOnNode(node, [entry, ...process.argv.slice(2)]));
