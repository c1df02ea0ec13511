import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { SegueError } from '../errors/segue-error.ts';
import { getProfileKey } from '../store/profile-keys.ts';
import { filledStore } from '../test-support/filled-store.ts';
import { openKeychain } from '../test-support/plain-ports.ts';
import { createProfileKey } from './profile-key.ts';

test('the key is made once, kept encrypted, and the same for the next start', async () => {
  const store = filledStore();
  const keychain = openKeychain(randomBytes(32));
  const key = createProfileKey(store, keychain);
  const [first, second] = await Promise.all([key(), key()]);
  expect(first).toHaveLength(32);
  expect(second).toEqual(first);
  const stored = getProfileKey(store, 'never-mail');
  expect(stored?.protection).toBe('ciphertext');
  expect(stored?.bytes.includes(first)).toBe(false);
  expect(await createProfileKey(store, keychain)()).toEqual(first);
});

test('without a keychain it is kept plain; one that is locked is asked again later', async () => {
  const plain = filledStore();
  const none = { ...openKeychain(), protection: async () => 'none' as const };
  expect(await createProfileKey(plain, none)()).toEqual(await createProfileKey(plain, none)());

  const store = filledStore();
  const keychain = openKeychain();
  const made = await createProfileKey(store, keychain)();
  let locked = true;
  const key = createProfileKey(store, {
    ...keychain,
    decrypt: (bytes) => (locked ? Promise.reject(new SegueError('sign-in.secrets-locked')) : keychain.decrypt(bytes)),
  });
  await expect(key()).rejects.toMatchObject({ code: 'sign-in.secrets-locked' });
  locked = false;
  expect(await key()).toEqual(made);
});
