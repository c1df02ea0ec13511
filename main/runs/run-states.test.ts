import { expect, test } from 'vitest';
import { runState } from '../../preload/contract/views.ts';
import { isActive, isFinished, mayMove, statesBefore } from './run-states.ts';

const states = runState.options;

test('every state can be reached from a queued run, and from every one but the finished a run can be brought to an end', () => {
  const reachable = new Set(['queued']);
  const ending = new Set(states.filter(isFinished) as string[]);
  for (let round = 0; round < states.length; round++) {
    for (const from of states) {
      for (const to of states) {
        if (!mayMove(from, to)) continue;
        if (reachable.has(from)) reachable.add(to);
        if (ending.has(to)) ending.add(from);
      }
    }
  }
  expect(reachable).toEqual(new Set(states));
  expect(ending).toEqual(new Set(states));
});

test('what is finished stays finished', () => {
  expect(states.filter(isFinished)).toEqual(['successful', 'completedWithWarnings']);
  for (const to of states) expect(mayMove('successful', to)).toBe(false);
});

test('a run goes back into the queue only from rest', () => {
  expect(statesBefore('queued').some(isActive)).toBe(false);
});

test('the states before a move are those from which it may be made', () => {
  for (const to of states) {
    for (const from of states) expect(statesBefore(to).includes(from)).toBe(mayMove(from, to));
  }
});
