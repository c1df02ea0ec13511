import path from 'node:path';
import { readingOverrides } from '../../../preload/contract/views.ts';
import { listFolderWatches } from '../../store/folder-watches.ts';
import { listCorrections, rememberCorrection } from '../../store/reading-corrections.ts';
import { comparedBy, entryId, isNew, type SetUpEntry } from '../set-up-entry.ts';
import type { SetUpFile, SetUpWatch } from '../set-up-file.ts';
import type { SetUpHome, SetUpPartOf } from '../set-up-parts.ts';
import { segmentHere } from './segments.ts';

/** Folders whose new files become segments. */
export const watchedFoldersPart: SetUpPartOf<'watchedFolders'> = {
  key: 'watchedFolders',
  save: ({ store }) =>
    listFolderWatches(store).map(({ folder, pattern, segmentId, takes }) => ({
      folder,
      pattern,
      segment: segmentId,
      takes,
    })),
  entries: (home, file) =>
    file.watchedFolders.map((watch, index): SetUpEntry => {
      const segment = file.segments.findIndex(({ id }) => id === watch.segment);
      const here = watchHere(home, watch, file);
      return {
        itemId: entryId('watchedFolders', index),
        part: 'watchedFolders',
        name: path.join(watch.folder, watch.pattern),
        ...(here === undefined
          ? isNew
          : comparedBy({
              files: here.folder !== watch.folder || here.pattern !== watch.pattern,
              takes: here.takes !== watch.takes,
            })),
        needs: segment === -1 ? [] : [entryId('segments', segment)],
        take: async (person) => {
          const before = watchHere(home, watch, file);
          if (before !== undefined) home.watches.remove(before.watchId);
          await home.watches.takeOver({ ...watch, segmentId: localSegment(home, watch, file) }, person);
        },
      };
    }),
};

function localSegment({ store }: SetUpHome, { segment }: SetUpWatch, file: SetUpFile): string | null {
  const entry = file.segments.find(({ id }) => id === segment);
  return entry === undefined ? null : (segmentHere(store, entry)?.segmentId ?? null);
}

/** The watch of the same segment, or of the same files where each becomes a segment. */
function watchHere(home: SetUpHome, watch: SetUpWatch, file: SetUpFile) {
  const segmentId = localSegment(home, watch, file);
  return listFolderWatches(home.store).find((other) =>
    watch.segment === null
      ? other.segmentId === null && other.folder === watch.folder && other.pattern === watch.pattern
      : segmentId !== null && other.segmentId === segmentId,
  );
}

/** Corrections of readings that hold for later files of a source. */
export const readingCorrectionsPart: SetUpPartOf<'readingCorrections'> = {
  key: 'readingCorrections',
  save: ({ store }) =>
    listCorrections(store).map(({ overrides, ...source }) => ({
      ...source,
      corrections: readingOverrides.parse(JSON.parse(overrides)),
    })),
  entries: ({ ports, store }, file) => {
    const known = new Map(listCorrections(store).map((one) => [`${one.folder}\n${one.namePattern}`, one.overrides]));
    return file.readingCorrections.map(({ corrections, ...source }, index): SetUpEntry => {
      const here = known.get(`${source.folder}\n${source.namePattern}`);
      const overrides = JSON.stringify(corrections);
      return {
        itemId: entryId('readingCorrections', index),
        part: 'readingCorrections',
        name: path.join(source.folder, source.namePattern),
        ...(here === undefined ? isNew : comparedBy({ corrections: here !== overrides })),
        needs: [],
        take: (person) =>
          rememberCorrection(store, source, { overrides, correctedAt: ports.now(), correctedBy: person.personId }),
      };
    });
  },
};
