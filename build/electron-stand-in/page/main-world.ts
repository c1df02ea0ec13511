/** The part of the stand-in that lives in the page's own world, run before any script of the page. */
import type { WorldSecrets } from '../page-facts.ts';
import { joinBridge } from './bridge-end.ts';

/**
 * Waits for the preload world's greeting, which hands over a DOM node (as an event's `relatedTarget`: nodes are the one
 * thing both worlds share), and joins the bridge over it. Also stands in for what Electron decides in the browser
 * process: `window.open`, and whether a File was made by script.
 */
export function runMainWorld(secrets: WorldSecrets): void {
  if (window.parent !== window) return;
  const madeByScript = new WeakSet<Blob>();

  const greet = (event: Event) => {
    window.removeEventListener(secrets.hello, greet);
    const node = (event as MouseEvent).relatedTarget;
    if (node === null) return;
    const files = { madeByScript: (file: Blob) => madeByScript.has(file), arrived: () => undefined };
    joinBridge(node, secrets.toPage, secrets.toPreload, true, files, (name, value) => {
      if (Object.hasOwn(window, name)) {
        node.dispatchEvent(new CustomEvent(secrets.notes, { detail: { kind: 'taken', name } }));
        return;
      }
      Object.defineProperty(window, name, { value, enumerable: true, writable: false, configurable: false });
    });
    patchWindowOpen(node);
    patchPermissions(node);
  };
  window.addEventListener(secrets.hello, greet);

  const patchWindowOpen = (node: EventTarget) => {
    const original = window.open;
    const open = (url?: string | URL, target?: string, features?: string): Window | null => {
      const name = target === undefined || target === '' ? '_blank' : String(target);
      if (/^_(self|top|parent)$/i.test(name)) return original.call(window, url, target, features);
      const address = new URL(url === undefined || url === '' ? 'about:blank' : String(url), document.baseURI).href;
      node.dispatchEvent(
        new CustomEvent(secrets.notes, {
          detail: { kind: 'open', url: address, name, features: String(features ?? '') },
        }),
      );
      return null;
    };
    Object.defineProperty(window, 'open', { value: open, writable: true, configurable: true, enumerable: true });
  };

  const patchPermissions = (node: EventTarget) => {
    let lastId = 0;
    const waiting = new Map<number, () => void>();
    node.addEventListener(`${secrets.notes}!`, (event) => {
      const id = (event as CustomEvent<number>).detail;
      waiting.get(id)?.();
      waiting.delete(id);
    });
    const ask = (permission: string, check: boolean) =>
      new Promise<void>((resolve) => {
        lastId += 1;
        waiting.set(lastId, resolve);
        node.dispatchEvent(
          new CustomEvent(secrets.notes, { detail: { kind: 'permission', permission, check, id: lastId } }),
        );
      });
    const after = (target: object | undefined, method: string, permission: string, check = false) => {
      if (target === undefined || !(method in target)) return;
      const holder = target as Record<string, (...args: unknown[]) => unknown>;
      const original = holder[method];
      if (original === undefined) return;
      holder[method] = function asked(this: unknown, ...args: unknown[]) {
        const named = check ? String((args[0] as { name?: unknown } | undefined)?.name ?? permission) : permission;
        const isOwnResult = method !== 'getCurrentPosition' && method !== 'watchPosition';
        const going = ask(named, check).then(() => original.apply(this, args));
        return isOwnResult ? going : undefined;
      };
    };
    after(globalThis.Clipboard?.prototype, 'writeText', 'clipboard-sanitized-write');
    after(globalThis.Clipboard?.prototype, 'write', 'clipboard-sanitized-write');
    after(globalThis.Clipboard?.prototype, 'readText', 'clipboard-read');
    after(globalThis.Clipboard?.prototype, 'read', 'clipboard-read');
    after(globalThis.Geolocation?.prototype, 'getCurrentPosition', 'geolocation');
    after(globalThis.MediaDevices?.prototype, 'getUserMedia', 'media');
    after(globalThis.Notification, 'requestPermission', 'notifications');
    after(globalThis.Permissions?.prototype, 'query', 'unknown', true);
  };

  const NativeFile = window.File;
  const File = new Proxy(NativeFile, {
    construct(target, args, newTarget) {
      const file = Reflect.construct(target, args, newTarget) as Blob;
      madeByScript.add(file);
      return file;
    },
  });
  Object.defineProperty(window, 'File', { value: File, writable: true, configurable: true, enumerable: false });
}
