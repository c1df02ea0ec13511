import type { PresentPersonView } from '../../preload/contract/views.ts';
import type { Actor } from '../application.ts';
import { SegueError } from '../errors/segue-error.ts';
import type { Ports } from '../ports.ts';
import type { Store } from '../store/open-store.ts';
import {
  firstPerson,
  getPassword,
  getPresentPerson,
  hasPasswords,
  listPersons,
  noteSeen,
  type PersonRecord,
} from '../store/persons.ts';
import { callsOf } from './guard.ts';
import type { PasswordCheck } from './password-check.ts';

/** How long a confirmed password counts. */
const confirmedForMs = 5 * 60_000;

/**
 * Who is in front of the window. Nobody at first where there are passwords: then the window is locked until somebody has
 * given theirs. Lives as long as the app runs, whatever becomes of the window meanwhile.
 */
export function createWindowSession(ports: Ports, store: Store, passwords: PasswordCheck) {
  let personId: string | null = hasPasswords(store) ? null : (firstPerson(store)?.personId ?? null);
  let confirmedAt: number | null = null;

  function person(): PersonRecord | null {
    const present = personId === null ? undefined : getPresentPerson(store, personId);
    return present ?? null;
  }

  function comeIn(id: string | null): void {
    personId = id;
    confirmedAt = null;
    ports.desktop.beginAnew();
  }

  return {
    /** Null while the window is locked. */
    person,
    view(present: PersonRecord): PresentPersonView {
      return {
        ...present,
        hasPassword: getPassword(store, present.personId) !== undefined,
        mayCall: callsOf(present.role),
        administrators: listPersons(store)
          .filter(({ role }) => role === 'administrator')
          .map(({ displayName }) => displayName),
      };
    },
    door() {
      const people = listPersons(store);
      const last = people.toSorted((a, b) => (b.lastSeenAt ?? 0) - (a.lastSeenAt ?? 0))[0];
      return {
        people: people.map(({ personId: id, displayName }) => ({
          personId: id,
          displayName,
          secondsToWait: passwords.secondsToWait(id),
        })),
        lastPersonId: last?.personId ?? null,
        folder: ports.paths.userData,
      };
    },
    /** Throws `person.not-found` and what the check of the password throws. */
    async enter(id: string, password: string): Promise<PersonRecord> {
      const entering = getPresentPerson(store, id);
      if (entering === undefined) throw new SegueError('person.not-found', { name: '' });
      await passwords.check(id, password, 'window');
      noteSeen(store, id, ports.now());
      comeIn(id);
      return entering;
    },
    /** Locks the window. Throws `person.no-passwords` where anybody could come in again. */
    leave(): void {
      if (!hasPasswords(store)) throw new SegueError('person.no-passwords');
      comeIn(null);
    },
    /** The person gave their own password again. Throws what its check throws. */
    async confirm(by: PersonRecord, password: string): Promise<void> {
      await passwords.check(by.personId, password, 'window');
      confirmedAt = ports.now();
    },
    /**
     * Throws `person.password-needed` unless the person has no password or gave it a moment ago. A command was given it
     * with its name.
     */
    requireConfirmed({ via, person: by }: Actor): void {
      if (via === 'command-line' || getPassword(store, by.personId) === undefined) return;
      const age = confirmedAt === null ? Number.POSITIVE_INFINITY : ports.now() - confirmedAt;
      if (by.personId !== personId || age < 0 || age > confirmedForMs) throw new SegueError('person.password-needed');
    },
    /** The person in front may do something else now, or is no longer one of the people: the window begins anew. */
    changedInFront(changedId: string): void {
      if (changedId === personId) comeIn(person() === null ? null : changedId);
    },
    /** Whoever has just been given a password is seen, and need not give it again at once. */
    noteSeen(by: PersonRecord): void {
      if (by.personId !== personId) return;
      noteSeen(store, by.personId, ports.now());
      confirmedAt = ports.now();
    },
  };
}

export type WindowSession = ReturnType<typeof createWindowSession>;
