import { expect, test } from 'vitest';
import { filledStore } from '../test-support/filled-store.ts';
import { numberDestination } from './destinations.ts';
import { countLedger, deleteFromLedger, exportsWithLedger, ledgerPages, writeLedger } from './ledger.ts';

const rowsOf = (store: ReturnType<typeof filledStore>) =>
  store.prepare('SELECT email, content_hash AS hash, run_id AS runId, unconfirmed FROM ledger ORDER BY email').all();

test('what was sent last to whom, in order, exact to the last bit of a hash', () => {
  const store = filledStore();
  const destinationId = numberDestination(store, { accountId: 'account', listId: 'list' });
  const biggest = String(2 ** 53 - 1);
  const contacts = JSON.stringify([
    ['a"\\\u0001@example.com', '1'],
    ['ada@example.com', biggest],
    ['é🦆@example.com', '0'],
  ]);
  writeLedger(store, { exportId: 'export', destinationId, runId: 'one', unconfirmed: false, contacts });
  expect(rowsOf(store)).toEqual([
    { email: 'a"\\\u0001@example.com', hash: 1, runId: 'one', unconfirmed: 0 },
    { email: 'ada@example.com', hash: Number(biggest), runId: 'one', unconfirmed: 0 },
    { email: 'é🦆@example.com', hash: 0, runId: 'one', unconfirmed: 0 },
  ]);
  writeLedger(store, {
    exportId: 'export',
    destinationId,
    runId: 'two',
    unconfirmed: true,
    contacts: '[["ada@example.com","5"]]',
  });
  writeLedger(store, {
    exportId: 'other',
    destinationId,
    runId: 'two',
    unconfirmed: false,
    contacts: '[["ada@example.com","6"]]',
  });
  expect(countLedger(store, 'export')).toBe(3);
  expect(rowsOf(store)).toContainEqual({ email: 'ada@example.com', hash: 5, runId: 'two', unconfirmed: 1 });
  expect(countLedger(store, 'other')).toBe(1);
});

test('a ledger that cannot be written whole is not written at all', () => {
  const store = filledStore();
  const destinationId = numberDestination(store, { accountId: 'account', listId: 'list' });
  const broken = '[["ada@example.com","1"],[null,"2"]]';
  expect(() =>
    writeLedger(store, { exportId: 'export', destinationId, runId: 'one', unconfirmed: false, contacts: broken }),
  ).toThrow();
  expect(countLedger(store, 'export')).toBe(0);
});

test('what was sent to another list or account is another ledger, read page by page', () => {
  const store = filledStore();
  const here = numberDestination(store, { accountId: 'account', listId: 'list' });
  const elsewhere = numberDestination(store, { accountId: 'other', listId: 'list' });
  expect(numberDestination(store, { accountId: 'account', listId: 'list' })).toBe(here);
  const people = Array.from({ length: 20_001 }, (_, index) => [`p${String(index).padStart(5, '0')}@a.example`, '7']);
  const contacts = JSON.stringify(people);
  writeLedger(store, { exportId: 'export', destinationId: here, runId: 'one', unconfirmed: true, contacts });
  const one = '[["ada@example.com","5","5"]]';
  writeLedger(store, { exportId: 'export', destinationId: elsewhere, runId: 'two', unconfirmed: false, contacts: one });
  const pages = [...ledgerPages(store, 'export', here)];
  expect(pages).toHaveLength(2);
  expect(pages.join('')).toBe(people.map(([email]) => `${email}\t7\t1\t\n`).join(''));
  expect([...ledgerPages(store, 'export', elsewhere)]).toEqual(['ada@example.com\t5\t0\t5\n']);
  expect(exportsWithLedger(store, elsewhere)).toEqual(['export']);
  deleteFromLedger(store, { exportId: 'export', destinationId: elsewhere, emails: '["ada@example.com","x"]' });
  expect([...ledgerPages(store, 'export', elsewhere)]).toEqual([]);
  expect(exportsWithLedger(store, elsewhere)).toEqual([]);
});
