import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';

/**
 * What Segue itself writes into its profile. The rest is the runtime's own (caches, locks), is in use while the app runs,
 * and holds nothing of what Segue knows.
 */
const ownNames =
  /^(segue\.sqlite.*|stages|runs|temp|logs|practice|settings\.json|settings\.damaged\.json|window\.json)$/;

/** Deletes everything that Segue has written into a profile. Nothing may hold its files open. */
export async function eraseProfile(userData: string): Promise<void> {
  for (const name of await readdir(userData)) {
    if (!ownNames.test(name)) continue;
    await rm(path.join(userData, name), { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }
}
