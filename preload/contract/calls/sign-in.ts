import { z } from 'zod';
import { connectionKind, signInView } from '../views.ts';
import { id, nothing } from './common.ts';

export const signInCalls = {
  /** Opens the sign-in page; what becomes of it arrives as `signIn.changed`. A newer sign-in replaces an older one. */
  'signIn.start': {
    input: z.strictObject({
      kind: connectionKind,
      /** The connection that is signed in to again: its account and, unless another is given, its API key. */
      connectionId: id.optional(),
      /** The Constant Contact application's API key; the practice account needs none. */
      apiKey: z.string().trim().max(100).optional(),
      /** `code`: the person types a code on a page, for where the browser cannot come back. Default `browser`. */
      method: z.enum(['browser', 'code']).optional(),
      useAnotherAccount: z.boolean().optional(),
      /** False on the command line, which only prints the address. */
      openBrowser: z.boolean().optional(),
    }),
    output: signInView,
  },
  'signIn.cancel': { input: z.strictObject({ signInId: id }), output: nothing },
  'signIn.openPageAgain': { input: z.strictObject({ signInId: id }), output: nothing },
};
