import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { StoredPassword } from '../store/persons.ts';

// Passwords tell apart people who share this computer's account. What is kept of one is what scrypt makes of it, with
// salt and cost beside it.

const derive = promisify<string, Uint8Array, number, ScryptOptions, Buffer>(scrypt);

/** Fewest and most characters of a password. */
export const passwordLength = { least: 8, most: 200 } as const;

/** 64 MB and some 0.3 s a try (OWASP's second recommendation); done in libuv's threads. */
const today = { cost: 2 ** 16, block: 8, parallel: 2 } as const;
const hashBytes = 32;

async function scryptOf(password: string, kept: Omit<StoredPassword, 'hash' | 'scheme'>): Promise<Buffer> {
  const { cost, block, parallel, salt } = kept;
  const options = { N: cost, r: block, p: parallel, maxmem: 256 * cost * block };
  // Keyboards differ in how they write the same letter.
  return derive(password.normalize('NFKC'), salt, hashBytes, options);
}

/** What is to be kept of a password. */
export async function hashPassword(password: string): Promise<StoredPassword> {
  const kept = { ...today, salt: randomBytes(16) };
  return { scheme: 'scrypt', ...kept, hash: await scryptOf(password, kept) };
}

/** Whether this is the password that was kept; takes as long either way. */
export async function isPassword(given: string, kept: StoredPassword): Promise<boolean> {
  const hash = await scryptOf(given, kept);
  return hash.length === kept.hash.length && timingSafeEqual(hash, kept.hash);
}

/** Whether a password was kept at a lower cost than today's: it is kept anew when it is next given. */
export function isCheap({ cost, block, parallel }: StoredPassword): boolean {
  return cost * block * parallel < today.cost * today.block * today.parallel;
}
