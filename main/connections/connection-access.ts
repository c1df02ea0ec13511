import { type RemoteAddresses, resolveAddresses } from '../constant-contact/addresses.ts';
import { createApiGate } from '../constant-contact/api-gate.ts';
import type { ApiGate } from '../constant-contact/gate.ts';
import { type ApiClient, createApiClient } from '../constant-contact/http-client.ts';
import { createPacer, createUnpacedPacer, type DayCount, type Pacer } from '../constant-contact/pacer.ts';
import { systemDispatcher } from '../constant-contact/system-dispatcher.ts';
import { createTokenKeeper, type TokenKeeper } from '../constant-contact/tokens.ts';
import { SegueError } from '../errors/segue-error.ts';
import type { Ports } from '../ports.ts';
import { type ConnectionRecord, getConnection } from '../store/connections.ts';
import { type Store, unlessBusy } from '../store/open-store.ts';
import { newestRequestDay, saveRequestDay } from '../store/request-days.ts';
import { createSignInStates } from './sign-in-states.ts';
import { createTokenVault } from './token-vault.ts';

/** A connection ready to be used: its addresses, its gate (pace and tokens) and a client for main's own requests. */
export interface Access {
  readonly record: ConnectionRecord;
  readonly addresses: RemoteAddresses;
  readonly gate: ApiGate;
  readonly client: ApiClient;
  readonly tokens: TokenKeeper;
  readonly pacer: Pacer;
  /** Gives up what is under way, and every connection that stands open. */
  close(): Promise<void>;
}

/** How a person names Segue to the other side (constant-contact-v3.md 2.1: an ordinary name, or a 403 page comes back). */
export const userAgentOf = (appVersion: string): string => `Segue/${appVersion} (desktop; segment export)`;

/** The count of a day's requests is written at most this often, in milliseconds. */
const saveEveryMs = 1_000;

/**
 * Gives access to connections: one pacer per API key and one token keeper per connection for the whole app, since both
 * limits and rotating refresh tokens suffer no second holder (constant-contact-v3.md 2.7, 3).
 */
export function createConnectionAccess(ports: Ports, store: Store) {
  const pacers = new Map<string, Pacer>();
  const accesses = new Map<string, Promise<Access>>();
  const sessionOnly = new Set<string>();
  const unsaved = new Map<string, DayCount>();
  const watchers = new Set<() => void>();
  const changed = () => {
    for (const watcher of watchers) watcher();
  };
  const signIns = createSignInStates(changed);
  const fullSpeed = ports.env.SEGUE_PRACTICE_PACE === 'full-speed';

  const saveCounts = () => {
    for (const [apiKey, count] of unsaved) {
      saveRequestDay(store, apiKey, count);
      unsaved.delete(apiKey);
    }
  };
  /** The run thread may be writing a batch's ledger just now: the window must not wait for it, the next second will do. */
  const saver = setInterval(() => unlessBusy(store, saveCounts), saveEveryMs);
  saver.unref();

  function pacerFor(apiKey: string, unpaced: boolean): Pacer {
    const known = pacers.get(apiKey);
    if (known) return known;
    const options = {
      initial: newestRequestDay(store, apiKey),
      save: (count: DayCount) => void unsaved.set(apiKey, count),
    };
    const pacer = unpaced ? createUnpacedPacer(options) : createPacer(options);
    pacers.set(apiKey, pacer);
    pacer.subscribe(changed);
    return pacer;
  }

  /** The environment's addresses beat the practice account's, which is only started when they do not. */
  async function addressesOf(kind: ConnectionRecord['kind']): Promise<RemoteAddresses> {
    const given = ports.env.SEGUE_API_URL && ports.env.SEGUE_AUTH_URL;
    return resolveAddresses(ports.env, kind === 'practice' && !given ? await ports.practice.addresses() : {});
  }

  async function open(record: ConnectionRecord): Promise<Access> {
    const addresses = await addressesOf(record.kind);
    const vault = createTokenVault(store, ports.secrets, record.connectionId, sessionOnly.has(record.connectionId));
    const userAgent = userAgentOf(ports.appVersion);
    const dispatcher = systemDispatcher(ports.resolveProxy);
    const tokens = createTokenKeeper({
      ...vault,
      authUrl: addresses.authUrl,
      clientId: record.apiKey,
      userAgent,
      dispatcher,
      ended: () => signIns.noteEnded(record.connectionId),
    });
    const pacer = pacerFor(record.apiKey, record.kind === 'practice' && fullSpeed);
    const gate = createApiGate({ pacer, tokens });
    const client = createApiClient({ apiUrl: addresses.apiUrl, gate, userAgent, dispatcher });
    const close = async () => {
      // The answer to a refresh cannot be had again.
      await tokens.settled();
      await dispatcher.destroy();
    };
    return { record, addresses, gate, tokens, pacer, client, close };
  }

  return {
    addressesOf,
    pacerFor,
    /** Whether requests to this kind of account go out without pacing. */
    isUnpaced: (kind: ConnectionRecord['kind']): boolean => kind === 'practice' && fullSpeed,
    /** Throws `connection.not-found`, and `practice.not-started` when the practice account cannot be had. */
    async access(connectionId: string): Promise<Access> {
      const known = accesses.get(connectionId);
      if (known) return known;
      const record = getConnection(store, connectionId);
      if (record === undefined) throw new SegueError('connection.not-found', { name: '' });
      const opened = open(record);
      accesses.set(connectionId, opened);
      // A failure is not remembered: the practice account may start the next time.
      opened.catch(() => accesses.delete(connectionId));
      return opened;
    },
    /** Whether tokens of this connection stay in memory until the app ends. Call before the first {@link access}. */
    keepForSessionOnly(connectionId: string, only: boolean): void {
      if (only) sessionOnly.add(connectionId);
      else sessionOnly.delete(connectionId);
    },
    isSessionOnly: (connectionId: string): boolean => sessionOnly.has(connectionId),
    signIns,
    /** Calls `watcher` when a sign-in ends, and for each request and pause: often. */
    watch: (watcher: () => void): void => void watchers.add(watcher),
    /**
     * Forgets what was opened for a connection that changed or went away. A refresh under way ends first: it would write
     * its tokens over those of a new sign-in.
     */
    async forget(connectionId: string): Promise<void> {
      const known = await accesses.get(connectionId)?.catch(() => null);
      accesses.delete(connectionId);
      await known?.close();
    },
    /** Waits for refreshes under way, whose answer cannot be had again, and closes every client. */
    async close(): Promise<void> {
      clearInterval(saver);
      for (const opened of accesses.values()) {
        const access = await opened.catch(() => null);
        await access?.close();
      }
      saveCounts();
    },
  };
}

export type ConnectionAccess = ReturnType<typeof createConnectionAccess>;
