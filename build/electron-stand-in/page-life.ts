import type { EventEmitter } from 'node:events';
import path from 'node:path';
import { pressedKey } from './accelerators.ts';
import { app } from './app.ts';
import { fromChromium, toChromium } from './app-scheme.ts';
import { newEvent } from './events.ts';
import type { IpcReceiver } from './ipc-main.ts';
import { emulateTheme } from './native-theme.ts';
import { PageIpc, type PageMessage } from './page-ipc.ts';
import { PageLoading } from './page-loading.ts';
import { PageRequests, type WantedNavigation } from './page-requests.ts';
import { readPreload } from './page-scripts.ts';
import { PageTarget } from './page-target.ts';
import type { Size } from './page-window.ts';
import { askPermission } from './permissions.ts';
import { missing, strict } from './strict.ts';
import { hasDisplay } from './system.ts';
import { type FrameOfPage, newFrame } from './web-frame-main.ts';

/** What a page asks the app before it opens a window. */
export type OpenHandler = (details: Electron.HandlerDetails) => { action: 'allow' | 'deny' };

/** What a window tells its WebContents and hears from it. */
export interface WebContentsWindow {
  readonly preload: string | null;
  contentSize(): Size;
  /** The page has gone without the app having closed the window. */
  pageGone(): void;
  /** `webContents.close()`: closes the window, asking the page first when `ask`. */
  closeFromPage(ask: boolean): void;
}

/** The WebContents this page belongs to. */
export interface PageOwner {
  readonly id: number;
  /** The WebContents as the app knows it: the sender of the page's messages. */
  readonly sender: object;
  /** Where Electron's events of the page are emitted. */
  readonly events: EventEmitter;
  readonly ipc: IpcReceiver;
}

const levels: Record<string, 'info' | 'warning' | 'error' | 'debug'> = {
  warning: 'warning',
  warn: 'warning',
  error: 'error',
  assert: 'error',
  debug: 'debug',
  verbose: 'debug',
};

/** The life of one page behind its WebContents: target, documents, messages, navigation, crash and end. */
export class PageLife {
  mainFrame: FrameOfPage;
  target: PageTarget | null = null;
  title = '';
  crashed = false;
  destroyed = false;
  openHandler: OpenHandler | null = null;
  readonly loading: PageLoading;
  readonly pageIpc: PageIpc;
  private readonly id: number;
  private readonly sender: object;
  private readonly events: EventEmitter;
  private readonly window: WebContentsWindow;
  private readonly requests: PageRequests;
  private opening: Promise<PageTarget> | null = null;
  private inbox: Promise<void> = Promise.resolve();

  constructor(owner: PageOwner, window: WebContentsWindow) {
    this.id = owner.id;
    this.sender = owner.sender;
    this.events = owner.events;
    this.window = window;
    this.mainFrame = newFrame('', this.id);
    this.requests = new PageRequests({
      id: this.id,
      target: () => this.target,
      mayNavigate: (navigation) => this.mayNavigate(navigation),
    });
    this.pageIpc = new PageIpc({
      sender: owner.sender,
      ipc: owner.ipc,
      frameAt: (url) => this.frameAt(url),
      target: () => this.target,
    });
    this.loading = new PageLoading({
      events: owner.events,
      requests: this.requests,
      open: () => this.openForLoad(),
      newDocument: (url) => this.newDocument(url),
    });
  }

  /**
   * Whether the page lets itself be closed: a `beforeunload` that objects stops it without any dialog, as in Electron,
   * unless `will-prevent-unload` is itself prevented.
   */
  async agreesToUnload(): Promise<boolean> {
    if (this.target === null || this.crashed || this.mainFrame.url === '') return true;
    const objects = await this.target
      .evaluate(
        `(() => { const e = document.createEvent('BeforeUnloadEvent'); e.initEvent('beforeunload', false, true);
          return !window.dispatchEvent(e) || (typeof e.returnValue === 'string' && e.returnValue !== ''); })()`,
      )
      .catch(() => false);
    if (objects !== true) return true;
    const event = newEvent();
    this.events.emit('will-prevent-unload', event);
    return event.defaultPrevented;
  }

  /** Ends the page for good; its window has closed. */
  async destroy(): Promise<void> {
    this.destroyed = true;
    this.mainFrame.detached = true;
    this.loading.abort();
    const { target, opening } = this;
    this.target = null;
    this.events.emit('destroyed');
    const last = target ?? (await opening?.catch(() => null));
    await last?.close();
  }

  /** The page's target, opened on first use. */
  open(): Promise<PageTarget> {
    this.opening ??= this.openTarget().catch((error: unknown) => {
      this.opening = null;
      throw error;
    });
    return this.opening;
  }

  private async openForLoad(): Promise<PageTarget> {
    const target = await this.open();
    // A page that has crashed answers nothing until it is loaded anew; it then gets the scripts it had.
    if (!this.crashed) await target.setPreload(this.readPreload());
    return target;
  }

