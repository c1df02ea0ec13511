import type { Random } from './random.ts';

const post = '/v3/activities/contacts_file_import';
const look = '/v3/activities';

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

/** One to three faults for one start of the app. */
export function planFaults(random: Random): unknown[] {
  return Array.from({ length: 1 + random.below(3) }, () => random.pick(faults)(random));
}
