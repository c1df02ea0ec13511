import { expect, test } from 'vitest';
import { runView } from '../../stores/testing.ts';
import { durationTrend, runsWithin, taskTimes } from './run-history.ts';

const day = 24 * 60 * 60 * 1_000;
const now = 100 * day;
const run = (daysAgo: number, tookMs: number | null) => {
  const startedAt = now - daysAgo * day;
  return runView({ runId: `${daysAgo}`, startedAt, endedAt: tookMs === null ? null : startedAt + tookMs });
};

test('runs of a span, oldest first', () => {
  const runs = [run(1, 10), run(2.9, 10), run(3, 10), run(40, 10)];
  expect(runsWithin(runs, 3, now).map(({ runId }) => runId)).toEqual(['2.9', '1']);
  expect(runsWithin(runs, 30, now)).toHaveLength(3);
});

test('the middle duration against that of the span before; runs under way count for neither', () => {
  const runs = [run(0, null), run(1, 30), run(1.5, 10), run(2, 99_999), run(4, 5), run(5, 6), run(9, 1_000)];
  expect(durationTrend(runs, 3, now)).toEqual({ middle: 30, before: 6 });
  expect(durationTrend([], 3, now)).toEqual({ middle: null, before: null });
});

test('each part lasts until the next begins, the last until the run ends or goes on', () => {
  const tasks = [
    { task: 'planning', beganAt: 10 },
    { task: 'sending', beganAt: 30 },
  ] as const;
  const times = (endedAt: number | null) =>
    taskTimes(runView({ tasks: [...tasks], endedAt }), 100).map((t) => t.tookMs);
  expect(times(null)).toEqual([20, 70, null]);
  expect(times(50)).toEqual([20, 20, null]);
});
