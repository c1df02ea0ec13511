import { randomUUID } from 'node:crypto';
import type { ParsedInput } from '../../preload/contract/contract.ts';
import type { ListedPersonView, Role } from '../../preload/contract/views.ts';
import { SegueError } from '../errors/segue-error.ts';
import type { Ports } from '../ports.ts';
import { connectionsOfExportUser } from '../store/connections.ts';
import type { Store } from '../store/open-store.ts';
import {
  changePerson,
  deletePassword,
  firstPerson,
  getPresentPerson,
  hasPasswords,
  insertPerson,
  type ListedPerson,
  listPersons,
  type PersonRecord,
  removePerson,
  setPassword,
} from '../store/persons.ts';
import type { PasswordCheck } from './password-check.ts';
import { hashPassword, passwordLength } from './passwords.ts';

/** Names are compared as people do who call for somebody. */
const folded = (name: string): string => name.normalize('NFKC').toLocaleLowerCase('und');

function requireGoodPassword(password: string): void {
  const { length } = [...password.normalize('NFKC')];
  if (length < passwordLength.least) throw new SegueError('person.password-short', { least: passwordLength.least });
  if (length > passwordLength.most) throw new SegueError('person.password-long', { most: passwordLength.most });
}

/**
 * The people of this profile. One alone needs no password; from the second on everybody has one. There is always an
 * administrator.
 */
export function createPeopleService(ports: Ports, store: Store, passwords: PasswordCheck) {
  function viewOf(person: ListedPerson): ListedPersonView {
    return { ...person, exportUserOf: connectionsOfExportUser(store, person.personId) };
  }

  function requirePerson(personId: string): PersonRecord {
    const person = getPresentPerson(store, personId);
    if (person === undefined) throw new SegueError('person.not-found', { name: '' });
    return person;
  }

  const listed = (personId: string): ListedPersonView => {
    const person = listPersons(store).find((candidate) => candidate.personId === personId);
    if (person === undefined) throw new SegueError('person.not-found', { name: '' });
    return viewOf(person);
  };

  function requireFreeName(displayName: string, personId: string | null): void {
    const taken = listPersons(store).some(
      (other) => other.personId !== personId && folded(other.displayName) === folded(displayName),
    );
    if (taken) throw new SegueError('person.name-taken', { name: displayName });
  }

  /** Throws `person.last-administrator` when nobody would be left who may change this. */
  function requireAnotherAdministrator(person: PersonRecord, roleThen: Role | null): void {
    if (person.role !== 'administrator' || roleThen === 'administrator') return;
    const others = listPersons(store).filter(
      ({ personId, role }) => personId !== person.personId && role === 'administrator',
    );
    if (others.length === 0) throw new SegueError('person.last-administrator', { name: person.displayName });
  }

  return {
    /** The profile's first person is whoever the operating system says, an administrator. */
    ensureFirst(): void {
      if (firstPerson(store) !== undefined) return;
      insertPerson(
        store,
        { personId: randomUUID(), displayName: ports.osUserName, role: 'administrator' },
        ports.now(),
      );
    },
    get: (personId: string): PersonRecord | undefined => getPresentPerson(store, personId),
    /** Somebody by the name that they are called, in any case. Throws `person.not-found`. */
    findByName(name: string): PersonRecord {
      const person = listPersons(store).find(({ displayName }) => folded(displayName) === folded(name.trim()));
      if (person === undefined) throw new SegueError('person.not-found', { name });
      return person;
    },
    hasPasswords: (): boolean => hasPasswords(store),
    list: (): ListedPersonView[] => listPersons(store).map(viewOf),
    /**
     * Throws `person.name-taken`, `person.password-short`, `person.password-long`, and `person.own-password-missing` when
     * whoever adds somebody has no password yet and gave none.
     */
    async add(input: ParsedInput<'people.add'>, by: PersonRecord): Promise<ListedPersonView> {
      const { displayName, role, password, ownPassword } = input;
      requireFreeName(displayName, null);
      requireGoodPassword(password);
      const needsOwn = !listed(by.personId).hasPassword;
      if (needsOwn && ownPassword === undefined) throw new SegueError('person.own-password-missing');
      if (needsOwn && ownPassword !== undefined) requireGoodPassword(ownPassword);
      const hash = await hashPassword(password);
      const ownHash = needsOwn && ownPassword !== undefined ? await hashPassword(ownPassword) : null;
      // Somebody else may have been added meanwhile.
      requireFreeName(displayName, null);
      const person: PersonRecord = { personId: randomUUID(), displayName, role };
      store.transaction(() => {
        insertPerson(store, person, ports.now());
        setPassword(store, person.personId, hash, ports.now());
        if (ownHash !== null) setPassword(store, by.personId, ownHash, ports.now());
      })();
      return listed(person.personId);
    },
    /** Throws `person.not-found`, `person.name-taken`, `person.last-administrator`. */
    change({ personId, displayName, role }: ParsedInput<'people.change'>): ListedPersonView {
      const person = requirePerson(personId);
      requireFreeName(displayName, personId);
      requireAnotherAdministrator(person, role);
      changePerson(store, { personId, displayName, role });
      return listed(personId);
    },
    /** Somebody's new password; they may try again at once. Throws `person.not-found`, `person.password-short`. */
    async setPassword(personId: string, password: string): Promise<void> {
      requirePerson(personId);
      requireGoodPassword(password);
      const hash = await hashPassword(password);
      requirePerson(personId);
      setPassword(store, personId, hash, ports.now());
    },
    /**
     * One's own password; null does without, which only somebody alone may. Throws what the check of the current one
     * throws, `person.password-short`, `person.password-required`.
     */
    async changeOwnPassword(
      { current, password }: ParsedInput<'people.changeOwnPassword'>,
      by: PersonRecord,
    ): Promise<void> {
      if (password !== null) requireGoodPassword(password);
      await passwords.check(by.personId, current ?? '', 'window');
      if (password !== null) {
        setPassword(store, by.personId, await hashPassword(password), ports.now());
        return;
      }
      if (listPersons(store).length > 1) throw new SegueError('person.password-required');
      deletePassword(store, by.personId);
    },
    /** Throws `person.not-found`, `person.last-administrator`. */
    remove(personId: string): void {
      requireAnotherAdministrator(requirePerson(personId), null);
      removePerson(store, personId, ports.now());
    },
  };
}

export type PeopleService = ReturnType<typeof createPeopleService>;
