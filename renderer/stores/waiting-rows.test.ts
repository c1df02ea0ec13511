import { expect, test } from 'vitest';
import type { RunView } from '../../preload/contract/views.ts';
import { waitingRows } from './waiting-rows.ts';

const run = (endedAt: number | null): RunView =>
  ({
    endedAt,
    rejectedSentLater: 2,
    balance: { rejected: 10, refused: 3, unknown: 1 },
    account: { mended: 3, dismissed: 4 },
  }) as unknown as RunView;

test('what waits is neither sent since nor dismissed; mended rows, refused and unknown ones wait for the next run', () => {
  expect(waitingRows(run(1))).toEqual({ rejected: 3, mended: 1, refused: 3, unknown: 1, all: 8 });
  expect(waitingRows(run(null)).all).toBe(0);
});
