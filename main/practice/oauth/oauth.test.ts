import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { practiceClientId } from '../settings.ts';
import { authorizeQuery, challengeOf, everyScope, redirect, TestAccount } from '../test-support/test-account.ts';

let practice: TestAccount;
let time: number;
const minute = 60_000;

beforeEach(async () => {
  time = Date.UTC(2026, 10, 23, 10);
  practice = await TestAccount.start({ signIn: false, clock: () => time });
});
afterEach(() => practice.stop());

const authorize = '/oauth2/default/v1/authorize';
const verifier = 'v'.repeat(43);
const target = (seen: { headers: Headers }) => new URL(seen.headers.get('location') ?? '');
const codeForm = (code: string, changes: Record<string, string> = {}) => ({
  grant_type: 'authorization_code',
  client_id: practiceClientId,
  redirect_uri: redirect,
  code,
  code_verifier: verifier,
  ...changes,
});
const allowedCode = async () => target(await practice.authorize()).searchParams.get('code') ?? '';

describe('the sign-in page', () => {
  it.each([
    ['en', 'en', 'Allow', 'Deny'],
    ['fr-CA,fr;q=0.9', 'fr', 'Autoriser', 'Refuser'],
  ])('speaks the browser’s language (%s) and runs no scripts', async (accepted, language, allow, deny) => {
    const headers = { 'accept-language': accepted };
    const page = await practice.fetch(`${authorize}?${authorizeQuery()}`, { headers });
    expect(page.status).toBe(200);
    expect(page.text).toContain(`<html lang="${language}">`);
    expect(page.text).toContain(`>${allow}</button>`);
    expect(page.text).toContain(`>${deny}</button>`);
    expect(page.text).not.toContain('<script');
    const policy = page.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    // Browsers hold form-action against the redirect after the form too.
    expect(policy).toContain(`form-action 'self' ${new URL(redirect).origin}`);
  });

  it('sends a code and the state back to the registered address', async () => {
    const sent = target(await practice.authorize({ state: 'a+b/=&' }));
    expect(`${sent.origin}${sent.pathname}`).toBe(redirect);
    expect(sent.searchParams.get('state')).toBe('a+b/=&');
    expect(sent.searchParams.get('code')).toMatch(/^[\w-]{20,}$/);
  });

  it('sends access_denied back on Deny', async () => {
    const sent = target(await practice.authorize({}, { answer: 'deny' }));
    expect(sent.searchParams.get('error')).toBe('access_denied');
    expect(sent.searchParams.get('error_description')).toBeTruthy();
    expect(sent.searchParams.get('state')).toBe('state-1');
    expect(sent.searchParams.has('code')).toBe(false);
  });

  it.each([
    ['another port', { redirect_uri: 'http://localhost:53685/callback' }],
    ['another spelling of the host', { redirect_uri: 'http://127.0.0.1:53682/callback' }],
    ['a slash at the end', { redirect_uri: `${redirect}/` }],
    ['an unknown key', { client_id: 'not-a-key' }],
  ])('answers %s with a page and no redirect', async (_what, changes) => {
    const page = await practice.fetch(`${authorize}?${authorizeQuery(changes as unknown as Record<string, string>)}`);
    expect(page.status).toBe(400);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.headers.get('location')).toBeNull();
  });

  it.each([
    ['unsupported_response_type', { response_type: 'token' }],
    ['invalid_scope', { scope: 'contact_data everything' }],
    ['invalid_request', { state: '' }],
    ['invalid_request', { code_challenge_method: 'plain' }],
    ['invalid_request', { code_challenge: '' }],
  ])('sends %s back for %j', async (error, changes) => {
    const sent = target(
      await practice.fetch(`${authorize}?${authorizeQuery(changes as unknown as Record<string, string>)}`),
    );
    expect(sent.searchParams.get('error')).toBe(error);
  });

  it('answers a page once, and no longer than ten minutes', async () => {
    const page = await practice.fetch(`${authorize}?${authorizeQuery()}`);
    const request = /name="request" value="([^"]+)"/.exec(page.text)?.[1] ?? '';
    const press = () =>
      practice.fetch(`${authorize}/answer`, {
        method: 'POST',
        body: new URLSearchParams({ request, answer: 'allow' }),
      });
    time += 11 * minute;
    expect((await press()).status).toBe(400);
    expect((await press()).status).toBe(400);
  });

  it('shows what it is given as text', async () => {
    await practice.bench('settings', { clientIds: ['<b>key</b>'] });
    const page = await practice.fetch(`${authorize}?${authorizeQuery({ client_id: '<b>key</b>' })}`);
    expect(page.text).toContain('&lt;b&gt;key&lt;/b&gt;');
    expect(page.text).not.toContain('<b>key');
  });
});

