import { createHash } from 'node:crypto';
import http from 'node:http';
import net from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { type SignIn, type SignInOptions, startSignIn } from './sign-in.ts';
import { createInstantClock, createSteppedClock } from './test-support/clocks.ts';
import { pagesIn } from './test-support/pages.ts';
import { type Answer, freePort, type Remote, type SeenRequest, startRemote } from './test-support/remote.ts';

const clientId = '2b3fae94-9a3c-4d4c-9a36-2b2e3d1f1a11';
const tokenAnswer: Answer = {
  status: 200,
  json: {
    token_type: 'Bearer',
    expires_in: 86_400,
    access_token: 'access-1',
    refresh_token: 'refresh-1',
    scope: 'contact_data account_read offline_access',
    // Of an issuer that cannot be checked; it was not asked for.
    id_token: 'not.a.token',
  },
};
const open: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

async function begin(
  respond: (request: SeenRequest, count: number) => Answer = () => tokenAnswer,
  options: Partial<SignInOptions> = {},
): Promise<{ signIn: SignIn; remote: Remote; state: string; port: number; url: URL }> {
  const remote = await startRemote(respond);
  open.push(remote.close);
  const ports = options.ports ?? [await freePort()];
  const signIn = await startSignIn({
    authUrl: remote.authUrl,
    clientId,
    userAgent: 'Segue/1',
    pages: pagesIn('en'),
    ...options,
    ports,
  });
  open.push(signIn.cancel);
  const url = new URL(signIn.authorizeUrl);
  return {
    signIn,
    remote,
    url,
    state: url.searchParams.get('state') ?? '',
    port: Number(new URL(signIn.redirectUri).port),
  };
}

interface Page {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly text: string;
}

/** A request as some program may make it, with whatever method, path and headers. */
function visit(port: number, path: string, options: http.RequestOptions = {}): Promise<Page> {
  return new Promise((resolve, reject) => {
    const headers = { host: `localhost:${port}`, ...options.headers };
    const request = http.request({ host: '127.0.0.1', port, path, ...options, headers }, async (response) => {
      let text = '';
      for await (const piece of response) text += piece;
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
    });
    request.on('error', reject);
    request.end();
  });
}

