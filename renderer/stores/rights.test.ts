import { expect, test } from 'vitest';
import { mirrorOf } from './mirror.ts';
import { mayManage, mayManageRun } from './rights.ts';
import { snapshotView } from './testing.ts';

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

test('who may do something with a run may manage its export, on the connection that it went over', () => {
  const shared = { connectionId: 'c1', displayName: 'Shared', kind: 'practice', mayUse: true, details: null } as const;
  const own = { ...shared, connectionId: 'c2', displayName: 'Own', mayUse: false };
  const may = (role: 'administrator' | 'contributor' | 'viewer', connectionName: string) => {
    const snapshot = snapshotView({ connections: [shared, own] });
    const mirror = mirrorOf({ ...snapshot, person: { ...snapshot.person, role } });
    return mayManageRun(mirror, { exportId: 'gone', connectionName });
  };
  expect([may('administrator', 'Own'), may('contributor', 'Shared')]).toEqual([true, true]);
  expect([may('contributor', 'Own'), may('viewer', 'Shared')]).toEqual([false, false]);
});
