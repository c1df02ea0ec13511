import { setTimeout as wait } from 'node:timers/promises';
import { Broken } from './check.ts';

/** What came back from a request. */
export interface Answer {
  /** Method and path, for words about it; without the query, whose values are nobody's business. */
  readonly request: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON; undefined when it is none. */
  readonly body: unknown;
}

export interface ApiOptions {
  /** Base of the API with `/v3`. */
  readonly apiUrl: string;
  readonly token: string;
  /** Milliseconds between the beginnings of two requests; 0 for none. */
  readonly spacing: number;
}

export interface RequestOptions {
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is; its content type is set by it or by `contentType`. */
  readonly raw?: string | FormData;
  readonly contentType?: string;
  /** Instead of the usual token; null sends none. */
  readonly token?: string | null;
}

/** Longest a single request may take, in milliseconds. */
const longestRequest = 90_000;
/** How often a request is sent again that was refused because others use the key at the same moment. */
const throttledTries = 6;

/** Plain HTTP to one API, paced, with nothing of Segue's own client in it. */
export class Api {
  readonly apiUrl: string;
  readonly #token: string;
  readonly #spacing: number;
  #nextAt = 0;
  #sent = 0;

  constructor(options: ApiOptions) {
    this.apiUrl = options.apiUrl.replace(/\/+$/, '');
    this.#token = options.token;
    this.#spacing = options.spacing;
  }

  /** How many requests were sent. */
  get sent(): number {
    return this.#sent;
  }

  /** The same API with another token. */
  as(token: string): Api {
    return new Api({ apiUrl: this.apiUrl, token, spacing: this.#spacing });
  }

  get(path: string): Promise<Answer> {
    return this.request('GET', path);
  }

  post(path: string, json: unknown): Promise<Answer> {
    return this.request('POST', path, { json });
  }

  put(path: string, json: unknown): Promise<Answer> {
    return this.request('PUT', path, { json });
  }

  delete(path: string): Promise<Answer> {
    return this.request('DELETE', path);
  }

  /** Posts a CSV import (constant-contact-v3.md 6.3). */
  importFile(csv: string, listIds: readonly string[], fileName = 'contract.csv'): Promise<Answer> {
    const raw = new FormData();
    raw.set('file', new File([csv], fileName, { type: 'text/csv' }));
    raw.set('list_ids', listIds.join(','));
    return this.request('POST', '/activities/contacts_file_import', { raw });
  }

  /**
   * Follows a link that an answer gave.
   * @throws Broken when it leaves the API's host
   */
  follow(href: string): Promise<Answer> {
    const url = new URL(href, this.apiUrl);
    if (url.origin !== new URL(this.apiUrl).origin) throw new Broken('A link leads away from the host of the API');
    return this.#send('GET', url, {});
  }

  /**
   * One request, answered whatever its status; 429 with `throttled` is waited out.
   * @throws Broken when there is no whole answer
   */
  request(method: string, path: string, options: RequestOptions = {}): Promise<Answer> {
    return this.#send(method, new URL(`${this.apiUrl}${path}`), options);
  }

  async #send(method: string, url: URL, options: RequestOptions): Promise<Answer> {
    for (let tries = 1; ; tries += 1) {
      const answer = await this.#once(method, url, options);
      const isThrottled = answer.status === 429 && answer.text.includes('"throttled"');
      if (!isThrottled || this.#spacing === 0 || tries >= throttledTries) return answer;
      await wait(1_000 * tries);
    }
  }

  async #once(method: string, url: URL, options: RequestOptions): Promise<Answer> {
    await this.#turn();
    const request = `${method} ${url.pathname}`;
    const { json, raw, contentType, token = this.#token } = options;
    const headers: Record<string, string> = { accept: 'application/json', 'user-agent': 'Segue contract suite' };
    if (token !== null) headers.authorization = `Bearer ${token}`;
    if (json !== undefined) headers['content-type'] = 'application/json';
    if (contentType !== undefined) headers['content-type'] = contentType;
    const body = json === undefined ? raw : JSON.stringify(json);
    try {
      const response = await fetch(url, {
        method,
        headers,
        redirect: 'manual',
        signal: AbortSignal.timeout(longestRequest),
        ...(body === undefined ? {} : { body }),
      });
      const text = await response.text();
      return { request, status: response.status, headers: response.headers, text, body: parsed(text) };
    } catch (error) {
      const cause = (error as { cause?: { code?: unknown } }).cause?.code;
      throw new Broken(`${request} got no whole answer (${String(cause ?? (error as Error).name)})`);
    }
  }

  /** Waits for this request's place in the row. */
  async #turn(): Promise<void> {
    this.#sent += 1;
    if (this.#spacing === 0) return;
    const now = performance.now();
    const startAt = Math.max(now, this.#nextAt);
    this.#nextAt = startAt + this.#spacing;
    // Timers may fire a little early, which would bring two requests closer together than meant.
    while (performance.now() < startAt) await wait(Math.ceil(startAt - performance.now()));
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
