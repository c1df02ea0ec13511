import { expect, it } from 'vitest';
import { takeTurns } from './take-turns.ts';

/** Work that goes on until it is told to end. */
function held() {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { work: () => ended, end };
}

it('lets so many go on at once, and the others in their order', async () => {
  const inTurn = takeTurns(2);
  const { signal } = new AbortController();
  const begun: number[] = [];
  const works = [held(), held(), held(), held()];
  const all = works.map(({ work }, index) =>
    inTurn(() => {
      begun.push(index);
      return work();
    }, signal),
  );
  await Promise.resolve();
  expect(begun).toEqual([0, 1]);
  works[1]?.end();
  await all[1];
  await Promise.resolve();
  expect(begun).toEqual([0, 1, 2]);
  for (const { end } of works) end();
  await Promise.all(all);
  expect(begun).toEqual([0, 1, 2, 3]);
});

it('does not begin what was given up while it waited, and gives its place to nobody', async () => {
  const inTurn = takeTurns(1);
  const first = held();
  const abort = new AbortController();
  const running = inTurn(first.work, new AbortController().signal);
  const waiting = inTurn(async () => 'begun', abort.signal);
  abort.abort(new Error('given up'));
  await expect(waiting).rejects.toThrow('given up');
  first.end();
  await running;
  await expect(inTurn(async () => 'next', new AbortController().signal)).resolves.toBe('next');
});

it('goes on after work that failed', async () => {
  const inTurn = takeTurns(1);
  const { signal } = new AbortController();
  await expect(inTurn(() => Promise.reject(new Error('failed')), signal)).rejects.toThrow('failed');
  await expect(inTurn(async () => 'next', signal)).resolves.toBe('next');
});