  private async openTarget(): Promise<PageTarget> {
    const facts = {
      platform: process.platform,
      arch: process.arch,
      versions: JSON.parse(JSON.stringify(process.versions)) as Record<string, string>,
      argv: [process.execPath],
      defaultApp: true,
      ownMenus: hasDisplay(),
      accelerators: hasDisplay() || process.env.SEGUE_STAND_IN_ACCELERATORS === '1',
    };
    const target = await PageTarget.open(this.window.contentSize(), facts, {
      message: (text) => this.receive(text),
      request: (paused) => void this.requests.handle(paused),
      requestedNavigation: ({ frameId, url, disposition }) => {
        if (disposition !== 'currentTab') return;
        this.requests.pageAsked(frameId);
        if (/^https?:/i.test(url)) return;
        const isMainFrame = frameId === this.target?.targetId;
        const goes = this.mayNavigate({ url, isMainFrame, isRedirect: false });
        if (goes && isMainFrame && toChromium(url) !== url) this.loading.load(url).catch(() => undefined);
      },
      navigated: (frame) => this.loading.navigated(frame),
      navigatedInPage: (url) => {
        this.replaceFrame(fromChromium(url));
        this.events.emit('did-navigate-in-page', newEvent(), this.mainFrame.url, true, 1, 1);
      },
      lifecycle: (name, loaderId) => this.loading.lifecycle(name, loaderId),
      console: (level, message, lineNumber, sourceId) => {
        const details = { level: levels[level] ?? 'info', message, lineNumber, sourceId: fromChromium(sourceId) };
        this.events.emit('console-message', newEvent({ ...details, frame: this.mainFrame }));
      },
      crashed: () => {
        this.crashed = true;
        this.events.emit('render-process-gone', newEvent(), { reason: 'crashed', exitCode: 5 });
        app.emit('render-process-gone', newEvent(), this.sender, { reason: 'crashed', exitCode: 5 });
      },
      titled: (title) => {
        if (this.mainFrame.url === '' || title === '' || fromChromium(title) !== title) return;
        this.title = title;
        this.events.emit('page-title-updated', newEvent(), title, true);
        this.events.emit('-title', title);
      },
      gone: () => {
        this.target = null;
        this.opening = null;
        if (!this.destroyed) this.window.pageGone();
      },
    });
    this.target = target;
    await emulateTheme(target.session);
    return target;
  }

  private readPreload() {
    const { preload } = this.window;
    if (preload === null) return null;
    const read = path.isAbsolute(preload)
      ? readPreload(preload)
      : { file: preload, error: new Error('preload script must have absolute path') };
    if ('error' in read) setImmediate(() => this.preloadFailed(read.error));
    return read;
  }

  private preloadFailed(error: Error): void {
    const preload = this.window.preload ?? '';
    const details = { level: 'error' as const, lineNumber: 0, sourceId: preload, frame: this.mainFrame };
    const message = `Unable to load preload script: ${preload}`;
    this.events.emit('console-message', newEvent({ ...details, message }));
    this.events.emit('console-message', newEvent({ ...details, message: error.stack ?? error.message }));
    this.events.emit('preload-error', newEvent(), preload, error);
  }

  private newDocument(url: string): void {
    this.crashed = false;
    this.pageIpc.newDocument();
    this.replaceFrame(fromChromium(url));
  }

  private replaceFrame(url: string): void {
    this.mainFrame.detached = true;
    this.mainFrame = newFrame(url, this.id);
  }

  private frameAt(url: string): FrameOfPage {
    const address = fromChromium(url);
    if (this.mainFrame.url !== address) this.replaceFrame(address);
    return this.mainFrame;
  }

  /** Messages of a page are handled in their order, also when a file's path has to be looked up for one. */
  private receive(text: string): void {
    const { pageIpc } = this;
    this.inbox = this.inbox
      .then(async () => this.handle(await pageIpc.read(text)))
      .catch((error: unknown) => {
        // A listener of the app threw: that is an uncaught exception of the main process, as in Electron.
        setImmediate(() => {
          throw error;
        });
      });
  }

  private handle(message: PageMessage): void {
    switch (message.type) {
      case 'invoke':
        this.pageIpc.receiveInvoke(message.id, message.channel, message.args, message.url);
        break;
      case 'send':
        this.pageIpc.receiveSend(message.channel, message.args, message.url);
        break;
      case 'preload-error':
        this.preloadFailed(Object.assign(new Error(message.message), { stack: message.stack }));
        break;
      case 'permission':
        this.answerPermission(message.id, message.permission, message.check, message.url);
        break;
      case 'context-menu':
        this.events.emit('context-menu', newEvent(), strict('ContextMenuParams', message.menu));
        break;
      case 'key':
        pressedKey(this.sender, message);
        break;
      default:
        this.openWindow(message.target, message.name, message.features);
    }
  }

  private answerPermission(id: number, permission: string, check: boolean, url: string): void {
    const { target } = this;
    if (target === null) return;
    askPermission(this.sender, target, permission, check, url).finally(() => target.callPreload('permitted', id));
  }

  private openWindow(target: string, frameName: string, features: string): void {
    const url = fromChromium(target);
    let action = 'allow';
    if (this.openHandler !== null) {
      action = 'deny';
      const details = {
        url,
        frameName,
        features,
        disposition: 'foreground-tab',
        referrer: { url: '', policy: 'no-referrer' },
      };
      action = this.openHandler(details as Electron.HandlerDetails).action;
    }
    if (action !== 'deny')
      throw missing("window opened by a page (webContents.setWindowOpenHandler must answer 'deny')");
  }

  private mayNavigate({ url, isMainFrame, isRedirect }: WantedNavigation): boolean {
    const event = newEvent({
      url,
      isMainFrame,
      isSameDocument: false,
      isInPlace: false,
      frame: this.mainFrame,
      initiator: this.mainFrame,
    });
    if (isRedirect) {
      this.events.emit('will-redirect', event, url, false, isMainFrame, 1, 1);
      return !event.defaultPrevented;
    }
    this.events.emit('will-frame-navigate', event);
    if (!event.defaultPrevented && isMainFrame) this.events.emit('will-navigate', event, url, false, isMainFrame, 1, 1);
    return !event.defaultPrevented;
  }
}
