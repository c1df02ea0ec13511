import { EventEmitter } from 'node:events';
import { app } from './app.ts';
import { chromium } from './chromium.ts';
import { needReady } from './lifecycle.ts';
import { permissionHandlers } from './permissions.ts';
import { protocol } from './protocol.ts';
import { proxyFor } from './proxy.ts';
import { strict } from './strict.ts';
import { webRequest } from './web-request.ts';

/** The default session: permissions, the app's schemes, requests. */
class SessionModule extends EventEmitter {
  readonly protocol = protocol;
  readonly webRequest = webRequest;

  setPermissionRequestHandler(handler: typeof permissionHandlers.request): void {
    permissionHandlers.request = handler;
  }

  setPermissionCheckHandler(handler: typeof permissionHandlers.check): void {
    permissionHandlers.check = handler;
  }

  setDevicePermissionHandler(handler: typeof permissionHandlers.device): void {
    permissionHandlers.device = handler;
  }

  /** As Chromium writes it: `DIRECT` or `PROXY host:port`, by the system's proxy variables. */
  async resolveProxy(url: string): Promise<string> {
    return proxyFor(url);
  }

  async setProxy(): Promise<void> {
    // Pages of the app load nothing over the network; main's own requests ask resolveProxy.
  }

  /** Clears cookies, caches and stores of the pages; they live for one start of the stand-in anyway. */
  async clearStorageData(): Promise<void> {
    const { connection } = await chromium();
    await connection.browser.send('Storage.clearCookies');
  }

  async clearCache(): Promise<void> {
    await this.clearStorageData();
  }

  getUserAgent(): string {
    return `Mozilla/5.0 Chrome/156.0.0.0 Electron/${process.versions.electron ?? ''} ${app.getName()}/${app.getVersion()}`;
  }

  setUserAgent(): void {
    // Pages of the app load nothing over the network.
  }

  setSpellCheckerEnabled(): void {
    // Chromium is started without dictionaries and without network.
  }

  setSpellCheckerLanguages(): void {
    // As above.
  }

  isPersistent(): boolean {
    return true;
  }
}

const defaultSession = strict('session.defaultSession', new SessionModule());

export const session = strict('session', {
  get defaultSession() {
    needReady('Session can only be received when app is ready');
    return defaultSession;
  },
});
