import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate as otherTurns } from 'node:timers/promises';
import type { NeverMailEntry } from '../../preload/contract/views.ts';
import { SegueError } from '../errors/segue-error.ts';
import type { Ports } from '../ports.ts';
import {
  countNeverMail,
  deleteNeverMail,
  insertNeverMail,
  type NewNeverMail,
  pageNeverMail,
} from '../store/never-mail.ts';
import type { Store } from '../store/open-store.ts';
import type { PersonRecord } from '../store/persons.ts';
import { type ReadEntry, readEntries } from './entries.ts';
import { keyedHash } from './keyed-hash.ts';

/** Text files of addresses are a fraction of this; what is larger is a segment by mistake. */
const mostBytes = 32 * 1024 * 1024;
/** Entries hashed and written between two turns of others. */
const atOnce = 2_000;

/** What became of entries that were to be added. */
export interface Added {
  readonly added: number;
  readonly known: number;
  /** Words that are neither an address nor a domain. */
  readonly leftOut: number;
}

/** The list of people and domains that no export ever sends, kept on this computer. */
export function createNeverMailService(ports: Ports, store: Store, key: () => Promise<Buffer>) {
  async function add(entries: readonly ReadEntry[], person: PersonRecord): Promise<number> {
    const secret = await key();
    let added = 0;
    for (let at = 0; at < entries.length; at += atOnce) {
      const hashed = entries
        .slice(at, at + atOnce)
        .map(({ kind, text }): NewNeverMail => ({ kind, text, keyedHash: keyedHash(secret, text) }));
      added += insertNeverMail(store, hashed, person.displayName, ports.now());
      await otherTurns();
    }
    return added;
  }

  async function addText(text: string, person: PersonRecord): Promise<Added> {
    const { entries, leftOut } = readEntries(text);
    const added = await add(entries, person);
    return { added, known: entries.length - added, leftOut };
  }

  return {
    list(search: string, beforeId: number, limit: number): { entries: NeverMailEntry[]; total: number } {
      return {
        entries: pageNeverMail(store, search.trim().toLowerCase(), beforeId, limit),
        total: countNeverMail(store),
      };
    },
    addText,
    /** The same from a text file that the person chooses; null when they chose none. Throws `segment.too-large`. */
    async importFile(person: PersonRecord): Promise<Added | null> {
      const [file] = await ports.desktop.chooseFiles({ defaultFolder: ports.settings.get().lastFolder });
      if (file === undefined) return null;
      const found = await stat(file).catch(() => null);
      const name = path.basename(file);
      if (found === null) throw new SegueError('segment.missing', { file: name });
      if (!found.isFile()) throw new SegueError('segment.not-a-file', { file: name });
      if (found.size > mostBytes) throw new SegueError('segment.too-large', { file: name });
      ports.settings.set({ lastFolder: path.dirname(file) });
      return addText(await readFile(file, 'utf8'), person);
    },
    remove(entryId: number): void {
      deleteNeverMail(store, entryId);
    },
  };
}

export type NeverMailService = ReturnType<typeof createNeverMailService>;
