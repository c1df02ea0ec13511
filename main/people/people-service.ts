import { randomUUID } from 'node:crypto';
import type { Ports } from '../ports.ts';
import type { Store } from '../store/open-store.ts';
import { firstPerson, insertPerson, type PersonRecord } from '../store/persons.ts';

/** The person in front of the app: the operating system's user, who is the administrator of this profile. */
export function createPeopleService(ports: Ports, store: Store) {
  return {
    current(): PersonRecord {
      const known = firstPerson(store);
      if (known !== undefined) return known;
      const person: PersonRecord = { personId: randomUUID(), displayName: ports.osUserName, role: 'administrator' };
      insertPerson(store, person, ports.now());
      return person;
    },
  };
}

export type PeopleService = ReturnType<typeof createPeopleService>;
