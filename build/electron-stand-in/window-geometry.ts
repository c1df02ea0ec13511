import { EventEmitter } from 'node:events';
import { newEvent } from './events.ts';
import type { PageTarget } from './page-target.ts';
import type { Size } from './page-window.ts';

/** Size, place and state of a window, and the events of their changes. */
export abstract class WindowGeometry extends EventEmitter {
  protected bounds: Electron.Rectangle;
  protected minimized = false;
  private readonly minimum: { width: number; height: number };
  private maximized = false;
  private fullScreen = false;

  constructor(options: Electron.BrowserWindowConstructorOptions) {
    super();
    this.minimum = { width: options.minWidth ?? 0, height: options.minHeight ?? 0 };
    this.bounds = {
      x: options.x ?? 0,
      y: options.y ?? 0,
      ...this.atLeast(options.width ?? 800, options.height ?? 600),
    };
  }

  /** The page in Chromium, null while there is none. */
  protected abstract pageTarget(): PageTarget | null;

  /** Throws once the window has closed. */
  protected abstract need(): void;

  minimize(): void {
    this.need();
    this.minimized = true;
    this.place({ windowState: 'minimized' });
    this.emit('minimize', newEvent());
  }

  restore(): void {
    this.need();
    if (!this.minimized) return;
    this.minimized = false;
    this.place({ windowState: 'normal' });
    this.emit('restore', newEvent());
  }

  isMinimized(): boolean {
    this.need();
    return this.minimized;
  }

  maximize(): void {
    this.need();
    this.maximized = true;
    this.place({ windowState: 'maximized' });
    this.emit('maximize', newEvent());
  }

  unmaximize(): void {
    this.need();
    this.maximized = false;
    this.place({ windowState: 'normal' });
    this.emit('unmaximize', newEvent());
  }

  isMaximized(): boolean {
    this.need();
    return this.maximized;
  }

  setFullScreen(on: boolean): void {
    this.need();
    this.fullScreen = on;
    this.place({ windowState: on ? 'fullscreen' : 'normal' });
    this.emit(on ? 'enter-full-screen' : 'leave-full-screen', newEvent());
  }

  isFullScreen(): boolean {
    this.need();
    return this.fullScreen;
  }

  getBounds(): Electron.Rectangle {
    this.need();
    return { ...this.bounds };
  }

  getNormalBounds(): Electron.Rectangle {
    return this.getBounds();
  }

  getContentBounds(): Electron.Rectangle {
    return this.getBounds();
  }

  setBounds(wanted: Partial<Electron.Rectangle>): void {
    this.need();
    const next = { ...this.bounds, ...wanted };
    const isMoved = next.x !== this.bounds.x || next.y !== this.bounds.y;
    const isResized = next.width !== this.bounds.width || next.height !== this.bounds.height;
    this.bounds = { ...next, ...this.atLeast(next.width, next.height) };
    if (isMoved) this.place({ left: this.bounds.x, top: this.bounds.y });
    if (isResized)
      this.pageTarget()
        ?.setContentSize(this.bounds)
        .catch(() => undefined);
    if (isMoved) this.emit('move', newEvent());
    if (isResized) {
      this.emit('resize', newEvent());
      this.emit('resized', newEvent());
    }
  }

  getSize(): number[] {
    const { width, height } = this.getBounds();
    return [width, height];
  }

  setSize(width: number, height: number): void {
    this.setBounds({ width, height });
  }

  getContentSize(): number[] {
    return this.getSize();
  }

  setContentSize(width: number, height: number): void {
    this.setSize(width, height);
  }

  getPosition(): number[] {
    const { x, y } = this.getBounds();
    return [x, y];
  }

  setPosition(x: number, y: number): void {
    this.setBounds({ x, y });
  }

  center(): void {
    this.need();
  }

  setMinimumSize(width: number, height: number): void {
    Object.assign(this.minimum, { width, height });
  }

  private place(bounds: Parameters<PageTarget['setBounds']>[0]): void {
    this.pageTarget()
      ?.setBounds(bounds)
      .catch(() => undefined);
  }

  private atLeast(width: number, height: number): Size {
    return { width: Math.max(width, this.minimum.width), height: Math.max(height, this.minimum.height) };
  }
}
