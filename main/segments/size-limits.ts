import { statfs } from 'node:fs/promises';
import { SegueError } from '../errors/segue-error.ts';

/** How much one segment may be. Up to there memory stays flat and reading takes minutes at the most. */
export interface SizeLimits {
  /** Of its files as they lie on the disk. */
  readonly bytes: number;
  readonly rows: number;
}

export const sizeLimits: SizeLimits = { bytes: 4 * 1024 ** 3, rows: 5_000_000 };

/** Left free on the disk for everything else. */
const spareBytes = 200 * 1024 * 1024;

/**
 * Makes sure that a segment of `bytes` may be read into `folder`: it is no larger than allowed, and the disk has room for
 * it. What packed files unpack to is only known as they are read.
 *
 * Throws `segment.too-large`, `disk.full`.
 */
export async function requireRoom(folder: string, bytes: number, limits: SizeLimits, file: string): Promise<void> {
  if (bytes > limits.bytes) throw new SegueError('segment.too-large', { file });
  // A file system that cannot say how much is free is taken to have enough: writing will tell.
  const disk = await statfs(folder).catch(() => null);
  if (disk !== null && disk.bavail * disk.bsize < bytes + spareBytes) throw new SegueError('disk.full');
}
