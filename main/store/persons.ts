import type { Role } from '../../preload/contract/views.ts';
import { expectOne, type Store } from './open-store.ts';

export interface PersonRecord {
  readonly personId: string;
  readonly displayName: string;
  readonly role: Role;
}

/** A person as the list of people has them. */
export interface ListedPerson extends PersonRecord {
  readonly createdAt: number;
  /** When they were last in front of the window; null for never. */
  readonly lastSeenAt: number | null;
  readonly hasPassword: boolean;
}

/** A password as it is kept: never itself, only what scrypt makes of it, with the cost that was paid. */
export interface StoredPassword {
  readonly scheme: 'scrypt';
  readonly cost: number;
  readonly block: number;
  readonly parallel: number;
  readonly salt: Uint8Array;
  readonly hash: Uint8Array;
}

const columns = 'person_id AS personId, display_name AS displayName, role';

/** The first person of this profile, or undefined before there is one. */
export function firstPerson(store: Store): PersonRecord | undefined {
  return store
    .prepare(`SELECT ${columns} FROM person WHERE removed_at IS NULL ORDER BY created_at, person_id LIMIT 1`)
    .get() as PersonRecord | undefined;
}

/** Somebody who is or was one of the people: what was done keeps the name of who did it. */
export function getPerson(store: Store, personId: string): PersonRecord | undefined {
  return store.prepare(`SELECT ${columns} FROM person WHERE person_id = ?`).get(personId) as PersonRecord | undefined;
}

/** Somebody who is one of the people. */
export function getPresentPerson(store: Store, personId: string): PersonRecord | undefined {
  return store.prepare(`SELECT ${columns} FROM person WHERE person_id = ? AND removed_at IS NULL`).get(personId) as
    | PersonRecord
    | undefined;
}

/** In the order in which they were added. */
export function listPersons(store: Store): ListedPerson[] {
  const rows = store
    .prepare(
      `SELECT ${columns}, created_at AS createdAt, last_seen_at AS lastSeenAt,
         person_id IN (SELECT person_id FROM person_password) AS hasPassword
       FROM person WHERE removed_at IS NULL ORDER BY created_at, person_id`,
    )
    .all() as (Omit<ListedPerson, 'hasPassword'> & { hasPassword: number })[];
  return rows.map((row) => ({ ...row, hasPassword: row.hasPassword === 1 }));
}

export function insertPerson(store: Store, person: PersonRecord, at: number): void {
  store
    .prepare('INSERT INTO person (person_id, display_name, role, created_at) VALUES (?, ?, ?, ?)')
    .run(person.personId, person.displayName, person.role, at);
}

export function changePerson(store: Store, { personId, displayName, role }: PersonRecord): void {
  expectOne(
    store.prepare('UPDATE person SET display_name = ?, role = ? WHERE person_id = ?').run(displayName, role, personId),
    'changePerson',
  );
}

/** No longer one of the people; their password goes, what they did keeps their name. */
export function removePerson(store: Store, personId: string, at: number): void {
  store.transaction(() => {
    deletePassword(store, personId);
    expectOne(
      store.prepare('UPDATE person SET removed_at = ? WHERE person_id = ? AND removed_at IS NULL').run(at, personId),
      'removePerson',
    );
  })();
}

export function noteSeen(store: Store, personId: string, at: number): void {
  store.prepare('UPDATE person SET last_seen_at = ? WHERE person_id = ?').run(at, personId);
}

export function getPassword(store: Store, personId: string): StoredPassword | undefined {
  return store
    .prepare('SELECT scheme, cost, block, parallel, salt, hash FROM person_password WHERE person_id = ?')
    .get(personId) as StoredPassword | undefined;
}

/** Takes the place of the password before it; earlier attempts are forgotten. */
export function setPassword(store: Store, personId: string, password: StoredPassword, at: number): void {
  store.transaction(() => {
    deletePassword(store, personId);
    store
      .prepare(
        `INSERT INTO person_password (person_id, scheme, cost, block, parallel, salt, hash, set_at)
         VALUES (@personId, @scheme, @cost, @block, @parallel, @salt, @hash, @at)`,
      )
      .run({ ...password, personId, at });
  })();
}

export function deletePassword(store: Store, personId: string): void {
  store.prepare('DELETE FROM person_password WHERE person_id = ?').run(personId);
  forgetAttempts(store, personId);
}

/** Whether anybody has a password: then the window asks for one. */
export function hasPasswords(store: Store): boolean {
  return store.prepare('SELECT 1 FROM person_password LIMIT 1').get() !== undefined;
}

export interface PasswordAttempts {
  /** Wrong ones since the last right one. */
  readonly failures: number;
  /** Epoch milliseconds. */
  readonly blockedUntil: number;
}

export function getAttempts(store: Store, personId: string): PasswordAttempts {
  const row = store
    .prepare('SELECT failures, blocked_until AS blockedUntil FROM password_attempt WHERE person_id = ?')
    .get(personId) as PasswordAttempts | undefined;
  return row ?? { failures: 0, blockedUntil: 0 };
}

export function noteAttempt(store: Store, personId: string, attempts: PasswordAttempts): void {
  store
    .prepare('INSERT OR REPLACE INTO password_attempt (person_id, failures, blocked_until) VALUES (?, ?, ?)')
    .run(personId, attempts.failures, attempts.blockedUntil);
}

export function forgetAttempts(store: Store, personId: string): void {
  store.prepare('DELETE FROM password_attempt WHERE person_id = ?').run(personId);
}
