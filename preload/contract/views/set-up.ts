import { z } from 'zod';
import { id, time } from './common.ts';

/** What a set-up file holds, in the order in which it is shown and opened. */
export const setUpParts = [
  'connections',
  'segments',
  'exports',
  'schedules',
  'watchedFolders',
  'readingCorrections',
  'neverMailDomains',
] as const;
export const setUpPart = z.enum(setUpParts);
export type SetUpPart = z.infer<typeof setUpPart>;

/** What of something would be another than it is here. */
export const setUpChange = z.enum([
  'sharing',
  'account',
  'connection',
  'list',
  'mode',
  'segments',
  'matching',
  'files',
  'corrections',
  'schedule',
  'takes',
]);
export type SetUpChange = z.infer<typeof setUpChange>;

export const setUpItem = z.strictObject({
  itemId: id,
  part: setUpPart,
  name: z.string(),
  /** `new`: not here yet. `changed`: here, but other. `same`: nothing would change. */
  state: z.enum(['new', 'changed', 'same']),
  changes: z.array(setUpChange),
});
export type SetUpItem = z.infer<typeof setUpItem>;

/** A set-up file that was looked at; nothing is changed yet. */
export const setUpView = z.strictObject({
  setUpId: id,
  fileName: z.string(),
  savedAt: time,
  items: z.array(setUpItem),
});
export type SetUpView = z.infer<typeof setUpView>;
