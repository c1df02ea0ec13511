import { expect, test } from 'vitest';
import { runViews } from '../runs/run-view.ts';
import { addRun, filledStore } from '../test-support/filled-store.ts';
import { getBatches, groupBatches, markNotPosted, markPosted, markPosting, markSettled } from './batches.ts';
import {
  getRun,
  hasActiveRun,
  interruptActiveRuns,
  listRuns,
  moveRun,
  requeueRun,
  savePlan,
  unfinishedRuns,
} from './runs.ts';

const none = { itemsTotal: null, person: null, error: null, correctable: null, cannotAddToList: null };
const planned = (rows: number, first: number) => ({
  firstPosition: first,
  lastPosition: first + rows - 1,
  rows,
  bytes: rows * 10,
});
const plan = (rows: number[]) => ({
  rowsRead: rows.reduce((sum, each) => sum + each, 0),
  rejected: 0,
  duplicate: 0,
  heldBack: 0,
  unchanged: 0,
  leavers: 0,
  clearing: 0,
  unreadable: 0,
  toSend: rows.reduce((sum, each) => sum + each, 0),
  batches: rows.map((each, index) => planned(each, index * 100)),
});

test('a state changes only from where it is thought to be', () => {
  const store = filledStore();
  addRun(store, 'run');
  expect(moveRun(store, 'run', ['running'], 'successful')).toBe(false);
  expect(moveRun(store, 'run', ['queued'], 'running')).toBe(true);
  expect(moveRun(store, 'run', ['queued'], 'running')).toBe(false);
  const error = { code: 'disk.full' as const, params: { file: 'x' } };
  expect(moveRun(store, 'run', ['running'], 'interrupted', { at: 7, error })).toBe(true);
  expect(getRun(store, 'run')).toMatchObject({ state: 'interrupted', endedAt: 7, error });
  // Taken up again, the run has neither an end nor an error.
  expect(requeueRun(store, 'run', ['interrupted'])).toBe(true);
  expect(getRun(store, 'run')).toMatchObject({ state: 'queued', phase: 'preparing', endedAt: null, error: null });
});

test('a plan is kept once', () => {
  const store = filledStore();
  addRun(store, 'run');
  savePlan(store, 'run', plan([60, 40]), 5);
  expect(() => savePlan(store, 'run', plan([60, 40]), 6)).toThrow();
  expect(getBatches(store, 'run').map(({ batchNumber, rows }) => [batchNumber, rows])).toEqual([
    [1, 60],
    [2, 40],
  ]);
});

test('the way of a batch: journal, answer, outcome, and back to what is known when a second request fails', () => {
  const store = filledStore();
  addRun(store, 'run');
  savePlan(store, 'run', plan([100]), 5);
  const batch = () => getBatches(store, 'run')[0];
  expect(() => markPosted(store, 'run', 1, 'activity')).toThrow();
  markPosting(store, 'run', 1, 'first.csv', 6);
  expect(batch()).toMatchObject({ state: 'posting', attempt: 1, fileName: 'first.csv' });
  expect(markNotPosted(store, 'run', 1)).toBe('planned');
  markPosting(store, 'run', 1, 'second.csv', 7);
  markPosted(store, 'run', 1, 'activity');
  expect(() => markPosting(store, 'run', 1, 'third.csv', 8)).toThrow();
  const half = { accepted: 60, refused: 0, unknown: 40 };
  markSettled(store, 'run', 1, { state: 'failed', settlement: half, counters: none, at: 9 });
  markPosting(store, 'run', 1, 'third.csv', 10);
  expect(markNotPosted(store, 'run', 1)).toBe('failed');
  expect(batch()).toMatchObject({ state: 'failed', attempt: 3, ...half });
  markPosting(store, 'run', 1, 'fourth.csv', 11);
  markPosted(store, 'run', 1, 'other');
  const all = { accepted: 100, refused: 0, unknown: 0 };
  markSettled(store, 'run', 1, { state: 'completed', settlement: all, counters: none, at: 12 });
  expect(() => markPosting(store, 'run', 1, 'fifth.csv', 13)).toThrow();
});

test('what was under way when the app ended, ended with it', () => {
  const store = filledStore();
  for (const state of ['queued', 'running', 'cancelling', 'cancelled', 'successful'] as const)
    addRun(store, state, state);
  expect(hasActiveRun(store, 'export')).toBe(true);
  interruptActiveRuns(store, 99);
  const states = Object.fromEntries(listRuns(store, 10).map(({ runId, state }) => [runId, state]));
  expect(states).toEqual({
    queued: 'interrupted',
    running: 'interrupted',
    cancelling: 'cancelled',
    cancelled: 'cancelled',
    successful: 'successful',
  });
  expect(hasActiveRun(store, 'export')).toBe(false);
  expect([...unfinishedRuns(store)].sort()).toEqual(['cancelled', 'cancelling', 'queued', 'running']);
  expect(runViews(store, { limit: 10 }, () => null).every(({ progress }) => progress.phase === 'ended')).toBe(true);
});

test('batches of many runs are added up at once, and a history of long runs is read without a wait', () => {
  const store = filledStore();
  store.transaction(() => {
    for (let run = 0; run < 200; run++) {
      addRun(store, `run-${run}`, 'running', run);
      savePlan(store, `run-${run}`, plan(Array.from({ length: 60 }, () => 100)), 1);
    }
  })();
  markPosting(store, 'run-7', 1, 'a.csv', 1);
  expect(groupBatches(store, ['run-7', 'run-8', 'none']).get('run-7')).toEqual(
    expect.arrayContaining([
      { state: 'planned', batches: 59, rows: 5_900, accepted: 0, refused: 0, unknown: 0 },
      { state: 'posting', batches: 1, rows: 100, accepted: 0, refused: 0, unknown: 0 },
    ]),
  );
  const views = runViews(store, { limit: 200 }, () => null);
  expect(views).toHaveLength(200);
  expect(views[0]).toMatchObject({ runId: 'run-199', balance: { rowsRead: 6_000, notSent: 6_000 } });
  expect(views.find(({ runId }) => runId === 'run-7')?.balance).toMatchObject({ notSent: 5_900, unknown: 100 });
});
