import { afterEach, describe, expect, test } from 'vitest';
import { createInstantClock, type InstantClock } from './test-support/clocks.ts';
import { type Answer, type Remote, type SeenRequest, startRemote } from './test-support/remote.ts';
import type { TokenSet } from './token-endpoint.ts';
import { createTokenKeeper, revokeTokens, type TokenKeeper } from './tokens.ts';

const hour = 3_600_000;
const open: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

const pair = (number: number): Answer => ({
  status: 200,
  json: {
    token_type: 'Bearer',
    expires_in: 86_400,
    access_token: `access-${number}`,
    refresh_token: `refresh-${number}`,
  },
});

interface Stage {
  readonly keeper: TokenKeeper;
  readonly remote: Remote;
  readonly clock: InstantClock;
  readonly events: string[];
  readonly vault: { stored: TokenSet | null; failing: boolean };
}

async function stage(
  respond: (request: SeenRequest, count: number) => Answer = (_request, count) => pair(count + 1),
): Promise<Stage> {
  const clock = createInstantClock();
  const events: string[] = [];
  const remote = await startRemote((request, count) => {
    events.push(`asked with ${new URLSearchParams(request.body).get('refresh_token')}`);
    return respond(request, count);
  });
  open.push(remote.close);
  const vault: Stage['vault'] = {
    failing: false,
    stored: {
      accessToken: 'access-1',
      refreshToken: 'refresh-1',
      obtainedAt: clock.now(),
      expiresAt: clock.now() + 24 * hour,
      scopes: ['contact_data', 'account_read', 'offline_access'],
    },
  };
  const keeper = createTokenKeeper({
    authUrl: remote.authUrl,
    clientId: 'key',
    userAgent: 'Segue/1',
    clock,
    random: () => 0,
    load: async () => vault.stored,
    save: async (tokens) => {
      if (vault.failing) throw new Error('disk');
      vault.stored = tokens;
      events.push(`saved ${tokens.refreshToken}`);
    },
    ended: () => void events.push('ended'),
  });
  return { keeper, remote, clock, events, vault };
}

describe('refreshing', () => {
  test('not before 23 of 24 hours', async () => {
    const { keeper, remote, clock } = await stage();
    expect(await keeper.accessToken()).toBe('access-1');
    clock.set(clock.now() + 23 * hour - 1);
    expect(await keeper.accessToken()).toBe('access-1');
    expect(remote.seen).toHaveLength(0);
    clock.set(clock.now() + 1);
    expect(await keeper.accessToken()).toBe('access-2');
    expect(Object.fromEntries(new URLSearchParams(remote.seen[0]?.body))).toEqual({
      grant_type: 'refresh_token',
      refresh_token: 'refresh-1',
      client_id: 'key',
    });
  });

  test('twenty callers, one refresh, and the pair is stored before anybody gets it', async () => {
    const { keeper, remote, clock, events } = await stage();
    clock.set(clock.now() + 25 * hour);
    const tokens = await Promise.all(
      Array.from({ length: 20 }, async () => {
        const token = await keeper.accessToken();
        events.push(`used ${token}`);
        return token;
      }),
    );
    expect(new Set(tokens)).toEqual(new Set(['access-2']));
    expect(remote.seen).toHaveLength(1);
    expect(events.slice(0, 3)).toEqual(['asked with refresh-1', 'saved refresh-2', 'used access-2']);
  });

  test('twenty refused with the same token: one refresh; those who come later find the new one', async () => {
    const { keeper, remote } = await stage();
    const used = await keeper.accessToken();
    await Promise.all(Array.from({ length: 20 }, () => keeper.refresh(used)));
    await keeper.refresh(used);
    expect(await keeper.accessToken()).toBe('access-2');
    expect(remote.seen).toHaveLength(1);
  });

  test('each refresh uses the newest refresh token; a long-lived one that is not repeated stays', async () => {
    const { keeper, events, vault } = await stage((_request, count) =>
      count === 1
        ? pair(2)
        : { status: 200, json: { token_type: 'Bearer', expires_in: '86400', access_token: 'access-3' } },
    );
    await keeper.refresh(await keeper.accessToken());
    await keeper.refresh(await keeper.accessToken());
    expect(events.filter((event) => event.startsWith('asked'))).toEqual([
      'asked with refresh-1',
      'asked with refresh-2',
    ]);
    expect(vault.stored).toMatchObject({ accessToken: 'access-3', refreshToken: 'refresh-2' });
  });

  test('what another part has stored meanwhile is taken over', async () => {
    const { keeper, remote, vault } = await stage();
    const used = await keeper.accessToken();
    if (vault.stored) vault.stored = { ...vault.stored, accessToken: 'access-9', refreshToken: 'refresh-9' };
    await keeper.refresh(used);
    expect(await keeper.accessToken()).toBe('access-9');
    expect(remote.seen).toHaveLength(0);
  });
});

