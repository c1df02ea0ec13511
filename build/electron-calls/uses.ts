import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type ESTree, parseSync, Visitor } from 'vite';
import type { Declarations } from './declarations.ts';

/** One thing of Electron's that the app uses. */
export interface Use {
  /** `app.quit`, `.isDestroyed` of some object, `'ready-to-show'` for an event, `{ show }` for an option. */
  readonly what: string;
  /** Where Electron declares it: `App 1234`, several where several objects have it. */
  readonly declared: readonly string[];
  /** Files that use it, relative to the project. */
  readonly files: readonly string[];
}

/** What a module's name in `import { … } from 'electron'` is called in electron.d.ts. */
const interfaceOf = (name: string) => name[0]?.toUpperCase() + name.slice(1);

/** Objects that Electron hands out, whose members are recognised by their names alone. */
const objects = [
  'BrowserWindow',
  'WebContents',
  'Session',
  'UtilityProcess',
  'WebFrameMain',
  'IpcMainInvokeEvent',
  'Dock',
  'Notification',
  'Tray',
  'NativeImage',
  'LoginItemSettings',
  'Event',
  'RenderProcessGoneDetails',
  'Display',
  'OpenDialogReturnValue',
  'SaveDialogReturnValue',
  'MessageBoxReturnValue',
  'Menu',
  'ContextMenuParams',
  'EditFlags',
];

/** Options that are recognised by their names, in the files that hand them over. */
const optionTypes = [
  'AddRepresentationOptions',
  'Settings',
  'BrowserWindowConstructorOptions',
  'BaseWindowConstructorOptions',
  'WebPreferences',
  'OpenDialogOptions',
  'SaveDialogOptions',
  'MessageBoxOptions',
  'Privileges',
  'CustomScheme',
  'ForkOptions',
  'NotificationConstructorOptions',
  'FocusOptions',
  'WindowOpenHandlerResponse',
  'MenuItemConstructorOptions',
  'PopupOptions',
  'ProgressBarOptions',
];

/** Names that ordinary objects have too, and that mean nothing by themselves. */
const ordinary: ReadonlySet<string> = new Set([
  'on',
  'once',
  'off',
  'id',
  'name',
  'get',
  'url',
  'type',
  'cwd',
  'env',
  'signal',
  'origin',
  'stop',
  'bounds',
  'delete',
  'size',
  'window',
  'callback',
  'stdout',
  'stderr',
]);

/** Everything of Electron's that the sources below `main/` and `preload/` use, in the order of its name. */
export function readUses(projectRoot: string, declarations: Declarations): Use[] {
  const found = new Map<string, { declared: Set<string>; files: Set<string> }>();
  for (const folder of ['main', 'preload']) {
    for (const entry of readdirSync(path.join(projectRoot, folder), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !entry.name.endsWith('.ts') || entry.name.endsWith('.test.ts')) continue;
      const file = path.relative(projectRoot, path.join(entry.parentPath, entry.name)).replaceAll('\\', '/');
      const note = (what: string, declared: readonly string[]) => {
        const use = found.get(what) ?? { declared: new Set(), files: new Set() };
        for (const place of declared) use.declared.add(place);
        use.files.add(file);
        found.set(what, use);
      };
      readFile(readFileSync(path.join(projectRoot, file), 'utf8'), declarations, note);
    }
  }
  return [...found]
    .map(([what, { declared, files }]) => ({ what, declared: [...declared].sort(), files: [...files].sort() }))
    .sort((one, other) => (one.what < other.what ? -1 : 1));
}

function readFile(source: string, { members, events }: Declarations, note: (what: string, at: string[]) => void): void {
  if (!/from 'electron'|\bElectron\./.test(source)) return;
  const { program } = parseSync('file.ts', source, { lang: 'ts' });
  const imported = importedNames(program);
  const placesOf = (owners: readonly string[], name: string) =>
    owners
      .filter((owner) => members.has(`${owner}.${name}`))
      .map((owner) => `${owner} ${members.get(`${owner}.${name}`)}`);
  new Visitor({
    MemberExpression(node) {
      if (node.computed || node.property.type !== 'Identifier') return;
      const { name } = node.property;
      if (node.object.type === 'Identifier' && imported.has(node.object.name)) {
        const module = imported.get(node.object.name) ?? '';
        note(`${module}.${name}`, placesOf([interfaceOf(module)], name));
      } else if (!ordinary.has(name)) {
        const places = placesOf(objects, name);
        if (places.length > 0) note(`.${name}`, places);
      }
    },
    NewExpression({ callee }) {
      if (callee.type !== 'Identifier' || !imported.has(callee.name)) return;
      note(`new ${callee.name}`, placesOf([callee.name], 'constructor'));
    },
    CallExpression({ callee, arguments: [first] }) {
      if (callee.type !== 'MemberExpression' || callee.property.type !== 'Identifier') return;
      if (!['on', 'once', 'off'].includes(callee.property.name)) return;
      const places = first?.type === 'Literal' && typeof first.value === 'string' ? events.get(first.value) : undefined;
      const owner = callee.object.type === 'Identifier' ? callee.object.name : '';
      // Node's process has events of the same names.
      if (places === undefined || owner === 'process' || first?.type !== 'Literal') return;
      const module = imported.get(owner);
      const own = places.filter((place) => module === undefined || place.owner === interfaceOf(module));
      note(
        `'${first.value}'`,
        own
          .filter((place) => module !== undefined || objects.includes(place.owner))
          .map((place) => `${place.owner} ${place.line}`),
      );
    },
    Property(node) {
      if (node.computed || node.key.type !== 'Identifier' || node.method) return;
      const { name } = node.key;
      if (ordinary.has(name)) return;
      const places = placesOf(optionTypes, name);
      if (places.length > 0) note(`{ ${name} }`, places);
    },
  }).visit(program);
}

/** Local name -> name in Electron, of imports that are there when the code runs. */
function importedNames(program: ESTree.Program): Map<string, string> {
  const names = new Map<string, string>();
  for (const statement of program.body) {
    if (statement.type !== 'ImportDeclaration' || statement.source.value !== 'electron') continue;
    if (statement.importKind === 'type') continue;
    for (const specifier of statement.specifiers) {
      if (specifier.type !== 'ImportSpecifier' || specifier.importKind === 'type') continue;
      const { imported } = specifier;
      names.set(specifier.local.name, imported.type === 'Identifier' ? imported.name : imported.value);
    }
  }
  return names;
}
