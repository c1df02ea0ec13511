import { expect, test } from 'vitest';
import type { ConnectionView, SharedWith, SignInView } from '../../preload/contract/views.ts';
import { connectionFor, eventFor } from './views-by-role.ts';

function connection(sharedWith: SharedWith): ConnectionView {
  return {
    connectionId: 'c1',
    displayName: 'Head office',
    kind: 'constant-contact',
    mayUse: true,
    details: {
      sharedWith,
      createdAt: 1,
      organisation: 'Secret organisation',
      signInState: 'signed-in',
      exportUser: 'Renée',
      requestsToday: 3,
      requestLimit: 10_000,
      pausedUntil: null,
      lastUsedAt: null,
      consent: { agreedBy: 'Renée', agreedAt: 1, wording: 'I agree' },
    },
  };
}

const signIn = { signInId: 's1', authorizeUrl: 'https://example.com/secret' } as SignInView;

test('administrators see everything', () => {
  expect(connectionFor('administrator', connection('administrators'))).toEqual(connection('administrators'));
  const payload = { revision: 1, value: signIn };
  expect(eventFor('administrator', 'signIn.changed', payload)).toBe(payload);
});

test('F18 others see name, type and whether they may use it, in views and in events alike', () => {
  const seen = { connectionId: 'c1', displayName: 'Head office', kind: 'constant-contact', details: null };
  for (const [role, sharedWith, mayUse] of [
    ['contributor', 'contributors', true],
    ['contributor', 'administrators', false],
    ['viewer', 'contributors', false],
    ['viewer', 'administrators', false],
  ] as const) {
    expect(connectionFor(role, connection(sharedWith))).toEqual({ ...seen, mayUse });
    const payload = { revision: 7, value: [connection(sharedWith)] };
    expect(eventFor(role, 'connections.changed', payload)).toEqual({ revision: 7, value: [{ ...seen, mayUse }] });
  }
});

test('nobody but administrators is told of a sign-in', () => {
  for (const role of ['contributor', 'viewer'] as const) {
    expect(eventFor(role, 'signIn.changed', { revision: 1, value: signIn })).toBeNull();
    const segments = { revision: 2, value: { segmentId: 'x' } };
    expect(eventFor(role, 'segment.removed', segments)).toBe(segments);
  }
});
