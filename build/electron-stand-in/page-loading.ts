import type { EventEmitter } from 'node:events';
import { fromChromium, toChromium } from './app-scheme.ts';
import type { Protocol } from './devtools-connection.ts';
import { newEvent } from './events.ts';
import { errorNumber, loadError } from './net-errors.ts';
import type { PageRequests } from './page-requests.ts';
import type { PageTarget } from './page-target.ts';

interface PendingLoad {
  readonly url: string;
  loaderId: string | null;
  resolve(): void;
  reject(error: Error): void;
}

export interface LoadingOwner {
  readonly events: EventEmitter;
  readonly requests: PageRequests;
  /** The page, opened on first use with the preload read anew. */
  open(): Promise<PageTarget>;
  /** A new document is in place; `url` is Chromium's address. */
  newDocument(url: string): void;
}

/** Loading of one page: what `loadURL` promises and the events Electron emits on the way. */
export class PageLoading {
  private readonly owner: LoadingOwner;
  private pending: PendingLoad | null = null;
  private current: { readonly loaderId: string; readonly isError: boolean } | null = null;
  private readonly loaded = new Set<string>();
  private hasPainted = false;
  isLoading = false;

  constructor(owner: LoadingOwner) {
    this.owner = owner;
  }

  /** Loads an address; settles with `did-finish-load` or with the failure, ERR_ABORTED when another load takes over. */
  load(url: string): Promise<void> {
    this.abort();
    return new Promise((resolve, reject) => {
      const pending: PendingLoad = { url, loaderId: null, resolve, reject };
      this.pending = pending;
      this.start(pending).catch((error: unknown) => {
        if (this.pending === pending) this.fail('ERR_FAILED');
        else reject(error as Error);
      });
    });
  }

  async reload(ignoreCache: boolean): Promise<void> {
    this.abort();
    const target = await this.owner.open();
    this.begin();
    this.owner.requests.expectOwn();
    await target.session.send('Page.reload', { ignoreCache });
  }

  /** Gives up what is being loaded: its promise rejects. */
  abort(): void {
    const { pending } = this;
    this.pending = null;
    pending?.reject(loadError('ERR_ABORTED', pending.url));
  }

  navigated(frame: Protocol.Page.Frame): void {
    if (this.pending === null && this.current === null && frame.url === 'about:blank') return;
    const isError = frame.unreachableUrl !== undefined;
    this.current = { loaderId: frame.loaderId, isError };
    this.owner.newDocument(frame.url);
    if (isError) return;
    if (!this.isLoading) this.begin();
    this.owner.events.emit('did-navigate', newEvent(), fromChromium(frame.url), 200, 'OK');
  }

  lifecycle(name: string, loaderId: string): void {
    const { events } = this.owner;
    if (this.current?.loaderId !== loaderId || this.current.isError) return;
    if (name === 'DOMContentLoaded') events.emit('dom-ready', newEvent());
    if ((name === 'firstPaint' || name === 'firstContentfulPaint' || name === 'load') && !this.hasPainted) {
      this.hasPainted = true;
      events.emit('-first-paint');
    }
    if (name === 'load') this.finish(loaderId);
  }

  private async start(pending: PendingLoad): Promise<void> {
    const target = await this.owner.open();
    if (this.pending !== pending) return;
    this.begin();
    const { requests } = this.owner;
    requests.expectOwn();
    const answer = await target.session.send('Page.navigate', { url: toChromium(pending.url) });
    requests.ownNavigationDone();
    if (this.pending !== pending) return;
    if (answer.errorText !== undefined) {
      this.fail(requests.failure() ?? answer.errorText.replace('net::', ''));
      return;
    }
    pending.loaderId = answer.loaderId ?? null;
    // Without a new document (a fragment of the same page) or when `load` was quicker than the answer: done.
    if (answer.loaderId === undefined || this.loaded.has(answer.loaderId)) this.settle();
  }

  private begin(): void {
    this.isLoading = true;
    this.owner.events.emit('did-start-loading');
  }

  private finish(loaderId: string): void {
    const { events } = this.owner;
    this.loaded.add(loaderId);
    this.isLoading = false;
    events.emit('did-frame-finish-load', newEvent(), true, 1, 1);
    events.emit('did-finish-load', newEvent());
    events.emit('did-stop-loading');
    if (this.pending?.loaderId === loaderId) this.settle();
  }

  private settle(): void {
    const { pending } = this;
    this.pending = null;
    this.isLoading = false;
    pending?.resolve();
  }

  private fail(code: string): void {
    const { pending } = this;
    this.pending = null;
    this.isLoading = false;
    if (pending === null) return;
    const { events } = this.owner;
    events.emit('did-fail-load', newEvent(), errorNumber(code), code, pending.url, true, 1, 1);
    events.emit('did-stop-loading');
    pending.reject(loadError(code, pending.url));
  }
}
