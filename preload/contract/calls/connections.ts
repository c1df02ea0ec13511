import { z } from 'zod';
import { connectionView, sharedWith } from '../views.ts';
import { id, nothing } from './common.ts';

export const connectionsCalls = {
  /** Needs a sign-in that succeeded. `keepSignIn` answers the question asked where the keychain cannot protect secrets. */
  'connections.save': {
    input: z.strictObject({
      displayName: z.string().trim().min(1).max(100),
      sharedWith,
      agreedToPrivacy: z.literal(true),
      addYourselfAsExportUser: z.literal(true),
      signInId: id,
      keepSignIn: z.boolean().optional(),
    }),
    output: connectionView,
  },
  'connections.remove': { input: z.strictObject({ connectionId: id }), output: nothing },
};
