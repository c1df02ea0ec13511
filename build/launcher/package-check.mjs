// Says whether a built folder is what people should get: npm run package-check [-- --release] [FOLDER…]
import path from 'node:path';
import { ensureInstalled } from './install.mjs';
import { projectRoot, runOnNode } from './pinned-node.mjs';

const script = path.join(projectRoot, 'build', 'package', 'package-check.ts');
const args = ['--disable-warning=ExperimentalWarning', script, ...process.argv.slice(2)];
process.exit(await runOnNode(ensureInstalled(), args));
