import { z } from 'zod';
import { count } from './common.ts';
import { matchOptions } from './segments.ts';

/** What a column holds, in one word. */
export const columnKind = z.enum([
  'empty',
  'email',
  'first-name',
  'last-name',
  'full-name',
  'company',
  'job-title',
  'phone',
  'street',
  'city',
  'state',
  'zip',
  'country',
  'date',
  'birthday',
  'number',
  'yes-no',
  'id',
  'url',
  'text',
]);
export type ColumnKind = z.infer<typeof columnKind>;

/** How far a match can be trusted. Unsure ones are proposed, not chosen. */
export const certainty = z.enum(['sure', 'likely', 'unsure']);
export type Certainty = z.infer<typeof certainty>;

/** Something that speaks for a match, or against it. */
export const matchReason = z.discriminatedUnion('code', [
  /** The heading, or its end, is a known name of the field. */
  z.strictObject({ code: z.enum(['heading', 'heading-part']), heading: z.string() }),
  /** So many of the cells that were looked at look like the kind. */
  z.strictObject({ code: z.enum(['contents', 'other-contents']), kind: columnKind, count, looked: count }),
  /** The column beside it is of a field that usually stands there. */
  z.strictObject({ code: z.literal('neighbour'), heading: z.string() }),
  z.strictObject({ code: z.literal('empty') }),
]);
export type MatchReason = z.infer<typeof matchReason>;

/** How well a column goes with a field: 0 to 100, and why. */
export const matchScore = z.strictObject({
  field: z.string(),
  columnIndex: count,
  score: z.int().min(0).max(100),
  certainty,
  reasons: z.array(matchReason),
});
export type MatchScore = z.infer<typeof matchScore>;

const dateOrder = matchOptions.shape.dateOrder.unwrap();
export type DateOrder = z.infer<typeof dateOrder>;

/** What the cells of a column of dates say about the order of day, month and year. */
export const datesView = z.strictObject({
  /** Null when the cells do not say. */
  order: dateOrder.nullable(),
  /** No cell hangs on the order. */
  needless: z.boolean(),
  /** Where the cells do not say: what an earlier file of the segment proved, which counts then. */
  provedBefore: dateOrder.exactOptional(),
  /** Cells that are a date in this order alone, with one of them; only orders that have some. */
  proofs: z.array(z.strictObject({ order: dateOrder, count, example: z.string() })),
  /** Cells that could be read in more than one order. */
  ambiguous: count,
  /** Filled cells that are a date in no order. */
  unreadable: count,
});
export type DatesView = z.infer<typeof datesView>;

/** A column, looked through from the first row to the last. */
export const columnProfile = z.strictObject({
  heading: z.string(),
  /** Cells that are not blank. */
  filled: count,
  /** Different values among them. */
  distinct: count,
  samples: z.array(z.string()).max(5),
  kind: columnKind,
  /** So many of `looked` filled cells look like the kind; where a sample had to do, `looked` is less than `filled`. */
  fitting: count,
  looked: count,
  dates: datesView.nullable(),
  /** How well it goes with each field that it could go with, the best first. */
  matches: z.array(matchScore),
});
export type ColumnProfile = z.infer<typeof columnProfile>;

/** What is known of all columns of a segment. */
export const profileView = z.strictObject({
  rows: count,
  columns: z.array(columnProfile),
  /** One column for each field and one field for each column, the surest first. */
  suggested: z.array(matchScore),
});
export type ProfileView = z.infer<typeof profileView>;
