import path from 'node:path';
import type { ExportView, SegmentView } from '../../preload/contract/views.ts';
import { fromWireError, SegueError } from '../errors/segue-error.ts';
import type { CommandCalls, CommandIo } from './command-io.ts';
import { follow } from './follow.ts';
import { snapshot } from './look-up.ts';
import { progressLine } from './run-result.ts';

/** Reads files as segments, to their end. Throws why one cannot be read, and `cancelled`. */
export function readFiles(application: CommandCalls, files: readonly string[], io: CommandIo): Promise<SegmentView[]> {
  const paths = files.map((file) => path.resolve(io.folder, file));
  return readToEnd(application, () => application.call('segments.addFiles', { paths }), io);
}

/**
 * Reads the files of an export again that have changed since they were read: nobody sits before a window in which that would
 * be offered, and what runs by itself every week means this week's file. Throws as {@link readFiles}.
 */
export async function readChangedFiles(
  application: CommandCalls,
  { segments }: Pick<ExportView, 'segments'>,
  io: CommandIo,
): Promise<void> {
  await application.call('segments.lookForChanges', {});
  const own = new Set(segments.map(({ segmentId }) => segmentId));
  const changed = (await snapshot(application)).segments.filter(
    ({ segmentId, changedOnDisk }) => changedOnDisk && own.has(segmentId),
  );
  if (changed.length === 0) return;
  const readAgain = ({ segmentId }: SegmentView) => application.call('segments.readAgain', { segmentId });
  await readToEnd(application, () => Promise.all(changed.map(readAgain)), io);
}

async function readToEnd(
  application: CommandCalls,
  begin: () => Promise<SegmentView[]>,
  io: CommandIo,
): Promise<SegmentView[]> {
  const views = follow(application, 'segment.changed', ({ value }) => [value.segmentId, value]);
  const draw = progressLine(io);
  try {
    const added = await begin();
    for (const view of added) views.start(view.segmentId, view);
    const newest = () => added.map((view) => views.get(view.segmentId) ?? view);
    return await views.until(
      () => {
        const failed = newest().find(({ state }) => state === 'failed' || state === 'missing');
        if (failed !== undefined) throw readingError(failed);
        return newest().every(({ state }) => state === 'ready') ? newest() : undefined;
      },
      {
        signal: io.signal,
        interrupt: async () => {
          for (const { segmentId, state } of newest()) {
            if (state === 'reading') await application.call('segments.cancelReading', { segmentId });
          }
          throw new SegueError('cancelled');
        },
        progress: () => {
          const rows = newest().reduce((sum, view) => sum + (view.progress?.rows ?? view.rowCount), 0);
          draw(io.words.say('cli.progress.reading', { rows: io.words.number(rows) }));
        },
      },
    );
  } finally {
    draw(null);
    views.stop();
  }
}

function readingError(view: SegmentView): SegueError {
  if (view.error !== null) return fromWireError(view.error);
  return new SegueError(view.state === 'missing' ? 'segment.missing' : 'unexpected', { file: view.fileName });
}
