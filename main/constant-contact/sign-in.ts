import * as oauth from 'oauth4webapi';
import { SegueError } from '../errors/segue-error.ts';
import type { CallbackPages } from './callback-pages.ts';
import { backoffMs, type Clock, type Random, systemClock } from './clock.ts';
import { type CallbackAnswer, listenForCallback } from './loopback-listener.ts';
import { redirectAddress, redirectPorts } from './redirect-addresses.ts';
import {
  authorizationServer,
  checkPerson,
  knownIssuers,
  neededScopes,
  type SignInServer,
  TokenError,
  type TokenSet,
  talk,
  toTokenSet,
} from './token-endpoint.ts';

export interface SignInOptions extends SignInServer {
  /** The pages shown when the browser comes back, in the person's language. */
  readonly pages: CallbackPages;
  /** Default {@link neededScopes}. */
  readonly scopes?: readonly string[];
  /** Makes the server ask who is there although its own session is still open (`prompt=login`). */
  readonly useAnotherAccount?: boolean;
  /** Default {@link redirectPorts}; they must be registered with the API key. */
  readonly ports?: readonly number[];
  /** Default 5 minutes. */
  readonly timeoutMs?: number;
  readonly clock?: Clock;
  readonly random?: Random;
}

/** A sign-in under way. */
export interface SignIn {
  /** What to open in the system's browser. Holds no secret, and serves this sign-in only. */
  readonly authorizeUrl: string;
  /** Exactly as it is registered: `http://localhost:PORT/callback`. */
  readonly redirectUri: string;
  /** When it gives up by itself (milliseconds since 1970). */
  readonly expiresAt: number;
  /**
   * The tokens, neither stored nor checked yet. Rejects with `sign-in.denied`, `sign-in.timed-out`, `sign-in.cancelled`,
   * `sign-in.refused`, `sign-in.no-account`, `connection.api-key-invalid`, or `network.*` and `remote.*` when the token endpoint cannot be had.
   */
  readonly result: Promise<TokenSet>;
  /**
   * Resolves when the browser has its last page, or after a few seconds without; at once while nobody has answered. Whoever
   * ends the app before leaves the person in front of a browser's error.
   */
  pageShown(): Promise<void>;
  /** Ends it, and resolves when the port is free again. */
  cancel(): Promise<void>;
}

const exchangeTries = 3;

/**
 * Begins a sign-in: authorization code with PKCE over loopback (`constant-contact-v3.md` 2.4, `electron-facts.md` 3). The listener
 * stands before this resolves. Throws `sign-in.ports-taken` when none of the ports is free. One at a time: cancel the earlier
 * one before beginning another.
 */
export async function startSignIn(options: SignInOptions): Promise<SignIn> {
  const { scopes = neededScopes, ports = redirectPorts, timeoutMs = 300_000, clock = systemClock } = options;
  const state = oauth.generateRandomState();
  const verifier = oauth.generateRandomCodeVerifier();
  const challenge = await oauth.calculatePKCECodeChallenge(verifier);
  const listener = await listenForCallback(ports, state, options.pages);
  const redirectUri = redirectAddress(listener.port);
  const expiresAt = clock.now() + timeoutMs;
  const stop = new AbortController();
  let pageShown: Promise<void> = Promise.resolve();

  const authorizeUrl = new URL(authorizationServer(options.authUrl).authorization_endpoint ?? '');
  authorizeUrl.search = new URLSearchParams({
    client_id: options.clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: scopes.join(' '),
    state,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    ...(options.useAnotherAccount ? { prompt: 'login' } : {}),
  }).toString();

  async function finish(): Promise<TokenSet> {
    const waited = new AbortController();
    try {
      const answer = await Promise.race([
        listener.answer,
        clock.sleep(timeoutMs, AbortSignal.any([stop.signal, waited.signal])).then(
          () => Promise.reject(new SegueError('sign-in.timed-out')),
          () => Promise.reject(new SegueError('sign-in.cancelled')),
        ),
      ]);
      pageShown = listener.closeSoon();
      return checkPerson(await exchange(options, answer, { state, verifier, redirectUri, scopes }, stop.signal));
    } catch (thrown) {
      if (stop.signal.aborted) throw new SegueError('sign-in.cancelled');
      const unanswered = thrown instanceof SegueError && thrown.code === 'sign-in.timed-out';
      if (unanswered) await listener.close();
      throw thrown;
    } finally {
      waited.abort();
    }
  }

  const result = finish();
  // Whoever cancels may not be waiting for the result any more.
  result.catch(() => undefined);
  return {
    authorizeUrl: authorizeUrl.href,
    redirectUri,
    expiresAt,
    result,
    pageShown: () => pageShown,
    async cancel() {
      stop.abort();
      await listener.close();
    },
  };
}

async function exchange(
  options: SignInOptions,
  answer: CallbackAnswer,
  asked: { state: string; verifier: string; redirectUri: string; scopes: readonly string[] },
  signal: AbortSignal,
): Promise<TokenSet> {
  const { clock = systemClock, random = Math.random } = options;
  if (answer.kind === 'error') {
    if (answer.error === 'access_denied') throw new SegueError('sign-in.denied');
    const errorKey = /^[\w.-]{1,100}$/.test(answer.error) ? answer.error : '';
    throw new SegueError('sign-in.refused', { status: 0, errorKey });
  }
  const parameters = new URLSearchParams(answer.parameters);
  const issuer = parameters.get('iss');
  if (issuer !== null && !knownIssuers(options.authUrl).includes(issuer)) {
    throw new SegueError('sign-in.refused', { status: 0, errorKey: 'iss' });
  }
  parameters.delete('iss');
  for (let tried = 1; ; tried += 1) {
    try {
      return await talk(options, signal, async (as, client, request) => {
        const checked = oauth.validateAuthResponse(as, client, parameters, asked.state);
        const response = await oauth.authorizationCodeGrantRequest(
          as,
          client,
          oauth.None(),
          checked,
          asked.redirectUri,
          asked.verifier,
          request,
        );
        const tokens = await oauth.processAuthorizationCodeResponse(as, client, response);
        return toTokenSet(tokens, asked.scopes, clock.now());
      });
    } catch (thrown) {
      if (!(thrown instanceof TokenError)) throw thrown;
      // The code was refused: nothing that was valid before has ended.
      if (thrown.code === 'sign-in.expired') {
        throw new SegueError('sign-in.refused', { status: 400, errorKey: 'invalid_grant' });
      }
      if (!thrown.transient || tried >= exchangeTries) throw thrown;
      await clock.sleep(backoffMs(tried, random), signal);
    }
  }
}
