// Runs the practice account alone, from its source, on the pinned Node: npm run practice -- --port 0 [--state FILE]
// Installs what is missing first (npm's output goes to standard error); the account prints one JSON line.
import path from 'node:path';
import { ensureInstalled } from './install.mjs';
import { projectRoot, runOnNode } from './pinned-node.mjs';

const node = ensureInstalled();
const entry = path.join(projectRoot, 'main', 'practice', 'practice-process.ts');
// Relative paths mean the folder the person stands in, which npm keeps in INIT_CWD.
const cwd = process.env.INIT_CWD ?? process.cwd();
process.exit(await runOnNode(node, [entry, ...process.argv.slice(2)], { cwd }));