describe('trouble', () => {
  test.each([
    ['HTML', { status: 403, text: '<html>marketing</html>' }],
    ['an Okta error object', { status: 400, json: { errorCode: 'E0000021', errorSummary: 'Bad' } }],
    ['503', { status: 503 }],
    ['429', { status: 429, json: { error: 'too_many_requests' } }],
    ['a dropped connection', { drop: 'before-answer' }],
    ['200 without tokens', { status: 200, json: { hello: 'there' } }],
  ] as [string, Answer][])('%s from the token host is tried again and signs nobody out', async (_name, fault) => {
    const { keeper, remote, clock } = await stage((_request, count) => (count <= 4 ? fault : pair(2)));
    clock.set(clock.now() + 25 * hour);
    expect(await keeper.accessToken()).toBe('access-2');
    expect(remote.seen).toHaveLength(5);
    expect(clock.slept).toEqual([1_000, 2_000, 4_000, 8_000]);
  });

  test('after five tries it says what is wrong, and the next call tries again', async () => {
    const { keeper, remote, clock } = await stage((_request, count) => (count <= 5 ? { status: 503 } : pair(2)));
    clock.set(clock.now() + 25 * hour);
    await expect(keeper.accessToken()).rejects.toMatchObject({ code: 'remote.unavailable' });
    expect(remote.seen).toHaveLength(5);
    expect(await keeper.accessToken()).toBe('access-2');
  });

  test('while the old token is good a failing refresh holds nobody up', async () => {
    const { keeper, remote, clock } = await stage((_request, count) => (count === 1 ? { status: 503 } : pair(2)));
    clock.set(clock.now() + 23 * hour);
    expect(await keeper.accessToken()).toBe('access-1');
    expect(await keeper.accessToken()).toBe('access-1');
    expect(remote.seen).toHaveLength(1);
    expect(clock.slept).toEqual([]);
    clock.set(clock.now() + 60_000);
    expect(await keeper.accessToken()).toBe('access-2');
  });

  test('only invalid_grant means signing in again; it is not asked twice, and a new sign-in heals it', async () => {
    const { keeper, remote, clock, vault, events } = await stage(() => ({
      status: 400,
      json: { error: 'invalid_grant', error_description: 'The refresh token is invalid or expired.' },
    }));
    clock.set(clock.now() + 25 * hour);
    await expect(keeper.accessToken()).rejects.toMatchObject({ code: 'sign-in.expired' });
    await expect(keeper.accessToken()).rejects.toMatchObject({ code: 'sign-in.expired' });
    await expect(keeper.refresh('access-1')).rejects.toMatchObject({ code: 'sign-in.expired' });
    expect(remote.seen).toHaveLength(1);

    expect(events).toContain('ended');
    const fresh = {
      accessToken: 'n',
      refreshToken: 'r',
      obtainedAt: clock.now(),
      expiresAt: clock.now() + hour,
      scopes: [],
    };
    await keeper.adopt(fresh);
    expect(vault.stored).toEqual(fresh);
    expect(await keeper.accessToken()).toBe('n');
  });

  test('a pair that could not be stored is neither used nor lost', async () => {
    const { keeper, remote, vault } = await stage();
    const used = await keeper.accessToken();
    vault.failing = true;
    await expect(keeper.refresh(used)).rejects.toThrowError('disk');
    vault.failing = false;
    await keeper.refresh(used);
    expect(await keeper.accessToken()).toBe('access-2');
    expect(vault.stored?.refreshToken).toBe('refresh-2');
    expect(remote.seen).toHaveLength(1);
  });

  test('nothing stored, or no refresh token, means signing in', async () => {
    const { keeper, vault, clock } = await stage();
    if (vault.stored) vault.stored = { ...vault.stored, refreshToken: null };
    clock.set(clock.now() + 25 * hour);
    await expect(keeper.accessToken()).rejects.toMatchObject({ code: 'sign-in.expired' });
    vault.stored = null;
    await expect(keeper.refresh('access-1')).rejects.toMatchObject({ code: 'sign-in.expired' });
  });

  test('whoever waits can give up without ending the refresh', async () => {
    const { keeper, clock } = await stage();
    clock.set(clock.now() + 25 * hour);
    const stop = new AbortController();
    const given = keeper.accessToken(stop.signal);
    const kept = keeper.accessToken();
    stop.abort();
    await expect(given).rejects.toMatchObject({ code: 'cancelled' });
    expect(await kept).toBe('access-2');
    await keeper.settled();
  });

  test('no secret is found in an error', async () => {
    const { keeper, clock } = await stage(() => ({
      status: 400,
      json: { error: 'invalid_request', refresh_token: 'refresh-1' },
    }));
    clock.set(clock.now() + 25 * hour);
    const thrown = await keeper.accessToken().catch((error: unknown) => error);
    const { inspect } = await import('node:util');
    expect(inspect(thrown, { depth: 10, showHidden: true })).not.toContain('refresh-1');
  });
});

test('revoking is best effort', async () => {
  const { remote } = await stage(() => ({ status: 404, text: '<html>' }));
  await revokeTokens({ authUrl: remote.authUrl, clientId: 'key', userAgent: 'Segue/1' }, 'refresh-1');
  expect(remote.seen[0]?.path).toBe('/oauth2/default/v1/revoke');
});
