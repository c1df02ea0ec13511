import type { Random } from './random.ts';

const post = '/v3/activities/contacts_file_import';
const look = '/v3/activities';
const person = '/v3/contacts';

/** What may go wrong over there, each a rule for the practice account's test bench. None needs a person. */
const faults: readonly ((random: Random) => unknown)[] = [
  onPost({ kind: 'drop', when: 'before' }),
  onPost({ kind: 'drop', when: 'after' }),
  onPost({ kind: 'truncate', bytes: 20 }),
  onPost({ kind: 'html', status: 200 }),
  onPost({ kind: 'html', status: 502 }),
  onPost({ kind: 'status', status: 500 }),
  onPost({ kind: 'status', status: 503 }),
  onPost({ kind: 'slow', milliseconds: 600 }),
  onPost({ kind: 'throttled' }),
  onPost({ kind: 'queue-full' }),
  onPost({ kind: 'unauthorized' }),
  onPost({ kind: 'status', status: 403, body: [] }),
  onLook({ kind: 'drop', when: 'before' }),
  onLook({ kind: 'drop', when: 'after' }),
  onLook({ kind: 'truncate', bytes: 40 }),
  onLook({ kind: 'html', status: 200 }),
  onLook({ kind: 'status', status: 500 }),
  onLook({ kind: 'status', status: 200, body: { activities: [] } }),
  onActivity('failed'),
  onActivity('timed_out'),
  onActivity('cancelled'),
  onActivity('late'),
];

/** The same while fields are cleared, of one person after the other. */
const clearingFaults: readonly ((random: Random) => unknown)[] = [
  onPut({ kind: 'drop', when: 'before' }),
  onPut({ kind: 'drop', when: 'after' }),
  onPut({ kind: 'truncate', bytes: 20 }),
  onPut({ kind: 'html', status: 502 }),
  onPut({ kind: 'status', status: 503 }),
  onPut({ kind: 'throttled' }),
  onPut({ kind: 'unauthorized' }),
  onPut({ kind: 'status', status: 403, body: [] }),
  onPerson({ kind: 'drop', when: 'after' }),
  onPerson({ kind: 'truncate', bytes: 40 }),
  onPerson({ kind: 'status', status: 500 }),
];

function onPut(fault: unknown) {
  return (random: Random) => ({ method: 'PUT', path: `${person}/*`, nth: 1 + random.below(10), times: 1, fault });
}

function onPerson(fault: unknown) {
  return (random: Random) => ({ method: 'GET', path: person, nth: 1 + random.below(10), times: 1, fault });
}

function onPost(fault: unknown) {
  return (random: Random) => ({ method: 'POST', path: post, nth: 1 + random.below(3), times: 1, fault });
}

function onLook(fault: unknown) {
  return (random: Random) => ({
    method: 'GET',
    path: look,
    nth: 1 + random.below(4),
    times: 1 + random.below(3),
    fault,
  });
}

function onActivity(outcome: string) {
  return (random: Random) => ({
    activity: 'file_import',
    nth: 1 + random.below(3),
    plan: { outcome, atPercent: random.below(101) },
  });
}

/** One to three faults for one start of the app; `clears`: of one that clears fields too. */
export function planFaults(random: Random, clears = false): unknown[] {
  const all = clears ? [...faults, ...clearingFaults] : faults;
  return Array.from({ length: 1 + random.below(3) }, () => random.pick(all)(random));
}
