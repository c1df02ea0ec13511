import { EventEmitter } from 'node:events';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { pressedKey } from './accelerators.ts';
import { app } from './app.ts';
import { fromChromium, toChromium } from './app-scheme.ts';
import { newEvent } from './events.ts';
import { IpcReceiver } from './ipc-main.ts';
import { imageFromPng, type NativeImagePart } from './native-image.ts';
import { emulateTheme } from './native-theme.ts';
import { PageIpc, type PageMessage } from './page-ipc.ts';
import { PageLoading } from './page-loading.ts';
import { PageRequests, type WantedNavigation } from './page-requests.ts';
import { readPreload } from './page-scripts.ts';
import { PageTarget } from './page-target.ts';
import type { Size } from './page-window.ts';
import { PageZoom } from './page-zoom.ts';
import { askPermission } from './permissions.ts';
import { session } from './session.ts';
import { missing, strict } from './strict.ts';
import { hasDisplay } from './system.ts';
import { type FrameOfPage, newFrame } from './web-frame-main.ts';

type OpenHandler = (details: Electron.HandlerDetails) => { action: 'allow' | 'deny' };

const all = new Map<number, WebContents>();
let lastId = 0;

/** What a window tells its WebContents and hears from it. */
export interface WebContentsWindow {
  readonly preload: string | null;
  contentSize(): Size;
  /** The page has gone without the app having closed the window. */
  pageGone(): void;
  /** `webContents.close()`: closes the window, asking the page first when `ask`. */
  closeFromPage(ask: boolean): void;
}

const levels: Record<string, 'info' | 'warning' | 'error' | 'debug'> = {
  warning: 'warning',
  warn: 'warning',
  error: 'error',
  assert: 'error',
  debug: 'debug',
  verbose: 'debug',
};

/** One page of the app. The target in Chromium is opened with the first load, as Electron starts its renderer then. */
export class WebContents extends EventEmitter {
  readonly id: number;
  readonly session = session.defaultSession;
  readonly ipc = strict('webContents.ipc', new IpcReceiver());
  mainFrame: FrameOfPage;
  /** The strict form that the app holds. */
  readonly self: WebContents;
  target: PageTarget | null = null;
  readonly loading: PageLoading;
  readonly zoom: PageZoom;
  title = '';
  private readonly window: WebContentsWindow;
  private readonly requests: PageRequests;
  private readonly pageIpc: PageIpc;
  private opening: Promise<PageTarget> | null = null;
  private openHandler: OpenHandler | null = null;
  private destroyed = false;
  private crashed = false;
  private inbox: Promise<void> = Promise.resolve();

  constructor(window: WebContentsWindow) {
    super();
    lastId += 1;
    this.id = lastId;
    this.window = window;
    this.mainFrame = newFrame('', this.id);
    const owner = this;
    this.self = strict('webContents', this);
    this.requests = new PageRequests({
      id: this.id,
      target: () => this.target,
      mayNavigate: (navigation) => this.mayNavigate(navigation),
    });
    this.pageIpc = new PageIpc({
      sender: this.self,
      ipc: this.ipc,
      frameAt: (url) => this.frameAt(url),
      target: () => this.target,
    });
    this.zoom = new PageZoom(() => this.target, window.contentSize);
    this.loading = new PageLoading({
      events: this,
      get requests() {
        return owner.requests;
      },
      open: () => this.openForLoad(),
      newDocument: (url) => this.newDocument(url),
    });
    all.set(this.id, this.self);
    app.emit('web-contents-created', newEvent(), this.self);
  }

  loadURL(url: string): Promise<void> {
    this.need();
    if (!URL.canParse(url)) return Promise.reject(new Error(`ERR_INVALID_URL (-300) loading '${url}'`));
    return this.loading.load(url);
  }

  loadFile(file: string): Promise<void> {
    return this.loadURL(pathToFileURL(path.resolve(app.getAppPath(), file)).href);
  }

  reload(): void {
    this.need();
    this.loading.reload(false).catch(() => undefined);
  }

  reloadIgnoringCache(): void {
    this.need();
    this.loading.reload(true).catch(() => undefined);
  }

  isLoading(): boolean {
    return this.loading.isLoading;
  }

  getURL(): string {
    this.need();
    return this.mainFrame.url;
  }

  getTitle(): string {
    return this.title;
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  isCrashed(): boolean {
    return this.crashed;
  }

  isFocused(): boolean {
    return !this.destroyed;
  }

  focus(): void {
    this.target?.session.send('Page.bringToFront').catch(() => undefined);
  }

  send(channel: string, ...args: unknown[]): void {
    this.need();
    this.pageIpc.send(channel, args);
  }

  async executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    this.need();
    const target = await this.open();
    return target.evaluate(code, userGesture);
  }

