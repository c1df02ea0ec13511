import { registerHooks } from 'node:module';

const shared = Symbol.for('electron-stand-in');
const specifiers = new Set(['electron', 'electron/main', 'electron/common', 'node:electron']);

/**
 * Makes `require('electron')` and `import … from 'electron'` answer with `module`, everywhere in this process. A named
 * import of something that is not among `names` fails when it is linked, a property of that name when it is read.
 */
export function answerElectronWith(module: object, names: readonly string[]): void {
  Object.defineProperty(globalThis, shared, { value: module });
  const source = [
    `const electron = globalThis[Symbol.for('electron-stand-in')];`,
    'module.exports = electron;',
    // The names in a form that Node's reader of CommonJS exports sees; never run.
    `0 && (module.exports = { ${names.join(', ')} });`,
  ].join('\n');
  registerHooks({
    resolve(specifier, context, next) {
      if (!specifiers.has(specifier)) return next(specifier, context);
      return { url: 'electron-stand-in:module', format: 'commonjs', shortCircuit: true };
    },
    load(url, context, next) {
      if (url !== 'electron-stand-in:module') return next(url, context);
      return { format: 'commonjs', source, shortCircuit: true };
    },
  });
}
