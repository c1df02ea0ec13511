import { EventEmitter } from 'node:events';
import { lifecycle } from './lifecycle.ts';
import { Menu } from './menu.ts';
import { strict } from './strict.ts';

/** An icon in a tray that nobody sees: tests emit its clicks, and click in the menu it was given. */
export class Tray extends EventEmitter implements Pick<Electron.Tray, 'setToolTip' | 'destroy' | 'isDestroyed'> {
  private destroyed = false;

  constructor(image: unknown) {
    super();
    if (!lifecycle.isReady) throw new Error('Cannot create Tray before app is ready');
    if (typeof image !== 'string' && typeof (image as { isEmpty?: unknown } | null)?.isEmpty !== 'function') {
      throw new TypeError('Error processing argument at index 0, conversion failure');
    }
    // biome-ignore lint/correctness/noConstructorReturn: the app must hold the guarded form
    return strict('Tray', this);
  }

  setContextMenu(menu: Menu | null): void {
    this.requireAlive();
    if (menu !== null && !(menu instanceof Menu)) throw new TypeError('menu must be an instance of Menu');
  }

  setToolTip(text: string): void {
    this.requireAlive();
    if (typeof text !== 'string') throw new TypeError('Error processing argument at index 0, conversion failure');
  }

  destroy(): void {
    this.destroyed = true;
  }

  isDestroyed(): boolean {
    return this.destroyed;
  }

  private requireAlive(): void {
    if (this.destroyed) throw new TypeError('Object has been destroyed');
  }
}
