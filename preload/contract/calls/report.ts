import { z } from 'zod';
import { nothing } from './common.ts';

export const reportCalls = {
  /** Makes a report for whoever helps: readable text without anybody's data, to be looked at before it is saved. */
  'report.make': { input: nothing, output: z.strictObject({ text: z.string().max(4_000_000) }) },
  /** Saves the report that was made last; the file's name, or null when the person cancels. */
  'report.save': { input: nothing, output: z.strictObject({ savedTo: z.string().nullable() }) },
  /** Opens the folder of the log; its path where no program of the system takes it, to be opened by hand. */
  'report.openLogFolder': { input: nothing, output: z.strictObject({ folder: z.string().nullable() }) },
};
