import net from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { ApiGate } from './gate.ts';
import { type ApiClient, type ApiClientOptions, createApiClient } from './http-client.ts';
import type { LimitKind } from './remote-answer.ts';
import { createInstantClock, type InstantClock } from './test-support/clocks.ts';
import { type Answer, freePort, type Remote, type SeenRequest, startRemote } from './test-support/remote.ts';

const schema = z.looseObject({ ok: z.boolean() });
const good: Answer = { status: 200, json: { ok: true, unknown_field: 1 } };
const open: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

interface Stage {
  readonly client: ApiClient;
  readonly remote: Remote;
  readonly clock: InstantClock;
  readonly limits: [LimitKind, number | null][];
  readonly tokens: string[];
}

async function stage(
  respond: (request: SeenRequest, count: number) => Answer | Promise<Answer>,
  options: Partial<ApiClientOptions> = {},
): Promise<Stage> {
  const remote = await startRemote(respond);
  const clock = createInstantClock();
  const limits: [LimitKind, number | null][] = [];
  const tokens = ['first-token'];
  const gate: ApiGate = {
    permit: async () => ({ accessToken: tokens.at(-1) ?? '' }),
    onUnauthorized: async () => void tokens.push('second-token'),
    onLimited: (kind, retryAfter) => void limits.push([kind, retryAfter]),
  };
  const client = createApiClient({
    apiUrl: remote.apiUrl,
    gate,
    userAgent: 'Segue/1 (test)',
    clock,
    random: () => 0,
    ...options,
  });
  open.push(client.close, remote.close);
  return { client, remote, clock, limits, tokens };
}

const get = { method: 'GET', path: '/things' } as const;
const post = { method: 'POST', path: '/things', body: { contentType: 'application/json', bytes: '{}' } } as const;

describe('a request', () => {
  test('carries token, agent, query and body, and tolerates unknown fields', async () => {
    const { client, remote } = await stage(() => good);
    await client.call({ ...get, query: { limit: 5, name: 'a b&c', none: undefined } }, schema);
    await client.call(post, schema);
    const [read, written] = remote.seen;
    expect(read).toMatchObject({ method: 'GET', path: '/v3/things', body: '' });
    expect(read?.query.toString()).toBe('limit=5&name=a+b%26c');
    expect(read?.headers).toMatchObject({
      authorization: 'Bearer first-token',
      accept: 'application/json',
      'user-agent': 'Segue/1 (test)',
    });
    expect(read?.headers['content-type']).toBeUndefined();
    expect(written).toMatchObject({ method: 'POST', body: '{}' });
    expect(written?.headers['content-type']).toBe('application/json');
  });

  test('follows no redirect: the token stays with the API', async () => {
    const { client, remote } = await stage(() => ({ status: 302, headers: { location: 'http://127.0.0.1:9/' } }));
    await expect(client.call(get, schema)).rejects.toMatchObject({ code: 'remote.invalid-answer' });
    expect(remote.seen).toHaveLength(1);
  });
});

