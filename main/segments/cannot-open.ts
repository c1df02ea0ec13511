import path from 'node:path';
import { SegueError } from '../errors/segue-error.ts';

/** Nothing of that name: also a link that leads nowhere or in a circle, and a name longer than any. */
const gone: ReadonlySet<string> = new Set(['ENOENT', 'ENOTDIR', 'ELOOP', 'ENAMETOOLONG']);
/** It is there and is not given out: no right to it, held by another program, or on a disk that does not answer. */
const withheld: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EBUSY', 'EIO', 'ENXIO', 'EINVAL', 'ESTALE']);

/** Why a file that somebody chose cannot be opened: `segment.missing`, `segment.not-readable`, else the cause itself. */
export function cannotOpen(file: string, cause: unknown): unknown {
  const code = (cause as NodeJS.ErrnoException | null)?.code ?? '';
  const params = { file: path.basename(file) };
  if (gone.has(code)) return new SegueError('segment.missing', params, { cause });
  if (withheld.has(code)) return new SegueError('segment.not-readable', params, { cause });
  return cause;
}
