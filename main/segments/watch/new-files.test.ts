import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { FoundFile } from './look-into-folder.ts';
import { newFilesOf, type PendingFile } from './new-files.ts';

const file = (name: string, bytes = 10, modifiedMs = 1): FoundFile => ({ name, bytes, modifiedMs });
const nobody: ReadonlyMap<string, PendingFile> = new Map();
const at = (nowMs: number) => ({ nowMs, settleMs: 100 });
const seen = (...files: FoundFile[]) => new Map(files.map((one) => [one.name, one]));

test('a file is new until it was seen, and whole once it has not changed for a while', () => {
  const known = seen(file('a.csv'));
  const first = newFilesOf('/f', [file('a.csv'), file('b.csv')], known, nobody, at(0));
  expect([...first.pending.keys()]).toEqual(['b.csv']);
  expect(first.groups).toEqual([]);
  const grown = newFilesOf('/f', [file('a.csv'), file('b.csv', 20)], known, first.pending, at(100));
  expect(grown.groups).toEqual([]);
  const rests = newFilesOf('/f', [file('a.csv'), file('b.csv', 20)], known, grown.pending, at(200));
  expect(rests.groups).toEqual([{ files: ['/f/b.csv'], fileName: 'b.csv' }]);
});

test('a file that was written anew under its name is new', () => {
  const { pending } = newFilesOf('/f', [file('a.csv', 10, 2)], seen(file('a.csv')), nobody, at(0));
  expect(pending.has('a.csv')).toBe(true);
});

test('parts are one segment in part order, and wait for the last of them', () => {
  const parts = ['c_10.csv', 'c_9.csv', ...Array.from({ length: 8 }, (_, n) => `c_${n + 1}.csv`)];
  const before = newFilesOf(
    '/f',
    parts.slice(1).map((name) => file(name)),
    seen(),
    nobody,
    at(0),
  ).pending;
  const found = parts.map((name) => file(name));
  const late = newFilesOf('/f', found, seen(), before, at(150));
  expect(late.groups).toEqual([]);
  const [group, ...others] = newFilesOf('/f', found, seen(), late.pending, at(250)).groups;
  expect(others).toEqual([]);
  expect(group?.files).toEqual(Array.from({ length: 10 }, (_, n) => `/f/c_${n + 1}.csv`));
});

test('the newest comes last, by its time, then by its name', () => {
  const found = [file('n-3.csv', 1, 5), file('n-20.csv', 1, 5), file('x.csv', 1, 9)];
  const { pending } = newFilesOf('/f', found, seen(), nobody, at(0));
  const { groups } = newFilesOf('/f', found, seen(), pending, at(100));
  expect(groups.map(({ fileName }) => fileName)).toEqual(['n-3.csv', 'n-20.csv', 'x.csv']);
});

test('whatever happens in a folder, nothing is taken that was seen or has changed since the last look', () => {
  const some = fc.array(
    fc.record({
      name: fc.constantFrom('a.csv', 'b_1.csv', 'b_2.csv', 'c.csv'),
      bytes: fc.nat(2),
      modifiedMs: fc.nat(2),
    }),
  );
  const folder = some.map((files) => [...new Map(files.map((one) => [one.name, one])).values()]);
  fc.assert(
    fc.property(folder, folder, fc.array(folder, { maxLength: 6 }), (known, first, later) => {
      let pending = nobody;
      let before: readonly FoundFile[] = [];
      for (const [look, found] of [first, ...later].entries()) {
        const result = newFilesOf('/f', found, seen(...known), pending, at(look * 100));
        const taken = result.groups.flatMap(({ files }) => files.map((path) => path.slice(3)));
        const isIn = (files: readonly FoundFile[], one: FoundFile) =>
          files.some(
            ({ name, bytes, modifiedMs }) => name === one.name && bytes === one.bytes && modifiedMs === one.modifiedMs,
          );
        for (const one of found.filter(({ name }) => taken.includes(name))) {
          expect(isIn(known, one) || isIn(before, one)).toBe(true);
        }
        if (taken.length > 0) expect(found.some((one) => taken.includes(one.name) && !isIn(known, one))).toBe(true);
        pending = result.pending;
        before = found;
      }
    }),
  );
});
