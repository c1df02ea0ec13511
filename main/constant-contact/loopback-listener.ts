import { timingSafeEqual } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { SegueError } from '../errors/segue-error.ts';
import type { CallbackPage, CallbackPages } from './callback-pages.ts';

/** What came back from the sign-in page through the browser. */
export type CallbackAnswer =
  | { readonly kind: 'code'; readonly parameters: URLSearchParams }
  | { readonly kind: 'error'; readonly error: string };

/** A listener that waits for exactly one answer. */
export interface LoopbackListener {
  readonly port: number;
  /** The first answer with the right state. Never rejects; stays pending when none comes. */
  readonly answer: Promise<CallbackAnswer>;
  /** Stops listening and drops open connections. Safe to call twice. */
  close(): Promise<void>;
  /** Closes once the browser has fetched the last page, or after a few seconds; resolves when that is done. */
  closeSoon(): Promise<void>;
}

const callbackPath = '/callback';
const donePath = '/done';
const lingerMs = 5_000;
const singleParameters = ['code', 'state', 'error', 'error_description', 'iss'];

/**
 * Listens on the first free port of `ports`, on 127.0.0.1 and on ::1 alike because a browser may try either for `localhost`; a
 * machine without IPv6 goes on with IPv4. A port counts as taken when either family is. Throws `sign-in.ports-taken`.
 *
 * Only GET, only the exact path and only loopback names in `Host` are answered (against DNS rebinding); a wrong state gets 400
 * and does not use the listener up, or any local page could end a sign-in (`electron-facts.md` 3).
 */
export async function listenForCallback(
  ports: readonly number[],
  state: string,
  pages: CallbackPages,
): Promise<LoopbackListener> {
  for (const port of ports) {
    const bound = await bindBoth(port);
    if (bound) return serve(bound, state, pages);
  }
  throw new SegueError('sign-in.ports-taken', { ports: ports.join(', ') });
}

function serve({ servers, port }: Bound, state: string, pages: CallbackPages): LoopbackListener {
  const hosts = new Set([`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`]);
  const { promise, resolve } = Promise.withResolvers<CallbackAnswer>();
  let outcome: CallbackPage | null = null;
  let closing = false;

  function handle(request: http.IncomingMessage, response: http.ServerResponse): void {
    const [path = '', query = ''] = splitOnce(request.url ?? '', '?');
    const known = path === callbackPath || (path === donePath && outcome !== null);
    if (request.method !== 'GET' || !hosts.has(request.headers.host ?? '') || !known) {
      answerWith(response, 404, pages.failed);
      return;
    }
    if (path === donePath) {
      answerWith(response, 200, outcome ?? pages.failed);
      if (closing) response.once('close', () => void close());
      return;
    }
    const parameters = new URLSearchParams(query);
    const error = parameters.get('error');
    const whole = error !== null || parameters.get('code');
    const repeated = singleParameters.some((name) => parameters.getAll(name).length > 1);
    if (repeated || !whole || !sameText(parameters.get('state') ?? '', state)) {
      answerWith(response, 400, pages.failed);
      return;
    }
    if (outcome === null) {
      outcome = error === null ? pages.done : error === 'access_denied' ? pages.denied : pages.failed;
      resolve(error === null ? { kind: 'code', parameters } : { kind: 'error', error });
    }
    // The code leaves the address bar and the browser's history with this redirect.
    response.writeHead(302, {
      location: donePath,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      connection: 'close',
    });
    response.end();
  }

  const { promise: isClosed, resolve: noteClosed } = Promise.withResolvers<void>();
  let closed: Promise<void> | null = null;
  function close(): Promise<void> {
    closed ??= Promise.all(servers.map(closeServer)).then(() => noteClosed());
    return closed;
  }

  for (const server of servers) server.on('request', handle);
  return {
    port,
    answer: promise,
    close,
    closeSoon() {
      closing = true;
      setTimeout(() => void close(), lingerMs).unref();
      return isClosed;
    },
  };
}

interface Bound {
  readonly servers: readonly http.Server[];
  readonly port: number;
}

/** Both families on one port, IPv4 alone without IPv6, or null when the port is not to be had. */
async function bindBoth(wanted: number): Promise<Bound | null> {
  const four = await bind('127.0.0.1', wanted);
  if (!four.server) return null;
  const { port } = four.server.address() as AddressInfo;
  const six = await bind('::1', port);
  if (six.server) return { servers: [four.server, six.server], port };
  if (!six.taken) return { servers: [four.server], port };
  await closeServer(four.server);
  return null;
}

function bind(host: string, port: number): Promise<{ server: http.Server | null; taken: boolean }> {
  return new Promise((resolve) => {
    const server = http.createServer({
      maxHeaderSize: 16_384,
      headersTimeout: 10_000,
      requestTimeout: 10_000,
      connectionsCheckingInterval: 1_000,
    });
    // A busy port arrives as an event. Windows says EACCES for the port ranges it keeps for itself.
    server.once('error', (error: NodeJS.ErrnoException) => {
      resolve({ server: null, taken: error.code === 'EADDRINUSE' || error.code === 'EACCES' });
    });
    server.listen({ host, port, exclusive: true, ipv6Only: host === '::1' }, () => resolve({ server, taken: false }));
  });
}

function closeServer(server: http.Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

function answerWith(response: http.ServerResponse, status: number, page: CallbackPage): void {
  response.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': page.contentSecurityPolicy,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    connection: 'close',
  });
  response.end(page.html);
}

function splitOnce(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + mark.length)];
}

function sameText(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}
