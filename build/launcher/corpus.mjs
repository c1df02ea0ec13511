// Prints how many files of the corpus are read right without help, on the pinned Node: npm run corpus
import path from 'node:path';
import { ensureInstalled } from './install.mjs';
import { projectRoot, runOnNode } from './pinned-node.mjs';

const entry = path.join(projectRoot, 'main', 'segments', 'testing', 'corpus-figure.ts');
process.exit(await runOnNode(ensureInstalled(), [entry]));
