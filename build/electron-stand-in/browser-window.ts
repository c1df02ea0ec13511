import { app } from './app.ts';
import { newEvent } from './events.ts';
import { needReady } from './lifecycle.ts';
import type { PageTarget } from './page-target.ts';
import { missing, strict } from './strict.ts';
import { WebContents } from './web-contents.ts';
import { WindowGeometry } from './window-geometry.ts';
import { openWindows } from './windows.ts';

type Options = Electron.BrowserWindowConstructorOptions;

const all = new Map<number, BrowserWindow>();
let lastId = 0;
let focused: BrowserWindow | null = null;

/** The stand-in builds sandboxed, isolated windows of the default session only; anything looser is refused by name. */
function checkPreferences(preferences: Electron.WebPreferences): void {
  const refused: Partial<Record<keyof Electron.WebPreferences, unknown>> = {
    contextIsolation: false,
    sandbox: false,
    nodeIntegration: true,
    nodeIntegrationInWorker: true,
    nodeIntegrationInSubFrames: true,
    webviewTag: true,
    webSecurity: false,
    allowRunningInsecureContent: true,
    experimentalFeatures: true,
    offscreen: true,
    navigateOnDragDrop: true,
    javascript: false,
  };
  for (const [name, value] of Object.entries(refused)) {
    if (preferences[name as keyof Electron.WebPreferences] === value) throw missing(`webPreferences.${name}: ${value}`);
  }
  if (preferences.partition || preferences.session) throw missing('webPreferences.partition or session');
}

/** A window of the app: a page in Chromium, opened with its first load. */
export class BrowserWindow extends WindowGeometry {
  readonly id: number;
  readonly webContents: WebContents;
  title: string;
  autoHideMenuBar: boolean;
  private readonly self: BrowserWindow;
  private readonly contents: WebContents;
  private visible: boolean;
  private destroyed = false;
  private closing: Promise<boolean> | null = null;
  private progress: [number, Electron.ProgressBarOptions?] = [-1];

  constructor(options: Options = {}) {
    super(options);
    needReady('Cannot create BrowserWindow before app is ready');
    const { webPreferences = {} } = options;
    checkPreferences(webPreferences);
    if (new.target !== BrowserWindow) throw new Error('BrowserWindow cannot be subclassed');
    lastId += 1;
    this.id = lastId;
    this.title = options.title ?? app.getName();
    this.autoHideMenuBar = options.autoHideMenuBar ?? false;
    this.visible = options.show ?? true;
    this.self = strict('BrowserWindow', this);
    this.contents = new WebContents({
      preload: webPreferences.preload ?? null,
      contentSize: () => ({ width: this.bounds.width, height: this.bounds.height }),
      pageGone: () => void this.pageGone(),
      closeFromPage: (ask) => {
        if (ask) void this.closeInOrder();
        else this.destroy();
      },
    });
    this.webContents = this.contents.self;
    this.contents.once('-first-paint', () => {
      if (!this.destroyed) this.emit('ready-to-show', newEvent());
    });
    this.contents.on('-title', (title: string) => {
      const event = newEvent();
      this.emit('page-title-updated', event, title, true);
      if (!event.defaultPrevented) this.title = title;
    });
    all.set(this.id, this.self);
    openWindows.add(this.self);
    if (this.visible) focused = this.self;
    app.emit('browser-window-created', newEvent(), this.self);
    // biome-ignore lint/correctness/noConstructorReturn: the app must hold the guarded form
    return this.self;
  }

  static getAllWindows(): BrowserWindow[] {
    return [...all.values()];
  }

  static fromWebContents(contents: WebContents): BrowserWindow | null {
    return [...all.values()].find((window) => window.webContents === contents) ?? null;
  }

  static fromId(id: number): BrowserWindow | null {
    return all.get(id) ?? null;
  }

  static getFocusedWindow(): BrowserWindow | null {
    return focused;
  }

