import { z } from 'zod';
import { callNames } from '../channels.ts';
import { count, id, time } from './common.ts';

export const role = z.enum(['administrator', 'contributor', 'viewer']);
export type Role = z.infer<typeof role>;

/** A name by which people know each other. */
export const personName = z.string().trim().min(1).max(100);
/** Taken as it is typed; how long it must be is said by an error of its own. */
export const password = z.string().max(1_000);

export const personView = z.strictObject({ personId: id, displayName: z.string(), role });
export type PersonView = z.infer<typeof personView>;

/** The person in front of the window. */
export const presentPersonView = personView.extend({
  hasPassword: z.boolean(),
  /** Calls that main would not refuse them for their role: the window offers nothing else. */
  mayCall: z.array(z.enum(callNames)),
  /** Display names of the administrators: whom somebody with fewer rights can ask. */
  administrators: z.array(z.string()),
});
export type PresentPersonView = z.infer<typeof presentPersonView>;

/** One of the people, as administrators see them. */
export const listedPersonView = personView.extend({
  hasPassword: z.boolean(),
  createdAt: time,
  lastSeenAt: time.nullable(),
  /** Names of the connections whose unattended runs act in their name. */
  exportUserOf: z.array(z.string()),
});
export type ListedPersonView = z.infer<typeof listedPersonView>;

/** Whoever may come in, as the locked window shows them. */
export const doorPersonView = z.strictObject({
  personId: id,
  displayName: z.string(),
  /** After wrong passwords; 0 for at once. */
  secondsToWait: count,
});
export type DoorPersonView = z.infer<typeof doorPersonView>;
