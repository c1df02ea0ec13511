import type { Store } from './open-store.ts';

/** A key as it is kept: the keychain's ciphertext, or plain where there is no keychain. */
export interface StoredKey {
  readonly protection: 'ciphertext' | 'plain';
  readonly bytes: Buffer;
}

export function getProfileKey(store: Store, name: string): StoredKey | undefined {
  return store.prepare('SELECT protection, bytes FROM profile_key WHERE name = ?').get(name) as StoredKey | undefined;
}

/** Keeps a key. One that is there already stays, for hashes were made with it. */
export function insertProfileKey(store: Store, name: string, key: StoredKey): void {
  store
    .prepare('INSERT INTO profile_key (name, protection, bytes) VALUES (?, ?, ?) ON CONFLICT DO NOTHING')
    .run(name, key.protection, key.bytes);
}

/** Changes how a key is kept, when the keychain asks for it to be encrypted anew. */
export function replaceProfileKey(store: Store, name: string, key: StoredKey): void {
  store.prepare('UPDATE profile_key SET protection = ?, bytes = ? WHERE name = ?').run(key.protection, key.bytes, name);
}
