import type { PlannedBatch } from '../store/batches.ts';

/**
 * What one import may hold at most. Constant Contact takes 4 MB and 40,000 lines and drops what is over without a word;
 * whether MB means 10^6 or 2^20 is not said (constant-contact-v3.md 6.2, 6.3), so both limits stay well below.
 */
export const batchLimits = { bytes: 3_800_000, rows: 20_000 };

/** Neighbouring positions of a plan: how many rows, and their bytes in the request's file. */
export interface Chunk {
  readonly rows: number;
  readonly bytes: number;
}

/**
 * Joins neighbouring chunks into batches, in order, none over the limits. `headerBytes` is spent once in every batch.
 * A chunk that alone is over a limit is an error: the caller makes chunks small enough.
 */
export function packBatches(chunks: Iterable<Chunk>, headerBytes: number, limits = batchLimits): PlannedBatch[] {
  const batches: PlannedBatch[] = [];
  let next = 0;
  let rows = 0;
  let bytes = headerBytes;
  const close = () => {
    if (rows > 0) batches.push({ firstPosition: next - rows, lastPosition: next - 1, rows, bytes });
    rows = 0;
    bytes = headerBytes;
  };
  for (const chunk of chunks) {
    if (chunk.rows > limits.rows || chunk.bytes + headerBytes > limits.bytes) {
      throw new Error('A chunk is larger than a batch may be');
    }
    if (rows + chunk.rows > limits.rows || bytes + chunk.bytes > limits.bytes) close();
    rows += chunk.rows;
    bytes += chunk.bytes;
    next += chunk.rows;
  }
  close();
  return batches;
}
