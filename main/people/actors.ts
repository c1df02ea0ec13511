import type { CallName } from '../../preload/contract/channels.ts';
import type { Actor, Caller } from '../application.ts';
import { SegueError } from '../errors/segue-error.ts';
import type { ConnectionRecord } from '../store/connections.ts';
import type { PersonRecord } from '../store/persons.ts';
import { isForNobody } from './guard.ts';
import type { PasswordCheck } from './password-check.ts';
import type { PeopleService } from './people-service.ts';
import type { WindowSession } from './window-session.ts';

/** Whoever stands before a locked window. */
const nobody: PersonRecord = { personId: '', displayName: '', role: 'viewer' };

/** Says in whose name a call is made, whichever way it comes. */
export function createActors(people: PeopleService, session: WindowSession, passwords: PasswordCheck) {
  function personOf(caller: Caller, concerned: readonly ConnectionRecord[]): PersonRecord | null {
    if (caller.via === 'window') return session.person();
    if (caller.personId !== undefined) return people.get(caller.personId) ?? null;
    // Runs by themselves act for whoever added themselves as export user of the connection.
    const users = new Set(concerned.map(({ exportUserId }) => exportUserId));
    const [user] = users;
    return caller.via === 'schedule' && users.size === 1 && user !== undefined ? (people.get(user) ?? null) : null;
  }

  return {
    /** The person for events: null when there is none to tell. */
    personOf: (caller: Caller): PersonRecord | null => personOf(caller, []),
    /**
     * In whose name the call is made. Throws `person.locked` when nobody has come in, `person.gone` when whoever it was
     * made for is no longer one of the people.
     */
    actorOf(name: CallName, caller: Caller, concerned: readonly ConnectionRecord[]): Actor {
      const person = personOf(caller, concerned);
      if (person !== null) return { via: caller.via, person };
      if (caller.via === 'window' && isForNobody(name)) return { via: 'window', person: nobody };
      throw new SegueError(caller.via === 'window' ? 'person.locked' : 'person.gone');
    },
    /**
     * Whom a command acts for: the only person where there are no passwords, else whoever was named and gave theirs.
     * Throws `person.not-found`, `person.credentials-missing`, `person.wrong-password`, `person.wait`.
     */
    async admit(name: string | null, password: string | null): Promise<Caller> {
      const [only] = people.list();
      const person = name === null ? only : people.findByName(name);
      if (person === undefined) throw new SegueError('person.not-found', { name: name ?? '' });
      if (people.hasPasswords()) {
        if (name === null || password === null) throw new SegueError('person.credentials-missing');
        await passwords.check(person.personId, password, 'command-line');
      }
      return { via: 'command-line', personId: person.personId };
    },
  };
}

export type Actors = ReturnType<typeof createActors>;
