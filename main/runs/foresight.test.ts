import { expect, test } from 'vitest';
import { createForesight } from './foresight.ts';

const seen = (activityId: string, percentDone: number | null) => ({ activityId, percentDone });

test('the end is foreseen from how far an activity got between two looks', () => {
  const foresight = createForesight();
  expect(foresight.soonestEndMs(['a', 'b'], 0)).toBe(Number.POSITIVE_INFINITY);
  foresight.note([seen('a', 20), seen('b', null)], 1_000);
  expect(foresight.soonestEndMs(['a', 'b'], 1_000)).toBe(Number.POSITIVE_INFINITY);
  foresight.note([seen('a', 60), seen('b', 10)], 3_000);
  expect(foresight.soonestEndMs(['a', 'b'], 3_000)).toBe(2_000);
  expect(foresight.soonestEndMs(['b'], 3_000)).toBe(Number.POSITIVE_INFINITY);
  foresight.note([seen('b', 85)], 4_000);
  expect(foresight.soonestEndMs(['a', 'b'], 4_000)).toBe(200);
  // Late is late, not before now.
  expect(foresight.soonestEndMs(['a'], 9_000)).toBe(0);
});

test('one that moved and then stands still foretells nothing any more', () => {
  const foresight = createForesight();
  foresight.note([seen('a', 10)], 1_000);
  foresight.note([seen('a', 50)], 2_000);
  expect(foresight.soonestEndMs(['a'], 2_000)).toBe(1_250);
  foresight.note([seen('a', 50)], 3_250);
  expect(foresight.soonestEndMs(['a'], 3_250)).toBe(Number.POSITIVE_INFINITY);
});

test('how long one stood in the queue says nothing of how quickly it moves', () => {
  const foresight = createForesight();
  foresight.note([seen('a', 0), seen('b', 0)], 0);
  foresight.note([seen('a', 20), seen('b', 0)], 1_000);
  foresight.note([seen('a', 60), seen('b', 0)], 2_000);
  foresight.note([seen('b', 0)], 3_000);
  // It began just before this look, and moves as the other did.
  foresight.note([seen('b', 10)], 5_000);
  expect(foresight.soonestEndMs(['b'], 5_000)).toBe(90 * 25);
  foresight.note([seen('b', 50)], 6_600);
  expect(foresight.soonestEndMs(['b'], 6_600)).toBe(50 * 40);
});

test('one that stands still, or goes back, foretells nothing', () => {
  const foresight = createForesight();
  foresight.note([seen('a', 40)], 1_000);
  foresight.note([seen('a', 40)], 2_000);
  foresight.note([seen('a', 30)], 3_000);
  expect(foresight.soonestEndMs(['a'], 3_000)).toBe(Number.POSITIVE_INFINITY);
});
