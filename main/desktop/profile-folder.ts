import { accessSync, constants, mkdirSync } from 'node:fs';
import { SegueError } from '../errors/segue-error.ts';

/**
 * Makes the folder that a start names for its data, for this user alone, where it is not there yet. Throws
 * `store.folder-unusable` when that cannot be: a file has its name, or nothing may be written there.
 */
export function makeProfile(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new SegueError('store.folder-unusable', { folder }, { cause });
  }
}