  async insertCSS(css: string): Promise<string> {
    const sheet = `const s=new CSSStyleSheet();s.replaceSync(${JSON.stringify(css)});document.adoptedStyleSheets.push(s);''`;
    return String(await this.executeJavaScript(sheet));
  }

  async capturePage(rect?: Electron.Rectangle): Promise<NativeImagePart> {
    this.need();
    const target = await this.open();
    const clip = rect === undefined ? {} : { clip: { ...rect, scale: 1 } };
    const { data } = await target.session.send('Page.captureScreenshot', { format: 'png', ...clip });
    return imageFromPng(Buffer.from(data, 'base64'));
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.openHandler = handler;
  }

  setZoomLevel(level: number): void {
    this.zoom.setLevel(level);
  }

  getZoomLevel(): number {
    return this.zoom.level;
  }

  setZoomFactor(factor: number): void {
    this.zoom.setLevel(Math.log(factor) / Math.log(1.2));
  }

  getZoomFactor(): number {
    return this.zoom.factor;
  }

  setBackgroundThrottling(): void {
    // Chromium is started without throttling.
  }

  isDevToolsOpened(): boolean {
    return false;
  }

  getOSProcessId(): number {
    return process.pid;
  }

  getType(): string {
    return 'window';
  }

  getUserAgent(): string {
    return session.defaultSession.getUserAgent();
  }

  forcefullyCrashRenderer(): void {
    this.target?.session.send('Page.crash').catch(() => undefined);
  }

  close({ waitForBeforeUnload = false }: { waitForBeforeUnload?: boolean } = {}): void {
    this.window.closeFromPage(waitForBeforeUnload);
  }

  get devToolsTargetId(): string | null {
    return this.target?.targetId ?? null;
  }

  /** Editing commands of menu roles (`copy`, `selectAll`), as if the person had pressed their keys. */
  runEditCommand(command: string): void {
    this.target?.session
      .send('Input.dispatchKeyEvent', { type: 'rawKeyDown', commands: [command] })
      .catch(() => undefined);
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
    this.emit('will-prevent-unload', event);
    return event.defaultPrevented;
  }

  /** Ends this page for good; the window has closed. */
  async destroy(): Promise<void> {
    if (this.destroyed) return;
    this.destroyed = true;
    all.delete(this.id);
    this.mainFrame.detached = true;
    this.loading.abort();
    const { target, opening } = this;
    this.target = null;
    this.emit('destroyed');
    const last = target ?? (await opening?.catch(() => null));
    await last?.close();
  }

  private need(): void {
    if (this.destroyed) throw new TypeError('Object has been destroyed');
  }

  private open(): Promise<PageTarget> {
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
        this.emit('did-navigate-in-page', newEvent(), this.mainFrame.url, true, 1, 1);
      },
      lifecycle: (name, loaderId) => this.loading.lifecycle(name, loaderId),
      console: (level, message, lineNumber, sourceId) => {
        const details = { level: levels[level] ?? 'info', message, lineNumber, sourceId: fromChromium(sourceId) };
        this.emit('console-message', newEvent({ ...details, frame: this.mainFrame }));
      },
      crashed: () => {
        this.crashed = true;
        this.emit('render-process-gone', newEvent(), { reason: 'crashed', exitCode: 5 });
        app.emit('render-process-gone', newEvent(), this.self, { reason: 'crashed', exitCode: 5 });
      },
      titled: (title) => {
        if (this.mainFrame.url === '' || title === '' || fromChromium(title) !== title) return;
        this.title = title;
        this.emit('page-title-updated', newEvent(), title, true);
        this.emit('-title', title);
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
    this.emit('console-message', newEvent({ ...details, message }));
    this.emit('console-message', newEvent({ ...details, message: error.stack ?? error.message }));
    this.emit('preload-error', newEvent(), preload, error);
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
      case 'key':
        pressedKey(this.self, message);
        break;
      default:
        this.openWindow(message.target, message.name, message.features);
    }
  }

  private answerPermission(id: number, permission: string, check: boolean, url: string): void {
    const { target } = this;
    if (target === null) return;
    askPermission(this.self, target, permission, check, url).finally(() => target.callPreload('permitted', id));
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
      this.emit('will-redirect', event, url, false, isMainFrame, 1, 1);
      return !event.defaultPrevented;
    }
    this.emit('will-frame-navigate', event);
    if (!event.defaultPrevented && isMainFrame) this.emit('will-navigate', event, url, false, isMainFrame, 1, 1);
    return !event.defaultPrevented;
  }
}

/** `webContents`, the module: finds pages. */
export const webContents = strict('webContents (module)', {
  getAllWebContents: (): WebContents[] => [...all.values()],
  fromId: (id: number): WebContents | undefined => all.get(id),
  fromDevToolsTargetId: (targetId: string): WebContents | undefined =>
    [...all.values()].find((contents) => contents.devToolsTargetId === targetId),
  getFocusedWebContents: (): WebContents | null => [...all.values()].at(-1) ?? null,
});
