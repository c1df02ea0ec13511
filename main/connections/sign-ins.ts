import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import type { Dispatcher } from 'undici';
import type { ParsedInput } from '../../preload/contract/contract.ts';
import type { SignInView } from '../../preload/contract/views.ts';
import { callbackPages } from '../constant-contact/callback-pages.ts';
import { startDeviceSignIn } from '../constant-contact/device-sign-in.ts';
import { startSignIn } from '../constant-contact/sign-in.ts';
import { systemDispatcher } from '../constant-contact/system-dispatcher.ts';
import type { SignInServer, TokenSet } from '../constant-contact/token-endpoint.ts';
import { SegueError, toWireError } from '../errors/segue-error.ts';
import type { Events } from '../events.ts';
import type { Ports } from '../ports.ts';
import { practiceClientId } from '../practice/settings.ts';
import { type ConnectionRecord, getConnection, isAccountOf } from '../store/connections.ts';
import type { Store } from '../store/open-store.ts';
import type { Words } from '../words.ts';
import { type ConnectionAccess, userAgentOf } from './connection-access.ts';
import { verifySignIn } from './verify-sign-in.ts';

/** What a sign-in that succeeded hands to the connection that is saved with it. */
export interface SignedIn {
  readonly kind: ConnectionRecord['kind'];
  readonly apiKey: string;
  readonly tokens: TokenSet;
  readonly accountId: string;
  readonly organisation: string;
  /** The connection that it renews; null for a new one. */
  readonly renews: ConnectionRecord | null;
}

/** A sign-in under way, whichever way it goes. */
interface Flow extends Pick<SignInView, 'authorizeUrl' | 'userCode' | 'verificationUri' | 'expiresAt'> {
  readonly result: Promise<TokenSet>;
  /** Resolves when nobody waits any more for a page of ours. */
  pageShown(): Promise<void>;
  cancel(): Promise<void> | void;
}

interface Attempt {
  view: SignInView;
  readonly flow: Flow;
  readonly openBrowser: boolean;
  readonly dispatcher: Dispatcher;
  signedIn: SignedIn | null;
}

/** How long the end of the app waits for a browser to fetch the page that says how the sign-in ended. */
const lastPageMs = 1_000;

/** An API key of Constant Contact is a UUID; anything else is a slip of the clipboard (constant-contact-v3.md 2.2). */
const apiKeyPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * Signing in through the system browser, or with a code where that cannot work. One attempt at a time: a newer one
 * replaces the one before.
 */
