import fc from 'fast-check';
import { expect, it } from 'vitest';
import { AddressIndex, addressKey } from './address-index.ts';

it('finds what was added and nothing that was removed, like a map', () => {
  const key = fc.integer({ min: 0, max: 60 }).map((number) => `person${number}@example.com`);
  const step = fc.record({ key, isRemoval: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 300 }), (steps) => {
      const index = new AddressIndex();
      const keys: string[] = [''];
      const reference = new Map<string, number>();
      const find = (text: string) => index.find(text, (seq) => keys[seq] === text);
      for (const { key: text, isRemoval } of steps) {
        const known = reference.get(text);
        if (isRemoval && known !== undefined) {
          index.remove(text, known);
          reference.delete(text);
        } else if (!isRemoval && known === undefined) {
          index.add(text, keys.push(text) - 1);
          reference.set(text, keys.length - 1);
        }
        for (const each of keys) expect(find(each)).toBe(reference.get(each) ?? 0);
      }
    }),
  );
});

it('grows to 200,000 addresses', () => {
  const index = new AddressIndex();
  const key = (seq: number) => `p${(seq * 7919) % 200_003}@example.com`;
  for (let seq = 1; seq <= 200_000; seq += 1) index.add(key(seq), seq);
  const found = Array.from({ length: 1_000 }, (_, step) => step * 200 + 1);
  for (const seq of found) expect(index.find(key(seq), (candidate) => key(candidate) === key(seq))).toBe(seq);
  expect(index.find('nobody@example.com', () => false)).toBe(0);
});

it('addresses are the same without regard to case and blanks around', () => {
  expect(addressKey(' Ada@Example.COM ')).toBe('ada@example.com');
});
