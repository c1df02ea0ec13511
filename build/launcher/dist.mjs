// Makes packages: npm run dist [-- --dir] [--linux | --mac | --win] [--x64] [--arm64] [--output FOLDER]
import path from 'node:path';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { projectRoot, runOnNode } from './pinned-node.mjs';

const node = ensureInstalled();
ensureBuilt(node);
const script = path.join(projectRoot, 'build', 'package', 'dist.ts');
process.exit(await runOnNode(node, ['--disable-warning=ExperimentalWarning', script, ...process.argv.slice(2)]));
