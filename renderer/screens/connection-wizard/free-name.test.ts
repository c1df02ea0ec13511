import { expect, it } from 'vitest';
import { freeName } from './free-name.ts';

it('proposes a name that nobody has', () => {
  expect(freeName('Practice account', [])).toBe('Practice account');
  expect(freeName('Practice account', ['practice ACCOUNT ', 'Practice account 2'])).toBe('Practice account 3');
});

it('proposes no name that is too long', () => {
  const long = 'x'.repeat(255);
  expect(freeName(`${long} (copy)`, [long], 255)).toBe(`${'x'.repeat(253)} 2`);
});
