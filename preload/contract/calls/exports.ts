import { z } from 'zod';
import { checkView, exportDraft, exportView, findingKind, findingView, foundCell, runView } from '../views.ts';
import { id, nothing } from './common.ts';

export const exportsCalls = {
  /** Counts over the whole segments and a preview. A newer check ends an older one with `cancelled`. */
  'exports.check': {
    input: z.strictObject({ segments: exportDraft.shape.segments, previewRows: z.int().min(0).max(200) }),
    output: checkView,
  },
  /** Everything the checks find, most serious first. Ended with `cancelled` by a newer one, or by a newer check. */
  'exports.findings': {
    input: z.strictObject({ segments: exportDraft.shape.segments }),
    output: z.strictObject({ findings: z.array(findingView) }),
  },
  /** The cells of one finding in file order, after the place where the page before ended (0 at first). */
  'exports.findingRows': {
    input: z.strictObject({
      segments: exportDraft.shape.segments,
      kind: findingKind,
      field: z.string(),
      after: z.int().nonnegative(),
      limit: z.int().min(1).max(500),
    }),
    output: z.strictObject({ cells: z.array(foundCell), next: z.int().nonnegative().nullable() }),
  },
  /** Stores, sends nothing. */
  'exports.save': { input: exportDraft, output: exportView },
  'exports.remove': { input: z.strictObject({ exportId: id }), output: nothing },
  /** Starts a run. `agreedToMail` is needed before the first send to a list. */
  'exports.run': { input: z.strictObject({ exportId: id, agreedToMail: z.literal(true).optional() }), output: runView },
};
