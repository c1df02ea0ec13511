import { EventEmitter } from 'node:events';
import { newEvent } from './events.ts';
import { strict } from './strict.ts';

/** A notification on a desktop that shows none: `isSupported()` is false and `show()` reports `failed`. */
export class Notification extends EventEmitter {
  title: string;
  body: string;
  silent: boolean;

  constructor(options: Electron.NotificationConstructorOptions = {}) {
    super();
    this.title = options.title ?? '';
    this.body = options.body ?? '';
    this.silent = options.silent ?? false;
    // biome-ignore lint/correctness/noConstructorReturn: the app must hold the guarded form
    return strict('Notification', this);
  }

  static isSupported(): boolean {
    return false;
  }

  show(): void {
    setImmediate(() => this.emit('failed', newEvent(), 'Notifications are not supported'));
  }

  close(): void {
    this.emit('close', newEvent());
  }
}
