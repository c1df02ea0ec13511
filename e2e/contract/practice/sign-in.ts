import type { Case } from '../case.ts';
import { at, hold, same, status, text } from '../check.ts';
import { challengeOf, redirectUri } from '../practice-process.ts';
import { type Bench, day, here, inferred, minute, seen, sim } from './bench.ts';

const verifier = 'v'.repeat(43);
const otherKey = '11111111-2222-3333-4444-555555555555';

const codeForm = ({ practice }: Bench, code: string, changes: Readonly<Record<string, string>> = {}) => ({
  grant_type: 'authorization_code',
  client_id: practice.clientId,
  redirect_uri: redirectUri,
  code,
  code_verifier: verifier,
  ...changes,
});

const newCode = async ({ practice }: Bench) => (await practice.decide()).searchParams.get('code') ?? '';

const refresh = ({ practice }: Bench, token: string) =>
  practice.token({ grant_type: 'refresh_token', client_id: practice.clientId, refresh_token: token });

const refusedGrant = (answer: { status: number; body: unknown }, what: string) =>
  same([answer.status, at(answer.body, 'error')], [400, 'invalid_grant'], what);

const page: Case<Bench>[] = [
  here('2.4', 'the sign-in page is HTML with status 200', async ({ practice }) => {
    const answer = await fetch(practice.authorizeUrl());
    same(answer.status, 200, 'The status');
    hold((answer.headers.get('content-type') ?? '').includes('text/html'), 'The page is not HTML');
  }),
  here('2.4', 'allowing redirects with code and the state as it was', async ({ practice }) => {
    const sent = await practice.decide({ state: 'a+b/=&é' });
    same(`${sent.origin}${sent.pathname}`, redirectUri, 'Where the browser is sent');
    same(sent.searchParams.get('state'), 'a+b/=&é', 'state');
    hold((sent.searchParams.get('code') ?? '') !== '', 'There is no code');
  }),
  inferred('2.8', 'denying redirects with error=access_denied', async ({ practice }) => {
    const sent = await practice.decide({}, 'deny');
    same([sent.searchParams.get('error'), sent.searchParams.has('code')], ['access_denied', false], 'error and code');
    hold((sent.searchParams.get('error_description') ?? '') !== '', 'There is no error_description');
  }),
  ...(
    [
      ['another port', { redirect_uri: 'http://localhost:53685/callback' }],
      ['127.0.0.1 instead of localhost', { redirect_uri: 'http://127.0.0.1:53682/callback' }],
      ['a slash at the end', { redirect_uri: `${redirectUri}/` }],
      ['a fragment', { redirect_uri: `${redirectUri}#x` }],
      ['an unknown client_id', { client_id: 'nobody' }],
    ] as const
  ).map(([what, changes]) =>
    sim('2.3', `${what} gets a 400 HTML page and no redirect`, async ({ practice }) => {
      const answer = await fetch(practice.authorizeUrl(changes), { redirect: 'manual' });
      same([answer.status, answer.headers.get('location')], [400, null], 'The status and the redirect');
      hold((answer.headers.get('content-type') ?? '').includes('text/html'), 'The page is not HTML');
    }),
  ),
  sim('2.3', 'each of the three registered redirect addresses works', async ({ practice }) => {
    for (const port of [53682, 53683, 53684]) {
      const redirect_uri = `http://localhost:${port}/callback`;
      same((await practice.decide({ redirect_uri })).port, String(port), 'The port');
    }
  }),
  ...(
    [
      ['invalid_scope', { scope: 'contact_data nonsense' }],
      ['unsupported_response_type', { response_type: 'token' }],
      ['invalid_request', { code_challenge: '' }],
      ['invalid_request', { code_challenge_method: 'plain' }],
      ['invalid_request', { state: '' }],
    ] as const
  ).map(([error, changes]) =>
    inferred('2.8', `${Object.keys(changes)[0]} that does not fit redirects with ${error}`, async ({ practice }) => {
      const answer = await fetch(practice.authorizeUrl(changes), { redirect: 'manual' });
      const sent = new URL(answer.headers.get('location') ?? 'about:blank');
      same(sent.searchParams.get('error'), error, 'error');
    }),
  ),
];

