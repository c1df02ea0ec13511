import { z } from 'zod';
import { checkView, exportDraft, exportView, runView } from '../views.ts';
import { id, nothing } from './common.ts';

export const exportsCalls = {
  /** Counts over the whole segments and a preview. A newer check ends an older one with `cancelled`. */
  'exports.check': {
    input: z.strictObject({ segments: exportDraft.shape.segments, previewRows: z.int().min(0).max(200) }),
    output: checkView,
  },
  /** Stores, sends nothing. */
  'exports.save': { input: exportDraft, output: exportView },
  'exports.remove': { input: z.strictObject({ exportId: id }), output: nothing },
  /** Starts a run. `agreedToMail` is needed before the first send to a list. */
  'exports.run': { input: z.strictObject({ exportId: id, agreedToMail: z.literal(true).optional() }), output: runView },
};
