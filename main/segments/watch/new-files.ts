import path from 'node:path';
import { groupParts, type PartGroup } from '../group-parts.ts';
import type { FoundFile } from './look-into-folder.ts';

/** A file that is not known yet, since when it has lain there unchanged. */
export interface PendingFile extends FoundFile {
  readonly sinceMs: number;
}

export interface NewFiles {
  /** What to remember for the next look, by name. */
  readonly pending: ReadonlyMap<string, PendingFile>;
  /** New files, parts together, the newest last; empty as long as one of them may still grow. */
  readonly groups: readonly PartGroup[];
}

const same = (a: FoundFile | undefined, b: FoundFile): boolean =>
  a !== undefined && a.bytes === b.bytes && a.modifiedMs === b.modifiedMs;

/**
 * Tells which of the files that lie in a folder are new, and whether they are whole: nothing says so but that none of
 * them has changed for `settleMs`. Parts of one segment come one after the other, so all new files have to be at rest.
 */
export function newFilesOf(
  folder: string,
  found: readonly FoundFile[],
  seen: ReadonlyMap<string, FoundFile>,
  before: ReadonlyMap<string, PendingFile>,
  times: { readonly nowMs: number; readonly settleMs: number },
): NewFiles {
  const pending = new Map<string, PendingFile>();
  for (const file of found) {
    if (same(seen.get(file.name), file)) continue;
    const known = before.get(file.name);
    pending.set(file.name, { ...file, sinceMs: same(known, file) && known ? known.sinceMs : times.nowMs });
  }
  const atRest = [...pending.values()].every(({ sinceMs }) => times.nowMs - sinceMs >= times.settleMs);
  if (pending.size === 0 || !atRest) return { pending, groups: [] };
  const modified = new Map(found.map(({ name, modifiedMs }) => [name, modifiedMs]));
  const newest = ({ files }: PartGroup): number =>
    Math.max(...files.map((file) => modified.get(path.basename(file)) ?? 0));
  const groups = groupParts(found.map(({ name }) => path.join(folder, name)))
    .filter(({ files }) => files.some((file) => pending.has(path.basename(file))))
    .sort((a, b) => newest(a) - newest(b) || a.fileName.localeCompare(b.fileName, 'en', { numeric: true }));
  return { pending, groups };
}
