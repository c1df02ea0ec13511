import { EventEmitter } from 'node:events';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { app } from './app.ts';
import { newEvent } from './events.ts';
import { IpcReceiver } from './ipc-main.ts';
import { imageFromPng, type NativeImagePart } from './native-image.ts';
import { type OpenHandler, PageLife, type WebContentsWindow } from './page-life.ts';
import { PageZoom } from './page-zoom.ts';
import { session } from './session.ts';
import { strict } from './strict.ts';
import type { FrameOfPage } from './web-frame-main.ts';

const all = new Map<number, WebContents>();
let lastId = 0;

/** One page of the app. The target in Chromium is opened with the first load, as Electron starts its renderer then. */
export class WebContents extends EventEmitter {
  readonly id: number;
  readonly session = session.defaultSession;
  readonly ipc = strict('webContents.ipc', new IpcReceiver());
  /** The strict form that the app holds. */
  readonly self: WebContents;
  readonly page: PageLife;
  readonly zoom: PageZoom;
  private readonly window: WebContentsWindow;

  constructor(window: WebContentsWindow) {
    super();
    lastId += 1;
    this.id = lastId;
    this.window = window;
    this.self = strict('webContents', this);
    this.page = new PageLife({ id: this.id, sender: this.self, events: this, ipc: this.ipc }, window);
    this.zoom = new PageZoom(() => this.page.target, window.contentSize);
    all.set(this.id, this.self);
    app.emit('web-contents-created', newEvent(), this.self);
  }

  get mainFrame(): FrameOfPage {
    return this.page.mainFrame;
  }

  loadURL(url: string): Promise<void> {
    this.need();
    if (!URL.canParse(url)) return Promise.reject(new Error(`ERR_INVALID_URL (-300) loading '${url}'`));
    return this.page.loading.load(url);
  }

  loadFile(file: string): Promise<void> {
    return this.loadURL(pathToFileURL(path.resolve(app.getAppPath(), file)).href);
  }

  reload(): void {
    this.need();
    this.page.loading.reload(false).catch(() => undefined);
  }

  reloadIgnoringCache(): void {
    this.need();
    this.page.loading.reload(true).catch(() => undefined);
  }

  isLoading(): boolean {
    return this.page.loading.isLoading;
  }

  getURL(): string {
    this.need();
    return this.mainFrame.url;
  }

  getTitle(): string {
    return this.page.title;
  }

  isDestroyed(): boolean {
    return this.page.destroyed;
  }

  isCrashed(): boolean {
    return this.page.crashed;
  }

  isFocused(): boolean {
    return !this.page.destroyed;
  }

  focus(): void {
    this.page.target?.session.send('Page.bringToFront').catch(() => undefined);
  }

  send(channel: string, ...args: unknown[]): void {
    this.need();
    this.page.pageIpc.send(channel, args);
  }

  async executeJavaScript(code: string, userGesture = false): Promise<unknown> {
    this.need();
    const target = await this.page.open();
    return target.evaluate(code, userGesture);
  }

  async insertCSS(css: string): Promise<string> {
    const sheet = `const s=new CSSStyleSheet();s.replaceSync(${JSON.stringify(css)});document.adoptedStyleSheets.push(s);''`;
    return String(await this.executeJavaScript(sheet));
  }

  async capturePage(rect?: Electron.Rectangle): Promise<NativeImagePart> {
    this.need();
    const target = await this.page.open();
    const clip = rect === undefined ? {} : { clip: { ...rect, scale: 1 } };
    const { data } = await target.session.send('Page.captureScreenshot', { format: 'png', ...clip });
    return imageFromPng(Buffer.from(data, 'base64'));
  }

  setWindowOpenHandler(handler: OpenHandler): void {
    this.page.openHandler = handler;
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
    this.page.target?.session.send('Page.crash').catch(() => undefined);
  }

  close({ waitForBeforeUnload = false }: { waitForBeforeUnload?: boolean } = {}): void {
    this.window.closeFromPage(waitForBeforeUnload);
  }

  get devToolsTargetId(): string | null {
    return this.page.target?.targetId ?? null;
  }

  /** Editing commands of menu roles (`copy`, `selectAll`), as if the person had pressed their keys. */
  runEditCommand(command: string): void {
    this.page.target?.session
      .send('Input.dispatchKeyEvent', { type: 'rawKeyDown', commands: [command] })
      .catch(() => undefined);
  }

  /** Whether the page lets itself be closed (see PageLife). */
  agreesToUnload(): Promise<boolean> {
    return this.page.agreesToUnload();
  }

  /** Ends this page for good; the window has closed. */
  async destroy(): Promise<void> {
    if (this.page.destroyed) return;
    all.delete(this.id);
    await this.page.destroy();
  }

  private need(): void {
    if (this.page.destroyed) throw new TypeError('Object has been destroyed');
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
