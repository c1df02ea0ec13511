import fc from 'fast-check';
import { expect, test } from 'vitest';
import { batchLimits, type Chunk, packBatches } from './pack-batches.ts';

const limits = { bytes: 1_000, rows: 50 };
const header = 20;
const chunk: fc.Arbitrary<Chunk> = fc.record({
  rows: fc.integer({ min: 1, max: limits.rows }),
  bytes: fc.integer({ min: 1, max: limits.bytes - header }),
});

test('nothing lost, nothing moved, nothing over the limits, nothing left that would still have fitted', () => {
  fc.assert(
    fc.property(fc.array(chunk, { maxLength: 200 }), (chunks) => {
      const batches = packBatches(chunks, header, limits);
      let next = 0;
      for (const batch of batches) {
        expect(batch.firstPosition).toBe(next);
        expect(batch.lastPosition - batch.firstPosition + 1).toBe(batch.rows);
        expect(batch.rows).toBeGreaterThan(0);
        expect(batch.rows).toBeLessThanOrEqual(limits.rows);
        expect(batch.bytes).toBeLessThanOrEqual(limits.bytes);
        next = batch.lastPosition + 1;
      }
      const sum = (of: readonly { rows: number; bytes: number }[], key: 'rows' | 'bytes') =>
        of.reduce((total, each) => total + each[key], 0);
      expect(next).toBe(sum(chunks, 'rows'));
      expect(sum(batches, 'bytes')).toBe(sum(chunks, 'bytes') + batches.length * header);
      // Each batch but the last stopped because the chunk after it would have been too much.
      let at = 0;
      for (const batch of batches.slice(0, -1)) {
        for (let rows = 0; rows < batch.rows; at += 1) rows += chunks[at]?.rows ?? Number.NaN;
        const following = chunks[at] ?? { rows: 0, bytes: 0 };
        const full = batch.rows + following.rows > limits.rows || batch.bytes + following.bytes > limits.bytes;
        expect(full).toBe(true);
      }
    }),
  );
});

test('a chunk that no batch can hold is refused', () => {
  expect(() => packBatches([{ rows: 51, bytes: 1 }], header, limits)).toThrow();
  expect(() => packBatches([{ rows: 1, bytes: 981 }], header, limits)).toThrow();
  expect(packBatches([{ rows: 50, bytes: 980 }], header, limits)).toHaveLength(1);
});

test('the limits stay below what Constant Contact takes, header line included', () => {
  expect(batchLimits.bytes).toBeLessThan(4_000_000);
  expect(batchLimits.rows + 1).toBeLessThanOrEqual(40_000);
});
