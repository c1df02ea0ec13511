import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { KeptKind, KeptView } from '../../preload/contract/views.ts';

/** What a file or folder directly below the profile is for. */
function kindOf(name: string): KeptKind {
  if (/^segue\.sqlite(-wal|-shm)?$/.test(name)) return 'database';
  if (isDatabaseCopy(name)) return 'copies';
  const folders: Readonly<Record<string, KeptKind>> = {
    stages: 'stages',
    runs: 'runs',
    logs: 'log',
    practice: 'practice',
  };
  return folders[name] ?? 'other';
}

/** Whether a file of the profile is a copy of the database from before an update. */
export const isDatabaseCopy = (name: string): boolean => /^segue\.sqlite\.v\d+(-wal|-shm)?$/.test(name);

/** How much lies in the profile, by what it is for. `items` counts files, or a folder's own folders (segments, runs). */
export async function profileSizes(folder: string): Promise<KeptView['kinds']> {
  const sizes = new Map<KeptKind, { bytes: number; items: number }>();
  for (const entry of await readdir(folder, { withFileTypes: true }).catch(() => [])) {
    const kind = kindOf(entry.name);
    const at = path.join(folder, entry.name);
    const known = sizes.get(kind) ?? { bytes: 0, items: 0 };
    const items = entry.isDirectory() ? (await readdir(at).catch(() => [])).length : 1;
    sizes.set(kind, { bytes: known.bytes + (await bytesOf(at, entry.isDirectory())), items: known.items + items });
  }
  return [...sizes].map(([kind, size]) => ({ kind, ...size }));
}

async function bytesOf(at: string, isFolder: boolean): Promise<number> {
  if (!isFolder) return (await stat(at).catch(() => null))?.size ?? 0;
  let sum = 0;
  for (const entry of await readdir(at, { recursive: true, withFileTypes: true }).catch(() => [])) {
    if (entry.isFile()) sum += (await stat(path.join(entry.parentPath, entry.name)).catch(() => null))?.size ?? 0;
  }
  return sum;
}
