import { registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

// The run thread on a disk that is full: its database may not grow by a page once the ledger is first written.

const main = path.resolve(import.meta.dirname, '..', '..');
const ledger = pathToFileURL(path.join(main, 'store', 'ledger.ts')).href;
const mark = '?on-a-full-disk';

registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    const isOurs = found.url === ledger && !context.parentURL?.endsWith(mark);
    return isOurs ? { ...found, url: `${ledger}${mark}` } : found;
  },
  load(url, context, next) {
    if (!url.endsWith(mark)) return next(url, context);
    const source = `
      import * as real from ${JSON.stringify(ledger)};
      export * from ${JSON.stringify(ledger)};
      export function writeLedger(store, ...rest) {
        store.pragma('max_page_count = ' + store.pragma('page_count', { simple: true }));
        return real.writeLedger(store, ...rest);
      }`;
    return { format: 'module', source, shortCircuit: true };
  },
});

await import(pathToFileURL(path.join(main, 'runs', 'run-worker.ts')).href);
