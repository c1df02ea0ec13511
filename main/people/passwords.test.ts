import { beforeEach, expect, test } from 'vitest';
import { openStore, type Store } from '../store/open-store.ts';
import { getAttempts, getPassword, insertPerson, setPassword } from '../store/persons.ts';
import { temporaryProfile } from '../test-support/plain-ports.ts';
import { createPasswordCheck, waitAfter } from './password-check.ts';
import { hashPassword, isPassword } from './passwords.ts';

let file: string;
let store: Store;
let time: number;
const check = () => {
  const made = createPasswordCheck(
    store,
    () => time,
    () => undefined,
  );
  return { ...made, check: (personId: string, given: string) => made.check(personId, given, 'window') };
};
const kept = await hashPassword('correct horse');

beforeEach(() => {
  file = `${temporaryProfile()}/segue.sqlite`;
  store = openStore(file);
  time = 1_000_000;
  insertPerson(store, { personId: 'ada', displayName: 'Ada', role: 'administrator' }, 0);
  setPassword(store, 'ada', kept, 0);
});

test('of a password only salt, cost and hash are kept, and each time others', async () => {
  const again = await hashPassword('correct horse');
  expect(kept).toMatchObject({ scheme: 'scrypt', cost: 65_536, block: 8, parallel: 2 });
  expect(kept.salt).toHaveLength(16);
  expect(again.salt).not.toEqual(kept.salt);
  expect(again.hash).not.toEqual(kept.hash);
  expect(JSON.stringify(store.prepare('SELECT * FROM person_password').all())).not.toContain('horse');
});

test('a letter typed on another keyboard is the same letter', async () => {
  const composed = await hashPassword('Ren\u00e9e chante');
  expect(await isPassword('Rene\u0301e chante', composed)).toBe(true);
  expect(await isPassword('Renee chante', composed)).toBe(false);
});

test('after three wrong ones each attempt waits twice as long, also after a restart', async () => {
  for (const seconds of [0, 0, 0, 5]) {
    await expect(check().check('ada', 'wrong')).rejects.toMatchObject({
      code: 'person.wrong-password',
      params: { seconds },
    });
  }
  store.close();
  store = openStore(file);
  expect(check().secondsToWait('ada')).toBe(5);
  // Not even the right one is looked at before its time.
  await expect(check().check('ada', 'correct horse')).rejects.toMatchObject({ code: 'person.wait' });
  time += 5_000;
  await expect(check().check('ada', 'wrong')).rejects.toMatchObject({ params: { seconds: 10 } });
  // A clock that was set back makes no wait longer than it was.
  time -= 3_600_000;
  expect(check().secondsToWait('ada')).toBe(10);
  time += 3_610_000;
  await check().check('ada', 'correct horse');
  expect(getAttempts(store, 'ada')).toEqual({ failures: 0, blockedUntil: 0 });
  expect(waitAfter(100)).toBe(15 * 60_000);
});

test('attempts at the same time are counted one by one', async () => {
  const answers = await Promise.allSettled(Array.from({ length: 6 }, () => check().check('ada', 'wrong')));
  const codes = answers.map((answer) => (answer.status === 'rejected' ? answer.reason.code : 'let in'));
  expect(codes.filter((code) => code === 'person.wrong-password')).toHaveLength(4);
  expect(codes.filter((code) => code === 'person.wait')).toHaveLength(2);
});

test('right ones given at the same time are all right', async () => {
  const one = check();
  await Promise.all(Array.from({ length: 5 }, () => one.check('ada', 'correct horse')));
  expect(getAttempts(store, 'ada').failures).toBe(0);
});

test('a password kept at a lower cost is kept anew when it is given', async () => {
  const { scryptSync } = await import('node:crypto');
  const salt = Buffer.alloc(16, 7);
  const hash = scryptSync('correct horse', salt, 32, { N: 1_024, r: 8, p: 1 });
  setPassword(store, 'ada', { scheme: 'scrypt', cost: 1_024, block: 8, parallel: 1, salt, hash }, 0);
  await check().check('ada', 'correct horse');
  expect(getPassword(store, 'ada')).toMatchObject({ cost: 65_536 });
  await check().check('ada', 'correct horse');
});
