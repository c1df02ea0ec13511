import { randomBytes } from 'node:crypto';
import type { Secrets } from '../ports.ts';
import type { Store } from '../store/open-store.ts';
import { getProfileKey, insertProfileKey, replaceProfileKey } from '../store/profile-keys.ts';

const name = 'never-mail';

/**
 * The secret with which the never-mail list's hashes are keyed, made when it is first asked for: 32 bytes, kept encrypted
 * where the keychain can do that. Rejects with `sign-in.secrets-locked` or `sign-in.secrets-unavailable` when the keychain
 * does not give it back.
 */
export function createProfileKey(store: Store, secrets: Secrets): () => Promise<Buffer> {
  let known: Promise<Buffer> | null = null;

  async function load(): Promise<Buffer> {
    const stored = getProfileKey(store, name);
    if (stored === undefined) return make();
    if (stored.protection === 'plain') return stored.bytes;
    const { text, shouldReEncrypt } = await secrets.decrypt(stored.bytes);
    const key = Buffer.from(text, 'hex');
    if (shouldReEncrypt) replaceProfileKey(store, name, { protection: 'ciphertext', bytes: await encrypted(key) });
    return key;
  }

  async function make(): Promise<Buffer> {
    const key = randomBytes(32);
    const isProtected = (await secrets.protection()) !== 'none';
    insertProfileKey(
      store,
      name,
      isProtected ? { protection: 'ciphertext', bytes: await encrypted(key) } : { protection: 'plain', bytes: key },
    );
    return key;
  }

  const encrypted = async (key: Buffer): Promise<Buffer> => Buffer.from(await secrets.encrypt(key.toString('hex')));

  return () => {
    known ??= load().catch((error: unknown) => {
      known = null;
      throw error;
    });
    return known;
  };
}
