// Runs an installed package's command on the pinned Node: node build/launcher/tool.mjs biome check .
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ensureInstalled } from './install.mjs';
import { projectRoot, runOnNode } from './pinned-node.mjs';
import { runtimeEnv } from './runtime.mjs';

const packages = {
  biome: '@biomejs/biome',
  tsc: 'typescript',
  vitest: 'vitest',
  playwright: 'playwright',
  'electron-vite': 'electron-vite',
  'electron-builder': 'electron-builder',
};

const [name, ...args] = process.argv.slice(2);
const packageName = packages[name];
if (packageName === undefined) {
  console.error(`Unknown tool: ${name}. Known: ${Object.keys(packages).join(', ')}`);
  process.exit(64);
}
const node = ensureInstalled();
const folder = path.join(projectRoot, 'node_modules', packageName);
const { bin } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
// Playwright starts the app on the runtime that this computer has.
const env = name === 'playwright' ? runtimeEnv() : process.env;
process.exit(await runOnNode(node, [path.join(folder, typeof bin === 'string' ? bin : bin[name]), ...args], { env }));
