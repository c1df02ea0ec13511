import { open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Hideout, Search } from './place.ts';

const blockBytes = 4 * 1024 * 1024;

/** Whether the address stands anywhere in a file's bytes, as UTF-8 or UTF-16, whatever the case of its letters. */
export async function fileMentions(file: string, address: string): Promise<boolean> {
  const wide = Buffer.from(address, 'utf16le').toString('latin1').toLowerCase();
  const plain = Buffer.from(address, 'utf8').toString('latin1').toLowerCase();
  const handle = await open(file).catch(() => null);
  if (handle === null) return false;
  try {
    const buffer = Buffer.alloc(blockBytes);
    let kept = '';
    for (;;) {
      const { bytesRead } = await handle.read(buffer, 0, blockBytes, null);
      if (bytesRead === 0) return false;
      const text = kept + buffer.toString('latin1', 0, bytesRead).toLowerCase();
      if (text.includes(plain) || text.includes(wide)) return true;
      kept = text.slice(-wide.length);
    }
  } catch {
    // Sockets, locks, and files that another program holds.
    return false;
  } finally {
    await handle.close();
  }
}

/** Files below a folder, without links. */
export async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
}

async function copiesWith({ userData, pattern }: Search): Promise<string[]> {
  const copies = (await readdir(userData)).filter((name) => /^segue\.sqlite\.v\d+(-wal|-shm)?$/.test(name));
  const found: string[] = [];
  for (const name of copies) {
    const file = path.join(userData, name);
    if (await fileMentions(file, pattern.address)) found.push(file);
  }
  return found;
}

/** Copies of the database from before an update: one that holds the address goes whole. */
export const databaseCopies: Hideout = {
  find: async (search) => [{ place: 'copies', count: (await copiesWith(search)).length }],
  async forget(search) {
    for (const file of await copiesWith(search)) await rm(file, { force: true });
  },
};

/** Small text files of the profile: the log, which holds no addresses, and what else may name a file. */
async function textsWith({ userData, pattern }: Search): Promise<string[]> {
  const found: string[] = [];
  const own = ['settings.json', 'settings.damaged.json'].map((name) => path.join(userData, name));
  for (const file of [...own, ...(await filesBelow(path.join(userData, 'logs')))]) {
    if (await fileMentions(file, pattern.address)) found.push(file);
  }
  return found;
}

export const looseTexts: Hideout = {
  find: async (search) => [{ place: 'other', count: (await textsWith(search)).length }],
  async forget(search) {
    for (const file of await textsWith(search)) {
      await writeFile(file, search.pattern.without(await readFile(file, 'utf8'), '…'), { mode: 0o600 });
    }
  },
};
