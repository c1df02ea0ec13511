import { z } from 'zod';
import { exportModes } from '../export-modes.ts';
import { rejectionReason } from './checks.ts';
import { count, id, time, wireError } from './common.ts';

export const exportMode = z.enum(exportModes);
export type ExportMode = z.infer<typeof exportMode>;

/** What a person agrees to although a guard asks. Absent: nothing. */
export const acceptedGuards = z.strictObject({
  /** So many people may be taken off the list, and not one more. */
  leavers: count.exactOptional(),
  /** A mirror may take people off although lines of the file could not be read. */
  unreadableLines: z.literal(true).exactOptional(),
  /** The people may go to another account than before. */
  otherAccount: z.literal(true).exactOptional(),
  /** Fields of so many people may be cleared although that takes more requests than the day has left, and not one more. */
  clearings: count.exactOptional(),
});
export type AcceptedGuards = z.infer<typeof acceptedGuards>;

/** Where a plan's rows can stand. Those from `new` to `unconfirmed` are contacts by what the ledger knows of them. */
export const planGroup = z.enum([
  'new',
  'changed',
  'same',
  'unconfirmed',
  'unchanged',
  'heldBack',
  'duplicate',
  'rejected',
  'leavers',
  'staying',
  'clearing',
]);
export type PlanGroup = z.infer<typeof planGroup>;

/** Why a row is held back. */
export const holdReason = z.enum(['opted-out', 'never-mail']);
export type HoldReason = z.infer<typeof holdReason>;

/** Why somebody who is absent from the segments is not taken off the list all the same. */
export const stayReason = z.enum(['other-export', 'rejected-row', 'unconfirmed', 'listed-otherwise']);
export type StayReason = z.infer<typeof stayReason>;

const counted = <T extends z.ZodType>(reason: T) => z.array(z.strictObject({ reason, count }));

/**
 * What a run would do now; nothing was sent for it. rowsRead = new + changed + same + unconfirmed (the four that are sent)
 * + unchanged + heldBack + duplicate + rejected.
 */
export const planView = z.strictObject({
  planId: id,
  exportId: id,
  mode: exportMode,
  madeAt: time,
  groups: z.strictObject({
    rowsRead: count,
    /** Not in this export's ledger of this list. Whether they are new to the account is not known. */
    new: count,
    changed: count,
    /** Sent again as they are. */
    same: count,
    /** Sent before, but Constant Contact refused people among whom they were. */
    unconfirmed: count,
    unchanged: count,
    heldBack: count,
    duplicate: count,
    rejected: count,
    unreadable: count,
    leavers: count,
    staying: count,
    /** People of whom fields are cleared because their cells are blank; they stand in one of the groups above too. */
    clearing: count,
  }),
  heldBack: counted(holdReason),
  rejected: counted(rejectionReason),
  staying: counted(stayReason),
  toSend: count,
  /** People in this export's ledger of this list, of whom the leavers are a share. */
  sentBefore: count,
  /** People with a blank cell to be cleared of whom it is not known what they were sent: they are left as they are. */
  clearingNotKnown: count,
  /** Everybody counts as changed because other fields are matched than in the run before. */
  fieldsChanged: z.strictObject({ added: z.array(z.string()), removed: z.array(z.string()) }).nullable(),
  requests: z.strictObject({
    /** Before the plan is acted upon: the list, the account, its opt-outs. */
    look: count,
    imports: count,
    /** To learn the leavers' contact ids, from the cheapest source. */
    leaverIds: count,
    removals: count,
    /** To clear fields, each person by itself. */
    clearing: count,
    readBack: count,
    /** One look at all that is under way every so often: estimated. */
    follow: count,
    total: count,
  }),
  /** How the leavers' contact ids would be had, with what each way takes; null where nobody leaves. */
  leaverIdSource: z
    .strictObject({
      chosen: z.enum(['look-ups', 'pages']),
      requests: z.strictObject({ 'look-ups': count, pages: count.nullable() }),
    })
    .nullable(),
  /** How long it takes: of earlier runs to this account, or at least what the pace of requests takes. */
  duration: z.strictObject({ ms: count, from: z.enum(['earlier-runs', 'pace']) }),
  requestsToday: z.strictObject({ made: count, limit: count }),
  /** What the account was asked; null where it could not be. */
  account: z
    .strictObject({
      listMembers: count.nullable(),
      activeContacts: count,
      /** At most, when everybody who is new to this export is new to the account. */
      activeContactsAfter: count,
    })
    .nullable(),
  accountError: wireError.nullable(),
  /** How old the known opt-outs are; null: never read. */
  optOutsReadAt: time.nullable(),
  /** What keeps a run from being carried out until a person has agreed, or has mended it. */
  guards: z.array(
    z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('nothing-to-send') }),
      z.strictObject({ kind: z.literal('too-many-leavers'), leavers: count, sentBefore: count, limitPercent: count }),
      z.strictObject({ kind: z.literal('unreadable-lines'), count }),
      z.strictObject({
        kind: z.literal('too-many-clearings'),
        people: count,
        requests: count,
        requestsLeft: count,
      }),
      z.strictObject({ kind: z.literal('list-gone') }),
      z.strictObject({ kind: z.literal('other-account'), account: z.string() }),
    ]),
  ),
  /** Segments whose file is another by now than was read. */
  changedFiles: z.array(z.string()),
});
export type PlanView = z.infer<typeof planView>;
export type PlanGuard = PlanView['guards'][number];

/** One row of a plan's group. A leaver has neither segment nor row number. */
export const planRow = z.strictObject({
  place: count,
  email: z.string(),
  segmentName: z.string(),
  rowNumber: count,
  values: z.array(z.strictObject({ field: z.string(), value: z.string() })),
  reason: z.union([rejectionReason, holdReason, stayReason]).nullable(),
});
export type PlanRow = z.infer<typeof planRow>;

/** What making a plan is busy with. */
export const planStep = z.enum(['account', 'opt-outs', 'rows']);
export type PlanStep = z.infer<typeof planStep>;

export const neverMailEntry = z.strictObject({
  entryId: count,
  kind: z.enum(['address', 'domain']),
  /** Null once the person was deleted: they are still held back. */
  text: z.string().nullable(),
  addedAt: time,
  addedBy: z.string(),
});
export type NeverMailEntry = z.infer<typeof neverMailEntry>;
