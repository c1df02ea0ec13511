import { z } from 'zod';
import { listView } from '../views.ts';
import { id } from './common.ts';

export const listsCalls = {
  /** All lists of the account by name, from the account itself. */
  'lists.search': { input: z.strictObject({ connectionId: id }), output: z.array(listView) },
  'lists.create': {
    input: z.strictObject({ connectionId: id, name: z.string().trim().min(1).max(255) }),
    output: listView,
  },
  /** A list ID, the list's web address or its exact name. */
  'lists.resolve': {
    input: z.strictObject({ connectionId: id, reference: z.string().trim().min(1).max(2_000) }),
    output: listView,
  },
};