  loadURL(url: string): Promise<void> {
    this.need();
    return this.contents.loadURL(url);
  }

  loadFile(file: string): Promise<void> {
    this.need();
    return this.contents.loadFile(file);
  }

  reload(): void {
    this.need();
    this.contents.reload();
  }

  capturePage(rect?: Electron.Rectangle) {
    this.need();
    return this.contents.capturePage(rect);
  }

  show(): void {
    this.need();
    if (!this.visible) {
      this.visible = true;
      this.emit('show', newEvent());
    }
    this.focus();
  }

  showInactive(): void {
    this.need();
    this.visible = true;
    this.emit('show', newEvent());
  }

  hide(): void {
    this.need();
    if (!this.visible) return;
    this.visible = false;
    this.blur();
    this.emit('hide', newEvent());
  }

  focus(): void {
    this.need();
    if (focused === this.self) return;
    focused?.blur();
    focused = this.self;
    this.contents.focus();
    this.emit('focus', newEvent());
    app.emit('browser-window-focus', newEvent(), this.self);
  }

  blur(): void {
    if (focused !== this.self) return;
    focused = null;
    this.emit('blur', newEvent());
    app.emit('browser-window-blur', newEvent(), this.self);
  }

  isFocused(): boolean {
    return focused === this.self;
  }

  isVisible(): boolean {
    this.need();
    return this.visible && !this.minimized;
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  getTitle(): string {
    this.need();
    return this.title;
  }

  setTitle(title: string): void {
    this.need();
    this.title = title;
  }

  setProgressBar(...progress: [number, Electron.ProgressBarOptions?]): void {
    this.need();
    this.progress = progress;
  }

  /** What `setProgressBar` was last given, for tests; Electron has no such call. */
  get standInProgress(): readonly [number, Electron.ProgressBarOptions?] {
    return this.progress;
  }

  setMenu(): void {
    this.need();
  }

  removeMenu(): void {
    this.need();
  }

  setMenuBarVisibility(): void {
    this.need();
  }

  setAutoHideMenuBar(hide: boolean): void {
    this.autoHideMenuBar = hide;
  }

  setBackgroundColor(): void {
    this.need();
  }

  setIcon(): void {
    this.need();
  }

  setOverlayIcon(): void {
    this.need();
  }

  flashFrame(): void {
    this.need();
  }

  moveTop(): void {
    this.focus();
  }

  close(): void {
    this.need();
    void this.closeInOrder();
  }

  /** Closes without asking anyone. */
  destroy(): void {
    if (!this.destroyed) void this.finish();
  }

  closeInOrder(): Promise<boolean> {
    this.closing ??= this.tryToClose().finally(() => {
      this.closing = null;
    });
    return this.closing;
  }

  private async tryToClose(): Promise<boolean> {
    if (this.destroyed) return true;
    const event = newEvent();
    this.emit('close', event);
    if (event.defaultPrevented) return false;
    if (!(await this.contents.agreesToUnload())) return false;
    if (!this.destroyed) await this.finish();
    return true;
  }

  private async finish(): Promise<void> {
    this.destroyed = true;
    all.delete(this.id);
    if (focused === this.self) focused = null;
    await this.contents.destroy();
    openWindows.delete(this.self);
    this.emit('closed', newEvent());
    if (openWindows.size === 0) app.allWindowsClosed();
  }

  /** A person closed Chromium's window, or Chromium ended: the app is asked, and a refusal brings the page back. */
  private async pageGone(): Promise<void> {
    const url = this.contents.mainFrame.url;
    const event = newEvent();
    this.emit('close', event);
    if (event.defaultPrevented && url !== '') await this.contents.loadURL(url).catch(() => undefined);
    else await this.finish();
  }

  protected override pageTarget(): PageTarget | null {
    return this.contents.page.target;
  }

  protected override need(): void {
    if (this.destroyed) throw new TypeError('Object has been destroyed');
  }
}
