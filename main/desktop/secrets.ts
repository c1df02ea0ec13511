import { safeStorage } from 'electron';
import { SegueError } from '../errors/segue-error.ts';
import type { Secrets } from '../ports.ts';

/** Backends of Linux whose key is built in, so that it protects nothing (electron-facts.md 1.5). */
const weakBackends: ReadonlySet<string> = new Set(['basic_text', 'unknown']);

/** The operating system's keychain, by its asynchronous calls only: the others leave Electron with 46. */
export function createSecrets(platform: string): Secrets {
  return {
    async protection() {
      if (!(await safeStorage.isAsyncEncryptionAvailable())) return 'none';
      // On Linux "available" is said even where only the constant key is there.
      if (platform === 'linux' && weakBackends.has(safeStorage.getSelectedStorageBackend())) return 'weak';
      return 'protected';
    },
    async encrypt(text) {
      try {
        return await safeStorage.encryptStringAsync(text);
      } catch (cause) {
        throw refusal(cause);
      }
    },
    async decrypt(bytes) {
      try {
        const { result, shouldReEncrypt } = await safeStorage.decryptStringAsync(Buffer.from(bytes));
        return { text: result, shouldReEncrypt };
      } catch (cause) {
        throw refusal(cause);
      }
    },
  };
}

/** Electron says only by its wording whether a refused keychain may open later; any doubt counts as "later". */
function refusal(cause: unknown): SegueError {
  const wording = cause instanceof Error ? cause.message : '';
  const forGood = /not available|malformed|invalid|corrupt|does not appear to be encrypted/i.test(wording);
  const later = /temporar/i.test(wording) || !forGood;
  return new SegueError(later ? 'sign-in.secrets-locked' : 'sign-in.secrets-unavailable', {}, { cause });
}
