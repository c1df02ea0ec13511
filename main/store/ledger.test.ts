import { expect, test } from 'vitest';
import { filledStore } from '../test-support/filled-store.ts';
import { countLedger, writeLedger } from './ledger.ts';

const rowsOf = (store: ReturnType<typeof filledStore>) =>
  store.prepare('SELECT email, content_hash AS hash, run_id AS runId, unconfirmed FROM ledger ORDER BY email').all();

test('what was sent last to whom, in order, exact to the last bit of a hash', () => {
  const store = filledStore();
  const biggest = String(2 ** 53 - 1);
  const contacts = JSON.stringify([
    ['a"\\\u0001@example.com', '1'],
    ['ada@example.com', biggest],
    ['é🦆@example.com', '0'],
  ]);
  writeLedger(store, { exportId: 'export', runId: 'one', unconfirmed: false, contacts });
  expect(rowsOf(store)).toEqual([
    { email: 'a"\\\u0001@example.com', hash: 1, runId: 'one', unconfirmed: 0 },
    { email: 'ada@example.com', hash: Number(biggest), runId: 'one', unconfirmed: 0 },
    { email: 'é🦆@example.com', hash: 0, runId: 'one', unconfirmed: 0 },
  ]);
  writeLedger(store, { exportId: 'export', runId: 'two', unconfirmed: true, contacts: '[["ada@example.com","5"]]' });
  writeLedger(store, { exportId: 'other', runId: 'two', unconfirmed: false, contacts: '[["ada@example.com","6"]]' });
  expect(countLedger(store, 'export')).toBe(3);
  expect(rowsOf(store)).toContainEqual({ email: 'ada@example.com', hash: 5, runId: 'two', unconfirmed: 1 });
  expect(countLedger(store, 'other')).toBe(1);
});

test('a ledger that cannot be written whole is not written at all', () => {
  const store = filledStore();
  const broken = '[["ada@example.com","1"],[null,"2"]]';
  expect(() =>
    writeLedger(store, { exportId: 'export', runId: 'one', unconfirmed: false, contacts: broken }),
  ).toThrow();
  expect(countLedger(store, 'export')).toBe(0);
});
