import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { ErrorCode, WireError } from '../../../preload/contract/error-codes.ts';
import type { SegmentView, WatchView } from '../../../preload/contract/views.ts';
import { SegueError, toWireError } from '../../errors/segue-error.ts';
import type { Events } from '../../events.ts';
import { requireRight } from '../../people/guard.ts';
import type { Ports } from '../../ports.ts';
import {
  deleteFolderWatch,
  type FolderWatch,
  hasFolderWatch,
  insertFolderWatch,
  listFolderWatches,
  noteSeenFiles,
  seenFiles,
  setWatchProblem,
} from '../../store/folder-watches.ts';
import type { Store } from '../../store/open-store.ts';
import { getPerson, type PersonRecord } from '../../store/persons.ts';
import { getSegment } from '../../store/segments.ts';
import type { PartGroup } from '../group-parts.ts';
import type { SegmentsService } from '../segments-service.ts';
import { createFolderWatcher, type FolderWatcher, watchTimes } from './folder-watcher.ts';
import { type FoundFile, lookIntoFolder } from './look-into-folder.ts';
import { proposePattern } from './name-pattern.ts';
import { newFilesOf, type PendingFile } from './new-files.ts';
import { watchViewOf } from './watch-view.ts';

/** A watch at work. */
interface Live {
  watch: FolderWatch;
  pending: ReadonlyMap<string, PendingFile>;
  /** New files that wait for a person, with all that lay in the folder then. */
  offer: { readonly group: PartGroup; readonly found: readonly FoundFile[] } | null;
  reading: boolean;
  trouble: ErrorCode | null;
  watcher: FolderWatcher | null;
}

/** What a file that is still being written, or held by whoever writes it, may be found as. */
const mayPass: ReadonlySet<ErrorCode> = new Set([
  'segment.changed-while-reading',
  'segment.missing',
  'segment.not-readable',
]);

/** Files named when a pattern is tried out. */
const namedAtMost = 20;

/**
 * Watched folders: a new file in one becomes the newest version of a segment, or a segment of its own, by itself or when
 * a person says so. What cannot be read leaves everything as it was and is told. Nothing is watched before `start`.
 */
