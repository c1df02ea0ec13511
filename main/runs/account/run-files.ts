import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';

// What a run keeps in its folder beside its frozen stages and its plan, all of it Parquet.

/** Who was on the list before anything was sent: `email`, `opted_out_at`. */
export const membersBeforeFile = (runFolder: string): string => path.join(runFolder, 'members-before.parquet');

/** Where every row ended. */
export const outcomesFile = (runFolder: string): string => path.join(runFolder, 'outcomes.parquet');

/** What a finished run keeps in its folder: where every row ended, and what an undo needs. */
export async function tidyRunFolder(runFolder: string): Promise<void> {
  const kept = new Set([outcomesFile, membersBeforeFile].map((file) => path.basename(file(runFolder))));
  for (const name of await readdir(runFolder).catch(() => [])) {
    if (!kept.has(name)) await rm(path.join(runFolder, name), { recursive: true, force: true, maxRetries: 3 });
  }
}
