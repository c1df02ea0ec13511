import { z } from 'zod';
import {
  acceptedGuards,
  checkView,
  exportDraft,
  exportView,
  findingKind,
  findingView,
  foundCell,
  planGroup,
  planRow,
  planView,
  runView,
} from '../views.ts';
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
  /** Takes a removal back: the export is as it was, under another name where its own has been given away. */
  'exports.restore': { input: z.strictObject({ exportId: id }), output: exportView },
  /** The same export once more under a name of its own; what the first one sent before is not known to it. */
  'exports.duplicate': { input: z.strictObject({ exportId: id, name: exportDraft.shape.name }), output: exportView },
  /** The export keeps everything but its connection, and runs no more until it has another one. */
  'exports.detach': { input: z.strictObject({ exportId: id }), output: exportView },
  /**
   * Starts a run. `agreedToMail` is needed before the first send to a list; `accepted` answers guards. With the `planId` of a
   * plan that was shown, nothing is started when that plan is not the files' any more.
   */
  'exports.run': {
    input: z.strictObject({
      exportId: id,
      agreedToMail: z.literal(true).optional(),
      accepted: acceptedGuards.optional(),
      planId: id.optional(),
    }),
    output: runView,
  },
  /** Starts a run of one person alone, whether or not they changed. */
  'exports.runForOne': {
    input: z.strictObject({
      exportId: id,
      email: z.string().trim().toLowerCase().min(1).max(320),
      agreedToMail: z.literal(true).optional(),
      accepted: acceptedGuards.optional(),
    }),
    output: runView,
  },
  /** Works out what a run of the stored export would do; sends nothing. A newer plan ends the one before with `cancelled`. */
  'exports.plan': { input: z.strictObject({ exportId: id }), output: planView },
  /** A page of one group of the newest plan of an export, after the place where the page before ended (0 at first). */
  'exports.getPlanRows': {
    input: z.strictObject({
      exportId: id,
      group: planGroup,
      after: z.int().nonnegative(),
      limit: z.int().min(1).max(500),
    }),
    output: z.strictObject({ rows: z.array(planRow), next: z.int().nonnegative().nullable() }),
  },
  /** Ends a plan that is being made, and lets go of one that was. */
  'exports.cancelPlan': { input: z.strictObject({ exportId: id }), output: nothing },
};
