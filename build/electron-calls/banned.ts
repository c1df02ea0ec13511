import { type ESTree, parseSync, Visitor } from 'vite';

/** Modules of Electron's that are gone, or gone from where they would be imported (electron-facts.md 1.3, 9.8). */
const modules: readonly (readonly [name: string, where: RegExp, why: string])[] = [
  ['BrowserView', /^/, 'gone: WebContentsView'],
  ['remote', /^/, 'gone with Electron 14'],
  ['clipboard', /^(preload|renderer)\//, 'gone from pages and preloads with 44'],
];

/** Members that are gone or go with the next major, by the module they hang on; `*` for any object. */
const members: readonly (readonly [owner: string, name: string, why: string])[] = [
  ...['encryptString', 'decryptString', 'isEncryptionAvailable', 'setUsePlainTextEncryption'].map(
    (name) => ['safeStorage', name, 'synchronous, gone with 46: the calls that end in Async'] as const,
  ),
  ...['File', 'String', 'Buffer', 'Http', 'Stream'].flatMap((kind) =>
    ['register', 'intercept'].map((verb) => ['*', `${verb}${kind}Protocol`, 'deprecated: protocol.handle'] as const),
  ),
  ['ipcRenderer', 'sendSync', 'blocks the page: invoke'],
  ['ipcRenderer', 'sendTo', 'gone with 28'],
  ['*', 'setPreloads', 'gone with 35: registerPreloadScript'],
  ['*', 'getPreloads', 'gone with 35: getPreloadScripts'],
  ...['readHTML', 'writeHTML', 'readImage', 'writeImage', 'availableFormats', 'readBookmark', 'readFindText'].map(
    (name) => ['clipboard', name, 'gone with 44: read and write'] as const,
  ),
  ['*', 'enableHeapProfiling', 'gone with 45'],
];

/** Options that are gone, and are ignored without a word. */
const options: ReadonlyMap<string, string> = new Map([
  ['openAsHidden', 'gone with 44: args, and wasOpenedAtLogin'],
  ['enableRemoteModule', 'gone with 14'],
  ['nativeWindowOpen', 'gone with 19'],
]);

/** Events that are gone. */
const events: ReadonlyMap<string, string> = new Map([
  ['crashed', 'gone with 29: render-process-gone'],
  ['gpu-process-crashed', 'gone with 29: child-process-gone'],
  ['renderer-process-crashed', 'gone with 29: render-process-gone'],
]);

/**
 * What a source uses of Electron that is gone, goes with the next major, or would only work in tests: each as a line.
 * `file` is relative to the project.
 */
export function bannedIn(file: string, source: string): string[] {
  const { program, errors } = parseSync(file, source, { lang: file.endsWith('x') ? 'tsx' : 'ts' });
  if (errors[0] !== undefined) throw new Error(`${file}: ${errors[0].message}`);
  const found: string[] = [];
  const inPage = file.startsWith('renderer/');
  new Visitor({
    ImportDeclaration(node) {
      for (const specifier of node.specifiers) {
        const name =
          specifier.type === 'ImportSpecifier' && specifier.imported.type === 'Identifier'
            ? specifier.imported.name
            : '';
        if (node.source.value === 'electron') {
          const gone = modules.find(([module, where]) => module === name && where.test(file));
          if (gone !== undefined) found.push(`${name}: ${gone[2]}`);
          if (name === '') found.push('Electron is imported by names, so that each use can be read: use named imports');
        }
        if (/^(node:)?child_process$/.test(node.source.value) && name === 'fork')
          found.push('fork: dies with the fuse RunAsNode, use utilityProcess');
      }
    },
    MemberExpression(node) {
      if (node.property.type !== 'Identifier' || node.computed) return;
      const { name } = node.property;
      const owner = node.object.type === 'Identifier' ? node.object.name : '';
      const gone = members.find(([of, member]) => member === name && (of === '*' || of === owner));
      if (gone !== undefined) found.push(`${name}: ${gone[2]}`);
      if (inPage && name === 'path' && readsFile(node.object))
        found.push('File.path: gone with 32, webUtils.getPathForFile');
      if (name === 'ELECTRON_RUN_AS_NODE') found.push('ELECTRON_RUN_AS_NODE: dies with the fuse RunAsNode');
    },
    Property({ key, computed }) {
      const why = key.type === 'Identifier' && !computed ? options.get(key.name) : undefined;
      if (why !== undefined && key.type === 'Identifier') found.push(`${key.name}: ${why}`);
    },
    VariableDeclarator({ id, init }) {
      // A copy would not be the one that a test replaces (electron-facts.md 5).
      if (id.type !== 'ObjectPattern' || init?.type !== 'Identifier' || !['dialog', 'shell'].includes(init.name))
        return;
      for (const property of id.properties) {
        if (property.type === 'Property' && property.key.type === 'Identifier')
          found.push(`${property.key.name}: call it through ${init.name}, a copy cannot be replaced in tests`);
      }
    },
    CallExpression({ callee, arguments: [first, listener] }) {
      if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return;
      if (callee.property.name === 'join' && callee.object.type === 'Identifier' && callee.object.name === 'path')
        return;
      if (!['on', 'once'].includes(callee.property.name) || first?.type !== 'Literal') return;
      const why = events.get(String(first.value));
      if (why !== undefined) found.push(`${first.value}: ${why}`);
      const positional =
        listener?.type === 'ArrowFunctionExpression' || listener?.type === 'FunctionExpression'
          ? listener.params.length
          : 0;
      if (first.value === 'console-message' && positional > 1)
        found.push('console-message: one object of details since 35, no positions');
    },
    Literal({ value }) {
      if (value === 'databases')
        found.push('databases: Electron deletes a folder of that name in the profile at each start');
    },
  }).visit(program);
  return found;
}

/** Whether an expression is said to have a path, or is a file of a drop or an input; other Files have none by type. */
function readsFile(node: ESTree.Expression | ESTree.Super): boolean {
  if (node.type === 'ParenthesizedExpression') return readsFile(node.expression);
  if (node.type === 'TSAsExpression') return true;
  const list = node.type === 'MemberExpression' ? node.object : null;
  return list?.type === 'MemberExpression' && list.property.type === 'Identifier' && list.property.name === 'files';
}