describe('codes', () => {
  it('give tokens as the vendor describes them', async () => {
    const seen = await practice.token(codeForm(await allowedCode()));
    expect(seen.status).toBe(200);
    expect(seen.headers.get('cache-control')).toBe('no-store');
    expect(seen.body).toEqual({
      token_type: 'Bearer',
      expires_in: 86_400,
      access_token: expect.any(String),
      scope: everyScope,
      refresh_token: expect.any(String),
    });
    expect(seen.body.access_token.length).toBeGreaterThan(900);
    expect(seen.body.access_token.length).toBeLessThan(1_300);
    expect(seen.body.refresh_token.length).toBeLessThanOrEqual(50);
    const claims = JSON.parse(Buffer.from(seen.body.access_token.split('.')[1], 'base64url').toString());
    expect(claims).toMatchObject({ aud: 'https://api.cc.email/v3', cid: practiceClientId, exp: time / 1_000 + 86_400 });
  });

  it('without offline_access give no refresh token', async () => {
    expect((await practice.signIn({ scope: 'contact_data' })).refresh_token).toBeUndefined();
  });

  it('work once, and their second use ends the sign-in', async () => {
    const form = codeForm(await allowedCode());
    const first = await practice.token(form);
    const second = await practice.token(form);
    expect([second.status, second.body.error]).toEqual([400, 'invalid_grant']);
    practice.carry(first.body.access_token);
    expect((await practice.api('GET', '/account/summary')).status).toBe(401);
  });

  it('live five minutes', async () => {
    const [early, late] = [await allowedCode(), await allowedCode()];
    time += 5 * minute;
    expect((await practice.token(codeForm(early))).status).toBe(200);
    time += 1;
    expect((await practice.token(codeForm(late))).body.error).toBe('invalid_grant');
  });

  it.each([
    ['another verifier', { code_verifier: 'w'.repeat(43) }],
    ['no verifier', { code_verifier: '' }],
    ['another redirect', { redirect_uri: 'http://localhost:53683/callback' }],
    ['another key', { client_id: '11111111-2222-3333-4444-555555555555' }],
  ])('do not work with %s, and stay good', async (_what, changes) => {
    const code = await allowedCode();
    const refused = await practice.token(codeForm(code, changes as unknown as Record<string, string>));
    expect([refused.status, refused.body.error]).toEqual([400, 'invalid_grant']);
    expect((await practice.token(codeForm(code))).status).toBe(200);
  });

  it('an unknown key is an invalid client', async () => {
    const seen = await practice.token(codeForm(await allowedCode(), { client_id: 'nobody' }));
    expect([seen.status, seen.body.error]).toEqual([401, 'invalid_client']);
  });

  it('anything but a form gets Okta’s answer', async () => {
    const body = JSON.stringify(codeForm('x'));
    const seen = await practice.fetch('/oauth2/default/v1/token', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(seen.status).toBe(415);
    expect(seen.body).toMatchObject({ errorCode: 'E0000021', errorSummary: expect.any(String), errorCauses: [] });
  });
});

describe('refresh tokens', () => {
  const refresh = (token: string | undefined) =>
    practice.token({ grant_type: 'refresh_token', client_id: practiceClientId, refresh_token: token ?? '' });

  it('rotate, with 30 seconds of grace; after it a reuse ends the whole family', async () => {
    const first = await practice.signIn();
    const second = await refresh(first.refresh_token);
    expect(second.body.refresh_token).not.toBe(first.refresh_token);
    time += 30_000;
    const grace = await refresh(first.refresh_token);
    expect(grace.status).toBe(200);
    time += 1;
    const reused = await refresh(first.refresh_token);
    expect(reused.status).toBe(400);
    expect(reused.body).toEqual({
      error: 'invalid_grant',
      error_description: 'The refresh token is invalid or expired.',
    });
    for (const token of [second, grace])
      expect((await refresh(token.body.refresh_token)).body.error).toBe('invalid_grant');
    practice.carry(grace.body.access_token);
    expect((await practice.api('GET', '/account/summary')).status).toBe(401);
  });

  it('die after 180 days without use', async () => {
    const { refresh_token } = await practice.signIn();
    time += 180 * 24 * 60 * minute;
    const next = await refresh(refresh_token);
    expect(next.status).toBe(200);
    time += 180 * 24 * 60 * minute + 1;
    expect((await refresh(next.body.refresh_token)).body.error).toBe('invalid_grant');
  });

  it('stay the same when the key is set to long lived', async () => {
    await practice.bench('settings', { refreshTokens: 'long-lived' });
    const { refresh_token } = await practice.signIn();
    for (let use = 0; use < 3; use += 1) {
      time += 100 * 24 * 60 * minute;
      expect((await refresh(refresh_token)).body.refresh_token).toBe(refresh_token);
    }
  });

  it('die when revoked', async () => {
    const { refresh_token = '' } = await practice.signIn();
    const body = new URLSearchParams({ token: refresh_token, client_id: practiceClientId });
    expect((await practice.fetch('/oauth2/default/v1/revoke', { method: 'POST', body })).status).toBe(200);
    expect((await refresh(refresh_token)).body.error).toBe('invalid_grant');
  });

  it('survive a restart', async () => {
    const { refresh_token, access_token } = await practice.signIn();
    await practice.restart();
    practice.carry(access_token);
    expect((await practice.api('GET', '/account/summary')).status).toBe(200);
    expect((await refresh(refresh_token)).status).toBe(200);
  });
});

describe('access tokens', () => {
  it('expire after a day with a bare object', async () => {
    practice.carry((await practice.signIn()).access_token);
    time += 86_399_000;
    expect((await practice.api('GET', '/account/summary')).status).toBe(200);
    time += 1_000;
    const seen = await practice.api('GET', '/account/summary');
    expect([seen.status, seen.body]).toEqual([401, { error_key: 'unauthorized', error_message: 'Unauthorized' }]);
  });

  it('are not to be forged, nor missing', async () => {
    const { access_token } = await practice.signIn();
    const [head, , sign] = access_token.split('.');
    const claims = Buffer.from(JSON.stringify({ exp: 9e9, family: 1, generation: 0, scp: ['contact_data'] }));
    for (const token of [`${head}.${claims.toString('base64url')}.${sign}`, 'nothing', '..', '']) {
      practice.carry(token);
      expect((await practice.api('GET', '/account/summary')).status).toBe(401);
    }
  });

  it('can be revoked from the test bench while refresh tokens live on', async () => {
    const { access_token, refresh_token = '' } = await practice.signIn();
    practice.carry(access_token);
    await practice.bench('revoke', { tokens: 'access' });
    expect((await practice.api('GET', '/account/summary')).status).toBe(401);
    const next = await practice.token({ grant_type: 'refresh_token', client_id: practiceClientId, refresh_token });
    practice.carry(next.body.access_token);
    expect((await practice.api('GET', '/account/summary')).status).toBe(200);
  });

  it('carry scopes and the rights of the person', async () => {
    practice.carry((await practice.signIn({ scope: 'contact_data' })).access_token);
    expect((await practice.api('GET', '/account/summary')).status).toBe(403);
    expect((await practice.api('GET', '/account/user/privileges')).status).toBe(200);
    practice.carry((await practice.signIn({ role: 'campaign-creator' })).access_token);
    const names = (await practice.api('GET', '/account/user/privileges')).body.map(
      (each: { privilege_name: string }) => each.privilege_name,
    );
    expect(names).not.toContain('contacts:write');
    const refused = await practice.api('GET', '/contact_lists');
    expect(refused.status).toBe(403);
    expect(refused.body).toEqual([
      { error_key: expect.stringMatching(/^contacts\.api\./), error_message: expect.any(String) },
    ]);
  });
});

describe('the device flow', () => {
  const start = (scope = everyScope) =>
    practice.fetch('/oauth2/default/v1/device/authorize', {
      method: 'POST',
      body: new URLSearchParams({ client_id: practiceClientId, scope, response_type: 'code', state: 's' }),
    });
  const poll = (device_code: string) =>
    practice.token({
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      client_id: practiceClientId,
      device_code,
    });
  const press = (user_code: string, answer: string) =>
    practice.fetch('/activate/answer', { method: 'POST', body: new URLSearchParams({ user_code, answer }) });

  it('waits, then gives tokens once', async () => {
    const started = (await start()).body;
    expect(started).toMatchObject({ device_code: expect.any(String), interval: expect.any(Number), expires_in: 600 });
    expect((await poll(started.device_code)).body.error).toBe('authorization_pending');
    const page = await practice.fetch(
      new URL(started.verification_uri_complete).pathname + new URL(started.verification_uri_complete).search,
    );
    expect(page.text).toContain(started.user_code);
    expect((await press(started.user_code, 'allow')).status).toBe(200);
    expect((await poll(started.device_code)).body).toMatchObject({
      token_type: 'Bearer',
      refresh_token: expect.any(String),
    });
    expect((await poll(started.device_code)).body.error).toBe('invalid_grant');
  });

  it('says when it was denied or has expired', async () => {
    const denied = (await start()).body;
    await press(denied.user_code, 'deny');
    expect((await poll(denied.device_code)).body.error).toBe('access_denied');
    const late = (await start()).body;
    time += 10 * minute + 1;
    expect((await poll(late.device_code)).body.error).toBe('expired_token');
    expect((await press(late.user_code, 'allow')).status).toBe(400);
  });

  it('asks to slow down at the real pace', async () => {
    await practice.bench('settings', { pace: 'real' });
    const { device_code } = (await start()).body;
    await poll(device_code);
    time += 1_000;
    expect((await poll(device_code)).body.error).toBe('slow_down');
    time += 5_000;
    expect((await poll(device_code)).body.error).toBe('authorization_pending');
  });
});

it('the token endpoint takes about one request a second at the real pace', async () => {
  await practice.bench('settings', { pace: 'real' });
  const post = async () =>
    (await practice.token({ grant_type: 'refresh_token', client_id: practiceClientId, refresh_token: 'x' })).status;
  const statuses: number[] = [];
  for (let index = 0; index < 5; index += 1) statuses.push(await post());
  expect(statuses).toEqual([400, 400, 400, 429, 429]);
  time += 1_000;
  expect([await post(), await post()]).toEqual([400, 429]);
});

it('a verifier has 43 to 128 characters of the allowed ones', async () => {
  for (const bad of ['a'.repeat(42), 'a'.repeat(129), `${'a'.repeat(43)} `]) {
    const sent = await practice.authorize({ code_challenge: challengeOf(bad) });
    const code = target(sent).searchParams.get('code') ?? '';
    expect((await practice.token(codeForm(code, { code_verifier: bad }))).body.error).toBe('invalid_grant');
  }
});
