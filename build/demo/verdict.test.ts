import { describe, expect, it } from 'vitest';
import type { Balance, RunView } from '../../preload/contract/views.ts';
import { type Outcome, shortcomings } from './verdict.ts';

const balance: Balance = {
  rowsRead: 10,
  accepted: 7,
  unchanged: 0,
  duplicate: 2,
  rejected: 1,
  heldBack: 0,
  refused: 0,
  notSent: 0,
  unknown: 0,
  unreadable: 0,
};

function outcome(change: Partial<Outcome> & { shown?: Partial<Balance> } = {}): Outcome {
  const shown = { ...balance, ...change.shown };
  return {
    balance: shown,
    run: { state: 'completedWithWarnings', balance: shown } as RunView,
    expected: { rows: 10, addresses: new Set('abcdefg') },
    landed: { members: 7, unexpected: 0 },
    complaints: [],
    ...change,
  };
}

describe('what the demo makes of its end', () => {
  it('is content when everything fits together', () => {
    expect(shortcomings(outcome())).toEqual([]);
  });

  it.each<[string, Parameters<typeof outcome>[0]]>([
    ['parts that do not add up', { shown: { duplicate: 3 } }],
    ['rows that were lost on the way in', { expected: { rows: 11, addresses: new Set('abcdefg') } }],
    ['rows of unknown fate', { shown: { accepted: 6, unknown: 1 }, landed: { members: 6, unexpected: 0 } }],
    [
      'a balance on the screen that is not the run’s',
      { run: { state: 'successful', balance: { ...balance, accepted: 6 } } as RunView },
    ],
    ['a run that was interrupted', { run: { state: 'interrupted', balance } as RunView }],
    ['somebody else on the list', { landed: { members: 7, unexpected: 1 } }],
    ['somebody missing on the list', { landed: { members: 6, unexpected: 0 } }],
    ['a page that complained', { complaints: ['page: refused by the content security policy'] }],
  ])('sees %s', (_what, change) => {
    expect(shortcomings(outcome(change))).not.toEqual([]);
  });
});
