import * as oauth from 'oauth4webapi';
import { type Dispatcher, fetch } from 'undici';
import { SegueError } from '../errors/segue-error.ts';
import { constantContactAddresses, isPlainLoopback } from './addresses.ts';
import { directDispatcher } from './dispatchers.ts';
import { networkFailure } from './network-failure.ts';

/** What every talk with the sign-in server needs. */
export interface SignInServer {
  /** Base in front of `/authorize` and `/token` (`resolveAddresses`). */
  readonly authUrl: string;
  /** The API key: a public client, there is no secret. */
  readonly clientId: string;
  /** The token host answers some scripts' names with a marketing page (`constant-contact-v3.md` 2.1). */
  readonly userAgent: string;
  /** For a proxy (`directDispatcher`); the caller closes it. */
  readonly dispatcher?: Dispatcher;
}

/** A pair of tokens. All of it is secret but the times and scopes. */
export interface TokenSet {
  readonly accessToken: string;
  /** Null when the server gave none; then a person signs in again when the access token ends. */
  readonly refreshToken: string | null;
  /** Milliseconds since 1970. */
  readonly obtainedAt: number;
  readonly expiresAt: number;
  /** What was granted; a server that does not say granted what was asked. */
  readonly scopes: readonly string[];
}

/** What Segue asks for; without `offline_access` there is no refresh token (`constant-contact-v3.md` 2.6). */
export const neededScopes: readonly string[] = ['contact_data', 'account_read', 'offline_access'];

/** Which of the scopes an export needs were not granted. */
export function missingScopes(tokens: Pick<TokenSet, 'scopes'>): readonly string[] {
  return neededScopes.filter((scope) => scope !== 'offline_access' && !tokens.scopes.includes(scope));
}

/**
 * A talk with the token endpoint that went wrong. `transient` ones may be tried again: nobody said no. What the library threw is
 * not kept: it holds the answer's body.
 */
export class TokenError extends SegueError {
  readonly transient: boolean;

  constructor(error: Pick<SegueError, 'code' | 'params'>, transient: boolean) {
    super(error.code, error.params);
    this.transient = transient;
  }
}

const tokenTimeoutMs = 30_000;
const answerLimit = 256 * 1024;
const fallbackLifetimeS = 3_600;

/** The server as oauth4webapi wants it; Constant Contact has no discovery document (`constant-contact-v3.md` 2.1). */
export function authorizationServer(authUrl: string): oauth.AuthorizationServer {
  return {
    issuer: authUrl,
    authorization_endpoint: `${authUrl}/authorize`,
    token_endpoint: `${authUrl}/token`,
    device_authorization_endpoint: `${authUrl}/device/authorize`,
    revocation_endpoint: `${authUrl}/revoke`,
  };
}

/** The names under which a server may sign its answers (RFC 9207). */
export function knownIssuers(authUrl: string): readonly string[] {
  const alone = [authUrl, authUrl.replace(/\/v1$/, '')];
  if (authUrl !== constantContactAddresses.authUrl) return alone;
  return [...alone, 'https://identity.constantcontact.com/oauth2/aus1lm3ry9mF7x2Ja0h8'];
}

/** Runs one exchange with the server: `act` gets the request options, and whatever it throws comes out as a {@link TokenError}. */
export async function talk<T>(
  server: SignInServer,
  signal: AbortSignal | undefined,
  act: (as: oauth.AuthorizationServer, client: oauth.Client, options: oauth.TokenEndpointRequestOptions) => Promise<T>,
): Promise<T> {
  const limit = AbortSignal.timeout(tokenTimeoutMs);
  const own = server.dispatcher ? null : directDispatcher(null);
  try {
    return await act(
      authorizationServer(server.authUrl),
      { client_id: server.clientId },
      {
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
        headers: { 'user-agent': server.userAgent },
        [oauth.allowInsecureRequests]: isPlainLoopback(server.authUrl),
        [oauth.customFetch]: (url, init) => fetchAnswer(url, init, server.dispatcher ?? own ?? undefined),
      },
    );
  } catch (thrown) {
    if (signal?.aborted) throw new SegueError('cancelled');
    throw tokenError(thrown, limit.aborted);
  } finally {
    await own?.destroy();
  }
}

