import { expect, test } from 'vitest';
import { openStore } from '../store/open-store.ts';
import { temporaryProfile } from '../test-support/plain-ports.ts';
import { createUnwrittenEnds } from './unwritten-ends.ts';

test('an end that a full disk does not take is known at once, and written as soon as there is room', () => {
  const store = openStore(`${temporaryProfile()}/segue.sqlite`);
  store.exec('CREATE TABLE ended (run_id TEXT, text TEXT)');
  store.pragma(`max_page_count = ${store.pragma('page_count', { simple: true })}`);
  const told: string[] = [];
  const ends = createUnwrittenEnds(
    (runId) => void store.prepare('INSERT INTO ended VALUES (?, ?)').run(runId, 'x'.repeat(20_000)),
    (runId) => void told.push(runId),
  );
  const end = { at: 1, error: null };
  ends.add('one', end);
  expect(ends.get('one')).toEqual({ at: 1, error: { code: 'disk.full', params: {} } });
  ends.tryNow();
  expect(ends.get('one')).toBeDefined();
  expect(told).toEqual([]);
  store.pragma('max_page_count = 100000');
  ends.tryNow();
  expect(ends.get('one')).toBeUndefined();
  expect(told).toEqual(['one']);
  expect(store.prepare('SELECT run_id FROM ended').pluck().all()).toEqual(['one']);
  ends.stop();
  store.close();
});

test('what is wrong otherwise is thrown', () => {
  const ends = createUnwrittenEnds(
    () => {
      throw new Error('something else');
    },
    () => undefined,
  );
  expect(() => ends.add('one', { at: 1, error: null })).toThrow('something else');
  expect(ends.get('one')).toBeUndefined();
});
