import path from 'node:path';

// What a run keeps in its folder beside its frozen stages and its plan, all of it Parquet.

/** Who was on the list before anything was sent: `email`, `opted_out_at`. */
export const membersBeforeFile = (runFolder: string): string => path.join(runFolder, 'members-before.parquet');

/** Where every row ended. */
export const outcomesFile = (runFolder: string): string => path.join(runFolder, 'outcomes.parquet');