/** The answer of the token endpoint as Segue keeps it. */
export function toTokenSet(answer: oauth.TokenEndpointResponse, asked: readonly string[], now: number): TokenSet {
  const seconds = answer.expires_in ?? fallbackLifetimeS;
  // One of the vendor's own models describes `expires_in` as a point in time.
  const expiresAt = seconds > 1_000_000_000 ? seconds * 1_000 : now + seconds * 1_000;
  return {
    accessToken: answer.access_token,
    refreshToken: answer.refresh_token ?? null,
    obtainedAt: now,
    expiresAt,
    scopes: answer.scope === undefined ? asked : answer.scope.split(' ').filter((scope) => scope !== ''),
  };
}

/**
 * Refuses the tokens of a person who has no account: users that the developer portal makes by itself get tokens that open nothing
 * (`constant-contact-v3.md` 2.2). Throws `sign-in.no-account`. A token that is no JWT says nothing and passes.
 */
export function checkPerson(tokens: TokenSet): TokenSet {
  const claims = claimsOf(tokens.accessToken);
  if (claims.platform_user_id === 'UNASSIGNED') throw new SegueError('sign-in.no-account');
  return tokens;
}

function claimsOf(token: string): { readonly platform_user_id?: unknown } {
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    return typeof claims === 'object' && claims !== null ? claims : {};
  } catch {
    return {};
  }
}

type FetchArguments = {
  body: URLSearchParams | undefined;
  headers: Record<string, string>;
  signal?: AbortSignal | undefined;
};

async function fetchAnswer(url: string, init: FetchArguments, dispatcher: Dispatcher | undefined): Promise<Response> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: init.headers,
    body: init.body?.toString() ?? null,
    redirect: 'manual',
    signal: init.signal ?? null,
    ...(dispatcher ? { dispatcher } : {}),
  });
  const text = await answer.text();
  if (text.length > answerLimit) throw new SegueError('remote.invalid-answer', { reason: 'size' });
  const headers = { 'content-type': answer.headers.get('content-type') ?? '' };
  // An identity token was not asked for and is not looked at; one that does not suit must not spoil the sign-in.
  return new Response(withoutIdToken(text), { status: answer.status, headers });
}

function withoutIdToken(text: string): string {
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json !== 'object' || json === null || !('id_token' in json)) return text;
    const { id_token: _, ...rest } = json;
    return JSON.stringify(rest);
  } catch {
    return text;
  }
}

function tokenError(thrown: unknown, expired: boolean): TokenError {
  if (thrown instanceof SegueError) return new TokenError(thrown, true);
  if (thrown instanceof oauth.ResponseBodyError) {
    const errorKey = /^[\w.-]{1,100}$/.test(thrown.error) ? thrown.error : '';
    const params = { status: thrown.status, errorKey };
    if (thrown.status === 429) return new TokenError({ code: 'remote.throttled', params }, true);
    switch (errorKey) {
      case 'invalid_grant':
        return new TokenError({ code: 'sign-in.expired', params: {} }, false);
      case 'invalid_client':
      case 'unauthorized_client':
        return new TokenError({ code: 'connection.api-key-invalid', params: {} }, false);
      case 'authorization_pending':
      case 'slow_down':
        return new TokenError({ code: 'sign-in.refused', params }, true);
      case 'expired_token':
        return new TokenError({ code: 'sign-in.timed-out', params: {} }, false);
      case 'access_denied':
        return new TokenError({ code: 'sign-in.denied', params: {} }, false);
      default:
        return new TokenError({ code: 'sign-in.refused', params }, false);
    }
  }
  // Everything else the library throws is about an answer that is no OAuth answer: HTML, an Okta error object, a 5xx.
  const code = (thrown as { code?: unknown } | null)?.code;
  if (typeof code === 'string' && code.startsWith('OAUTH_')) {
    const cause = (thrown as { cause?: unknown }).cause;
    const status = cause instanceof Response ? cause.status : 0;
    return new TokenError({ code: 'remote.unavailable', params: { status, errorKey: '' } }, true);
  }
  return new TokenError(networkFailure(thrown, expired).error, true);
}
