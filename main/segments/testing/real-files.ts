import { handMadeFiles } from './real-files/by-hand.ts';
import { databaseFiles } from './real-files/databases.ts';
import { marketingToolFiles } from './real-files/marketing-tools.ts';
import type { RealFile } from './real-files/real-file.ts';
import { spreadsheetFiles } from './real-files/spreadsheets.ts';

/** Files as programs and people write them, with what reading each must give. */
export const realFiles: Readonly<Record<string, RealFile>> = {
  ...marketingToolFiles,
  ...spreadsheetFiles,
  ...databaseFiles,
  ...handMadeFiles,
};
