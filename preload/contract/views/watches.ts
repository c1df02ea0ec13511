import { z } from 'zod';
import { id, wireError } from './common.ts';

/** A folder whose new files are taken in by themselves, or offered. */
export const watchView = z.strictObject({
  watchId: id,
  folder: z.string(),
  /** The file's name with `*` for any characters and `?` for one. */
  pattern: z.string(),
  /** The segment whose newest version a new file becomes; null when each becomes a segment of its own. */
  segmentId: id.nullable(),
  takes: z.enum(['by-itself', 'when-asked']),
  state: z.enum(['watching', 'reading', 'folder-missing', 'folder-unreadable']),
  /** Names of the new files, parts of one segment, that wait for a person's word. */
  offered: z.array(z.string()),
  /** Why the newest file could not be read: the segment is as it was. */
  problem: z.strictObject({ file: z.string(), error: wireError }).nullable(),
  /** Display name of the person as whom files are read. */
  createdBy: z.string(),
});
export type WatchView = z.infer<typeof watchView>;
