import * as oauth from 'oauth4webapi';
import { SegueError } from '../errors/segue-error.ts';
import { isPlainLoopback } from './addresses.ts';
import { type Clock, systemClock } from './clock.ts';
import {
  checkPerson,
  neededScopes,
  type SignInServer,
  TokenError,
  type TokenSet,
  talk,
  toTokenSet,
} from './token-endpoint.ts';

export interface DeviceSignInOptions extends SignInServer {
  /** Default {@link neededScopes}. */
  readonly scopes?: readonly string[];
  readonly clock?: Clock;
}

/** A sign-in with a code that a person types on a page, on this computer or another. */
export interface DeviceSignIn {
  /** What the person types. */
  readonly userCode: string;
  /** Where; always https, or this computer. */
  readonly verificationUrl: string;
  /** The same page with the code filled in, when the server offers it. */
  readonly verificationUrlWithCode: string | null;
  /** When the code ends (milliseconds since 1970). */
  readonly expiresAt: number;
  /** As `SignIn.result`. Its refresh token may be null: sources differ on whether there is one (`constant-contact-v3.md` 2.5). */
  readonly result: Promise<TokenSet>;
  cancel(): void;
}

const fallbackIntervalS = 5;
const slowDownS = 5;

/**
 * Begins the device-code flow, for where loopback cannot work (all ports taken, a locked-down browser). The API key must be of
 * the portal's type *Device*. Throws what the token endpoint's errors say, and `remote.invalid-answer` for a page address
 * that is not https.
 */
export async function startDeviceSignIn(options: DeviceSignInOptions): Promise<DeviceSignIn> {
  const { scopes = neededScopes, clock = systemClock } = options;
  const parameters = { scope: scopes.join(' '), response_type: 'code', state: oauth.generateRandomState() };
  const started = await talk(options, undefined, async (as, client, request) => {
    const answer = await oauth.deviceAuthorizationRequest(as, client, oauth.None(), parameters, request);
    return oauth.processDeviceAuthorizationResponse(as, client, answer);
  });
  const verificationUrl = pageAddress(started.verification_uri);
  const complete = started.verification_uri_complete;
  const expiresAt = clock.now() + started.expires_in * 1_000;
  const stop = new AbortController();

  async function poll(): Promise<TokenSet> {
    let intervalS = started.interval ?? fallbackIntervalS;
    for (;;) {
      await clock.sleep(intervalS * 1_000, stop.signal).catch(() => undefined);
      if (stop.signal.aborted) throw new SegueError('sign-in.cancelled');
      if (clock.now() >= expiresAt) throw new SegueError('sign-in.timed-out');
      try {
        return await talk(options, stop.signal, async (as, client, request) => {
          const answer = await oauth.deviceCodeGrantRequest(as, client, oauth.None(), started.device_code, request);
          return toTokenSet(await oauth.processDeviceCodeResponse(as, client, answer), scopes, clock.now());
        });
      } catch (thrown) {
        if (stop.signal.aborted) throw new SegueError('sign-in.cancelled');
        if (!(thrown instanceof TokenError)) throw thrown;
        // An unknown device code is one that has ended.
        if (thrown.code === 'sign-in.expired') throw new SegueError('sign-in.timed-out');
        if (!thrown.transient) throw thrown;
        if (thrown.params.errorKey !== 'authorization_pending') intervalS += slowDownS;
      }
    }
  }

  const result = poll().then(checkPerson);
  result.catch(() => undefined);
  return {
    userCode: started.user_code,
    verificationUrl,
    verificationUrlWithCode: complete === undefined ? null : pageAddress(complete),
    expiresAt,
    result,
    cancel: () => stop.abort(),
  };
}

function pageAddress(text: string): string {
  const url = URL.parse(text);
  const safe = url !== null && !url.username && !url.password && (url.protocol === 'https:' || isPlainLoopback(text));
  if (!safe) throw new SegueError('remote.invalid-answer', { reason: 'link' });
  return url.href;
}
