import { expect, test } from 'vitest';
import { mayManage } from './rights.ts';

const person = (role: 'administrator' | 'contributor' | 'viewer') => ({ personId: 'p1', displayName: 'Renée', role });

test('F31 who may manage an export hangs on the role and on whether its connection is shared', () => {
  for (const [role, mayUse, may] of [
    ['administrator', false, true],
    ['contributor', true, true],
    ['contributor', false, false],
    ['viewer', true, false],
    ['viewer', false, false],
  ] as const) {
    expect(mayManage(person(role), { mayUse }), `${role} ${mayUse}`).toBe(may);
  }
  expect(mayManage(person('contributor'), undefined)).toBe(true);
  expect(mayManage(person('viewer'), undefined)).toBe(false);
});
