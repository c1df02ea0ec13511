// Makes packages: npm run dist [-- --dir] [--linux | --mac | --win] [--x64] [--arm64] [--output FOLDER]
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { alone, ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { projectRoot } from './pinned-node.mjs';

const node = ensureInstalled();
ensureBuilt(node);
const script = path.join(projectRoot, 'build', 'package', 'dist.ts');
const args = ['--disable-warning=ExperimentalWarning', script, ...process.argv.slice(2)];
// Nobody may build while the bundles are packed.
const packed = alone('building', () => spawnSync(node, args, { cwd: projectRoot, stdio: 'inherit' }));
process.exit(packed.status ?? 1);