describe('repeating', () => {
  test.each([
    ['503', { status: 503 }],
    ['500 in HTML', { status: 500, text: '<h1>oops</h1>' }],
    ['throttled', { status: 429, json: { error_key: 'throttled', error_message: 'Too Many Requests' } }],
    ['a full queue', { status: 429, json: { error_key: 'other' } }],
    ['a connection dropped before the answer', { drop: 'before-answer' }],
    ['a connection dropped in the body', { drop: 'in-body' }],
    ['HTML with status 200', { status: 200, text: '<html>sign in to the wifi</html>' }],
    ['an answer of another shape', { status: 200, json: { ok: 'maybe' } }],
  ] as [string, Answer][])('a GET is repeated after %s', async (_name, fault) => {
    const { client, remote, clock } = await stage((_request, count) => (count <= 2 ? fault : good));
    await expect(client.call(get, schema)).resolves.toMatchObject({ ok: true });
    expect(remote.seen).toHaveLength(3);
    expect(clock.slept).toEqual([1_000, 2_000]);
  });

  test('F55 gives up after four tries for a person and eight for a run', async () => {
    const { client, remote } = await stage(() => ({ status: 503 }));
    await expect(client.call(get, schema)).rejects.toMatchObject({
      code: 'remote.unavailable',
      params: { status: 503 },
    });
    expect(remote.seen).toHaveLength(4);
    await expect(client.call({ ...get, purpose: 'run' }, schema)).rejects.toMatchObject({ code: 'remote.unavailable' });
    expect(remote.seen).toHaveLength(12);
  });

  test.each([400, 403, 404, 409, 415])('%i is never repeated', async (status) => {
    const { client, remote } = await stage(() => ({
      status,
      json: [{ error_key: 'contacts.api.x', error_message: 'm' }],
    }));
    await expect(client.call(get, schema)).rejects.toMatchObject({ params: { status, errorKey: 'contacts.api.x' } });
    expect(remote.seen).toHaveLength(1);
  });

  test('Retry-After is waited for and told to the gate', async () => {
    const limited: Answer = { status: 429, json: { error_key: 'throttled' }, headers: { 'retry-after': '9' } };
    const { client, clock, limits } = await stage((_request, count) => (count === 1 ? limited : good));
    await client.call(get, schema);
    expect(clock.slept).toEqual([9_000]);
    expect(limits).toEqual([['throttled', 9_000]]);
  });

  test('after a 401 the token is refreshed once', async () => {
    const { client, remote, tokens } = await stage((request) =>
      request.headers.authorization === 'Bearer second-token'
        ? good
        : { status: 401, json: { error_key: 'unauthorized' } },
    );
    await client.call(post, schema);
    expect(remote.seen.map((request) => request.headers.authorization)).toEqual([
      'Bearer first-token',
      'Bearer second-token',
    ]);
    expect(tokens).toHaveLength(2);
  });

  test('a second 401 ends it', async () => {
    const { client, remote } = await stage(() => ({ status: 401, json: { error_key: 'unauthorized' } }));
    await expect(client.call(get, schema)).rejects.toMatchObject({ code: 'remote.unauthorized' });
    expect(remote.seen).toHaveLength(2);
  });
});

