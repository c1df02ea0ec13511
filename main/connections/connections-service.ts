import { randomUUID } from 'node:crypto';
import type { ParsedInput } from '../../preload/contract/contract.ts';
import type { ConnectionDetails, ConnectionView } from '../../preload/contract/views.ts';
import { fetchPrivileges, missingPrivileges } from '../constant-contact/account.ts';
import { utcDay } from '../constant-contact/clock.ts';
import { SegueError } from '../errors/segue-error.ts';
import type { Events } from '../events.ts';
import type { Ports } from '../ports.ts';
import {
  activeRunsOnConnection,
  type ConnectionRecord,
  changeConnection,
  deleteConnection,
  findConnectionByName,
  getConnection,
  getTokenCiphertext,
  insertConnection,
  isAccountOf,
  lastRunOnConnection,
  listConnections,
  setExportUser,
  updateConnection,
} from '../store/connections.ts';
import { detachExport, exportsOnConnection, removeExport } from '../store/exports.ts';
import type { Store } from '../store/open-store.ts';
import { getPerson, type PersonRecord } from '../store/persons.ts';
import type { Words } from '../words.ts';
import type { ConnectionAccess } from './connection-access.ts';
import type { createSignIns } from './sign-ins.ts';

/** Requests that Constant Contact allows an API key in a day that begins at 00:00 UTC (constant-contact-v3.md 3). */
export const requestsPerDay = 10_000;

/** Counts of requests are told at most this often, in milliseconds. */
const tellEveryMs = 2_000;

/** How soon a new day, whose requests begin at none, is noticed, in milliseconds. */
const lookAtDayMs = 60_000;

