import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import type { RequestFault } from '../control/fault-box.ts';
import type { PracticeContext } from '../practice-context.ts';
import { Gate } from '../v3/gate.ts';
import { type Answer, htmlAnswer, jsonAnswer } from './answer.ts';
import {
  ApiError,
  methodNotAllowed,
  queueFull,
  quotaExceeded,
  serverError,
  throttled,
  unauthorized,
  unknownPath,
} from './api-error.ts';
import type { Call } from './call.ts';
import { findRoute, type Route } from './router.ts';

/** Bytes of a body kept; what comes after is read and thrown away. */
const mostBodyBytes = 64_000_000;

export interface ServerOptions {
  readonly context: PracticeContext;
  readonly routes: readonly Route[];
  readonly onFailure: (error: unknown) => void;
}

/** The HTTP side: reads requests, lets faults have their way, asks the gate, answers and logs. */
export function createPracticeServer(options: ServerOptions): Server {
  const gate = new Gate(options.context);
  const server = createServer((request, response) => {
    serve(request, response, options, gate).catch((error: unknown) => {
      response.destroy();
      if (!isDisconnect(error)) options.onFailure(error);
    });
  });
  server.keepAliveTimeout = 30_000;
  return server;
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  options: ServerOptions,
  gate: Gate,
): Promise<void> {
  const { context } = options;
  const started = performance.now();
  const url = new URL(request.url ?? '/', 'http://localhost');
  const method = request.method ?? 'GET';
  if (!isOwnHost(request)) {
    response.writeHead(421).end();
    return;
  }
  const fault = url.pathname.startsWith('/_practice/') ? null : context.faults.onRequest(method, url.pathname);
  if (fault?.kind === 'drop' && fault.when === 'before') {
    request.socket.destroy();
    log(context, request, url, 0, started, 0);
    return;
  }
  const body = await readBody(request);
  const call: Call = {
    method,
    path: url.pathname,
    query: url.searchParams,
    params: {},
    headers: request.headers,
    body,
    now: context.clock.now(),
  };
  if (fault?.kind === 'slow') await wait(fault.milliseconds);
  const answer = (await answerOfFault(fault)) ?? (await answerOf(call, options, gate));
  const isDropped = fault?.kind === 'drop';
  log(context, request, url, isDropped ? 0 : answer.status, started, body.length);
  if (isDropped) request.socket.destroy();
  else await send(response, answer, method, fault);
}

/** Only requests that name this machine are answered, so that no web page can reach the account through a name of its own. */
function isOwnHost(request: IncomingMessage): boolean {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '');
  return host === '127.0.0.1' || host === 'localhost';
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    if (bytes < mostBodyBytes) chunks.push(chunk);
    bytes += chunk.length;
  }
  return Buffer.concat(chunks);
}

async function answerOf(call: Call, options: ServerOptions, gate: Gate): Promise<Answer> {
  const { context, routes, onFailure } = options;
  try {
    const isApi = call.path.startsWith('/v3/') || call.path === '/v3';
    const caller = isApi ? gate.admit(call) : undefined;
    const found = findRoute(routes, call.method === 'HEAD' ? 'GET' : call.method, call.path);
    if (found === 'wrong-method') throw methodNotAllowed();
    if (found === null) {
      if (isApi) throw unknownPath();
      return jsonAnswer(404, { error: 'not_found' });
    }
    if (caller === undefined) return await found.route.handle({ ...call, params: found.params }, context);
    gate.authorize(caller, found.route);
    return await found.route.handle({ ...call, params: found.params, caller }, context);
  } catch (error) {
    if (error instanceof ApiError) return error.answer;
    onFailure(error);
    return serverError().answer;
  }
}

/** The answer a fault gives in place of the real one, or null. */
async function answerOfFault(fault: RequestFault | null): Promise<Answer | null> {
  switch (fault?.kind) {
    case 'status': {
      const { status, body, contentType } = fault;
      if (contentType === undefined)
        return jsonAnswer(status, body ?? [{ error_key: 'contacts.api.fault', error_message: 'Fault.' }]);
      return { status, headers: { 'content-type': contentType }, body: String(body ?? '') };
    }
    case 'html':
      return htmlAnswer(fault.status, '<!doctype html><title>Constant Contact</title><h1>We will be right back</h1>');
    case 'throttled':
      return throttled().answer;
    case 'quota':
      return quotaExceeded().answer;
    case 'queue-full':
      return queueFull().answer;
    case 'unauthorized':
      return unauthorized().answer;
    default:
      return null;
  }
}

async function send(
  response: ServerResponse,
  answer: Answer,
  method: string,
  fault: RequestFault | null,
): Promise<void> {
  if (answer.body instanceof Readable) {
    response.writeHead(answer.status, answer.headers);
    if (fault?.kind === 'truncate') await sendBeginning(response, answer.body, fault.bytes);
    else await pipeline(answer.body, response);
    return;
  }
  const body = Buffer.from(answer.body);
  response.writeHead(answer.status, { ...answer.headers, 'content-length': String(body.length) });
  if (fault?.kind === 'truncate') {
    response.write(body.subarray(0, fault.bytes), () => response.destroy());
    return;
  }
  response.end(method === 'HEAD' ? undefined : body);
}

/** Sends the first bytes of a stream and breaks off. */
async function sendBeginning(response: ServerResponse, body: Readable, bytes: number): Promise<void> {
  let left = bytes;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    await new Promise<void>((resolve) => response.write(chunk.subarray(0, left), () => resolve()));
    left -= chunk.length;
    if (left <= 0) break;
  }
  response.destroy();
}

function log(
  context: PracticeContext,
  request: IncomingMessage,
  url: URL,
  status: number,
  started: number,
  bytes: number,
): void {
  // The practice account's own pages are not what a reader of the log looks for.
  if (!/^\/(v3|oauth2)\//.test(url.pathname)) return;
  const names = [...new Set(url.searchParams.keys())];
  context.requests.log({
    at: context.clock.now(),
    method: request.method ?? '',
    path: names.length === 0 ? url.pathname : `${url.pathname}?${names.join('&')}`,
    status,
    milliseconds: Math.round(performance.now() - started),
    bytes,
  });
}

function isDisconnect(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  return code === 'ECONNRESET' || code === 'EPIPE' || code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNABORTED';
}