describe('the way that works', () => {
  test('asks with PKCE, exchanges the code once, and gives the tokens', async () => {
    const { signIn, remote, url, state, port } = await begin();
    expect(signIn.redirectUri).toBe(`http://localhost:${port}/callback`);
    expect(url.origin + url.pathname).toBe(`${remote.authUrl}/authorize`);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: clientId,
      redirect_uri: signIn.redirectUri,
      response_type: 'code',
      scope: 'contact_data account_read offline_access',
      state,
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
    const back = await visit(port, `/callback?code=the-code&state=${state}`);
    expect(back).toMatchObject({ status: 302, text: '' });
    expect(back.headers).toMatchObject({
      location: '/done',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    });

    const tokens = await signIn.result;
    expect(tokens).toMatchObject({
      accessToken: 'access-1',
      refreshToken: 'refresh-1',
      scopes: ['contact_data', 'account_read', 'offline_access'],
    });
    expect(tokens.expiresAt - tokens.obtainedAt).toBe(86_400_000);
    const [exchange] = remote.seen;
    expect(exchange).toMatchObject({ method: 'POST', path: '/oauth2/default/v1/token' });
    expect(exchange?.headers).toMatchObject({ 'user-agent': 'Segue/1' });
    expect(exchange?.headers.authorization).toBeUndefined();
    const form = new URLSearchParams(exchange?.body);
    expect(Object.fromEntries(form)).toEqual({
      grant_type: 'authorization_code',
      client_id: clientId,
      redirect_uri: signIn.redirectUri,
      code: 'the-code',
      code_verifier: expect.stringMatching(/^[\w.~-]{43,128}$/),
    });
    const challenge = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url');
    expect(url.searchParams.get('code_challenge')).toBe(challenge);

    const done = await visit(port, '/done');
    expect(done.status).toBe(200);
    expect(done.text).toContain('Back to Segue');
    expect(done.text).not.toMatch(/<script|the-code/);
    expect(done.headers['content-security-policy']).toMatch(
      /^default-src 'none'; style-src 'sha256-[^']+'; base-uri 'none'/,
    );
    expect(done.headers).toMatchObject({
      'cache-control': 'no-store',
      connection: 'close',
      'x-content-type-options': 'nosniff',
    });
    // The last page was fetched: nobody listens any more.
    await expect
      .poll(() =>
        visit(port, '/done').then(
          () => 'open',
          () => 'closed',
        ),
      )
      .toBe('closed');
  });

  test('listens on ::1 too', async () => {
    const { signIn, state, port } = await begin();
    expect((await visit(port, `/callback?code=c&state=${state}`, { host: '::1' })).status).toBe(302);
    await expect(signIn.result).resolves.toMatchObject({ accessToken: 'access-1' });
  });

  test('another account is asked for by name', async () => {
    const { url } = await begin(undefined, { useAnotherAccount: true });
    expect(url.searchParams.get('prompt')).toBe('login');
  });

  test('the page speaks French', async () => {
    const { signIn, state, port } = await begin(undefined, { pages: pagesIn('fr') });
    await visit(port, `/callback?code=c&state=${state}`);
    await signIn.result;
    const done = await visit(port, '/done');
    expect(done.text).toContain('<html lang="fr">');
    expect(done.text).toContain('Retour à Segue');
  });

  test('a second hit of the same answer changes nothing', async () => {
    const { signIn, remote, state, port } = await begin();
    const hits = await Promise.all([1, 2, 3].map(() => visit(port, `/callback?code=c&state=${state}`)));
    expect(hits.map((hit) => hit.status)).toEqual([302, 302, 302]);
    await signIn.result;
    expect(remote.seen).toHaveLength(1);
  });

  test('HTML and 5xx of the token host are tried again', async () => {
    const clock = createInstantClock();
    const { signIn, state, port } = await begin(
      (_request, count) =>
        count === 1 ? { status: 403, text: '<html>marketing</html>' } : count === 2 ? { status: 503 } : tokenAnswer,
      { clock: { ...clock, sleep: (ms, signal) => (ms === 300_000 ? never(signal) : clock.sleep(ms, signal)) } },
    );
    await visit(port, `/callback?code=c&state=${state}`);
    await expect(signIn.result).resolves.toMatchObject({ accessToken: 'access-1' });
    expect(clock.slept).toHaveLength(2);
  });
});

describe('what does not count as an answer', () => {
  test('wrong, missing and repeated parameters leave it waiting', async () => {
    const { signIn, remote, state, port } = await begin();
    for (const query of [
      '',
      '?code=c',
      '?code=c&state=wrong',
      `?code=c&state=${state}x`,
      `?code=c&code=d&state=${state}`,
      `?code=c&state=${state}&state=${state}`,
      `?code=&state=${state}`,
      `?state=${state}`,
      '?error=access_denied',
      '?error=access_denied&state=wrong',
    ]) {
      const page = await visit(port, `/callback${query}`);
      expect([query, page.status]).toEqual([query, 400]);
      expect(page.headers['content-security-policy']).toContain("default-src 'none'");
    }
    expect(remote.seen).toHaveLength(0);
    await visit(port, `/callback?code=c&state=${state}`);
    await expect(signIn.result).resolves.toMatchObject({ accessToken: 'access-1' });
  });

  test('other hosts, methods and paths are not found', async () => {
    const { signIn, state, port } = await begin();
    const right = `/callback?code=c&state=${state}`;
    for (const [path, options] of [
      [right, { headers: { host: `evil.example:${port}` } }],
      [right, { headers: { host: 'localhost' } }],
      [right, { headers: { host: `127.0.0.1.evil.example:${port}` } }],
      [right, { method: 'POST' }],
      [right, { method: 'HEAD' }],
      [`/Callback?code=c&state=${state}`, {}],
      [`/callback/?code=c&state=${state}`, {}],
      [`//callback?code=c&state=${state}`, {}],
      [`http://localhost:${port}${right}`, {}],
      ['/', {}],
      ['/favicon.ico', {}],
      ['/done', {}],
    ] as [string, http.RequestOptions][]) {
      expect([path, (await visit(port, path, options)).status]).toEqual([path, 404]);
    }
    await visit(port, right);
    await signIn.result;
  });

  test('headers without end are refused', async () => {
    const { port } = await begin();
    expect((await visit(port, '/callback', { headers: { x: 'y'.repeat(20_000) } })).status).toBe(431);
  });
});

