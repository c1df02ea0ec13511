import type { Readable } from 'node:stream';
import { type Dispatcher, request as send } from 'undici';
import type { z } from 'zod';
import { SegueError } from '../errors/segue-error.ts';
import { backoffMs, type Clock, type Random, retryAfterMs, systemClock } from './clock.ts';
import { directDispatcher } from './dispatchers.ts';
import type { ApiGate, Purpose } from './gate.ts';
import { networkFailure } from './network-failure.ts';
import { limitKind, RemoteError, readAnswer } from './remote-answer.ts';

/** Time limits in milliseconds and the largest JSON answer in bytes. */
export interface FetchLimits {
  /** From the request until the answer's headers; sending the body counts. */
  readonly headersMs: number;
  /** The same for imports, whose 3.8 MB body may go over a slow line. */
  readonly uploadHeadersMs: number;
  /** Between two pieces of an answer's body. */
  readonly bodyMs: number;
  /** For reading one whole JSON answer after its headers. */
  readonly wholeBodyMs: number;
  readonly answerBytes: number;
}

export const defaultFetchLimits: FetchLimits = {
  headersMs: 60_000,
  uploadHeadersMs: 240_000,
  bodyMs: 30_000,
  wholeBodyMs: 120_000,
  answerBytes: 64 * 1024 * 1024,
};

export interface ApiClientOptions {
  /** Base address with its version, without a slash at the end (`resolveAddresses`). */
  readonly apiUrl: string;
  readonly gate: ApiGate;
  /** A real one is needed: gateways refuse the default of scripts (`constant-contact-v3.md` 2.1). */
  readonly userAgent: string;
  /** For a proxy (`directDispatcher`); the caller closes it. Without one the client makes and closes its own, straight. */
  readonly dispatcher?: Dispatcher;
  readonly fetchLimits?: Partial<FetchLimits>;
  readonly clock?: Clock;
  readonly random?: Random;
  /** Hears what makes a request wait before it is repeated, and null once it has come through or is given up. */
  readonly repeating?: (error: SegueError | null) => void;
}

/** What every resource function takes beside its own arguments. */
export interface CallOptions {
  /** Default `interactive`. */
  readonly purpose?: Purpose;
  readonly signal?: AbortSignal;
  /** Asked when the request's turn has come, which may take days: whether it is not to leave any more. Ends it as `not-sent`. */
  readonly outdated?: () => boolean;
}

export interface ApiRequest extends CallOptions {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the base, beginning with a slash; or a whole address that `resolveLink` made. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: { readonly contentType: string; readonly bytes: string | Uint8Array };
  /** Gives the import's longer time limit. */
  readonly upload?: boolean;
}

/**
 * How a request ended. `refused`: the other side said no and did nothing. `not-sent`: no byte of it arrived. `unknown`: it may
 * have arrived and may have been carried out. Only `unknown` must be looked into before the same is sent again.
 */
export type Outcome<T> =
  | { readonly outcome: 'accepted'; readonly value: T }
  | { readonly outcome: 'refused' | 'not-sent' | 'unknown'; readonly error: SegueError };

export interface ApiClient {
  readonly apiUrl: string;
  /** Sends, repeats where that is safe, and checks the answer against `schema`. Throws nothing but programming errors. */
  attempt<Schema extends z.ZodType>(request: ApiRequest, schema: Schema): Promise<Outcome<z.output<Schema>>>;
  /** Like {@link attempt}, but gives the value, and throws the error of any other outcome. */
  call<Schema extends z.ZodType>(request: ApiRequest, schema: Schema): Promise<z.output<Schema>>;
  /** A GET whose body is handed on as it comes. Repeated until an answer begins; the caller consumes the stream. */
  open(request: Omit<ApiRequest, 'method' | 'body'>): Promise<Readable>;
  /**
   * Turns a link out of an answer (`/v3/contacts?cursor=…`) into a whole address. Throws `remote.invalid-answer` for one that
   * leaves the API's host or its path: the access token goes nowhere else.
   */
  resolveLink(href: string): string;
  close(): Promise<void>;
}

