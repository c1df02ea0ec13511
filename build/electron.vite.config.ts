import { existsSync } from 'node:fs';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import { notePackages } from './package/note-packages.ts';

const root = process.cwd();

/** Every file of out/main that something starts by its path: the app itself, its threads and its child process. */
const mainEntries = {
  index: 'main/index.ts',
  'segment-worker': 'main/segments/segment-worker.ts',
  'run-worker': 'main/runs/run-worker.ts',
  'practice-process': 'main/practice/practice-process.ts',
};

function existingEntries(): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [name, source] of Object.entries(mainEntries)) {
    const file = path.join(root, source);
    if (existsSync(file)) found[name] = file;
    else console.warn(`No ${source}: out/main/${name}.cjs is not built.`);
  }
  return found;
}

/**
 * Three targets, all bundled: only Electron, Node and the two native packages (package.json `dependencies`) stay outside.
 * Main and preload are CommonJS because a sandboxed preload can be nothing else (electron-facts.md 1.1, 1.4).
 */
export default defineConfig({
  main: {
    plugins: [notePackages(root, 'main')],
    build: {
      outDir: 'out/main',
      minify: true,
      sourcemap: false,
      externalizeDeps: true,
      rolldownOptions: {
        input: existingEntries(),
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: 'chunks/[name]-[hash].cjs' },
      },
    },
  },
  preload: {
    plugins: [notePackages(root, 'preload')],
    build: {
      outDir: 'out/preload',
      minify: true,
      sourcemap: false,
      externalizeDeps: false,
      rolldownOptions: {
        input: { index: path.join(root, 'preload/index.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: path.join(root, 'renderer'),
    base: './',
    plugins: [react(), notePackages(root, 'renderer')],
    // The protocol handler puts a fresh nonce in this place at each page load (electron-facts.md 2.2).
    html: { cspNonce: '__CSP_NONCE__' },
    build: {
      outDir: path.join(root, 'out/renderer'),
      emptyOutDir: true,
      minify: true,
      sourcemap: false,
      // Chromium 156 needs no polyfill, whose inline script the content security policy would refuse.
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
      rolldownOptions: { input: path.join(root, 'renderer/index.html') },
    },
  },
});
