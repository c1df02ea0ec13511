import { strict } from './strict.ts';

export interface RequestDetails {
  readonly id: string;
  readonly url: string;
  readonly method: string;
  readonly resourceType: string;
  readonly webContentsId: number;
}

interface Verdict {
  readonly cancel?: boolean;
  readonly redirectURL?: string;
}

type Listener = (details: RequestDetails & { timestamp: number }, callback: (verdict: Verdict) => void) => void;

let current: { readonly patterns: readonly RegExp[] | null; readonly listener: Listener } | null = null;

const kinds: Record<string, string> = {
  Document: 'mainFrame',
  Stylesheet: 'stylesheet',
  Image: 'image',
  Font: 'font',
  Script: 'script',
  XHR: 'xhr',
  Fetch: 'xhr',
  WebSocket: 'webSocket',
  Media: 'media',
  Ping: 'ping',
};

/** Asks the app's `webRequest.onBeforeRequest` listener, if one is set and its filter names the address. */
export function beforeRequest(details: RequestDetails): Promise<Verdict> {
  const asked = current;
  if (asked === null || asked.patterns?.every((pattern) => !pattern.test(details.url))) return Promise.resolve({});
  const resourceType = kinds[details.resourceType] ?? 'other';
  return new Promise((resolve) => {
    asked.listener({ ...details, resourceType, timestamp: Date.now() }, (verdict) => resolve(verdict ?? {}));
  });
}

/** Chrome's match patterns (`https://*.example.com/*`, `<all_urls>`) as expressions. */
function toPattern(text: string): RegExp {
  if (text === '<all_urls>') return /^/;
  return new RegExp(`^${text.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`);
}

export const webRequest = strict('session.webRequest', {
  onBeforeRequest(filter: { urls: string[] } | Listener | null, listener?: Listener | null): void {
    if (typeof filter === 'function') current = { patterns: null, listener: filter };
    else if (filter === null || listener === null || listener === undefined) current = null;
    else current = { patterns: filter.urls.map(toPattern), listener };
  },
});
