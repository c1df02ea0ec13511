import { readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { isDatabaseCopy } from './profile-sizes.ts';

/** Deletes copies of the database that were last written before `before` (epoch milliseconds). */
export async function sweepDatabaseCopies(userData: string, before: number): Promise<void> {
  for (const name of await readdir(userData).catch(() => [])) {
    if (isDatabaseCopy(name)) await removeIfOlder(path.join(userData, name), before);
  }
}

/** Deletes logs that were last written before `before`. */
export async function sweepLogs(userData: string, before: number): Promise<void> {
  const folder = path.join(userData, 'logs');
  for (const name of await readdir(folder).catch(() => [])) await removeIfOlder(path.join(folder, name), before);
}

async function removeIfOlder(file: string, before: number): Promise<void> {
  const { mtimeMs } = (await stat(file).catch(() => null)) ?? { mtimeMs: Number.POSITIVE_INFINITY };
  if (mtimeMs < before) await rm(file, { force: true });
}
