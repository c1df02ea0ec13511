import { expect, test } from 'vitest';
import { EarlyTable } from './early-table.ts';

interface Statement {
  readonly select: string;
}

/** Writes that end when they are told to, or when they are given up. */
function slowWriter() {
  const writes: { statement: Statement; end(): void; given: boolean }[] = [];
  const early = new EarlyTable<Statement, string>(
    (statement, signal) =>
      new Promise((resolve, reject) => {
        const write = { statement, given: false, end: () => resolve(`wrote ${statement.select}`) };
        signal.addEventListener('abort', () => {
          write.given = true;
          reject(new Error('given up'));
        });
        writes.push(write);
      }),
  );
  return { writes, early };
}

test('what was begun is taken when it turns out to be the very same', async () => {
  const { writes, early } = slowWriter();
  early.begin({ select: 'a' });
  early.begin({ select: 'b' });
  expect(writes.map(({ statement }) => statement.select)).toEqual(['a']);
  writes[0]?.end();
  expect(await early.take({ select: 'a' })).toBe('wrote a');
});

test('anything else is given up before the answer comes', async () => {
  const { writes, early } = slowWriter();
  early.begin({ select: 'a' });
  expect(await early.take({ select: 'b' })).toBeNull();
  expect(writes[0]?.given).toBe(true);
  expect(await early.take({ select: 'a' })).toBeNull();
});

test('given up, never begun or failed, there is nothing to take', async () => {
  const given = slowWriter();
  given.early.begin({ select: 'a' });
  await given.early.giveUp();
  expect(given.writes[0]?.given).toBe(true);
  expect(await given.early.take({ select: 'a' })).toBeNull();
  given.early.begin({ select: 'a' });
  expect(given.writes).toHaveLength(1);

  expect(await slowWriter().early.take({ select: 'a' })).toBeNull();
  const failing = new EarlyTable<Statement, string>(() => Promise.reject(new Error('disk')));
  failing.begin({ select: 'a' });
  expect(await failing.take({ select: 'a' })).toBeNull();
});
