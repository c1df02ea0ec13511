import { fromChromium, ownScheme, toChromium } from './app-scheme.ts';
import type { Protocol } from './devtools-connection.ts';
import type { PageTarget } from './page-target.ts';
import { answerScheme } from './protocol.ts';
import { beforeRequest } from './web-request.ts';

type Paused = Protocol.Fetch.requestPausedPayload;

/** A navigation the page itself wants; addresses are the app's own. */
export interface WantedNavigation {
  readonly url: string;
  readonly isMainFrame: boolean;
  readonly isRedirect: boolean;
}

export interface RequestsOwner {
  readonly id: number;
  target(): PageTarget | null;
  /** Asks the app's navigation listeners; false when one of them prevented it. */
  mayNavigate(navigation: WantedNavigation): boolean;
}

/** Every request of one page: navigations are asked about, the app's schemes are answered, the rest goes out. */
export class PageRequests {
  private readonly owner: RequestsOwner;
  /** Frames whose script or link asked for the navigation that comes next. */
  private readonly asking = new Set<string>();
  private ownNavigation = false;
  private lastFailure: string | null = null;

  constructor(owner: RequestsOwner) {
    this.owner = owner;
  }

  /** The next document is one the app itself asked for (`loadURL`, `reload`): no navigation event for it. */
  expectOwn(): void {
    this.ownNavigation = true;
    this.lastFailure = null;
  }

  ownNavigationDone(): void {
    this.ownNavigation = false;
  }

  /** Why the app's own scheme failed to answer the last document, where Chromium's own word for it is vaguer. */
  failure(): string | null {
    return this.lastFailure;
  }

  pageAsked(frameId: string): void {
    this.asking.add(frameId);
  }

  async handle(paused: Paused): Promise<void> {
    const session = this.owner.target()?.session;
    if (session === undefined) return;
    try {
      if (paused.resourceType === 'Document' && !(await this.mayLoad(paused))) {
        await session.send('Fetch.failRequest', { requestId: paused.requestId, errorReason: 'Aborted' });
        return;
      }
      await this.answer(paused);
    } catch {
      // The page went away meanwhile; there is nothing left to answer.
    }
  }

  private async mayLoad({ frameId, request, redirectedRequestId }: Paused): Promise<boolean> {
    const target = this.owner.target();
    if (target === null) return false;
    const isMainFrame = frameId === target.targetId;
    const isRedirect = redirectedRequestId !== undefined;
    const url = fromChromium(request.url);
    if (isRedirect) return this.owner.mayNavigate({ url, isMainFrame, isRedirect });
    if (isMainFrame && this.ownNavigation) {
      this.ownNavigation = false;
      return true;
    }
    // The note that the page asked comes from another process than the request: one round trip lets it arrive first.
    if (!this.asking.has(frameId))
      await target.session.send('Runtime.evaluate', { expression: '0' }).catch(() => undefined);
    if (!this.asking.delete(frameId)) return true;
    return this.owner.mayNavigate({ url, isMainFrame, isRedirect });
  }

  private async answer(paused: Paused): Promise<void> {
    const session = this.owner.target()?.session;
    if (session === undefined) return;
    const { requestId, request } = paused;
    const url = fromChromium(request.url);
    const verdict = await beforeRequest({
      id: paused.networkId ?? requestId,
      url,
      method: request.method,
      resourceType: paused.resourceType,
      webContentsId: this.owner.id,
    });
    if (verdict.cancel === true) {
      await session.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' });
      return;
    }
    if (verdict.redirectURL !== undefined) {
      const responseHeaders = [{ name: 'location', value: toChromium(verdict.redirectURL) }];
      await session.send('Fetch.fulfillRequest', { requestId, responseCode: 307, responseHeaders });
      return;
    }
    if (ownScheme(request.url) === null) {
      await session.send('Fetch.continueRequest', { requestId });
      return;
    }
    // Chromium asks for an icon by itself; Electron has no tab to show one in and does not.
    if (
      paused.resourceType === 'Other' &&
      request.method === 'GET' &&
      new URL(request.url).pathname === '/favicon.ico'
    ) {
      await session.send('Fetch.fulfillRequest', { requestId, responseCode: 204 });
      return;
    }
    const answer = await answerScheme(url, request);
    if ('failure' in answer) {
      if (paused.resourceType === 'Document') this.lastFailure = answer.failure;
      await session.send('Fetch.failRequest', { requestId, errorReason: 'Failed' });
      return;
    }
    await session.send('Fetch.fulfillRequest', { requestId, ...answer });
  }
}
