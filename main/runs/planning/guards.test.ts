import { expect, test } from 'vitest';
import { guardsOf, requireAccepted } from './guards.ts';

const plan = {
  exportName: 'Autumn',
  rowsRead: 10_000,
  unreadable: 0,
  leavers: 0,
  sentBefore: 10_000,
  leaverLimitPercent: 20,
  clearing: 2_000,
  requestsLeft: 4_000,
};

test('clearing asks when it takes more requests than the day has left, and is agreed to by the number of people', () => {
  expect(guardsOf(plan)).toEqual([]);
  const asked = { ...plan, requestsLeft: 3_999 };
  expect(guardsOf(asked)).toEqual([
    { kind: 'too-many-clearings', people: 2_000, requests: 4_000, requestsLeft: 3_999 },
  ]);
  expect(() => requireAccepted(asked, {})).toThrow(expect.objectContaining({ code: 'plan.too-many-clearings' }));
  expect(() => requireAccepted(asked, { clearings: 1_999 })).toThrow();
  expect(() => requireAccepted(asked, { clearings: 2_000 })).not.toThrow();
});