export function createSignIns(
  ports: Ports,
  store: Store,
  access: ConnectionAccess,
  events: Events,
  words: () => Words,
) {
  let current: Attempt | null = null;
  /** The newest one's way, also when it has ended and its tokens have a home. */
  let newestFlow: Flow | null = null;

  function show(attempt: Attempt, change: Partial<SignInView>): void {
    attempt.view = { ...attempt.view, ...change };
    events.publish('signIn.changed', attempt.view);
  }

  async function openPage(attempt: Attempt): Promise<void> {
    if (!attempt.openBrowser) return;
    const opened = await ports.desktop.openExternal(attempt.flow.authorizeUrl).then(
      () => true,
      () => false,
    );
    show(attempt, { browserOpened: opened });
  }

  async function startFlow(
    method: 'browser' | 'code',
    server: SignInServer,
    useAnotherAccount: boolean,
  ): Promise<Flow> {
    if (method === 'code') {
      const started = await startDeviceSignIn(server);
      const { userCode, verificationUrl, verificationUrlWithCode, expiresAt, result, cancel } = started;
      const authorizeUrl = verificationUrlWithCode ?? verificationUrl;
      const pageShown = () => Promise.resolve();
      return { authorizeUrl, userCode, verificationUri: verificationUrl, expiresAt, result, pageShown, cancel };
    }
    const { language, say } = words();
    const pages = callbackPages((key) => say(key as Parameters<typeof say>[0]), language);
    const started = await startSignIn({ ...server, pages, ...(useAnotherAccount ? { useAnotherAccount } : {}) });
    return { ...started, userCode: null, verificationUri: null };
  }

  async function follow(attempt: Attempt, asked: Pick<SignedIn, 'kind' | 'apiKey' | 'renews'>): Promise<void> {
    const { kind, apiKey, renews } = asked;
    try {
      const tokens = await attempt.flow.result;
      if (attempt.openBrowser) ports.desktop.bringToFront();
      show(attempt, { state: 'finishing' });
      const { apiUrl } = await access.addressesOf(kind);
      const pacer = access.pacerFor(apiKey, access.isUnpaced(kind));
      const { dispatcher } = attempt;
      const userAgent = userAgentOf(ports.appVersion);
      const account = await verifySignIn(tokens, { apiUrl, userAgent, pacer, dispatcher });
      if (renews !== null && !isAccountOf(renews, account.accountId)) {
        throw new SegueError('connection.other-account', { name: renews.displayName, account: account.organisation });
      }
      attempt.signedIn = { ...asked, tokens, ...account };
      show(attempt, { state: 'succeeded', organisation: account.organisation });
    } catch (thrown) {
      const error = toWireError(thrown);
      show(attempt, { state: endStates[error.code] ?? 'failed', error });
    } finally {
      await attempt.dispatcher.destroy();
    }
  }

  async function cancelCurrent(): Promise<void> {
    const attempt = current;
    current = null;
    await attempt?.flow.cancel();
  }

  return {
    /**
     * Throws `connection.not-found`, `connection.api-key-invalid`, `sign-in.ports-taken`, `practice.not-started`; with a
     * code also `network.*`, `remote.*` and what the sign-in server refuses.
     */
    async start(input: ParsedInput<'signIn.start'>): Promise<SignInView> {
      await cancelCurrent();
      const renews = input.connectionId === undefined ? null : getConnection(store, input.connectionId);
      if (renews === undefined) throw new SegueError('connection.not-found', { name: '' });
      const kind = renews?.kind ?? input.kind;
      const apiKey = kind === 'practice' ? practiceClientId : input.apiKey || renews?.apiKey || '';
      if (kind === 'constant-contact' && !isApiKey(apiKey, ports.env)) {
        throw new SegueError('connection.api-key-invalid');
      }
      const { authUrl } = await access.addressesOf(kind);
      const dispatcher = systemDispatcher(ports.resolveProxy);
      const server = { authUrl, clientId: apiKey, userAgent: userAgentOf(ports.appVersion), dispatcher };
      const method = input.method ?? 'browser';
      const flow = await startFlow(method, server, input.useAnotherAccount === true).catch(async (thrown: unknown) => {
        await dispatcher.destroy();
        throw thrown;
      });
      const attempt: Attempt = {
        flow,
        openBrowser: input.openBrowser !== false,
        dispatcher,
        signedIn: null,
        view: {
          signInId: randomUUID(),
          state: 'waiting',
          authorizeUrl: flow.authorizeUrl,
          userCode: flow.userCode,
          verificationUri: flow.verificationUri,
          expiresAt: flow.expiresAt,
          browserOpened: true,
          organisation: null,
          error: null,
        },
      };
      current = attempt;
      newestFlow = flow;
      // Whoever signs in with a code may do so on another computer: the page opens when they ask for it.
      if (method === 'browser') await openPage(attempt);
      void follow(attempt, { kind, apiKey, renews });
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
    /** Ends what is under way, once a browser that has just come back has its page: at most a second later. */
    async close(): Promise<void> {
      await Promise.race([newestFlow?.pageShown(), setTimeout(lastPageMs, undefined, { ref: false })]);
      await cancelCurrent();
    },
  };
}

/** With `SEGUE_AUTH_URL` the other side is not Constant Contact: what its keys look like is its own matter. */
function isApiKey(text: string, env: Ports['env']): boolean {
  return apiKeyPattern.test(text) || (text !== '' && Boolean(env.SEGUE_AUTH_URL));
}

const endStates: Partial<Record<string, SignInView['state']>> = {
  'sign-in.denied': 'denied',
  'sign-in.timed-out': 'timed-out',
  'sign-in.cancelled': 'cancelled',
};

export type SignIns = ReturnType<typeof createSignIns>;
