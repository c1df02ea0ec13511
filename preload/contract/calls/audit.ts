import { z } from 'zod';
import { auditEntry, auditQuery } from '../views.ts';
import { id } from './common.ts';

export const auditCalls = {
  /** Who changed what, newest first: entries before the one where the page before ended (0 at first). */
  'audit.list': {
    input: auditQuery.extend({ before: z.int().nonnegative(), limit: z.int().min(1).max(500) }),
    output: z.strictObject({
      entries: z.array(auditEntry),
      total: z.int().nonnegative(),
      /** Everybody who stands in the whole list. */
      people: z.array(z.strictObject({ personId: id, displayName: z.string() })),
    }),
  },
  /** The same as a CSV file that the person chooses; null when they chose none. */
  'audit.save': {
    input: auditQuery,
    output: z.strictObject({ entries: z.int().nonnegative() }).nullable(),
  },
};
