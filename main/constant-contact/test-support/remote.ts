import http from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a request looked like when it arrived. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

/** How to answer it; `drop` breaks the connection, before any answer or in the middle of the body. */
export type Answer =
  | {
      readonly status: number;
      readonly json?: unknown;
      readonly text?: string;
      readonly headers?: http.OutgoingHttpHeaders;
    }
  | { readonly drop: 'before-answer' | 'in-body' }
  | { readonly hang: true };

/** An HTTP server on loopback that speaks only what the test tells it. */
export interface Remote {
  readonly origin: string;
  readonly apiUrl: string;
  readonly authUrl: string;
  readonly seen: SeenRequest[];
  close(): Promise<void>;
}

export async function startRemote(
  respond: (request: SeenRequest, count: number) => Answer | Promise<Answer>,
): Promise<Remote> {
  const seen: SeenRequest[] = [];
  const server = http.createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece);
    const url = new URL(request.url ?? '/', 'http://localhost');
    const one: SeenRequest = {
      method: request.method ?? '',
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body: Buffer.concat(pieces).toString('utf8'),
    };
    seen.push(one);
    const answer = await respond(one, seen.length);
    if ('hang' in answer) return;
    if ('drop' in answer) {
      if (answer.drop === 'before-answer') return request.socket.destroy();
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 1_000 });
      response.write('{"lists":[', () => request.socket.destroy());
      return;
    }
    const text = answer.text ?? (answer.json === undefined ? '' : JSON.stringify(answer.json));
    const type = answer.json === undefined ? 'text/html' : 'application/json';
    response.writeHead(answer.status, { 'content-type': type, ...answer.headers });
    response.end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    apiUrl: `${origin}/v3`,
    authUrl: `${origin}/oauth2/default/v1`,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A port of loopback on which nobody listens. */
export async function freePort(): Promise<number> {
  const server = http.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