export function createWatchedFolders(parts: {
  readonly ports: Ports;
  readonly store: Store;
  readonly events: Events;
  readonly segments: SegmentsService;
  readonly logSurprise: (error: unknown) => void;
}) {
  const { ports, store, events, segments } = parts;
  const times = ports.watchTimes ?? watchTimes;
  const live = new Map<string, Live>();
  let started = false;

  const byName = (watch: FolderWatch): string => getPerson(store, watch.createdBy)?.displayName ?? '';
  const viewOf = ({ watch, offer, reading, trouble }: Live): WatchView =>
    watchViewOf(
      watch,
      { offered: offer?.group.files.map((file) => path.basename(file)) ?? [], reading, trouble },
      byName(watch),
    );
  const views = (): WatchView[] => [...live.values()].map(viewOf);
  const publish = (): void => events.publish('watches.changed', views());

  function required(watchId: string): Live {
    const found = live.get(watchId);
    if (found === undefined) throw new SegueError('folder.not-watched');
    return found;
  }

  function begin(watch: FolderWatch): Live {
    const begun: Live = { watch, pending: new Map(), offer: null, reading: false, trouble: null, watcher: null };
    live.set(watch.watchId, begun);
    if (started) listenTo(begun);
    return begun;
  }

  function listenTo(one: Live): void {
    one.watcher = createFolderWatcher(
      one.watch.folder,
      () =>
        look(one).catch((error: unknown) => {
          parts.logSurprise(error);
          return 'seldom' as const;
        }),
      times,
    );
  }

  function end({ watch, watcher }: Live): void {
    watcher?.stop();
    live.delete(watch.watchId);
  }

  /** A segment that goes takes its watch out of the database first. */
  const isLive = (one: Live): boolean =>
    live.get(one.watch.watchId) === one && hasFolderWatch(store, one.watch.watchId);

  async function look(one: Live): Promise<'soon' | 'seldom'> {
    const { folder, pattern, watchId, segmentId } = one.watch;
    const found = await lookIntoFolder(folder, pattern).catch((error: unknown) => {
      tellTrouble(one, toWireError(error).code);
      return null;
    });
    if (found === null || !isLive(one)) return 'seldom';
    tellTrouble(one, null);
    const clock = { nowMs: ports.now(), settleMs: times.settleMs };
    const { pending, groups } = newFilesOf(folder, found, seenFiles(store, watchId), one.pending, clock);
    one.pending = pending;
    if (groups.length === 0) {
      if (one.offer !== null && pending.size > 0) tellOffer(one, null);
      return pending.size > 0 ? 'soon' : 'seldom';
    }
    const newest = groups.at(-1);
    if (newest !== undefined && one.watch.takes === 'when-asked') {
      tellOffer(one, { group: newest, found });
      return 'seldom';
    }
    return (await take(one, segmentId === null ? groups : groups.slice(-1), found)) ? 'seldom' : 'soon';
  }

  /** Reads files as the watch wants it; false when that has to wait. Throws nothing: what goes wrong is told. */
  async function take(one: Live, groups: readonly PartGroup[], found: readonly FoundFile[]): Promise<boolean> {
    const { watchId, segmentId, createdBy } = one.watch;
    if (segmentId !== null && segments.isReading(segmentId)) return false;
    one.reading = true;
    one.offer = null;
    publish();
    let problem: { readonly file: string; readonly error: WireError } | null = null;
    try {
      for (const group of groups) {
        const error = await read(segmentId, group, getPerson(store, createdBy));
        if (!isLive(one)) return true;
        // It was not whole after all.
        if (error !== null && mayPass.has(error.code)) return false;
        if (error !== null) problem = { file: group.fileName, error };
      }
      noteSeenFiles(store, watchId, found);
      one.pending = new Map();
      const kept = problem === null ? null : JSON.stringify(problem);
      setWatchProblem(store, watchId, kept);
      one.watch = { ...one.watch, problem: kept };
      return true;
    } finally {
      one.reading = false;
      if (isLive(one)) publish();
    }
  }

  async function read(
    segmentId: string | null,
    group: PartGroup,
    person: PersonRecord | undefined,
  ): Promise<WireError | null> {
    try {
      if (person === undefined) throw new SegueError('person.not-allowed', { role: '' });
      requireRight('segments.replaceFile', { via: 'schedule', role: person.role }, []);
      if (segmentId !== null) {
        const ended = untilRead(segmentId);
        try {
          // As its file was read last, whatever folder this one comes from.
          await segments.replaceFile(segmentId, group.files, person, true);
          return (await ended.view)?.error ?? null;
        } finally {
          ended.stop();
        }
      }
      for (const view of await segments.addFiles(group.files, person)) {
        const ended = untilRead(view.segmentId);
        const read = await ended.view;
        if (read?.error === undefined || read.error === null) continue;
        await segments.remove(view.segmentId, false).catch(parts.logSurprise);
        return read.error;
      }
      return null;
    } catch (error) {
      return toWireError(error);
    }
  }

  /** The segment once its reading has ended, null when it is removed. */
  function untilRead(segmentId: string) {
    const { promise: view, resolve } = Promise.withResolvers<SegmentView | null>();
    const stop = events.subscribe((name, payload) => {
      const value = payload.value as Partial<SegmentView>;
      if (value.segmentId !== segmentId) return;
      if (name === 'segment.removed') resolve(null);
      if (name === 'segment.changed' && value.state !== 'reading') resolve(value as SegmentView);
    });
    void view.then(stop);
    return { view, stop };
  }

  function tellTrouble(one: Live, trouble: ErrorCode | null): void {
    if (one.trouble === trouble) return;
    one.trouble = trouble;
    if (isLive(one)) publish();
  }

  function tellOffer(one: Live, offer: Live['offer']): void {
    const changed = JSON.stringify(one.offer?.group) !== JSON.stringify(offer?.group);
    one.offer = offer;
    if (changed && isLive(one)) publish();
  }

  function watchFrom(
    { segmentId, folder, pattern, takes }: Pick<FolderWatch, 'segmentId' | 'folder' | 'pattern' | 'takes'>,
    found: readonly FoundFile[],
    person: PersonRecord,
  ): WatchView {
    if (segmentId !== null && getSegment(store, segmentId) === undefined) {
      throw new SegueError('segment.not-found', { segment: '' });
    }
    const replaced = [...live.values()].find(({ watch }) => segmentId !== null && watch.segmentId === segmentId);
    if (replaced !== undefined) end(replaced);
    const watch: FolderWatch = {
      watchId: randomUUID(),
      folder,
      pattern,
      segmentId,
      takes,
      createdAt: ports.now(),
      createdBy: person.personId,
      problem: null,
    };
    insertFolderWatch(store, watch, found);
    const begun = begin(watch);
    publish();
    return viewOf(begun);
  }

  for (const watch of listFolderWatches(store)) begin(watch);
  // A segment takes its watch along.
  const unsubscribe = events.subscribe((name, payload) => {
    if (name !== 'segment.removed') return;
    const { segmentId } = payload.value as { segmentId: string };
    const gone = [...live.values()].find(({ watch }) => watch.segmentId === segmentId);
    if (gone === undefined || getSegment(store, segmentId) !== undefined) return;
    end(gone);
    publish();
  });

  return {
    views,
    /** From now on the folders are looked after; a second call does nothing. */
    start(): void {
      if (started) return;
      started = true;
      for (const one of live.values()) listenTo(one);
    },
    /**
     * Looks into the folders of these segments now, and resolves when what has come into them is taken in, or after
     * `limitMs`: a drive may not answer. Nothing happens before `start`.
     */
    async untilSettled(segmentIds: ReadonlySet<string>, limitMs: number): Promise<void> {
      const watchers = [...live.values()].flatMap(({ watch, watcher }) =>
        watcher !== null && watch.segmentId !== null && segmentIds.has(watch.segmentId) ? [watcher] : [],
      );
      if (watchers.length === 0) return;
      let timer: NodeJS.Timeout | undefined;
      const limit = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, limitMs).unref();
      });
      await Promise.race([Promise.all(watchers.map((watcher) => watcher.untilSettled())), limit]);
      clearTimeout(timer);
    },
    /** What a watch for a segment would most likely be: the folder of its file, and the names of its followers. */
    propose(segmentId: string | null): { folder: string; pattern: string } {
      if (segmentId === null) return { folder: ports.settings.get().lastFolder, pattern: '*' };
      const record = getSegment(store, segmentId);
      if (record === undefined) throw new SegueError('segment.not-found', { segment: '' });
      const current = [...live.values()].find(({ watch }) => watch.segmentId === segmentId)?.watch;
      return {
        folder: current?.folder ?? path.dirname(record.filePath),
        pattern: current?.pattern ?? proposePattern(path.basename(record.filePath)),
      };
    },
    async chooseFolder(folder: string): Promise<string | null> {
      return ports.desktop.chooseFolder({ defaultFolder: folder });
    },
    /** What a pattern fits in a folder now, the newest first. Throws `folder.missing`, `folder.unreadable`. */
    async look(folder: string, pattern: string): Promise<{ count: number; newest: string[] }> {
      const found = await lookIntoFolder(requireAbsolute(folder), pattern);
      const newest = found.toSorted((a, b) => b.modifiedMs - a.modifiedMs || (a.name < b.name ? 1 : -1));
      return { count: found.length, newest: newest.slice(0, namedAtMost).map(({ name }) => name) };
    },
    /**
     * Watches a folder from now on: what lies there already is not new. A segment has one watch, which this takes the place
     * of. Throws `segment.not-found`, `folder.missing`, `folder.unreadable`.
     */
    async save(
      wish: Pick<FolderWatch, 'segmentId' | 'folder' | 'pattern' | 'takes'>,
      person: PersonRecord,
    ): Promise<WatchView> {
      const folder = path.normalize(requireAbsolute(wish.folder));
      return watchFrom({ ...wish, folder }, await lookIntoFolder(folder, wish.pattern), person);
    },
    /**
     * The same for a folder that may not be there on this computer: then all that is ever found in it is new. Throws
     * `segment.not-found`.
     */
    async takeOver(
      wish: Pick<FolderWatch, 'segmentId' | 'folder' | 'pattern' | 'takes'>,
      person: PersonRecord,
    ): Promise<WatchView> {
      return watchFrom(wish, await lookIntoFolder(wish.folder, wish.pattern).catch(() => []), person);
    },
    /** Throws `folder.not-watched`. */
    remove(watchId: string): void {
      end(required(watchId));
      deleteFolderWatch(store, watchId);
      publish();
    },
    /** Reads what is offered. Throws `folder.not-watched`, `segment.missing` when nothing is offered any more. */
    async take(watchId: string): Promise<void> {
      const one = required(watchId);
      const { offer } = one;
      if (offer === null) throw new SegueError('segment.missing', { file: one.watch.pattern });
      void take(one, [offer.group], offer.found)
        .then((taken) => taken || one.watcher?.nudge())
        .catch(parts.logSurprise);
    },
    /** Leaves what is offered: only what comes after it is offered again. Throws `folder.not-watched`. */
    leave(watchId: string): void {
      const one = required(watchId);
      if (one.offer !== null) noteSeenFiles(store, watchId, one.offer.found);
      tellOffer(one, null);
    },
    stop(): void {
      unsubscribe();
      for (const one of [...live.values()]) end(one);
    },
  };
}

/** The window proposes folders; where one begins is not left open. */
function requireAbsolute(folder: string): string {
  if (!path.isAbsolute(folder)) throw new SegueError('folder.missing', { folder });
  return folder;
}

export type WatchedFolders = ReturnType<typeof createWatchedFolders>;
