import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request on its way, and the answer on its way back; a twist changes what it likes. */
export interface Passing {
  readonly method: string;
  /** Path below `/v3`, without the query. */
  path: string;
  readonly query: URLSearchParams;
  readonly headers: Record<string, string>;
  /** The request's body; latin1, so that every byte passes. */
  body: string;
}

export interface Reply {
  status: number;
  readonly headers: Record<string, string>;
  /** The body as JSON, when it is some; else `text` counts. */
  // biome-ignore lint/suspicious/noExplicitAny: a twist reaches into whatever passes.
  json: any;
  text: string;
}

/** What is done to a request before it is passed on (answering it at once is possible), and to the answer after. */
export interface Twist {
  readonly before?: (passing: Passing) => Reply | undefined;
  readonly after?: (passing: Passing, reply: Reply) => void;
}

export interface TwistingProxy {
  readonly apiUrl: string;
  /** From now on this is done; nothing without it. */
  twist(twist?: Twist): void;
  close(): Promise<void>;
}

/** Stands before an account and changes what passes, so that it obeys the papers in another way, or does not. */
export async function startTwistingProxy(behind: string): Promise<TwistingProxy> {
  let twist: Twist = {};
  const server = createServer((request, response) => {
    pass(request, behind, () => twist).then(
      ({ status, headers, json, text }) => {
        const body = json === undefined ? text : JSON.stringify(json);
        response.writeHead(status, headers).end(status === 204 ? undefined : body);
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v3`,
    twist: (next = {}) => {
      twist = next;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function pass(request: IncomingMessage, behind: string, twist: () => Twist): Promise<Reply> {
  const { before, after } = twist();
  const url = new URL(request.url ?? '/', 'http://localhost');
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  const passing: Passing = {
    method: request.method ?? 'GET',
    path: url.pathname.replace(/^\/v3/, ''),
    query: url.searchParams,
    headers: Object.fromEntries(
      ['authorization', 'content-type', 'accept'].flatMap((name) => {
        const value = request.headers[name];
        return typeof value === 'string' ? [[name, value]] : [];
      }),
    ),
    body: Buffer.concat(chunks).toString('latin1'),
  };
  const early = before?.(passing);
  if (early !== undefined) return early;
  const query = passing.query.size === 0 ? '' : `?${passing.query}`;
  const response = await fetch(`${behind}${passing.path}${query}`, {
    method: passing.method,
    headers: passing.headers,
    ...(passing.body === '' ? {} : { body: Buffer.from(passing.body, 'latin1') }),
  });
  const text = await response.text();
  const headers: Record<string, string> = {};
  for (const name of ['content-type', 'location']) {
    const value = response.headers.get(name);
    if (value !== null) headers[name] = value;
  }
  const isJson = (headers['content-type'] ?? '').includes('json') && text !== '';
  const reply: Reply = { status: response.status, headers, json: isJson ? JSON.parse(text) : undefined, text };
  after?.(passing, reply);
  return reply;
}
