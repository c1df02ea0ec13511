import { type DuckDb, interruptible, openDuckDb } from '../../segments/duckdb.ts';
import type { SegmentThreadCalls, SegmentThreadData } from '../../segments/segment-protocol.ts';
import { readMendedRows, writeMendedStages } from './mended-table.ts';

/** What the segments thread does for files of mended rows. */
export function mendedCalls(data: SegmentThreadData): Pick<SegmentThreadCalls, 'readMended' | 'writeMended'> {
  const { tempFolder, memoryLimitMb, stagesFolder } = data;
  async function overStages<T>(
    signal: AbortSignal,
    writable: readonly string[],
    work: (db: DuckDb) => Promise<T>,
  ): Promise<T> {
    const db = await openDuckDb({ tempFolder, memoryLimitMb, threads: 2, readable: [stagesFolder], writable });
    try {
      return await interruptible(db, signal, () => work(db));
    } finally {
      db.close();
    }
  }
  return {
    readMended: (file, signal) => overStages(signal, [], (db) => readMendedRows(db, file)),
    writeMended: ({ file, leftOut, targets, folder }, signal) =>
      overStages(signal, [folder], (db) => writeMendedStages(db, file, leftOut, targets)),
  };
}