describe('how it fails', () => {
  test('Deny', async () => {
    const { signIn, remote, state, port } = await begin();
    const back = await visit(port, `/callback?error=access_denied&error_description=x&state=${state}`);
    expect(back.status).toBe(302);
    await expect(signIn.result).rejects.toMatchObject({ code: 'sign-in.denied' });
    expect((await visit(port, '/done')).text).toContain('Access was denied');
    await signIn.pageShown();
    await expect(visit(port, '/done')).rejects.toThrowError();
    expect(remote.seen).toHaveLength(0);
  });

  test.each([
    ['another error', '?error=invalid_scope', 'sign-in.refused'],
    ['an unknown issuer', '?code=c&iss=https%3A%2F%2Fevil.example', 'sign-in.refused'],
  ])('%s', async (_name, query, code) => {
    const { signIn, state, port } = await begin();
    await visit(port, `/callback${query}&state=${state}`);
    await expect(signIn.result).rejects.toMatchObject({ code });
  });

  test.each([
    [{ status: 400, json: { error: 'invalid_grant', error_description: 'secret' } }, 'sign-in.refused'],
    [{ status: 401, json: { error: 'invalid_client' } }, 'connection.api-key-invalid'],
    [{ status: 400, json: { error: 'invalid_request' } }, 'sign-in.refused'],
  ] as [Answer, string][])('the token endpoint says %j', async (answer, code) => {
    const { signIn, remote, state, port } = await begin(() => answer);
    await visit(port, `/callback?code=c&state=${state}`);
    await expect(signIn.result).rejects.toMatchObject({ code });
    expect(remote.seen).toHaveLength(1);
  });

  test('a person whom no account belongs to', async () => {
    const claims = Buffer.from(JSON.stringify({ platform_user_id: 'UNASSIGNED' })).toString('base64url');
    const json = { token_type: 'Bearer', expires_in: 86_400, access_token: `e30.${claims}.x` };
    const { signIn, state, port } = await begin(() => ({ status: 200, json }));
    await visit(port, `/callback?code=c&state=${state}`);
    await expect(signIn.result).rejects.toMatchObject({ code: 'sign-in.no-account' });
  });

  test('nobody answers in time: the port is free again', async () => {
    const clock = createSteppedClock();
    const { signIn, port } = await begin(undefined, { clock, timeoutMs: 300_000 });
    expect(signIn.expiresAt - clock.now()).toBe(300_000);
    await clock.advance(300_000);
    await expect(signIn.result).rejects.toMatchObject({ code: 'sign-in.timed-out' });
    await expect(visit(port, '/callback')).rejects.toThrowError();
  });

  test('cancelled: the same port can be listened on at once', async () => {
    const { signIn, port } = await begin();
    await signIn.cancel();
    await expect(signIn.result).rejects.toMatchObject({ code: 'sign-in.cancelled' });
    const again = await begin(undefined, { ports: [port] });
    expect(again.port).toBe(port);
  });
});

describe('ports', () => {
  test.each(['127.0.0.1', '::1'])('one that is busy on %s is passed over', async (host) => {
    const busy = await listen(host);
    const free = await freePort();
    const { signIn } = await begin(undefined, { ports: [busy, free] });
    expect(signIn.redirectUri).toBe(`http://localhost:${free}/callback`);
  });

  test('all busy', async () => {
    const ports = [await listen('127.0.0.1'), await listen('::1')];
    await expect(begin(undefined, { ports })).rejects.toMatchObject({
      code: 'sign-in.ports-taken',
      params: { ports: ports.join(', ') },
    });
  });
});

async function listen(host: string): Promise<number> {
  const port = await freePort();
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen({ host, port }, resolve));
  open.push(() => new Promise((resolve) => server.close(() => resolve())));
  return port;
}

function never(signal: AbortSignal | undefined): Promise<void> {
  return new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(new Error('aborted'))));
}
