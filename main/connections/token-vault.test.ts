import { expect, test } from 'vitest';
import { SegueError } from '../errors/segue-error.ts';
import { getTokenCiphertext } from '../store/connections.ts';
import { filledStore } from '../test-support/filled-store.ts';
import { openKeychain } from '../test-support/plain-ports.ts';
import { createTokenVault } from './token-vault.ts';

const tokens = {
  accessToken: 'access',
  refreshToken: 'refresh',
  obtainedAt: 1,
  expiresAt: 2,
  scopes: ['contact_data'],
};

test('tokens rest as ciphertext, and come back whole in another process of the same keychain', async () => {
  const store = filledStore();
  const keychain = openKeychain();
  const vault = createTokenVault(store, keychain, 'connection', false);
  expect(await vault.load()).toBeNull();
  await vault.save(tokens);
  const bytes = Buffer.from(getTokenCiphertext(store, 'connection') ?? []);
  expect(bytes.length).toBeGreaterThan(0);
  expect(bytes.toString('latin1')).not.toContain('access');
  expect(await createTokenVault(store, keychain, 'connection', false).load()).toEqual(tokens);
});

test('for this session only, nothing lies on the disk: not even what an earlier sign-in left there', async () => {
  const store = filledStore();
  const keychain = openKeychain();
  await createTokenVault(store, keychain, 'connection', false).save(tokens);
  const vault = createTokenVault(store, keychain, 'connection', true);
  expect(await vault.load()).toBeNull();
  await vault.save(tokens);
  expect(await vault.load()).toEqual(tokens);
  expect(getTokenCiphertext(store, 'connection')).toBeNull();
  expect(await createTokenVault(store, keychain, 'connection', false).load()).toBeNull();
});

test('a keychain that is locked leaves everything as it is', async () => {
  const store = filledStore();
  const keychain = openKeychain();
  await createTokenVault(store, keychain, 'connection', false).save(tokens);
  const before = getTokenCiphertext(store, 'connection');
  const locked = {
    ...keychain,
    encrypt: () => Promise.reject(new SegueError('sign-in.secrets-locked')),
    decrypt: () => Promise.reject(new SegueError('sign-in.secrets-locked')),
  };
  const vault = createTokenVault(store, locked, 'connection', false);
  await expect(vault.load()).rejects.toMatchObject({ code: 'sign-in.secrets-locked' });
  await expect(vault.save(tokens)).rejects.toMatchObject({ code: 'sign-in.secrets-locked' });
  expect(getTokenCiphertext(store, 'connection')).toEqual(before);
});

test('a keychain that changed its key is served with the new one', async () => {
  const store = filledStore();
  const keychain = openKeychain();
  await createTokenVault(store, keychain, 'connection', false).save(tokens);
  const before = getTokenCiphertext(store, 'connection');
  const changed = {
    ...keychain,
    decrypt: async (bytes: Uint8Array) => ({ ...(await keychain.decrypt(bytes)), shouldReEncrypt: true }),
  };
  expect(await createTokenVault(store, changed, 'connection', false).load()).toEqual(tokens);
  expect(getTokenCiphertext(store, 'connection')).not.toEqual(before);
});
