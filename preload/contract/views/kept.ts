import { z } from 'zod';
import { count } from './common.ts';

/** For how many days something is kept; null: for as long as what it belongs to. */
export const keepDays = z.union([z.literal(7), z.literal(30), z.literal(90), z.literal(180), z.literal(365), z.null()]);
export type KeepDays = z.infer<typeof keepDays>;

/** How much memory reading, checking and planning may take, in MB (beside that of the window). */
export const memoryMb = z.int().min(160).max(4_096);

export const keepRules = z.strictObject({
  /** Rows and undo of finished runs, rejected rows, stages and plan of runs that stopped: counted from the run's end. */
  rowsDays: keepDays,
  /** Stages of segments that no export contains: counted from their reading. */
  stagesDays: keepDays,
  /** Copies of the database from before an update. */
  copiesDays: keepDays,
  logDays: keepDays,
});
export type KeepRules = z.infer<typeof keepRules>;

/** What lies in the profile, by what it is for. */
export const keptKinds = ['database', 'stages', 'runs', 'copies', 'log', 'practice', 'other'] as const;
export const keptKind = z.enum(keptKinds);
export type KeptKind = z.infer<typeof keptKind>;

/** What can be deleted by itself; the rest goes with segments, exports, or everything. */
export const deletableKind = z.enum(['runs', 'copies', 'log']);
export type DeletableKind = z.infer<typeof deletableKind>;

export const keptView = z.strictObject({
  /** The folder in which everything lies. */
  folder: z.string(),
  rules: keepRules,
  memoryMb,
  kinds: z.array(z.strictObject({ kind: keptKind, bytes: count, items: count })),
  /** Runs that stopped and can still be continued: their rows are kept whatever is deleted by kind. */
  continuable: count,
});
export type KeptView = z.infer<typeof keptView>;

/** Where something about one address can lie. */
export const personPlaces = [
  'segments',
  'ledger',
  'opt-outs',
  'listed-otherwise',
  'rejected-rows',
  'runs',
  'changes',
  'never-mail',
  'samples',
  'plans',
  'copies',
  'practice',
  'other',
] as const;
export const personPlace = z.enum(personPlaces);
export type PersonPlace = z.infer<typeof personPlace>;

/** What is kept about one address, counted by place. */
export const personFound = z.strictObject({
  address: z.string(),
  places: z.array(z.strictObject({ place: personPlace, count })),
  /** Files of the person’s own in which the address stands: only they can change them. */
  ownFiles: z.array(z.string()),
  /** Exports whose stopped run could then no longer be continued. */
  stoppedRuns: z.array(z.string()),
});
export type PersonFound = z.infer<typeof personFound>;
