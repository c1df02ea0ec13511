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
  /** Another name, or other people who may use it. Exports on it stay as they are. */
  'connections.change': {
    input: z.strictObject({ connectionId: id, displayName: z.string().trim().min(1).max(100), sharedWith }),
    output: connectionView,
  },
  /** Asks the account what the person who signed in may do there, and which privileges an export would lack. */
  'connections.getAbilities': {
    input: z.strictObject({ connectionId: id }),
    output: z.strictObject({ held: z.array(z.string()), missing: z.array(z.string()) }),
  },
  /** *Add yourself as export user*: runs by schedule act in the person's name. Asks for their own password. */
  'connections.addExportUser': { input: z.strictObject({ connectionId: id }), output: connectionView },
  /** `exports` says of each export on the connection what becomes of it; one that is left out refuses the whole. */
  'connections.remove': {
    input: z.strictObject({
      connectionId: id,
      exports: z
        .array(z.strictObject({ exportId: id, fate: z.enum(['remove', 'detach']) }))
        .max(10_000)
        .exactOptional(),
    }),
    output: nothing,
  },
};
