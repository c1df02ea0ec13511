import { expect, test } from 'vitest';
import { accept, isAnswered, planAnswers, refuse, usePlanStore } from './plan-store.ts';

test('a guard is answered by what it asked, and by nothing else', () => {
  const leavers = { kind: 'too-many-leavers', leavers: 30, sentBefore: 100, limitPercent: 20 } as const;
  expect(isAnswered(leavers, {})).toBe(false);
  expect(isAnswered(leavers, { leavers: 29 })).toBe(false);
  expect(isAnswered(leavers, { leavers: 30 })).toBe(true);
  expect(isAnswered({ kind: 'unreadable-lines', count: 1 }, { leavers: 30 })).toBe(false);
  expect(isAnswered({ kind: 'unreadable-lines', count: 1 }, { unreadableLines: true })).toBe(true);
  expect(isAnswered({ kind: 'other-account', account: 'A' }, { otherAccount: true })).toBe(true);
  for (const kind of ['nothing-to-send', 'list-gone'] as const) {
    expect(isAnswered({ kind }, { leavers: 30, unreadableLines: true, otherAccount: true })).toBe(false);
  }
});

test('an agreement can be taken back, and goes with a run of that export alone', () => {
  usePlanStore.setState({ exportId: 'a', view: null });
  accept({ leavers: 3 });
  accept({ unreadableLines: true });
  refuse('leavers');
  expect(usePlanStore.getState().accepted).toEqual({ unreadableLines: true });
  expect(planAnswers('a')).toEqual({});
  expect(planAnswers('b')).toEqual({});
});