const codes: Case<Bench>[] = [
  here('2.7', 'a code gives a Bearer token for 86,400 s, its scopes, and a refresh token', async (bench) => {
    const { status: answered, body } = await bench.practice.token(codeForm(bench, await newCode(bench)));
    same([answered, at(body, 'token_type'), at(body, 'expires_in')], [200, 'Bearer', 86_400], 'The answer');
    same(at(body, 'scope'), 'contact_data account_read offline_access', 'scope');
    hold(text(body, 'refresh_token').length <= 50, 'The refresh token is longer than 50 characters');
  }),
  seen('2.7', 'an access token is a JWT with iss, aud, exp, sub, cid and platform_user_id', async (bench) => {
    const token = await bench.practice.signIn();
    const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as unknown;
    for (const name of ['iss', 'sub', 'platform_user_id']) text(claims, name);
    same([at(claims, 'aud'), at(claims, 'cid')], ['https://api.cc.email/v3', bench.practice.clientId], 'aud and cid');
    hold(token.length > 900 && token.length < 1_300, `The token has ${token.length} characters`);
  }),
  here('2.6', 'without offline_access there is no refresh token', async ({ practice }) => {
    hold(at(await practice.tokens({ scope: 'contact_data' }), 'refresh_token') === undefined, 'There is one');
  }),
  here('2.4', 'a code works once', async (bench) => {
    const form = codeForm(bench, await newCode(bench));
    same((await bench.practice.token(form)).status, 200, 'The first status');
    refusedGrant(await bench.practice.token(form), 'The second answer');
  }),
  here('2.4', 'a code lives 5 minutes', async (bench) => {
    const [early, late] = [await newCode(bench), await newCode(bench)];
    await bench.later(4 * minute + 50_000);
    same((await bench.practice.token(codeForm(bench, early))).status, 200, 'The status just before');
    await bench.later(11_000);
    refusedGrant(await bench.practice.token(codeForm(bench, late)), 'The answer just after');
  }),
  ...(
    [
      ['another verifier', { code_verifier: 'w'.repeat(43) }],
      ['no verifier', { code_verifier: '' }],
      ['another redirect', { redirect_uri: 'http://localhost:53683/callback' }],
      ['another client_id', { client_id: otherKey }],
    ] as const
  ).map(([what, changes]) =>
    inferred('2.8', `a code with ${what} is 400 invalid_grant`, async (bench) => {
      refusedGrant(await bench.practice.token(codeForm(bench, await newCode(bench), changes)), 'The answer');
    }),
  ),
  here('2.4', 'a verifier has 43 to 128 characters', async (bench) => {
    for (const bad of ['a'.repeat(42), 'a'.repeat(129)]) {
      const sent = await bench.practice.decide({ code_challenge: challengeOf(bad) });
      const form = codeForm(bench, sent.searchParams.get('code') ?? '', { code_verifier: bad });
      refusedGrant(await bench.practice.token(form), `The answer to ${bad.length} characters`);
    }
  }),
  inferred('2.8', 'an unknown client is 401 invalid_client', async (bench) => {
    const answer = await bench.practice.token(codeForm(bench, await newCode(bench), { client_id: 'nobody' }));
    same([answer.status, at(answer.body, 'error')], [401, 'invalid_client'], 'The answer');
  }),
  seen('2.8', 'anything but a form gets an error object E0000021', async ({ practice }) => {
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${practice.authUrl}/token`, { method: 'POST', headers, body: '{}' });
    same(at(await answer.json(), 'errorCode'), 'E0000021', 'errorCode');
  }),
];

const refreshing: Case<Bench>[] = [
  here('2.7', 'a refresh gives a new refresh token', async (bench) => {
    const first = text(await bench.practice.tokens(), 'refresh_token');
    const next = await refresh(bench, first);
    same(next.status, 200, 'The status');
    hold(text(next.body, 'refresh_token') !== first, 'The refresh token is the same');
  }),
  sim('2.7', 'the one before works for 30 s more, then it ends the whole sign-in', async (bench) => {
    const first = text(await bench.practice.tokens(), 'refresh_token');
    const second = await refresh(bench, first);
    await bench.later(29_000);
    same((await refresh(bench, first)).status, 200, 'The status within 30 s');
    await bench.later(2_000);
    const reused = await refresh(bench, first);
    refusedGrant(reused, 'The answer after 30 s');
    const words = 'The refresh token is invalid or expired.';
    same(at(reused.body, 'error_description'), words, 'error_description');
    refusedGrant(await refresh(bench, text(second.body, 'refresh_token')), 'The answer to the newest one');
    status(await bench.api.as(text(second.body, 'access_token')).get('/contact_lists?limit=1'), 401);
  }),
  here('2.7', 'a refresh token dies after 180 days unused', async (bench) => {
    const token = text(await bench.practice.tokens(), 'refresh_token');
    await bench.later(179 * day);
    const next = await refresh(bench, token);
    same(next.status, 200, 'The status after 179 days');
    await bench.later(181 * day);
    refusedGrant(await refresh(bench, text(next.body, 'refresh_token')), 'The answer after 181 more');
  }),
  sim('2.7', 'long lived refresh tokens stay the same', async (bench) => {
    await bench.settings({ refreshTokens: 'long-lived' });
    const token = text(await bench.practice.tokens(), 'refresh_token');
    const again = [await refresh(bench, token), await refresh(bench, token)];
    await bench.settings({ refreshTokens: 'rotating' });
    for (const answer of again) same(at(answer.body, 'refresh_token') === token, true, 'That it stays the same');
  }),
  inferred('2.7', 'revoke ends the sign-in, and answers 200 to anything', async (bench) => {
    const token = text(await bench.practice.tokens(), 'refresh_token');
    for (const each of [token, 'nothing']) {
      const body = new URLSearchParams({ token: each, client_id: bench.practice.clientId });
      same((await fetch(`${bench.practice.authUrl}/revoke`, { method: 'POST', body })).status, 200, 'The status');
    }
    refusedGrant(await refresh(bench, token), 'The answer afterwards');
  }),
];

const access: Case<Bench>[] = [
  here('2.7', 'an access token lives 24 hours', async (bench) => {
    await bench.signIn();
    await bench.later(day - minute);
    status(await bench.api.get('/contact_lists?limit=1'), 200);
    await bench.later(2 * minute);
    status(await bench.api.get('/contact_lists?limit=1'), 401);
  }),
  sim('2.7', 'how long an access token lives can be set', async (bench) => {
    await bench.settings({ accessTokenSeconds: 60 });
    const tokens = await bench.practice.tokens();
    await bench.settings({ accessTokenSeconds: 86_400 });
    same(at(tokens, 'expires_in'), 60, 'expires_in');
    await bench.later(61_000);
    status(await bench.api.as(text(tokens, 'access_token')).get('/contact_lists?limit=1'), 401);
  }),
  inferred('2.7', 'a forged token is refused', async (bench) => {
    const [head, , sign] = (await bench.practice.signIn()).split('.');
    const claims = Buffer.from(JSON.stringify({ exp: 9e9, family: 1, generation: 0, scp: ['contact_data'] }));
    const forged = `${head}.${claims.toString('base64url')}.${sign}`;
    status(await bench.api.as(forged).get('/contact_lists?limit=1'), 401);
  }),
  here('2.6', 'contacts need the scope contact_data, the account account_read, privileges none', async (bench) => {
    const api = bench.api.as(await bench.practice.signIn({ scope: 'account_read' }));
    status(await api.get('/contacts?limit=1'), 403);
    status(await api.get('/contact_lists?limit=1'), 403);
    status(await api.get('/account/summary'), 200);
    status(await api.get('/account/user/privileges'), 200);
    const other = bench.api.as(await bench.practice.signIn({ scope: 'contact_data' }));
    status(await other.get('/account/summary'), 403);
    status(await other.get('/contacts?limit=1'), 200);
  }),
  here('2.6', 'a Campaign Creator cannot touch contacts: 403', async (bench) => {
    const api = bench.api.as(await bench.practice.signIn({ role: 'campaign-creator' }));
    for (const path of ['/contacts?limit=1', '/contact_lists?limit=1', '/activities?limit=1']) {
      status(await api.get(path), 403);
    }
    const names = (await api.get('/account/user/privileges')).text;
    hold(!names.includes('contacts:'), 'There are privileges on contacts');
  }),
  here('2.6', 'an Account Manager may do everything', async (bench) => {
    const api = bench.api.as(await bench.practice.signIn({ role: 'manager' }));
    for (const path of ['/contacts?limit=1', '/activities?limit=1']) status(await api.get(path), 200);
  }),
];

const device: Case<Bench>[] = [
  here('2.5', 'the device flow gives codes and a page, then tokens once somebody has allowed it', async (bench) => {
    const started = await startDevice(bench);
    for (const name of ['device_code', 'user_code', 'verification_uri', 'verification_uri_complete'])
      text(started, name);
    const pending = await poll(bench, started);
    same([pending.status, at(pending.body, 'error')], [400, 'authorization_pending'], 'The answer before');
    await press(bench, started, 'allow');
    const allowed = await poll(bench, started);
    same([allowed.status, at(allowed.body, 'token_type')], [200, 'Bearer'], 'The answer after');
    text(allowed.body, 'refresh_token');
    refusedGrant(await poll(bench, started), 'The answer to the same code again');
  }),
  inferred('2.5', 'a denied device code is access_denied, an old one expired_token', async (bench) => {
    const denied = await startDevice(bench);
    await press(bench, denied, 'deny');
    same(at((await poll(bench, denied)).body, 'error'), 'access_denied', 'The error after denying');
    const old = await startDevice(bench);
    await bench.later(11 * minute);
    same(at((await poll(bench, old)).body, 'error'), 'expired_token', 'The error after 11 minutes');
  }),
];

async function startDevice({ practice }: Bench): Promise<unknown> {
  const form = {
    client_id: practice.clientId,
    scope: 'contact_data offline_access',
    response_type: 'code',
    state: 's',
  };
  const body = new URLSearchParams(form);
  return (await fetch(`${practice.authUrl}/device/authorize`, { method: 'POST', body })).json();
}

function poll({ practice }: Bench, started: unknown) {
  const grant_type = 'urn:ietf:params:oauth:grant-type:device_code';
  return practice.token({ grant_type, client_id: practice.clientId, device_code: text(started, 'device_code') });
}

async function press({ practice }: Bench, started: unknown, answer: string): Promise<void> {
  const body = new URLSearchParams({ user_code: text(started, 'user_code'), answer });
  await fetch(`${practice.origin}/activate/answer`, { method: 'POST', body });
}

/** Signing in (2): on an account of its own, whose clock is moved. */
export const signIn: readonly Case<Bench>[] = [...page, ...codes, ...refreshing, ...access, ...device];
