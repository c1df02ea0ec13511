/** The part of the stand-in that lives in the preload's isolated world: what Electron's sandboxed preload bundle is. */
import type { PreloadFacts } from '../page-facts.ts';
import { packClone, unpackClone } from '../structured-clone.ts';
import { askedMenu } from './asked-menu.ts';
import { joinBridge } from './bridge-end.ts';
import { PageEmitter } from './listeners.ts';

type Note = {
  kind: 'taken' | 'open' | 'permission';
  name: string;
  url: string;
  features: string;
  permission: string;
  check: boolean;
  id: number;
};

/** Readies this world and runs the preload (`undefined` when the window has none). */
export function runPreloadWorld(facts: PreloadFacts, preload: ((...given: unknown[]) => void) | undefined): void {
  if (window.parent !== window) return;
  const world = globalThis as unknown as Record<string, unknown>;
  const binding = world[facts.binding] as (text: string) => void;
  delete world[facts.binding];
  const post = (message: object) => binding(JSON.stringify({ ...message, url: location.href }));

  const lacking = (name: string) => new Error(`the Electron stand-in has no ${name}`);
  const strictly = <T extends object>(name: string, target: T): T =>
    new Proxy(target, {
      get(object, key) {
        if (typeof key === 'symbol' || key in object || key === 'then' || key === 'toJSON')
          return Reflect.get(object, key, object);
        throw lacking(`${name}.${key}`);
      },
    });

  // --- files: a token stands for a path until it reaches the main process
  const files = new Map<string, Blob>();
  const tokens = new WeakMap<Blob, string>();
  const scriptMade = new WeakSet<Blob>();
  const webUtils = strictly('webUtils', {
    getPathForFile(file: unknown): string {
      if (!(file instanceof Blob)) {
        throw new TypeError("Failed to execute 'getPathForFile' on 'webUtils': parameter 1 is not of type 'File'.");
      }
      if (!(file instanceof File) || scriptMade.has(file)) return '';
      const known = tokens.get(file);
      if (known !== undefined) return known;
      const token = `${facts.token}${files.size}.`;
      files.set(token, file);
      tokens.set(file, token);
      return token;
    },
  });

  // --- the bridge to the page's world
  const node = document.createElement('i');
  let refused: string | null = null;
  const opened = (note: Note) => post({ type: 'open', target: note.url, name: note.name, features: note.features });
  node.addEventListener(facts.notes, (event) => {
    const note = (event as CustomEvent<Note>).detail;
    if (note.kind === 'taken') refused = note.name;
    if (note.kind === 'open') opened(note);
    if (note.kind === 'permission') {
      post({ type: 'permission', permission: note.permission, check: note.check, id: note.id });
    }
  });
  const fileNotes = {
    madeByScript: (file: Blob) => scriptMade.has(file),
    arrived: (file: Blob, byScript: boolean) => {
      if (byScript) scriptMade.add(file);
    },
  };
  const bridge = joinBridge(node, facts.toPreload, facts.toPage, false, fileNotes, () => undefined);
  window.dispatchEvent(new MouseEvent(facts.hello, { relatedTarget: node }));
  const contextBridge = strictly('contextBridge', {
    exposeInMainWorld(name: string, api: unknown) {
      refused = null;
      bridge.expose(name, api);
      if (refused !== null) throw new Error('Cannot bind an API on top of an existing property on the window object');
    },
  });

  // --- IPC
  const emitter = new PageEmitter();
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let lastId = 0;
  const ipcRenderer = strictly(
    'ipcRenderer',
    Object.assign(emitter, {
      async invoke(channel: string, ...args: unknown[]) {
        const packed = packClone(args);
        lastId += 1;
        const id = lastId;
        const { promise, resolve, reject } = Promise.withResolvers<unknown>();
        waiting.set(id, { resolve, reject });
        post({ type: 'invoke', id, channel, args: packed });
        return promise;
      },
      send(channel: string, ...args: unknown[]) {
        post({ type: 'send', channel, args: packClone(args) });
      },
      sendSync() {
        throw lacking('ipcRenderer.sendSync (it blocks the page; use invoke)');
      },
    }),
  );
  world[facts.inside] = {
    deliver(channel: string, text: string) {
      const args = unpackClone(text) as unknown[];
      emitter.emit(channel, { sender: ipcRenderer, ports: [], preventDefault() {} }, ...args);
    },
    settle(id: number, channel: string, text: string | null, error: string | null) {
      const call = waiting.get(id);
      waiting.delete(id);
      if (error === null) call?.resolve(unpackClone(text ?? 'null'));
      else call?.reject(new Error(`Error invoking remote method '${channel}': ${error}`));
    },
    permitted(id: number) {
      node.dispatchEvent(new CustomEvent(`${facts.notes}!`, { detail: id }));
    },
    file: (token: string) => files.get(token),
  };
  Object.defineProperty(world, facts.inside, { enumerable: false });

  // --- links that open a window, and keys the page left alone
  window.addEventListener('click', (event) => {
    const link = event.composedPath().find((part) => part instanceof HTMLAnchorElement);
    if (link === undefined || event.defaultPrevented || link.href === '') return;
    const aside = event.ctrlKey || event.metaKey || event.shiftKey;
    if (!aside && (link.target === '' || /^_(self|top|parent)$/i.test(link.target))) return;
    event.preventDefault();
    post({ type: 'open', target: link.href, name: link.target, features: '' });
  });
  // --- menus that the page left to the app
  window.addEventListener('contextmenu', (event) => {
    if (!event.isTrusted || event.defaultPrevented) return;
    post({ type: 'context-menu', menu: askedMenu(event) });
    if (!facts.ownMenus) event.preventDefault();
  });
  if (facts.accelerators) {
    window.addEventListener('keydown', (event) => {
      if (!event.isTrusted || event.defaultPrevented || event.isComposing) return;
      const { key, code, ctrlKey, altKey, shiftKey, metaKey } = event;
      if (ctrlKey || altKey || metaKey || /^F\d+$/.test(key)) {
        post({ type: 'key', key, code, ctrlKey, altKey, shiftKey, metaKey });
      }
    });
  }

  // --- what a sandboxed preload may require
  const electron = strictly('electron (in a preload)', { contextBridge, ipcRenderer, webUtils });
  const timers = { setTimeout, clearTimeout, setInterval, clearInterval };
  const setImmediate = (run: (...args: unknown[]) => void, ...args: unknown[]) => setTimeout(run, 0, ...args);
  const modules = new Map<string, unknown>([
    ['electron', electron],
    ['electron/renderer', electron],
    ['electron/common', strictly('electron/common (in a preload)', {})],
    ['events', Object.assign(PageEmitter, { EventEmitter: PageEmitter, default: PageEmitter })],
    ['timers', { ...timers, setImmediate, clearImmediate: clearTimeout }],
    ['url', { URL, URLSearchParams }],
  ]);
  const require = (name: string): unknown => {
    const found = modules.get(name.replace(/^node:/, ''));
    if (found === undefined) throw new Error(`module not found: ${name}`);
    return found;
  };
  const process = strictly('process (in a preload)', {
    type: 'renderer',
    sandboxed: true,
    contextIsolated: true,
    isMainFrame: true,
    platform: facts.platform,
    arch: facts.arch,
    versions: facts.versions,
    argv: facts.argv,
    defaultApp: facts.defaultApp,
    env: {},
    nextTick: (run: (...args: unknown[]) => void, ...args: unknown[]) => queueMicrotask(() => run(...args)),
  });

  if (preload === undefined) return;
  try {
    const exports = {};
    preload(require, process, exports, { exports }, setImmediate, clearTimeout, globalThis);
  } catch (error) {
    const { message, stack } = error instanceof Error ? error : new Error(String(error));
    post({ type: 'preload-error', message, stack: stack ?? message });
  }
}
