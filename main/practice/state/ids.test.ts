import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type IdKind, idKinds, isUuid, PracticeIds } from './ids.ts';

const ids = new PracticeIds('0123456789ab');
const kinds = Object.keys(idKinds) as IdKind[];

it('an id is a UUID that leads back to its row, and only as its own kind in its own account', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 32 - 1 }), fc.constantFrom(...kinds), (seq, kind) => {
      const id = ids.format(kind, seq);
      expect(isUuid(id)).toBe(true);
      expect(ids.parse(kind, id)).toBe(seq);
      expect(ids.parse(kind, id.toUpperCase())).toBe(seq);
      for (const other of kinds) if (other !== kind) expect(ids.parse(other, id)).toBeNull();
      expect(new PracticeIds('ba9876543210').parse(kind, id)).toBeNull();
    }),
  );
});

it('anything else is no id', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(ids.parse('list', text)).toBeNull();
    }),
  );
});
