import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { app } from './app.ts';
import { lifecycle } from './lifecycle.ts';
import { missing, strict } from './strict.ts';

const failed = 'Error while decrypting the ciphertext provided to safeStorage.decryptStringAsync.';

/** Marks a ciphertext of this module; a change of format changes it. */
const mark = Buffer.from('si1');

/**
 * Which store keeps the key. Playwright's loader passes `--password-store=basic`, which says nothing about what a test
 * wants, so `basic_text` is asked for with `SEGUE_STAND_IN_PASSWORD_STORE=basic_text`.
 */
function backend(): 'basic_text' | 'gnome_libsecret' {
  return process.env.SEGUE_STAND_IN_PASSWORD_STORE === 'basic_text' ? 'basic_text' : 'gnome_libsecret';
}

/** The profile's key, made on first use; its file is the owner's alone. */
function key(): Buffer {
  const folder = app.getPath('userData');
  const file = path.join(folder, 'stand-in-safe-storage.key');
  mkdirSync(folder, { recursive: true });
  try {
    writeFileSync(file, randomBytes(32), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  return readFileSync(file);
}

function needReadyAsync(): void {
  if (!lifecycle.isReady) throw new Error('safeStorage cannot be used before app is ready');
}

const gone = (name: string) => () => {
  throw missing(`safeStorage.${name} (the synchronous calls are deprecated in 45 and gone in 46)`);
};

export const safeStorage = strict('safeStorage', {
  async isAsyncEncryptionAvailable(): Promise<boolean> {
    return lifecycle.isReady;
  },
  async encryptStringAsync(plainText: string): Promise<Buffer> {
    needReadyAsync();
    if (typeof plainText !== 'string') throw new TypeError('Expected a string to encrypt');
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key(), nonce);
    const body = Buffer.concat([cipher.update(plainText, 'utf8'), cipher.final()]);
    return Buffer.concat([mark, nonce, cipher.getAuthTag(), body]);
  },
  async decryptStringAsync(encrypted: Buffer): Promise<Electron.DecryptStringAsyncReturnValue> {
    needReadyAsync();
    if (!Buffer.isBuffer(encrypted))
      throw new TypeError('Expected the first argument of decryptStringAsync() to be a buffer');
    const head = mark.length;
    if (!encrypted.subarray(0, head).equals(mark))
      throw new Error(`${failed} Ciphertext does not appear to be encrypted.`);
    const decipher = createDecipheriv('aes-256-gcm', key(), encrypted.subarray(head, head + 12));
    decipher.setAuthTag(encrypted.subarray(head + 12, head + 28));
    try {
      const result = Buffer.concat([decipher.update(encrypted.subarray(head + 28)), decipher.final()]).toString('utf8');
      return { result, shouldReEncrypt: false };
    } catch {
      throw new Error(failed);
    }
  },
  getSelectedStorageBackend: backend,
  isEncryptionAvailable: gone('isEncryptionAvailable'),
  encryptString: gone('encryptString'),
  decryptString: gone('decryptString'),
}) satisfies Partial<Electron.SafeStorage>;
