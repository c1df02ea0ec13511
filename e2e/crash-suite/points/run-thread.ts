import { registerHooks } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { pointModules } from './crash-points.ts';

// The app's run thread, with points at which it can be ended. The modules that hold the points are replaced by ones that
// call the real function between two points; the app's own files stay as they are.

const root = path.resolve(import.meta.dirname, '..', '..', '..');
const comeTo = pathToFileURL(path.join(import.meta.dirname, 'come-to.ts')).href;
const replaced = new Map(
  Object.entries(pointModules).map(([file, names]) => [pathToFileURL(path.join(root, file)).href, names]),
);
const store = pathToFileURL(path.join(root, 'main/store/open-store.ts')).href;
const mark = '?with-points';

const functionsWithPoints = (real: string, names: readonly string[]) => `
  import * as real from ${JSON.stringify(real)};
  import { withPoints } from ${JSON.stringify(comeTo)};
  export * from ${JSON.stringify(real)};
  ${names.map((name) => `export const ${name} = withPoints(${JSON.stringify(name)}, real.${name});`).join('\n')}`;

const storeWithPoints = `
  import * as real from ${JSON.stringify(store)};
  import { withPoints } from ${JSON.stringify(comeTo)};
  export * from ${JSON.stringify(store)};
  export function connectStore(file) {
    const store = real.connectStore(file);
    const begin = store.transaction.bind(store);
    const transaction = (act) => {
      const real = begin(act);
      const kinds = ['default', 'deferred', 'immediate', 'exclusive'];
      const withEach = kinds.map((kind) => [kind, withPoints('transaction', real[kind])]);
      return Object.assign(withPoints('transaction', real), Object.fromEntries(withEach));
    };
    return Object.assign(store, { transaction });
  }`;

registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    const isReplaced = replaced.has(found.url) || found.url === store;
    // The replacement itself is given the real one.
    return isReplaced && !context.parentURL?.endsWith(mark) ? { ...found, url: `${found.url}${mark}` } : found;
  },
  load(url, context, next) {
    if (!url.endsWith(mark)) return next(url, context);
    const real = url.slice(0, -mark.length);
    const source = real === store ? storeWithPoints : functionsWithPoints(real, replaced.get(real) ?? []);
    return { format: 'module', source, shortCircuit: true };
  },
});

await import(pathToFileURL(path.join(root, 'main', 'runs', 'run-worker.ts')).href);
