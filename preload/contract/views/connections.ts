import { z } from 'zod';
import { count, id, time, wireError } from './common.ts';

export const connectionKind = z.enum(['constant-contact', 'practice']);
export type ConnectionKind = z.infer<typeof connectionKind>;
export const sharedWith = z.enum(['administrators', 'contributors']);
export type SharedWith = z.infer<typeof sharedWith>;

/** What administrators alone see of a connection. */
export const connectionDetails = z.strictObject({
  sharedWith,
  createdAt: time,
  /** Name of the Constant Contact account that was signed in to. */
  organisation: z.string(),
  signInState: z.enum(['signed-in', 'this-session-only', 'signed-out']),
  /** Display name of the person as whom unattended runs act. */
  exportUser: z.string(),
  /** Requests made with its API key since 00:00 UTC, by this computer, and how many Constant Contact allows a day. */
  requestsToday: count,
  requestLimit: count,
  /** No request goes out before this time: the day's are used up. Null while they may. */
  pausedUntil: time.nullable(),
  /** When the newest run on it began; null when there was none. */
  lastUsedAt: time.nullable(),
  /** The agreement to data privacy and compliance, as it was given. */
  consent: z.strictObject({ agreedBy: z.string(), agreedAt: time, wording: z.string() }),
});
export type ConnectionDetails = z.infer<typeof connectionDetails>;

export const connectionView = z.strictObject({
  connectionId: id,
  displayName: z.string(),
  kind: connectionKind,
  /** Whether the person in front of the app may make and run exports on it. */
  mayUse: z.boolean(),
  /** Null for everybody but administrators. */
  details: connectionDetails.nullable(),
});
export type ConnectionView = z.infer<typeof connectionView>;

/** One sign-in under way or ended. `succeeded` and the four after it are final. */
export const signInView = z.strictObject({
  signInId: id,
  state: z.enum(['waiting', 'finishing', 'succeeded', 'denied', 'timed-out', 'cancelled', 'failed']),
  /** The page to open in a browser. */
  authorizeUrl: z.string(),
  /** When signing in with a code: what to type, and on which page; null otherwise. */
  userCode: z.string().nullable(),
  verificationUri: z.string().nullable(),
  expiresAt: time,
  /** False when the system browser could not be opened: the address is then shown to be copied. */
  browserOpened: z.boolean(),
  organisation: z.string().nullable(),
  error: wireError.nullable(),
});
export type SignInView = z.infer<typeof signInView>;

export const listView = z.strictObject({ listId: id, name: z.string(), membershipCount: count });
export type ListView = z.infer<typeof listView>;
