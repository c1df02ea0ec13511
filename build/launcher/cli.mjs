// The app without a window: npm run -s cli -- COMMAND. Whatever installs or builds says so on standard error.
import path from 'node:path';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled } from './install.mjs';
import { projectRoot, runOnNode } from './pinned-node.mjs';
import { chooseRuntime } from './runtime.mjs';

const args = process.argv.slice(2);
const node = ensureInstalled();
// npm changes to the project's folder; paths mean what they mean where the person stands.
const env = { ...process.env, SEGUE_CLI_CWD: process.env.INIT_CWD ?? process.cwd() };

if (args[0] === 'inspect') {
  // Needs neither Electron nor a build, and the sources run as they are.
  const script = path.join(projectRoot, 'main', 'cli', 'inspect-only.ts');
  process.exit(await runOnNode(node, ['--disable-warning=ExperimentalWarning', script, ...args], { env }));
}
ensureBuilt(node);
process.exit(await runOnNode(chooseRuntime().executable, [projectRoot, '--cli', ...args], { env }));
