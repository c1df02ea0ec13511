import { z } from 'zod';
import type { ErrorCode } from '../../../preload/contract/error-codes.ts';
import { type WatchView, wireError } from '../../../preload/contract/views.ts';
import type { FolderWatch } from '../../store/folder-watches.ts';

/** Why the newest file of a watch could not be read, as it is kept. */
export const watchProblem = z.object({ file: z.string(), error: wireError });

/** What is known of a watch beside the database. */
export interface WatchState {
  readonly offered: readonly string[];
  readonly reading: boolean;
  /** Why its folder cannot be looked into. */
  readonly trouble: ErrorCode | null;
}

export function watchViewOf(watch: FolderWatch, { offered, reading, trouble }: WatchState, by: string): WatchView {
  const { watchId, folder, pattern, segmentId, takes } = watch;
  const state = (): WatchView['state'] => {
    if (trouble === null) return reading ? 'reading' : 'watching';
    return trouble === 'folder.missing' ? 'folder-missing' : 'folder-unreadable';
  };
  return {
    watchId,
    folder,
    pattern,
    segmentId,
    takes,
    state: state(),
    offered: [...offered],
    problem: watch.problem === null ? null : watchProblem.parse(JSON.parse(watch.problem)),
    createdBy: by,
  };
}
