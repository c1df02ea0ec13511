import { newEvent } from './events.ts';
import { type IpcReceiver, ipcMain } from './ipc-main.ts';
import type { AskedMenu } from './page-facts.ts';
import type { PageTarget } from './page-target.ts';
import { packClone, unpackClone } from './structured-clone.ts';
import type { FrameOfPage } from './web-frame-main.ts';

/** A message of the preload world; `url` is the document's address as Chromium has it. */
export type PageMessage = { readonly url: string } & (
  | { readonly type: 'invoke'; readonly id: number; readonly channel: string; readonly args: string }
  | { readonly type: 'send'; readonly channel: string; readonly args: string }
  | { readonly type: 'preload-error'; readonly message: string; readonly stack: string }
  | { readonly type: 'open'; readonly target: string; readonly name: string; readonly features: string }
  | { readonly type: 'permission'; readonly id: number; readonly permission: string; readonly check: boolean }
  | { readonly type: 'context-menu'; readonly menu: AskedMenu }
  | {
      readonly type: 'key';
      readonly key: string;
      readonly code: string;
      readonly ctrlKey: boolean;
      readonly altKey: boolean;
      readonly shiftKey: boolean;
      readonly metaKey: boolean;
    }
);

/** Where a page's IPC is delivered and what its events carry. */
export interface PageIpcOwner {
  /** The WebContents as the app knows it. */
  readonly sender: object;
  readonly ipc: IpcReceiver;
  frameAt(url: string): FrameOfPage;
  target(): PageTarget | null;
}

/** The IPC of one page, with Electron's behaviour where it goes wrong (electron-facts.md 6.1). */
export class PageIpc {
  private readonly owner: PageIpcOwner;
  /** Grows with each document: answers to a document that has gone are dropped. */
  private generation = 0;
  private broken = false;

  constructor(owner: PageIpcOwner) {
    this.owner = owner;
  }

  /** A new document has replaced the old one, and with it a message pipe that may have been broken. */
  newDocument(): void {
    this.generation += 1;
    this.broken = false;
  }

  /** A message as it came, with each token of a dropped or chosen File among its arguments replaced by its path. */
  async read(text: string): Promise<PageMessage> {
    const message = JSON.parse(text) as PageMessage;
    const target = this.owner.target();
    if (!('args' in message) || target === null || !message.args.includes(target.tokenPrefix)) return message;
    const tokens = new Set(message.args.match(new RegExp(`${target.tokenPrefix}\\d+\\.`, 'g')));
    let { args } = message;
    for (const token of tokens) {
      const path = await target.pathOf(token).catch(() => '');
      args = args.replaceAll(token, () => JSON.stringify(path).slice(1, -1));
    }
    return { ...message, args };
  }

  receiveInvoke(id: number, channel: string, packed: string, url: string): void {
    if (this.broken) return;
    const generation = this.generation;
    this.answer(channel, unpackClone(packed) as unknown[], url).then(
      (value) => this.settle(generation, id, channel, value),
      (error: unknown) => {
        console.error(`Error occurred in handler for '${channel}':`, error);
        if (generation === this.generation) this.reject(id, channel, String(error));
      },
    );
  }

  receiveSend(channel: string, packed: string, url: string): void {
    if (this.broken) return;
    const args = unpackClone(packed) as unknown[];
    const event = this.event(url);
    this.owner.ipc.emit(channel, event, ...args);
    ipcMain.emit(channel, event, ...args);
  }

  /** `webContents.send`: to the main frame, not queued; what cannot be cloned is logged and dropped. */
  send(channel: string, args: readonly unknown[]): void {
    let packed: string;
    try {
      packed = packClone(args);
    } catch (error) {
      console.error(error);
      return;
    }
    this.owner.target()?.callPreload('deliver', channel, packed);
  }

  private async answer(channel: string, args: unknown[], url: string): Promise<unknown> {
    const handler = this.owner.ipc.handlers.get(channel) ?? ipcMain.handlers.get(channel);
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    return handler(this.event(url) as unknown as Electron.IpcMainInvokeEvent, ...args);
  }

  private settle(generation: number, id: number, channel: string, value: unknown): void {
    if (generation !== this.generation || this.broken) return;
    let packed: string;
    try {
      packed = packClone(value);
    } catch {
      // Electron drops the reply un-run, and Chromium then gives up the message pipe of this frame.
      this.broken = true;
      return;
    }
    this.owner.target()?.callPreload('settle', id, channel, packed, null);
  }

  private reject(id: number, channel: string, error: string): void {
    if (!this.broken) this.owner.target()?.callPreload('settle', id, channel, null, error);
  }

  private event(url: string): object {
    const frame = this.owner.frameAt(url);
    return newEvent({
      type: 'frame',
      sender: this.owner.sender,
      processId: frame.processId,
      frameId: frame.routingId,
      ports: [],
      get senderFrame() {
        return frame.detached ? null : frame;
      },
      reply: (channel: string, ...args: unknown[]) => this.send(channel, args),
    });
  }
}
