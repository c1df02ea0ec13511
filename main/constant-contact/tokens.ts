import { createHash } from 'node:crypto';
import * as oauth from 'oauth4webapi';
import { SegueError } from '../errors/segue-error.ts';
import { backoffMs, type Clock, type Random, systemClock } from './clock.ts';
import { type SignInServer, TokenError, type TokenSet, talk, toTokenSet } from './token-endpoint.ts';

export interface TokenKeeperOptions extends SignInServer {
  /** Reads the pair from the encrypted store; null when there is none. */
  readonly load: () => Promise<TokenSet | null>;
  /** Writes the pair to the encrypted store, durably, before it resolves. */
  readonly save: (tokens: TokenSet) => Promise<void>;
  /** Told each time it turns out that only a person's new sign-in helps. */
  readonly ended?: () => void;
  readonly clock?: Clock;
  readonly random?: Random;
}

/** Keeps the tokens of one connection fresh. One keeper per connection, in the main process. */
export interface TokenKeeper {
  /**
   * An access token that is good now. Refreshes it after 23/24 of its life (23 hours of 24). While the old one is still good, a
   * failing refresh is put off for a minute instead of holding anybody up. Throws `sign-in.expired` when a person must sign in
   * again, else `network.*` or `remote.unavailable` after five tries.
   */
  accessToken(signal?: AbortSignal): Promise<string>;
  /** The server refused `usedToken`: refreshes once for all callers; does nothing when another token is already in use. */
  refresh(usedToken: string): Promise<void>;
  /** Takes over the tokens of a new sign-in: stores them, then uses them. */
  adopt(tokens: TokenSet): Promise<void>;
  /** Resolves when no refresh is under way. Quitting waits for it: an answer that is not stored yet cannot be had again. */
  settled(): Promise<void>;
}

const refreshTries = 5;
const holdOffMs = 60_000;

/** See {@link TokenKeeper}. The refresh token is read from the store for each refresh and not kept in memory. */
export function createTokenKeeper(options: TokenKeeperOptions): TokenKeeper {
  const { load, save, clock = systemClock, random = Math.random } = options;
  let current: Pick<TokenSet, 'accessToken' | 'obtainedAt' | 'expiresAt'> | null = null;
  // A pair that was received but could not be stored. Using it before it is safe could lose it for good.
  let unsaved: TokenSet | null = null;
  let refreshing: Promise<void> | null = null;
  let deadRefreshToken: string | null = null;
  let holdOffUntil = 0;

  function use(tokens: TokenSet): void {
    current = { accessToken: tokens.accessToken, obtainedAt: tokens.obtainedAt, expiresAt: tokens.expiresAt };
  }

  async function store(tokens: TokenSet): Promise<void> {
    unsaved = tokens;
    await save(tokens);
    unsaved = null;
    use(tokens);
  }

  async function renew(refused: string | null, tries: number): Promise<void> {
    if (unsaved) return store(unsaved);
    const stored = await load();
    if (!stored) throw new SegueError('sign-in.expired');
    // The store may be ahead: another part of the app, or an earlier process, has refreshed already.
    const ahead = stored.accessToken !== refused && stored.accessToken !== current?.accessToken;
    if (ahead && !isDue(stored)) return use(stored);
    const { refreshToken } = stored;
    if (refreshToken === null || fingerprint(refreshToken) === deadRefreshToken)
      throw new SegueError('sign-in.expired');
    for (let tried = 1; ; tried += 1) {
      try {
        return await store(await requestTokens(refreshToken, stored.scopes));
      } catch (thrown) {
        if (!(thrown instanceof TokenError)) throw thrown;
        if (thrown.code === 'sign-in.expired') deadRefreshToken = fingerprint(refreshToken);
        if (!thrown.transient || tried >= tries) throw thrown;
        await clock.sleep(backoffMs(tried, random));
      }
    }
  }

  async function requestTokens(refreshToken: string, scopes: readonly string[]): Promise<TokenSet> {
    return talk(options, undefined, async (as, client, request) => {
      const response = await oauth.refreshTokenGrantRequest(as, client, oauth.None(), refreshToken, request);
      const answer = await oauth.processRefreshTokenResponse(as, client, response);
      const tokens = toTokenSet(answer, scopes, clock.now());
      // A long-lived refresh token is not always repeated in the answer.
      return { ...tokens, refreshToken: tokens.refreshToken ?? refreshToken };
    });
  }

  function renewOnce(refused: string | null, tries: number): Promise<void> {
    refreshing ??= renew(refused, tries)
      .catch((thrown: unknown) => {
        if (thrown instanceof SegueError && thrown.code === 'sign-in.expired') options.ended?.();
        throw thrown;
      })
      .finally(() => {
        refreshing = null;
      });
    return refreshing;
  }

  const isDue = (tokens: Pick<TokenSet, 'obtainedAt' | 'expiresAt'>): boolean =>
    clock.now() >= tokens.obtainedAt + ((tokens.expiresAt - tokens.obtainedAt) * 23) / 24;

  return {
    async accessToken(signal) {
      if (!current && !refreshing) {
        const stored = await load();
        if (stored && !current) use(stored);
      }
      if (current && !isDue(current)) return current.accessToken;
      const stillGood = current !== null && clock.now() < current.expiresAt;
      if (!(stillGood && clock.now() < holdOffUntil)) {
        try {
          await abortable(renewOnce(null, stillGood ? 1 : refreshTries), signal);
        } catch (thrown) {
          if (!stillGood || signal?.aborted) throw thrown;
          holdOffUntil = clock.now() + holdOffMs;
        }
      }
      if (!current || clock.now() >= current.expiresAt) throw new SegueError('sign-in.expired');
      return current.accessToken;
    },

    async refresh(usedToken) {
      if (current && current.accessToken !== usedToken) return;
      await renewOnce(usedToken, refreshTries);
    },

    async adopt(tokens) {
      await refreshing?.catch(() => undefined);
      await store(tokens);
      deadRefreshToken = null;
      holdOffUntil = 0;
    },

    async settled() {
      await refreshing?.catch(() => undefined);
    },
  };
}

/** Tells the server that a refresh token is no longer wanted. Best effort: whether it listens is not documented. */
export async function revokeTokens(server: SignInServer, refreshToken: string): Promise<void> {
  await talk(server, undefined, async (as, client, request) => {
    await oauth.processRevocationResponse(
      await oauth.revocationRequest(as, client, oauth.None(), refreshToken, request),
    );
  }).catch(() => undefined);
}

function abortable(work: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  if (!signal) return work;
  return new Promise<void>((resolve, reject) => {
    const cancel = (): void => reject(new SegueError('cancelled'));
    if (signal.aborted) return cancel();
    signal.addEventListener('abort', cancel, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', cancel));
  });
}

function fingerprint(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
