import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ensureNode, projectRoot, runNpm } from './pinned-node.mjs';

/** Whether node_modules holds what package-lock.json names (npm keeps its own copy of the lock there). */
function isInstalled() {
  const kept = path.join(projectRoot, 'node_modules', '.package-lock.json');
  if (!existsSync(kept)) return false;
  const wanted = JSON.parse(readFileSync(path.join(projectRoot, 'package-lock.json'), 'utf8')).packages;
  const have = JSON.parse(readFileSync(kept, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([name, entry]) => name === '' || entry.optional === true || have[name]?.version === entry.version,
  );
}

/** Installs the pinned Node and the packages when they are missing or out of step with the lock; returns the Node to use. */
export function ensureInstalled() {
  const node = ensureNode();
  if (!isInstalled()) {
    console.error('Installing packages …');
    // No package needs its install script: the native ones bring their binaries, and would try to compile otherwise.
    runNpm(node, ['ci', '--ignore-scripts'], projectRoot);
  }
  return node;
}
