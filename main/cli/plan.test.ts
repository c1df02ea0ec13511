import { expect, test } from 'vitest';
import type { PlanView } from '../../preload/contract/views.ts';
import { createWords } from '../words.ts';
import { planText } from './plan.ts';

const plan: PlanView = {
  planId: 'plan',
  exportId: 'export',
  mode: 'mirror',
  madeAt: 0,
  groups: {
    rowsRead: 12_345,
    new: 12_000,
    changed: 300,
    same: 0,
    unconfirmed: 0,
    unchanged: 20,
    heldBack: 5,
    duplicate: 15,
    rejected: 5,
    unreadable: 1,
    leavers: 2_500,
    staying: 3,
    clearing: 4_000,
  },
  heldBack: [],
  rejected: [],
  staying: [],
  toSend: 12_300,
  sentBefore: 5_000,
  clearingNotKnown: 0,
  fieldsChanged: null,
  requests: { look: 2, imports: 1, leaverIds: 10, removals: 5, clearing: 8_000, readBack: 6, follow: 3, total: 8_027 },
  leaverIdSource: null,
  duration: { ms: 9_000, from: 'pace' },
  requestsToday: { made: 9_990, limit: 10_000 },
  account: null,
  accountError: null,
  optOutsReadAt: null,
  guards: [
    { kind: 'too-many-leavers', leavers: 2_500, sentBefore: 5_000, limitPercent: 20 },
    { kind: 'unreadable-lines', count: 1 },
    { kind: 'too-many-clearings', people: 4_000, requests: 8_000, requestsLeft: 10 },
  ],
  changedFiles: [],
};

test('a plan in numbers that add up, with what would be asked', () => {
  const text = planText(plan, 'Autumn', createWords('en', 'en'));
  expect(text.split('\n')).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^Autumn \(mirror\): .*Nothing was sent\.$/),
      expect.stringMatching(/^Rows read {2,}12,345$/),
      expect.stringMatching(/^Requests left today {2,}10$/),
      expect.stringMatching(/2,500 of 5,000 people would leave, more than 20% \(--accept-leavers 2500\)/),
      expect.stringMatching(/^Fields cleared of {2,}4,000$/),
      expect.stringMatching(/4,000 people takes 8,000 requests, and 10 are left today \(--accept-clearings 4000\)/),
      expect.stringMatching(/1 line could not be read \(--accept-unreadable\)/),
    ]),
  );
  expect(planText(plan, 'Automne', createWords('fr', 'fr'))).toContain('(--accept-leavers 2500)');
});
