import { z } from 'zod';
import { neverMailEntry } from '../views.ts';
import { nothing } from './common.ts';

const added = z.strictObject({ added: z.int(), known: z.int(), leftOut: z.int() });

export const neverMailCalls = {
  /** Newest first: entries whose text holds `search`, before the one where the page before ended (0 at first). */
  'neverMail.list': {
    input: z.strictObject({
      search: z.string().max(320),
      before: z.int().nonnegative(),
      limit: z.int().min(1).max(500),
    }),
    output: z.strictObject({ entries: z.array(neverMailEntry), total: z.int() }),
  },
  /** Addresses and domains out of pasted text; `leftOut` counts words that are neither. */
  'neverMail.add': { input: z.strictObject({ text: z.string().min(1).max(1_000_000) }), output: added },
  /** The same out of a file that the person chooses; null when they chose none. */
  'neverMail.import': { input: nothing, output: added.nullable() },
  'neverMail.remove': { input: z.strictObject({ entryId: z.int().positive() }), output: nothing },
};
