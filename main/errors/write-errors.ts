import { SegueError } from './segue-error.ts';

const notWritable: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR', 'EISDIR', 'EBUSY']);

/** What goes wrong when a file is written for a person, as `disk.full` or `disk.not-writable`; anything else as it is. */
export function asWriteError(error: unknown): unknown {
  const { code = '' } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC') return new SegueError('disk.full', {}, { cause: error });
  return notWritable.has(code) ? new SegueError('disk.not-writable', {}, { cause: error }) : error;
}
