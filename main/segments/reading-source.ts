import { createHash } from 'node:crypto';
import path from 'node:path';
import type { ReadingSource } from '../store/reading-corrections.ts';

/** The part of a source that the path alone tells: dates and running numbers in the name are left open. */
export function sourceOfPath(file: string): Omit<ReadingSource, 'headings'> {
  const name = path
    .basename(file)
    .toLowerCase()
    .replace(/\.(gz|gzip)$/, '');
  return { folder: path.dirname(file), namePattern: name.replace(/\d+/g, '#') };
}

/** The same for the same headings in whatever order, '' without any. */
export function headingsHash(headings: readonly string[]): string {
  if (headings.length === 0) return '';
  const set = headings.map((heading) => heading.trim()).sort();
  return createHash('sha256').update(JSON.stringify(set)).digest('hex');
}
