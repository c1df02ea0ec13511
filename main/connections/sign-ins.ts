import { randomUUID } from 'node:crypto';
import type { SignInView } from '../../preload/contract/views.ts';
import { fetchAccountSummary, fetchPrivileges, missingPrivileges } from '../constant-contact/account.ts';
import { callbackPages } from '../constant-contact/callback-pages.ts';
import { createApiClient } from '../constant-contact/http-client.ts';
import { type SignIn, startSignIn } from '../constant-contact/sign-in.ts';
import { missingScopes, type TokenSet } from '../constant-contact/token-endpoint.ts';
import { SegueError, toWireError } from '../errors/segue-error.ts';
import type { Events } from '../events.ts';
import type { Ports } from '../ports.ts';
import { practiceClientId } from '../practice/settings.ts';
import type { Words } from '../words.ts';
import { type ConnectionAccess, userAgentOf } from './connection-access.ts';

/** What a sign-in that succeeded hands to the connection that is saved with it. */
export interface SignedIn {
  readonly kind: 'constant-contact' | 'practice';
  readonly apiKey: string;
  readonly tokens: TokenSet;
  readonly accountId: string;
  readonly organisation: string;
}

interface Attempt {
  view: SignInView;
  readonly signIn: SignIn;
  readonly openBrowser: boolean;
  signedIn: SignedIn | null;
}

/** An API key of Constant Contact is a UUID; anything else is a slip of the clipboard (constant-contact-v3.md 2.2). */
const apiKeyPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Signing in through the system browser, one attempt at a time: a newer one replaces the one before. */
export function createSignIns(ports: Ports, access: ConnectionAccess, events: Events, words: () => Words) {
  let current: Attempt | null = null;

  function show(attempt: Attempt, change: Partial<SignInView>): void {
    attempt.view = { ...attempt.view, ...change };
    events.publish('signIn.changed', attempt.view);
  }

  async function openPage(attempt: Attempt): Promise<void> {
    if (!attempt.openBrowser) return;
    const opened = await ports.desktop.openExternal(attempt.signIn.authorizeUrl).then(
      () => true,
      () => false,
    );
    show(attempt, { browserOpened: opened });
  }

  /** After the browser came back: who is it, and may they do what an export needs (constant-contact-v3.md 2.6, 8). */
  async function verify(kind: SignedIn['kind'], apiKey: string, tokens: TokenSet): Promise<SignedIn> {
    const [scope] = missingScopes(tokens);
    if (scope !== undefined) throw new SegueError('connection.privilege-missing', { privilege: scope });
    const { apiUrl } = await access.addressesOf(kind);
    const pacer = access.pacerFor(apiKey, access.isUnpaced(kind));
    const client = createApiClient({
      apiUrl,
      userAgent: userAgentOf(ports.appVersion),
      gate: {
        permit: async ({ purpose, signal }) => {
          await pacer.acquire(purpose, signal);
          return { accessToken: tokens.accessToken };
        },
        // Tokens that are seconds old and already refused cannot be mended by a refresh.
        onUnauthorized: () => Promise.reject(new SegueError('sign-in.refused', { status: 401, errorKey: '' })),
        onLimited: (limit, retryAfterMs) => pacer.noteLimited(limit, retryAfterMs),
      },
    });
    try {
      const account = await fetchAccountSummary(client);
      const [privilege] = missingPrivileges(await fetchPrivileges(client));
      if (privilege !== undefined) throw new SegueError('connection.privilege-missing', { privilege });
      return { kind, apiKey, tokens, accountId: account.accountId, organisation: account.organizationName };
    } finally {
      await client.close();
    }
  }

  async function follow(attempt: Attempt, kind: SignedIn['kind'], apiKey: string): Promise<void> {
    try {
      const tokens = await attempt.signIn.result;
      if (attempt.openBrowser) ports.desktop.bringToFront();
      show(attempt, { state: 'finishing' });
      attempt.signedIn = await verify(kind, apiKey, tokens);
      show(attempt, { state: 'succeeded', organisation: attempt.signedIn.organisation });
    } catch (thrown) {
      const error = toWireError(thrown);
      show(attempt, { state: endStates[error.code] ?? 'failed', error });
    }
  }

  async function cancelCurrent(): Promise<void> {
    const attempt = current;
    current = null;
    await attempt?.signIn.cancel();
  }

  return {
    /** Throws `connection.api-key-invalid`, `sign-in.ports-taken`, `practice.not-started`. */
    async start(input: {
      kind: SignedIn['kind'];
      apiKey?: string | undefined;
      useAnotherAccount?: boolean | undefined;
      openBrowser?: boolean | undefined;
    }): Promise<SignInView> {
      await cancelCurrent();
      const apiKey = input.kind === 'practice' ? practiceClientId : (input.apiKey ?? '').trim();
      if (input.kind === 'constant-contact' && !isApiKey(apiKey, ports.env)) {
        throw new SegueError('connection.api-key-invalid');
      }
      const { authUrl } = await access.addressesOf(input.kind);
      const { language, say } = words();
      const signIn = await startSignIn({
        authUrl,
        clientId: apiKey,
        userAgent: userAgentOf(ports.appVersion),
        pages: callbackPages((key) => say(key as Parameters<typeof say>[0]), language),
        ...(input.useAnotherAccount ? { useAnotherAccount: true } : {}),
      });
      const attempt: Attempt = {
        signIn,
        openBrowser: input.openBrowser !== false,
        signedIn: null,
        view: {
          signInId: randomUUID(),
          state: 'waiting',
          authorizeUrl: signIn.authorizeUrl,
          expiresAt: signIn.expiresAt,
          browserOpened: true,
          organisation: null,
          error: null,
        },
      };
      current = attempt;
      await openPage(attempt);
      void follow(attempt, input.kind, apiKey);
      return attempt.view;
    },
    async cancel(signInId: string): Promise<void> {
      if (current?.view.signInId === signInId) await cancelCurrent();
    },
    async openPageAgain(signInId: string): Promise<void> {
      if (current?.view.signInId === signInId && current.view.state === 'waiting') await openPage(current);
    },
    /** What a sign-in brought; throws `sign-in.cancelled` when it is not the newest, or has not succeeded. */
    result(signInId: string): SignedIn {
      if (current?.view.signInId !== signInId || current.signedIn === null) throw new SegueError('sign-in.cancelled');
      return current.signedIn;
    },
    /** The tokens have a home now: nothing of the sign-in stays in memory. */
    forget(): void {
      current = null;
    },
    close: cancelCurrent,
  };
}

/** With `SEGUE_AUTH_URL` the other side is not Constant Contact: what its keys look like is its own matter. */
function isApiKey(text: string, env: Ports['env']): boolean {
  return apiKeyPattern.test(text) || (text !== '' && Boolean(env['SEGUE_AUTH_URL']));
}

const endStates: Partial<Record<string, SignInView['state']>> = {
  'sign-in.denied': 'denied',
  'sign-in.timed-out': 'timed-out',
  'sign-in.cancelled': 'cancelled',
};
