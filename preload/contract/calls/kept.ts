import { z } from 'zod';
import { deletableKind, keepRules, keptView, memoryMb, personFound } from '../views.ts';
import { nothing } from './common.ts';

const address = z.string().trim().min(3).max(320);

export const keptCalls = {
  /** What is kept on this computer, with its sizes. */
  'kept.look': { input: nothing, output: keptView },
  /** For how long, and how much memory; shorter times are swept at once. */
  'kept.change': {
    input: z.strictObject({ rules: keepRules.partial().exactOptional(), memoryMb: memoryMb.exactOptional() }),
    output: keptView,
  },
  'kept.delete': { input: z.strictObject({ kind: deletableKind }), output: keptView },
  /** Where something about an address lies; changes nothing. */
  'kept.findPerson': { input: z.strictObject({ address }), output: personFound },
  /**
   * Deletes everything about an address, copies and stages included. What is left is a keyed hash that keeps it from ever
   * being sent. Answers what is still found, which should be nothing but the person’s own files.
   */
  'kept.forgetPerson': { input: z.strictObject({ address }), output: personFound },
  /** Deletes everything and begins anew. `confirmation` is the word that the window asks to be typed. */
  'kept.deleteEverything': { input: z.strictObject({ confirmation: z.string().max(100) }), output: nothing },
};
