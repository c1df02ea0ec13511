import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { SegmentView } from '../../preload/contract/views.ts';
import type { Ports } from '../ports.ts';
import type { Store } from '../store/open-store.ts';
import type { PersonRecord } from '../store/persons.ts';
import { insertSegment, listSegments, type SegmentRecord } from '../store/segments.ts';
import { freeName } from './segment-name.ts';
import type { SegmentSummary } from './segment-record.ts';
import type { SplitStage } from './split-stage.ts';

/** Cuts segments that are too large for one export into several, by ranges of rows. */
export function createSegmentSplit(parts: {
  readonly ports: Ports;
  readonly store: Store;
  readonly stagesFolder: string;
  readonly requireStaged: (segmentId: string) => { readonly record: SegmentRecord; readonly summary: SegmentSummary };
  readonly splitStage: (input: SplitStage, signal: AbortSignal) => Promise<SegmentSummary[]>;
  /** Tells of a stored segment as it is now. */
  readonly told: (segmentId: string) => SegmentView;
}) {
  const { ports, store, stagesFolder, requireStaged } = parts;
  const underWay = new Map<string, Set<AbortController>>();

  /** Puts all parts into the library, or none; answers their ids. */
  function keep(
    record: SegmentRecord,
    rowsEach: number,
    folders: readonly string[],
    summaries: readonly SegmentSummary[],
    person: PersonRecord,
  ): string[] {
    const names = new Set(listSegments(store).map(({ name }) => name));
    return store.transaction(() =>
      summaries.map((part, index) => {
        const first = index * rowsEach + 1;
        const wanted = `${record.name.slice(0, 220)} ${first}–${first + part.rowCount - 1}`;
        const name = names.has(wanted) ? freeName(wanted, [...names]) : wanted;
        names.add(name);
        const partId = randomUUID();
        const reading = {
          ...record,
          segmentId: partId,
          name,
          stageFolder: folders[index] ?? '',
          summary: JSON.stringify(part),
          rowCount: part.rowCount,
          readAt: ports.now(),
          files: null,
        };
        insertSegment(store, reading, person.personId);
        return partId;
      }),
    )();
  }

  return {
    /**
     * The rows of a segment as segments of at most `rowsEach` rows, in file order, each named after its range; the segment
     * stays as it is. The parts have no file of their own: they are not read again. Throws `segment.missing`,
     * `disk.full`, `cancelled`.
     */
    async split(segmentId: string, rowsEach: number, person: PersonRecord): Promise<SegmentView[]> {
      const { record, summary } = requireStaged(segmentId);
      const folders = Array.from({ length: Math.ceil(summary.rowCount / rowsEach) }, () => randomUUID());
      const abort = new AbortController();
      const splits = underWay.get(segmentId) ?? new Set();
      underWay.set(segmentId, splits.add(abort));
      const input: SplitStage = {
        stageFolder: path.join(stagesFolder, record.stageFolder),
        summary,
        rowsEach,
        targets: folders.map((folder) => path.join(stagesFolder, folder)),
      };
      try {
        const summaries = await parts.splitStage(input, abort.signal);
        return keep(record, rowsEach, folders, summaries, person).map(parts.told);
      } catch (error) {
        // Also when the thread died in its middle, or the library could not take them: none of the parts is left.
        for (const target of input.targets) await rm(target, { recursive: true, force: true });
        throw error;
      } finally {
        splits.delete(abort);
        if (splits.size === 0) underWay.delete(segmentId);
      }
    },
    /** Gives up what {@link split} is doing with the segment, if anything. */
    cancelSplit(segmentId: string): void {
      for (const abort of underWay.get(segmentId) ?? []) abort.abort();
    },
  };
}
