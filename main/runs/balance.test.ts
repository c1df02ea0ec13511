import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type BatchOutcome, balanceOf, closes, finalStateOf, sumBatches } from './balance.ts';
import { sentGroups } from './balance-of-run.ts';
import { settleCompleted } from './settlement.ts';

const counter = fc.option(fc.integer({ min: -5, max: 60_000 }));
const counters = fc.record({ itemsTotal: counter, error: counter, correctable: counter, cannotAddToList: counter });
const rows = fc.integer({ min: 1, max: 40_000 });

test('whatever an activity counts, each of its rows gets exactly one fate', () => {
  fc.assert(
    fc.property(rows, counters, (sent, counted) => {
      const fate = settleCompleted(sent, counted);
      expect(fate.accepted + fate.refused + fate.unknown).toBe(sent);
      for (const part of Object.values(fate)) expect(part).toBeGreaterThanOrEqual(0);
    }),
  );
});

test.each([
  ['rows counted without the header', { itemsTotal: 100 }, { accepted: 100, refused: 0, unknown: 0 }],
  ['rows counted with the header', { itemsTotal: 101 }, { accepted: 100, refused: 0, unknown: 0 }],
  ['rows dropped without a word', { itemsTotal: 90 }, { accepted: 90, refused: 0, unknown: 10 }],
  ['no count at all', { itemsTotal: null }, { accepted: 0, refused: 0, unknown: 100 }],
  [
    'refused people',
    { itemsTotal: 101, error: 1, correctable: 2, cannotAddToList: 3 },
    { accepted: 94, refused: 6, unknown: 0 },
  ],
  ['more refused than sent', { itemsTotal: 101, error: 300 }, { accepted: 0, refused: 100, unknown: 0 }],
])('%s', (_what, counted, fate) => {
  const none = { error: null, correctable: null, cannotAddToList: null };
  expect(settleCompleted(100, { ...none, ...counted })).toEqual(fate);
});

const batch: fc.Arbitrary<BatchOutcome> = fc
  .tuple(fc.constantFrom('planned', 'posting', 'posted', 'completed', 'failed'), rows, counters)
  .map(([state, sent, counted]) => ({ state, rows: sent, ...settleCompleted(sent, counted) }));
const plan = fc.record({
  rejected: fc.nat(1_000),
  duplicate: fc.nat(1_000),
  heldBack: fc.nat(1_000),
  unchanged: fc.nat(1_000),
  unreadable: fc.nat(10),
});

test('the balance closes for any batches in any states, and says when it does not', () => {
  fc.assert(
    fc.property(fc.array(batch, { maxLength: 60 }), plan, fc.integer({ min: -3, max: 3 }), (batches, found, slip) => {
      const sums = sumBatches(batches);
      const sent = batches.reduce((sum, { rows }) => sum + rows, 0);
      expect(sums.accepted + sums.refused + sums.unknown + sums.notSent).toBe(sent);
      const rowsRead = sent + found.rejected + found.duplicate + found.heldBack + found.unchanged;
      if (slip !== 0) {
        expect(() => balanceOf({ ...found, rowsRead: rowsRead + slip }, sums)).toThrow('does not close');
        return;
      }
      const balance = balanceOf({ ...found, rowsRead }, sums);
      expect(closes(balance)).toBe(true);
      const state = finalStateOf(balance);
      const open = batches.some(({ state, unknown }) => state !== 'completed' && (state !== 'failed' || unknown > 0));
      if (open || sums.unknown > 0) expect(state).toBeNull();
      if (state === 'successful') {
        expect(balance).toMatchObject({ refused: 0, rejected: 0, notSent: 0, unknown: 0, unreadable: 0 });
      }
    }),
  );
});

test('an unreadable line or a rejected row makes warnings of a success; a duplicate does not', () => {
  const clean = { rowsRead: 3, rejected: 0, duplicate: 1, heldBack: 0, unchanged: 0, unreadable: 0 };
  const sums = { accepted: 2, refused: 0, unknown: 0, notSent: 0 };
  expect(finalStateOf(balanceOf(clean, sums))).toBe('successful');
  expect(finalStateOf(balanceOf({ ...clean, unreadable: 1 }, sums))).toBe('completedWithWarnings');
  expect(finalStateOf(balanceOf({ ...clean, rowsRead: 4, rejected: 1 }, sums))).toBe('completedWithWarnings');
  expect(finalStateOf(balanceOf(clean, { ...sums, accepted: 1, refused: 1 }))).toBe('completedWithWarnings');
});

test('an undo that is still being planned has sent nothing yet, and its balance closes', () => {
  const planned = { change: 'remove', state: 'planned', batches: 1, people: 3, unsettled: 0 } as const;
  expect(sentGroups({ kind: 'undo', plannedAt: null }, [], [planned])).toEqual([]);
  expect(sentGroups({ kind: 'undo', plannedAt: 1 }, [], [planned])).toMatchObject([{ rows: 3, state: 'planned' }]);
});