/** Connections: named, authenticated links to a Constant Contact account, each with the agreement given for it. */
export function createConnectionsService(
  ports: Ports,
  store: Store,
  access: ConnectionAccess,
  signIns: ReturnType<typeof createSignIns>,
  events: Events,
  words: () => Words,
  isUnderWay: (exportId: string) => boolean,
) {
  function viewOf(record: ConnectionRecord): ConnectionView {
    const { connectionId, displayName, kind, sharedWith, createdAt, organisation } = record;
    return {
      connectionId,
      displayName,
      kind,
      mayUse: true,
      details: {
        sharedWith,
        createdAt,
        organisation,
        signInState: signInStateOf(connectionId),
        exportUser: nameOf(record.exportUserId),
        ...requestsOf(record),
        lastUsedAt: lastRunOnConnection(store, connectionId),
        consent: {
          agreedBy: nameOf(record.privacyAgreedBy),
          agreedAt: record.privacyAgreedAt,
          wording: record.privacyWording,
        },
      },
    };
  }

  const nameOf = (personId: string): string => getPerson(store, personId)?.displayName ?? '';

  function signInStateOf(connectionId: string): ConnectionDetails['signInState'] {
    if (access.signIns.hasEnded(connectionId)) return 'signed-out';
    if (access.isSessionOnly(connectionId)) return 'this-session-only';
    return getTokenCiphertext(store, connectionId) === null ? 'signed-out' : 'signed-in';
  }

  function requestsOf({ apiKey, kind }: ConnectionRecord) {
    const { requests, pausedUntil, pauseReason } = access.pacerFor(apiKey, access.isUnpaced(kind)).state();
    return {
      requestsToday: requests,
      requestLimit: requestsPerDay,
      pausedUntil: pauseReason === 'quota' ? pausedUntil : null,
    };
  }

  function requireConnection(connectionId: string): ConnectionRecord {
    const record = getConnection(store, connectionId);
    if (record === undefined) throw new SegueError('connection.not-found', { name: '' });
    return record;
  }

  const list = () => listConnections(store).map(viewOf);
  const changed = () => events.publish('connections.changed', list());
  const tellSoon = atMostEvery(tellEveryMs, changed);
  access.watch(tellSoon.call);
  let day = utcDay(ports.now());
  const dayWatch = setInterval(() => {
    if (utcDay(ports.now()) === day) return;
    day = utcDay(ports.now());
    changed();
  }, lookAtDayMs).unref();

  /** Where tokens may rest: `true` for this session only. Asks, by an error, where the keychain cannot protect them. */
  async function mustStayInMemory(keepSignIn: boolean | undefined): Promise<boolean> {
    const protection = await ports.secrets.protection();
    if (protection === 'protected') return false;
    if (keepSignIn === undefined) throw new SegueError('sign-in.secrets-unavailable');
    return protection === 'none' || !keepSignIn;
  }

  return {
    list,
    changed,
    /**
     * Stores a connection with the tokens of its sign-in, or renews the one that was signed in to again.
     *
     * Throws `connection.name-taken`, `connection.other-account`, `sign-in.cancelled`, `sign-in.secrets-unavailable`.
     */
    async save(input: ParsedInput<'connections.save'>, person: PersonRecord): Promise<ConnectionView> {
      const signedIn = signIns.result(input.signInId);
      const renewed = signedIn.renews === null ? undefined : getConnection(store, signedIn.renews.connectionId);
      const existing = renewed ?? findConnectionByName(store, input.displayName);
      // Signing in again under the same name to the same account renews the connection instead of making a second one.
      const renews =
        existing !== undefined && isAccountOf(existing, signedIn.accountId) && existing.kind === signedIn.kind;
      if (renewed !== undefined && !renews) {
        throw new SegueError('connection.other-account', {
          name: renewed.displayName,
          account: signedIn.organisation,
        });
      }
      if (existing !== undefined && !renews) throw new SegueError('connection.name-taken', { name: input.displayName });
      const sessionOnly = await mustStayInMemory(input.keepSignIn);
      const given: ConnectionRecord = {
        connectionId: existing?.connectionId ?? randomUUID(),
        displayName: existing?.displayName ?? input.displayName,
        kind: signedIn.kind,
        sharedWith: input.sharedWith,
        apiKey: signedIn.apiKey,
        accountId: signedIn.accountId,
        organisation: signedIn.organisation,
        exportUserId: person.personId,
        createdAt: existing?.createdAt ?? ports.now(),
        createdBy: existing?.createdBy ?? person.personId,
        privacyWording: words().say('connection.privacy.statement'),
        privacyAgreedAt: ports.now(),
        privacyAgreedBy: person.personId,
      };
      const { apiKey, accountId, organisation } = signedIn;
      // Whoever only signs in again is asked nothing else: what was agreed to, by whom, stands.
      const record = renewed === undefined ? given : { ...renewed, apiKey, accountId, organisation };
      if (renews) {
        updateConnection(store, record);
        await access.forget(record.connectionId);
      } else {
        insertConnection(store, record);
      }
      access.keepForSessionOnly(record.connectionId, sessionOnly);
      try {
        await (await access.access(record.connectionId)).tokens.adopt(signedIn.tokens);
      } catch (error) {
        // A connection without its tokens would only pretend to be one.
        if (!renews) deleteConnection(store, record.connectionId);
        await access.forget(record.connectionId);
        throw error;
      }
      signIns.forget();
      access.signIns.noteRenewed(record.connectionId);
      changed();
      return viewOf(record);
    },
    /** Name and sharing; exports on it stay. Throws `connection.not-found`, `connection.name-taken`. */
    change({ connectionId, displayName, sharedWith }: ParsedInput<'connections.change'>): ConnectionView {
      requireConnection(connectionId);
      const namesake = findConnectionByName(store, displayName);
      if (namesake !== undefined && namesake.connectionId !== connectionId) {
        throw new SegueError('connection.name-taken', { name: displayName });
      }
      changeConnection(store, connectionId, displayName, sharedWith);
      changed();
      return viewOf(requireConnection(connectionId));
    },
    /** From now on runs by schedule act in this person's name. Throws `connection.not-found`. */
    addExportUser(connectionId: string, person: PersonRecord): ConnectionView {
      requireConnection(connectionId);
      setExportUser(store, connectionId, person.personId);
      changed();
      return viewOf(requireConnection(connectionId));
    },
    /** What the person who signed in may do in the account: asked there, with one request. */
    async abilities(connectionId: string): Promise<{ held: string[]; missing: string[] }> {
      requireConnection(connectionId);
      const { client } = await access.access(connectionId);
      const held = await fetchPrivileges(client);
      return { held: [...held].sort(), missing: [...missingPrivileges(held)] };
    },
    /**
     * Removes a connection, and does with each export on it what `fates` says. Throws `connection.run-under-way` with the
     * names of exports whose runs have not ended, and `connection.in-use` with those of which nothing is said: then nothing
     * has changed.
     */
    async remove(
      connectionId: string,
      fates: readonly { readonly exportId: string; readonly fate: 'remove' | 'detach' }[],
      person: PersonRecord,
    ): Promise<void> {
      const { displayName } = requireConnection(connectionId);
      const fateOf = new Map(fates.map(({ exportId, fate }) => [exportId, fate]));
      const refuse = (code: 'connection.in-use' | 'connection.run-under-way', names: readonly string[]): void => {
        const exports = [...new Set(names)].join(', ');
        if (names.length > 0) throw new SegueError(code, { name: displayName, exports });
      };
      const users = () => exportsOnConnection(store, connectionId);
      const beginning = users().filter(({ exportId }) => isUnderWay(exportId));
      refuse('connection.run-under-way', [
        ...activeRunsOnConnection(store, connectionId),
        ...beginning.map(({ name }) => name),
      ]);
      refuse(
        'connection.in-use',
        users().flatMap(({ exportId, name }) => (fateOf.has(exportId) ? [] : [name])),
      );
      await access.forget(connectionId);
      store.transaction(() => {
        for (const { exportId } of users()) {
          if (fateOf.get(exportId) === 'remove') removeExport(store, exportId, ports.now());
          else detachExport(store, exportId, ports.now(), person.personId);
        }
        deleteConnection(store, connectionId);
      })();
      changed();
    },
    /** Tells no more of what others change: the database is about to be closed. */
    stop(): void {
      tellSoon.stop();
      clearInterval(dayWatch);
    },
  };
}

/** Does `act` a while after the first of several calls, once for all of them. */
function atMostEvery(milliseconds: number, act: () => void): { call(): void; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  return {
    call() {
      if (stopped) return;
      timer ??= setTimeout(() => {
        timer = undefined;
        act();
      }, milliseconds).unref();
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}

export type ConnectionsService = ReturnType<typeof createConnectionsService>;
