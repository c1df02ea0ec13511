import { z } from 'zod';
import { errorCodes } from '../error-codes.ts';

// Parts of the shapes that cross between main and the window (and the command line). Times are epoch milliseconds,
// durations end in Ms, sizes in Bytes. Objects are strict: a field that is not listed does not cross.

export const id = z.string().min(1).max(64);
/** A name that a person gives. */
export const name = z.string().trim().min(1).max(255);
export const count = z.int().nonnegative();
/** Epoch milliseconds. */
export const time = z.int().nonnegative();

/** A place of the window that main asks it to open: what a notification is about. */
export const placeToOpen = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('run'), runId: id }),
  z.strictObject({ name: z.literal('exports') }),
  z.strictObject({ name: z.literal('connections') }),
]);
export type PlaceToOpen = z.infer<typeof placeToOpen>;

export const wireError = z.strictObject({
  code: z.enum(errorCodes),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
});
