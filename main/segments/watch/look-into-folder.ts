import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { SegueError } from '../../errors/segue-error.ts';
import { matchesPattern } from './name-pattern.ts';

/** A file as it lies in a watched folder. */
export interface FoundFile {
  readonly name: string;
  readonly bytes: number;
  readonly modifiedMs: number;
}

/** Hidden files, locks of office programs, and what downloads and transfers are called until they are whole. */
const unfinished = /^(\.|~\$)|\.(part|partial|filepart|crdownload|download|tmp|temp|opdownload)$/i;

const missing: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR']);

/**
 * The files of a folder whose names fit a pattern, by name; empty ones and those on their way are none yet. Throws
 * `folder.missing`, `folder.unreadable`.
 */
export async function lookIntoFolder(folder: string, pattern: string): Promise<FoundFile[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    const gone = missing.has(error.code ?? '');
    throw new SegueError(
      gone ? 'folder.missing' : 'folder.unreadable',
      { folder: path.basename(folder) },
      { cause: error },
    );
  });
  const wanted = names.filter((name) => !unfinished.test(name) && matchesPattern(pattern, name)).sort();
  const found: FoundFile[] = [];
  for (const name of wanted) {
    // It may go between the two looks, or be a link to nowhere.
    const facts = await stat(path.join(folder, name)).catch(() => null);
    if (facts?.isFile() === true && facts.size > 0) found.push({ name, bytes: facts.size, modifiedMs: facts.mtimeMs });
  }
  return found;
}
