import type { Way } from '../application.ts';
import { SegueError } from '../errors/segue-error.ts';
import type { Store } from '../store/open-store.ts';
import { forgetAttempts, getAttempts, getPassword, noteAttempt, setPassword } from '../store/persons.ts';
import { hashPassword, isCheap, isPassword } from './passwords.ts';

/** Wrong passwords that cost nothing. From the next one on each makes the next wait twice as long. */
const freeFailures = 3;
const firstWaitMs = 5_000;
const longestWaitMs = 15 * 60_000;

/** How long nobody may try after so many wrong passwords in a row, in milliseconds. */
export function waitAfter(failures: number): number {
  return failures <= freeFailures ? 0 : Math.min(firstWaitMs * 2 ** (failures - freeFailures - 1), longestWaitMs);
}

const inSeconds = (milliseconds: number): number => Math.ceil(milliseconds / 1_000);

export interface PasswordCheck {
  /** Seconds until somebody may try their password again; 0 for at once. */
  secondsToWait(personId: string): number;
  /**
   * Resolves when this is the person's password, or when they have none. Throws `person.wrong-password` with the
   * seconds to wait, or `person.wait` without having looked at it.
   */
  check(personId: string, given: string, via: Way): Promise<void>;
}

/**
 * Passwords are tried through here only. Each try is in the database before it is looked at, so that ending the app in
 * the middle gains nobody another one; the wait outlives a restart. A clock set back makes no wait longer than it was.
 * `noteWrong` is told of each wrong one.
 */
export function createPasswordCheck(
  store: Store,
  now: () => number,
  noteWrong: (personId: string, via: Way) => void,
): PasswordCheck {
  function leftToWait(personId: string): number {
    const { failures, blockedUntil } = getAttempts(store, personId);
    return Math.max(0, Math.min(blockedUntil - now(), waitAfter(failures)));
  }
  /** What is being tried, by person: one after the other, so that right ones given at once make nobody wait. */
  const tried = new Map<string, Promise<void>>();

  async function checkNow(personId: string, given: string, via: Way): Promise<void> {
    const kept = getPassword(store, personId);
    if (kept === undefined) return;
    const wait = leftToWait(personId);
    if (wait > 0) throw new SegueError('person.wait', { seconds: inSeconds(wait) });
    const failures = getAttempts(store, personId).failures + 1;
    const next = waitAfter(failures);
    noteAttempt(store, personId, { failures, blockedUntil: now() + next });
    if (!(await isPassword(given, kept))) {
      noteWrong(personId, via);
      throw new SegueError('person.wrong-password', { seconds: inSeconds(next) });
    }
    forgetAttempts(store, personId);
    if (isCheap(kept)) setPassword(store, personId, await hashPassword(given), now());
  }

  return {
    secondsToWait: (personId) => inSeconds(leftToWait(personId)),
    async check(personId, given, via) {
      const before = tried.get(personId) ?? Promise.resolve();
      const mine = before.catch(() => undefined).then(() => checkNow(personId, given, via));
      tried.set(personId, mine);
      try {
        await mine;
      } finally {
        if (tried.get(personId) === mine) tried.delete(personId);
      }
    },
  };
}
