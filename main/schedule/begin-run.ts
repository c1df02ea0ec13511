import { usualProfiles } from '../../preload/contract/schedule-limits.ts';
import type { RunView, SegmentView } from '../../preload/contract/views.ts';
import type { Application, Caller } from '../application.ts';
import { fromWireError, SegueError } from '../errors/segue-error.ts';
import type { Events } from '../events.ts';
import type { SegmentsService } from '../segments/segments-service.ts';
import type { WatchedFolders } from '../segments/watch/watched-folders.ts';
import { getConnection } from '../store/connections.ts';
import { getExport } from '../store/exports.ts';
import type { Store } from '../store/open-store.ts';
import { hasActiveRun } from '../store/runs.ts';
import { getSegment } from '../store/segments.ts';

/** A folder on a drive that does not answer is waited for no longer. */
const foldersLimitMs = 60_000;

/** What beginning a run by itself leans on. */
export interface BeginParts {
  readonly store: Store;
  readonly events: Events;
  readonly segments: SegmentsService;
  readonly watches: WatchedFolders;
  readonly call: Application['call'];
}

/**
 * Begins a run of an export by itself, in the name of its connection's export user. First its segments: new files in their
 * watched folders are taken in, files that changed on the disk are read again, and whatever is being read is waited for,
 * told by `waits`. So the run has the newest version of every segment; a file that is gone leaves the version read last.
 *
 * Throws what `exports.run` does, why a segment could not be read, `export.already-running`, and `export.too-large` for more
 * profiles than an export may have to run by itself.
 */
export async function beginRun(parts: BeginParts, exportId: string, waits: () => void): Promise<RunView> {
  const { store, segments, call } = parts;
  const definition = getExport(store, exportId);
  if (definition === undefined) throw new SegueError('export.not-found', { name: '' });
  const { name, connectionId } = definition;
  const connection = connectionId === null ? undefined : getConnection(store, connectionId);
  if (connection === undefined) throw new SegueError('connection.not-found', { name });
  if (hasActiveRun(store, exportId)) throw new SegueError('export.already-running', { name });
  const caller: Caller = { via: 'schedule', personId: connection.exportUserId };
  const segmentIds = new Set(definition.segments.map(({ segmentId }) => segmentId));

  await parts.watches.untilSettled(segmentIds, foldersLimitMs);
  await call('segments.lookForChanges', {}, caller);
  const readings = [...segmentIds].map((segmentId) => untilRead(parts, segmentId));
  try {
    const isBusy = (segmentId: string) => segments.isReading(segmentId);
    for (const segmentId of segmentIds) {
      if (segments.isChangedOnDisk(segmentId) && !isBusy(segmentId))
        await call('segments.readAgain', { segmentId }, caller);
    }
    const busy = readings.filter(({ segmentId }) => isBusy(segmentId));
    if (busy.length > 0) waits();
    await Promise.all(busy.map(({ done }) => done));
  } finally {
    for (const { stop } of readings) stop();
  }

  const profiles = [...segmentIds].reduce((sum, segmentId) => sum + (getSegment(store, segmentId)?.rowCount ?? 0), 0);
  if (profiles > usualProfiles)
    throw new SegueError('export.too-large', { name, count: profiles, limit: usualProfiles });
  return call('exports.run', { exportId }, caller);
}

/** Follows a segment: `done` resolves when it has been read, and rejects with why it could not be. */
function untilRead({ events }: BeginParts, segmentId: string) {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  // Nobody may be waiting for it.
  promise.catch(() => undefined);
  const stop = events.subscribe((name, payload) => {
    if (name !== 'segment.changed' && name !== 'segment.removed') return;
    const view = payload.value as Partial<SegmentView>;
    if (view.segmentId !== segmentId || (name === 'segment.changed' && view.state === 'reading')) return;
    if (view.error) reject(fromWireError(view.error));
    else resolve();
  });
  return { segmentId, done: promise, stop };
}