const triesFor: Record<Purpose, number> = { interactive: 4, run: 8 };

type Step<T> =
  | Outcome<T>
  | { readonly again: SegueError; readonly waitMs?: number; readonly otherwise: 'refused' | 'not-sent' | 'unknown' };
type Reader<T> = (answer: Dispatcher.ResponseData) => Promise<T>;

/** The client for one connection. It follows no redirect and keeps neither tokens nor pace: those are the gate's. */
export function createApiClient(options: ApiClientOptions): ApiClient {
  const { apiUrl, gate, userAgent, clock = systemClock, random = Math.random } = options;
  const limits = { ...defaultFetchLimits, ...options.fetchLimits };
  const dispatcher = options.dispatcher ?? directDispatcher(null);

  function resolveLink(href: string): string {
    const base = new URL(apiUrl);
    const url = URL.parse(href, base.href);
    const inside = url?.origin === base.origin && url.pathname.startsWith(`${base.pathname.replace(/\/$/, '')}/`);
    if (!url || !inside || url.username || url.password)
      throw new SegueError('remote.invalid-answer', { reason: 'link' });
    return url.href;
  }

  function addressOf(request: Pick<ApiRequest, 'path' | 'query'>): string {
    const url = new URL(resolveLink(request.path.startsWith('/') ? apiUrl + request.path : request.path));
    for (const [name, value] of Object.entries(request.query ?? {})) {
      if (value !== undefined) url.searchParams.set(name, String(value));
    }
    return url.href;
  }

  async function once<T>(request: ApiRequest, token: string, read: Reader<T>): Promise<Step<T> | 'unauthorized'> {
    const { method, body, signal } = request;
    // A repeated GET changes nothing; anything else may be carried out although its answer was lost.
    const lost = method === 'GET' ? 'not-sent' : 'unknown';
    try {
      const answer = await send(addressOf(request), {
        method,
        dispatcher,
        body: body?.bytes ?? null,
        headers: {
          authorization: `Bearer ${token}`,
          accept: 'application/json',
          'user-agent': userAgent,
          ...(body ? { 'content-type': body.contentType } : {}),
        },
        headersTimeout: request.upload ? limits.uploadHeadersMs : limits.headersMs,
        bodyTimeout: limits.bodyMs,
        ...(signal ? { signal } : {}),
      });
      const { statusCode } = answer;
      if (statusCode >= 200 && statusCode < 300) return await accept(answer, read, signal, lost);
      const refusal = readAnswer(statusCode, await textOf(answer).catch(() => ''));
      const error = new RemoteError(refusal);
      if (statusCode === 401) return 'unauthorized';
      const asked = retryAfterMs(answer.headers['retry-after'], clock.now());
      const limit = limitKind(refusal);
      if (limit) gate.onLimited(limit, asked);
      // A full queue empties as our own activities end: whoever posts knows them, and waits for them.
      if (limit === 'queue-full' && method !== 'GET') return { outcome: 'refused', error };
      if (limit || statusCode === 503)
        return { again: error, otherwise: 'refused', ...(asked === null ? {} : { waitMs: asked }) };
      if (statusCode >= 500)
        return lost === 'unknown' ? { outcome: lost, error } : { again: error, otherwise: 'refused' };
      return { outcome: 'refused', error };
    } catch (thrown) {
      if (signal?.aborted) return { outcome: lost, error: new SegueError('cancelled') };
      if (thrown instanceof SegueError) return { outcome: lost, error: thrown };
      const failure = networkFailure(thrown);
      if (failure.error.code === 'unexpected') return { outcome: 'not-sent', error: failure.error };
      if (!failure.mayHaveArrived) return { again: failure.error, otherwise: 'not-sent' };
      return lost === 'unknown' ? { outcome: lost, error: failure.error } : { again: failure.error, otherwise: lost };
    }
  }

  async function accept<T>(
    answer: Dispatcher.ResponseData,
    read: Reader<T>,
    signal: AbortSignal | undefined,
    lost: 'not-sent' | 'unknown',
  ): Promise<Step<T>> {
    try {
      return { outcome: 'accepted', value: await read(answer) };
    } catch (thrown) {
      if (signal?.aborted) return { outcome: lost, error: new SegueError('cancelled') };
      const error = thrown instanceof SegueError ? thrown : networkFailure(thrown).error;
      return lost === 'unknown' ? { outcome: lost, error } : { again: error, otherwise: lost };
    }
  }

  async function textOf(answer: Dispatcher.ResponseData): Promise<string> {
    const deadline = AbortSignal.timeout(limits.wholeBodyMs);
    const pieces: Buffer[] = [];
    let length = 0;
    const stop = (): void => {
      answer.body.destroy(new SegueError('network.timeout', { reason: 'TimeoutError' }));
    };
    deadline.addEventListener('abort', stop, { once: true });
    try {
      for await (const piece of answer.body as AsyncIterable<Buffer>) {
        length += piece.length;
        if (length > limits.answerBytes) throw new SegueError('remote.invalid-answer', { reason: 'size' });
        pieces.push(piece);
      }
    } finally {
      deadline.removeEventListener('abort', stop);
    }
    return Buffer.concat(pieces).toString('utf8');
  }

  async function run<T>(request: ApiRequest, read: Reader<T>): Promise<Outcome<T>> {
    const { purpose = 'interactive', signal } = request;
    let refreshed = false;
    let told = false;
    const tell = (error: SegueError | null) => {
      if (error !== null || told) options.repeating?.(error);
      told = error !== null;
    };
    for (let tried = 1; ; tried += 1) {
      let step: Step<T> | 'unauthorized';
      try {
        signal?.throwIfAborted();
        const permit = await gate.permit({ purpose, ...(signal ? { signal } : {}) });
        if (request.outdated?.()) return { outcome: 'not-sent', error: new SegueError('cancelled') };
        step = await once(request, permit.accessToken, read);
        if (step === 'unauthorized') {
          if (refreshed) {
            return {
              outcome: 'refused',
              error: new RemoteError({ status: 401, errorKey: 'unauthorized', firstMessage: '' }),
            };
          }
          refreshed = true;
          await gate.onUnauthorized(permit.accessToken);
          tried -= 1;
          continue;
        }
        if ('outcome' in step || tried >= triesFor[purpose]) {
          tell(null);
          return 'outcome' in step ? step : { outcome: step.otherwise, error: step.again };
        }
        tell(step.again);
        await clock.sleep(Math.max(backoffMs(tried, random), step.waitMs ?? 0), signal);
      } catch (thrown) {
        tell(null);
        // Only waiting for a permit, a refresh or a pause throws here: every one of them before the (next) request.
        if (signal?.aborted) return { outcome: 'not-sent', error: new SegueError('cancelled') };
        if (thrown instanceof SegueError) return { outcome: 'not-sent', error: thrown };
        throw thrown;
      }
    }
  }

  function readJson<Schema extends z.ZodType>(schema: Schema): Reader<z.output<Schema>> {
    return async (answer) => {
      const text = await textOf(answer);
      let json: unknown;
      try {
        json = text === '' ? undefined : JSON.parse(text);
      } catch {
        throw new SegueError('remote.invalid-answer', { reason: 'json' });
      }
      const checked = schema.safeParse(json);
      if (!checked.success) throw new SegueError('remote.invalid-answer', { reason: 'shape' });
      return checked.data;
    };
  }

  async function attempt<Schema extends z.ZodType>(request: ApiRequest, schema: Schema) {
    return run(request, readJson(schema));
  }

  return {
    apiUrl,
    attempt,
    resolveLink,
    async call(request, schema) {
      return unwrapped(await attempt(request, schema));
    },
    async open(request) {
      return unwrapped(await run<Readable>({ ...request, method: 'GET' }, async (answer) => answer.body));
    },
    async close() {
      if (!options.dispatcher) await dispatcher.destroy();
    },
  };
}

function unwrapped<T>(outcome: Outcome<T>): T {
  if (outcome.outcome === 'accepted') return outcome.value;
  throw outcome.error;
}
