import { z } from 'zod';
import { count } from '../views/common.ts';
import { setUpView } from '../views.ts';
import { id, nothing } from './common.ts';

export const setUpCalls = {
  /** Asks where to, and writes connections without their sign-ins, exports, segments’ files and rules as one file. */
  'setUp.save': { input: nothing, output: z.strictObject({ savedTo: z.string().nullable() }) },
  /** Asks for a file and says what it would change; null when the dialog was cancelled. */
  'setUp.choose': { input: nothing, output: setUpView.nullable() },
  /** The same of a file that was dropped on the window or opened with Segue; null for a file of another kind. */
  'setUp.look': { input: z.strictObject({ path: z.string().min(1).max(4_096) }), output: setUpView.nullable() },
  /**
   * Takes over what was chosen of the file looked at last, and what that cannot do without. Connections need the agreement
   * to data privacy of whoever brings them in, and a sign-in afterwards.
   */
  'setUp.open': {
    input: z.strictObject({ setUpId: id, itemIds: z.array(id).max(60_000), agreedToPrivacy: z.boolean() }),
    output: z.strictObject({ taken: count, toSignIn: z.array(z.string()), toRead: count }),
  },
};
