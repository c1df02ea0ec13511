import type { Role } from '../../preload/contract/views.ts';
import type { Store } from './open-store.ts';

export interface PersonRecord {
  readonly personId: string;
  readonly displayName: string;
  readonly role: Role;
}

const columns = 'person_id AS personId, display_name AS displayName, role';

/** The first person of this profile, or undefined before there is one. */
export function firstPerson(store: Store): PersonRecord | undefined {
  return store.prepare(`SELECT ${columns} FROM person ORDER BY created_at, person_id LIMIT 1`).get() as
    | PersonRecord
    | undefined;
}

export function getPerson(store: Store, personId: string): PersonRecord | undefined {
  return store.prepare(`SELECT ${columns} FROM person WHERE person_id = ?`).get(personId) as PersonRecord | undefined;
}

export function insertPerson(store: Store, person: PersonRecord, at: number): void {
  store
    .prepare('INSERT INTO person (person_id, display_name, role, created_at) VALUES (?, ?, ?, ?)')
    .run(person.personId, person.displayName, person.role, at);
}