describe('a POST', () => {
  test.each([
    ['503', { status: 503 }],
    ['throttled', { status: 429, json: { error_key: 'throttled' } }],
    ['quota', { status: 429, json: { error_key: 'quota_exceeded' } }],
  ] as [string, Answer][])('is repeated after %s: nothing was done', async (_name, fault) => {
    const { client, remote } = await stage((_request, count) => (count === 1 ? fault : good));
    await expect(client.attempt(post, schema)).resolves.toMatchObject({ outcome: 'accepted' });
    expect(remote.seen).toHaveLength(2);
  });

  test.each([
    ['a connection dropped before the answer', { drop: 'before-answer' }, 'network.offline'],
    ['a connection dropped in the body', { drop: 'in-body' }, 'network.offline'],
    ['500', { status: 500 }, 'remote.unavailable'],
    ['502 in HTML', { status: 502, text: '<html>' }, 'remote.unavailable'],
    ['an accepted answer in HTML', { status: 201, text: '<html>' }, 'remote.invalid-answer'],
    ['an accepted answer that is empty', { status: 201 }, 'remote.invalid-answer'],
  ] as [string, Answer, string][])(
    'is not repeated after %s: it may have been carried out',
    async (_name, fault, code) => {
      const { client, remote } = await stage(() => fault);
      await expect(client.attempt(post, schema)).resolves.toMatchObject({ outcome: 'unknown', error: { code } });
      expect(remote.seen).toHaveLength(1);
    },
  );

  test('is refused by a full queue without being repeated', async () => {
    const { client, remote, limits } = await stage(() => ({ status: 429, json: { error_key: 'x' } }));
    const outcome = await client.attempt(post, schema);
    expect(outcome).toMatchObject({ outcome: 'refused', error: { code: 'remote.queue-full' } });
    expect(remote.seen).toHaveLength(1);
    expect(limits).toEqual([['queue-full', null]]);
  });

  test('to a closed port was not sent, and is tried again before that is said', async () => {
    const port = await freePort();
    const { client, clock } = await stage(() => good, { apiUrl: `http://127.0.0.1:${port}/v3` });
    await expect(client.attempt(post, schema)).resolves.toMatchObject({
      outcome: 'not-sent',
      error: { code: 'network.offline', params: { reason: 'ECONNREFUSED' } },
    });
    expect(clock.slept).toHaveLength(3);
  });

  test('with a token that cannot stand in a header never leaves', async () => {
    const gate: ApiGate = {
      permit: async () => ({ accessToken: 'broken\ntoken' }),
      onUnauthorized: async () => undefined,
      onLimited: () => undefined,
    };
    const { client, remote, clock } = await stage(() => good, { gate });
    await expect(client.attempt(post, schema)).resolves.toMatchObject({
      outcome: 'not-sent',
      error: { code: 'unexpected' },
    });
    expect(remote.seen).toHaveLength(0);
    expect(clock.slept).toEqual([]);
  });

  test('answered by something that does not speak HTTP is unknown', async () => {
    const server = net.createServer((socket) => {
      socket.once('data', () => socket.end('SSH-2.0-OpenSSH_9.2\r\n'));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { client } = await stage(() => good, {
      apiUrl: `http://127.0.0.1:${(server.address() as net.AddressInfo).port}/v3`,
    });
    open.push(() => new Promise((resolve) => server.close(() => resolve())));
    await expect(client.attempt(post, schema)).resolves.toMatchObject({
      outcome: 'unknown',
      error: { code: 'remote.invalid-answer' },
    });
  });

  test('without an answer in time is unknown', async () => {
    const { client } = await stage(() => ({ hang: true }), { fetchLimits: { headersMs: 50 } });
    await expect(client.attempt(post, schema)).resolves.toMatchObject({
      outcome: 'unknown',
      error: { code: 'network.timeout' },
    });
  });
});

describe('cancelling', () => {
  test('while the answer is awaited leaves a POST unknown', async () => {
    const stop = new AbortController();
    const { client } = await stage(() => {
      stop.abort();
      return { hang: true };
    });
    const outcome = await client.attempt({ ...post, signal: stop.signal }, schema);
    expect(outcome).toMatchObject({ outcome: 'unknown', error: { code: 'cancelled' } });
  });

  test('before the turn means not sent', async () => {
    const { client, remote } = await stage(() => good);
    const outcome = await client.attempt({ ...post, signal: AbortSignal.abort() }, schema);
    expect(outcome).toMatchObject({ outcome: 'not-sent', error: { code: 'cancelled' } });
    expect(remote.seen).toHaveLength(0);
  });

  test('ends the wait between two tries', async () => {
    const stop = new AbortController();
    const { client } = await stage((_request, count) => {
      if (count === 2) stop.abort();
      return { status: 503 };
    });
    await expect(client.call({ ...get, signal: stop.signal }, schema)).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('links', () => {
  test.each([
    'https://evil.example/v3/contacts?cursor=x',
    '//evil.example/v3/contacts',
    '/v2/contacts',
    '/v3/../v2/contacts',
    '/v3/%2e%2e/secret',
    '/v3x/contacts',
    '\\\\evil.example\\v3\\contacts',
    'javascript:alert(1)',
  ])('%s is refused', async (href) => {
    const { client } = await stage(() => good);
    expect(() => client.resolveLink(href)).toThrowError('remote.invalid-answer');
  });

  test('links with a name and a password are refused', async () => {
    const { client, remote } = await stage(() => good);
    expect(() => client.resolveLink(`${remote.origin.replace('//', '//a:b@')}/v3/contacts`)).toThrowError();
  });

  test('a relative link goes to the API', async () => {
    const { client, remote } = await stage(() => good);
    expect(client.resolveLink('/v3/contacts?cursor=bGltaXQ')).toBe(`${remote.origin}/v3/contacts?cursor=bGltaXQ`);
  });
});

test('neither token, body nor answer is found in an error', async () => {
  const { client } = await stage(() => ({
    status: 400,
    json: [{ error_key: 'contacts.api.validation.error', error_message: 'ada@example.com is secret-answer' }],
  }));
  const body = { contentType: 'application/json', bytes: '{"email":"ada@example.com"}' };
  const outcome = await client.attempt({ ...post, body }, schema);
  if (outcome.outcome === 'accepted') throw new Error('accepted');
  const { inspect } = await import('node:util');
  const written = inspect(outcome.error, { depth: 10, showHidden: true }) + JSON.stringify(outcome.error);
  expect(written).not.toMatch(/ada@|secret-answer|first-token/);
});

test('an endless answer is cut off', async () => {
  const { client } = await stage(() => ({ status: 200, text: 'x'.repeat(5_000) }), {
    fetchLimits: { answerBytes: 1_000 },
  });
  await expect(client.call(get, schema)).rejects.toMatchObject({
    code: 'remote.invalid-answer',
    params: { reason: 'size' },
  });
});
