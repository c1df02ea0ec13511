import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { readingOverrides } from '../../../preload/contract/views.ts';
import { readFile, type SegmentSummary, segmentSummary } from '../../segments/segment-record.ts';
import type { Store } from '../../store/open-store.ts';
import { getSegment, insertSegment, insertVersion, listSegments, type SegmentRecord } from '../../store/segments.ts';
import { comparedBy, entryId, isNew, type SetUpEntry } from '../set-up-entry.ts';
import type { SetUpSegment } from '../set-up-file.ts';
import type { SetUpHome, SetUpPartOf } from '../set-up-parts.ts';

/** Segments as files to be read, without anything that stands in them. */
export const segmentsPart: SetUpPartOf<'segments'> = {
  key: 'segments',
  save: ({ store }) => listSegments(store).map(written),
  entries: (home, file) =>
    file.segments.map((segment, index): SetUpEntry => {
      const here = segmentHere(home.store, segment);
      return {
        itemId: entryId('segments', index),
        part: 'segments',
        name: segment.name,
        ...(here === undefined ? isNew : compared(written(here), segment)),
        needs: [],
        take: (person) => take(home, segment, person.personId),
      };
    }),
};

/** The segment that an entry of a file means: the very same, else one of its name. */
export function segmentHere(store: Store, segment: SetUpSegment): SegmentRecord | undefined {
  return getSegment(store, segment.id) ?? listSegments(store).find(({ name }) => name === segment.name);
}

function written(record: SegmentRecord): SetUpSegment {
  const summary = segmentSummary.parse(JSON.parse(record.summary));
  return {
    id: record.segmentId,
    name: record.name,
    files:
      record.files === null
        ? [record.filePath]
        : readFile
            .array()
            .parse(JSON.parse(record.files))
            .map((file) => file.path),
    columns: summary.columns.map(({ heading }) => heading),
    reading: summary.reading,
    corrections: readingOverrides.parse(JSON.parse(record.overrides)),
  };
}

const compared = (here: SetUpSegment, segment: SetUpSegment) =>
  comparedBy({
    files: here.files.join('\n') !== segment.files.join('\n'),
    corrections: JSON.stringify(here.corrections) !== JSON.stringify(segment.corrections),
  });

/** As a segment whose file has not been read on this computer: its stage is not there. */
function take({ ports, store }: SetUpHome, segment: SetUpSegment, personId: string): void {
  const here = segmentHere(store, segment);
  const summary: SegmentSummary = {
    reading: segment.reading,
    encodings: [],
    sheets: [],
    hiddenRows: 0,
    firstRows: [],
    columns: segment.columns.map((heading) => ({ heading, samples: [] })),
    rowCount: 0,
    unreadableCount: 0,
    suggestedFieldMap: [],
    emailCandidates: [],
  };
  const [first = ''] = segment.files;
  const reading = {
    segmentId: here?.segmentId ?? (getSegment(store, segment.id) === undefined ? segment.id : randomUUID()),
    name: here?.name ?? segment.name,
    filePath: first,
    fileName: baseName(first),
    fileBytes: 0,
    stageFolder: randomUUID(),
    summary: JSON.stringify(summary),
    rowCount: 0,
    readAt: ports.now(),
    files: JSON.stringify(segment.files.map((file) => ({ path: file, bytes: 0, modifiedMs: 0 }))),
    overrides: JSON.stringify(segment.corrections),
  };
  if (here === undefined) insertSegment(store, reading, personId);
  else insertVersion(store, reading, personId);
}

/** The file may come from a computer of another kind. */
const baseName = (file: string): string => (file.includes('\\') ? path.win32 : path.posix).basename(file);
