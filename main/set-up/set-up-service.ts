import { randomUUID } from 'node:crypto';
import { open, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { SetUpView } from '../../preload/contract/views.ts';
import { SegueError } from '../errors/segue-error.ts';
import { asWriteError } from '../errors/write-errors.ts';
import type { PersonRecord } from '../store/persons.ts';
import { listSegments } from '../store/segments.ts';
import type { SetUpEntry } from './set-up-entry.ts';
import { mostSetUpBytes, readSetUp, type SetUpFile, setUpKind, setUpVersion, writeSetUp } from './set-up-file.ts';
import { type SetUpHome, setUpPartsInOrder } from './set-up-parts.ts';

/** What came of opening a set-up. */
export interface SetUpTaken {
  readonly taken: number;
  /** Names of the connections that have to be signed in to. */
  readonly toSignIn: string[];
  /** Segments whose files are not on this computer: another has to be chosen for each. */
  readonly toRead: number;
}

/**
 * The whole set-up as one readable file, and back. Nothing secret and nobody's data goes into it: no sign-in, no row of a
 * segment, no address. Opening shows what would change and takes over only what is chosen.
 */
export function createSetUpService(
  home: SetUpHome & {
    /** Exports and connections are others now. */
    readonly changed: () => void;
    readonly logSurprise: (error: unknown) => void;
  },
) {
  const { ports, store, segments } = home;
  /** The file that was looked at last. */
  let looked: { readonly setUpId: string; readonly file: SetUpFile } | null = null;

  const entriesOf = (file: SetUpFile): SetUpEntry[] => setUpPartsInOrder.flatMap((part) => part.entries(home, file));

  function current(): SetUpFile {
    const parts = Object.fromEntries(setUpPartsInOrder.map((part) => [part.key, part.save(home)]));
    return {
      kind: setUpKind,
      version: setUpVersion,
      savedAt: new Date(ports.now()).toISOString(),
      savedWith: ports.appVersion,
      ...(parts as Pick<SetUpFile, (typeof setUpPartsInOrder)[number]['key']>),
    };
  }

  /** Throws `segment.missing`, `segment.not-a-file`, `set-up.too-large`, and what {@link readSetUp} does. */
  async function look(file: string): Promise<SetUpView> {
    const fileName = path.basename(file);
    const found = await stat(file).catch(() => null);
    if (found === null) throw new SegueError('segment.missing', { file: fileName });
    if (!found.isFile()) throw new SegueError('segment.not-a-file', { file: fileName });
    if (found.size > mostSetUpBytes) throw new SegueError('set-up.too-large', { file: fileName });
    const read = readSetUp(await beginningOf(file, mostSetUpBytes), fileName);
    const setUpId = randomUUID();
    looked = { setUpId, file: read };
    return {
      setUpId,
      fileName,
      savedAt: Date.parse(read.savedAt),
      items: entriesOf(read).map(({ itemId, part, name, state, changes }) => ({
        itemId,
        part,
        name,
        state,
        changes: [...changes],
      })),
    };
  }

  /** What is chosen, and what that cannot do without, in the order of the file. */
  function chosenOf(entries: readonly SetUpEntry[], itemIds: readonly string[]): SetUpEntry[] {
    const chosen = new Set(itemIds);
    for (const { itemId, needs } of entries) {
      if (!chosen.has(itemId)) continue;
      for (const needed of needs) {
        if (entries.find((other) => other.itemId === needed)?.state === 'new') chosen.add(needed);
      }
    }
    return entries.filter(({ itemId, state }) => chosen.has(itemId) && state !== 'same');
  }

  /** Reads the files of segments that were taken over, where they are on this computer; answers how many are not. */
  async function readFiles(segmentIds: readonly string[], person: PersonRecord): Promise<number> {
    let missing = 0;
    for (const segmentId of segmentIds) {
      await segments.readAgain(segmentId, person).catch(() => {
        missing += 1;
        segments.told(segmentId);
      });
    }
    return missing;
  }

  return {
    current,
    /** Throws `disk.not-writable`, `disk.full`. */
    async save(): Promise<{ savedTo: string | null }> {
      const { say } = home.words();
      const target = await ports.desktop.chooseWhereToSave({
        defaultFolder: ports.settings.get().lastFolder,
        fileName: `${say('set-up.file-name')}.json`,
        what: 'set-up',
      });
      if (target === null) return { savedTo: null };
      await writeWhole(target, writeSetUp(current()));
      return { savedTo: path.basename(target) };
    },
    async choose(): Promise<SetUpView | null> {
      const [file] = await ports.desktop.chooseFiles({
        defaultFolder: ports.settings.get().lastFolder,
        what: 'set-up',
      });
      return file === undefined ? null : look(file);
    },
    look,
    /** What a file dropped on the window holds, null when it is no set-up file. Throws as {@link look}. */
    async lookIfSetUp(file: string): Promise<SetUpView | null> {
      if (path.extname(file).toLowerCase() !== '.json') return null;
      const beginning = await beginningOf(file, 4_096).catch(() => '');
      return new RegExp(`"kind"\\s*:\\s*"${setUpKind}"`).test(beginning) ? look(file) : null;
    },
    /**
     * Takes over what was chosen. Whoever brings connections in becomes their export user: `confirmed` throws unless they
     * are known to be that person. Throws `set-up.looked-again` when another file was looked at since,
     * `connection.agreement-missing` when connections are chosen without the agreement to data privacy, and
     * `schedule.time-zone-unknown`, with everything taken over that stands before it.
     */
    async open(
      wish: { readonly setUpId: string; readonly itemIds: readonly string[]; readonly agreedToPrivacy: boolean },
      person: PersonRecord,
      confirmed: () => void,
    ): Promise<SetUpTaken> {
      if (looked?.setUpId !== wish.setUpId) throw new SegueError('set-up.looked-again');
      const { file } = looked;
      // As it is now: what was shown may be from before lunch.
      const chosen = chosenOf(entriesOf(file), wish.itemIds);
      const connections = chosen.filter(({ part, state }) => part === 'connections' && state === 'new');
      if (connections.length > 0 && !wish.agreedToPrivacy) throw new SegueError('connection.agreement-missing');
      if (connections.length > 0) confirmed();
      const before = new Map(listSegments(store).map(({ segmentId, stageFolder }) => [segmentId, stageFolder]));
      try {
        for (const entry of chosen) await entry.take(person);
      } finally {
        home.changed();
      }
      const toRead = listSegments(store)
        .filter(({ segmentId, stageFolder }) => before.get(segmentId) !== stageFolder)
        .map(({ segmentId }) => segmentId);
      const missing = await readFiles(toRead, person);
      return { taken: chosen.length, toSignIn: connections.map(({ name }) => name), toRead: missing };
    },
  };
}

export type SetUpService = ReturnType<typeof createSetUpService>;

async function beginningOf(file: string, bytes: number): Promise<string> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const buffer = Buffer.alloc(Math.min(size, bytes));
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Writes a file that is only there once it is whole. */
async function writeWhole(target: string, text: string): Promise<void> {
  const half = `${target}.part`;
  try {
    await writeFile(half, text);
    await rename(half, target);
  } catch (error) {
    await rm(half, { force: true }).catch(() => undefined);
    throw asWriteError(error);
  }
}
