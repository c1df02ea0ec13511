import { stat } from 'node:fs/promises';
import type { ReadFile } from './segment-record.ts';

/**
 * Whether one of the files is another on the disk than was read: other size, or written since. A file that is not there
 * has not changed: there is nothing to read.
 */
export async function filesChanged(files: readonly ReadFile[]): Promise<boolean> {
  for (const { path, bytes, modifiedMs } of files) {
    const now = await stat(path).catch(() => null);
    if (now?.isFile() === true && (now.size !== bytes || now.mtimeMs !== modifiedMs)) return true;
  }
  return false;
}
