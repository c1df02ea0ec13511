import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { TestAccount } from '../../practice/test-support/test-account.ts';
import { type DuckDb, openDuckDb } from '../../segments/duckdb.ts';
import { numberDestination } from '../../store/destinations.ts';
import { countLedger, writeLedger } from '../../store/ledger.ts';
import { getChangedPeople, getMembershipBatches } from '../../store/membership-batches.ts';
import type { Store } from '../../store/open-store.ts';
import { getRunAccount } from '../../store/run-account.ts';
import { addRun, filledStore } from '../../test-support/filled-store.ts';
import type { Inquiry } from '../account/inquiry.ts';
import { practiceInquiry } from '../account/test-support/practice-inquiry.ts';
import type { RunContext } from '../run-context.ts';
import { fullSpeed } from '../run-pace.ts';
import { clockAhead, mayBe } from './find-change.ts';
import { idSource } from './id-source.ts';
import { removeLeavers } from './remove-leavers.ts';

// Leavers taken off a list of a practice account over HTTP, whatever happens on the way.

const path = '/v3/activities/remove_list_memberships';
let account: TestAccount;
let listId: string;
let store: Store;
let db: DuckDb;
let inquiry: Inquiry;
let cancel: AbortController;
let stop: AbortController;

beforeAll(async () => {
  account = await TestAccount.start({ seed: false });
});
afterAll(() => account.stop());

beforeEach(async () => {
  listId = await account.list(`List ${Math.random()}`);
  store = filledStore();
  addRun(store, 'run', 'running');
  inquiry = await practiceInquiry(account);
  db = await openDuckDb({ tempFolder: inquiry.folder, memoryLimitMb: 200, threads: 1, readable: [], writable: [] });
  cancel = new AbortController();
  stop = new AbortController();
});
afterEach(async () => {
  db.close();
  await account.fetch('/_practice/faults', { method: 'DELETE', headers: { 'content-type': 'application/json' } });
});

const address = (at: number) => `p${String(at).padStart(5, '0')}@example.com`;
const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);
const faults = (...rules: unknown[]) => account.bench('faults', { faults: rules });
const destination = () => numberDestination(store, { accountId: 'account', listId });

function context(): RunContext {
  return {
    runId: 'run',
    exportId: 'export',
    listId,
    listName: 'List',
    runFolder: inquiry.folder,
    destinationId: destination(),
    store,
    client: inquiry.client,
    db,
    fields: [],
    pace: { ...fullSpeed, lostAnswerMs: 300 },
    cancelled: cancel.signal,
    abandoned: stop.signal,
    stopped: stop.signal,
    now: Date.now,
    reportWaiting: () => undefined,
    profileKey: async () => Buffer.alloc(32),
    reportBatch: () => undefined,
  };
}

/** Puts people on the list as this export's, of whom some are to leave. */
async function people(count: number, leaving: readonly number[]): Promise<void> {
  const { body } = await account.importFile(`email\n${numbers(0, count).map(address).join('\n')}\n`, [listId]);
  await account.activity(body.activity_id);
  const contacts = JSON.stringify(numbers(0, count).map((at) => [address(at), at + 1]));
  writeLedger(store, {
    exportId: 'export',
    destinationId: destination(),
    runId: 'before',
    unconfirmed: false,
    contacts,
  });
  await db.run('CREATE TABLE leaver (email VARCHAR)');
  for (const at of leaving) await db.run('INSERT INTO leaver VALUES ($1)', [address(at)]);
}

const members = async () =>
  (await account.api('GET', `/contact_lists/${listId}?include_membership_count=all`)).body.membership_count;
const removals = async () =>
  (await account.api('GET', '/activities?limit=500')).body.activities.filter(
    (activity: { status?: { list_count?: number } }) => activity.status?.list_count === 1,
  );
const remove = () => removeLeavers(context(), inquiry, () => undefined);

test('the cheapest source of ids is taken', () => {
  expect(idSource(3, 10_000)).toEqual({ kind: 'look-ups', requests: 3 });
  expect(idSource(300, 10_000)).toEqual({ kind: 'pages', requests: 20 });
  expect(idSource(20, 10_000)).toEqual({ kind: 'look-ups', requests: 20 });
  expect(idSource(5, null)).toEqual({ kind: 'look-ups', requests: 5 });
});

test('leavers are taken off in requests of 500, nobody else is, and the ledger forgets them', async () => {
  await people(2_500, numbers(700, 1_900));
  await remove();
  expect(await members()).toBe(1_300);
  expect(countLedger(store, 'export')).toBe(1_300);
  const batches = getMembershipBatches(store, 'run');
  expect(batches.map(({ people, state }) => [people, state])).toEqual([
    [500, 'completed'],
    [500, 'completed'],
    [200, 'completed'],
  ]);
  expect(getChangedPeople(store, 'run', 1)[0]).toEqual([address(700), expect.any(String), '701', 'before']);
  // They are in the account as before: off this list, and nothing else.
  const left = await account.api('GET', `/contacts?email=${address(800)}&include=list_memberships`);
  expect(left.body.contacts[0]).toMatchObject({
    list_memberships: [],
    email_address: { permission_to_send: 'implicit' },
  });
});

test('who is not on the list any more takes no request', async () => {
  await people(30, [1, 2, 3]);
  await db.run("INSERT INTO leaver VALUES ('never-there@example.com')");
  const { body } = await account.api('GET', `/contacts?email=${address(2)}`);
  await account.api('DELETE', `/contacts/${body.contacts[0].contact_id}`);
  await remove();
  expect(getRunAccount(store, 'run').alreadyGone).toBe(2);
  expect(getMembershipBatches(store, 'run').map((batch) => batch.people)).toEqual([2]);
  expect(countLedger(store, 'export')).toBe(27);
  expect(await members()).toBe(27);
});

test.each(['before', 'after'] as const)(
  'an answer lost %s the request was taken is settled by looking',
  async (when) => {
    await people(1_200, numbers(0, 1_100));
    const before = (await removals()).length;
    await faults({ method: 'POST', path, nth: 2, fault: { kind: 'drop', when } });
    await remove();
    expect(await members()).toBe(100);
    expect(await removals()).toHaveLength(before + 3);
    expect(getMembershipBatches(store, 'run').map(({ attempt }) => attempt)).toEqual([1, when === 'after' ? 1 : 2, 1]);
  },
);

test('a stranger’s removal of as many people at that moment is not taken for ours', async () => {
  const otherList = await account.list(`Stranger ${Math.random()}`);
  await people(40, numbers(0, 40));
  const strangers = numbers(0, 40).map((at) => `email${at}@stranger.example`);
  const { body: theirs } = await account.importFile(`email\n${strangers.join('\n')}\n`, [otherList]);
  await account.activity(theirs.activity_id);
  const found = await account.api('GET', `/contacts?lists=${otherList}&limit=100`);
  const ids = found.body.contacts.map(({ contact_id }: { contact_id: string }) => contact_id).slice(0, 40);
  await faults({ method: 'POST', path, nth: 1, fault: { kind: 'drop', when: 'before' } });
  const { client } = inquiry;
  let removed = false;
  const meanwhile: typeof client = {
    ...client,
    attempt: async (request, schema) => {
      const answer = await client.attempt(request, schema);
      if (answer.outcome === 'unknown' && !removed) {
        removed = true;
        await account.api('POST', '/activities/remove_list_memberships', {
          source: { contact_ids: ids },
          list_ids: [otherList],
        });
      }
      return answer;
    },
  };
  await removeLeavers({ ...context(), client: meanwhile }, inquiry, () => undefined);
  expect(removed).toBe(true);
  expect(await members()).toBe(0);
  expect(countLedger(store, 'export')).toBe(0);
  expect(getMembershipBatches(store, 'run').map(({ attempt, state }) => [attempt, state])).toEqual([[2, 'completed']]);
});

test('what an activity says of itself must fit: its time by the other side’s clock, its counters, its file', () => {
  const none = { person: null, error: null, correctable: null, cannotAddToList: null };
  const counters = { ...none, itemsTotal: 3, itemsCompleted: 3, list: 1 };
  const at = Date.parse('2026-11-23T10:00:00Z');
  const batch = { people: 3, postedAt: at + 400 };
  const made = (createdAt: string | null, more = {}) => ({ createdAt, sourceFileName: null, counters, ...more });
  expect(mayBe(made('2026-11-23T10:00:00Z'), batch, 0)).toBe(true);
  expect(mayBe(made(null), batch, 0)).toBe(true);
  expect(mayBe(made('2026-11-23T09:59:50Z'), batch, 0)).toBe(false);
  expect(mayBe(made('2026-11-23T10:10:00Z'), batch, 0)).toBe(false);
  expect(mayBe(made('2026-11-23T11:00:00Z'), batch, 3_600_000)).toBe(true);
  expect(mayBe(made('2026-11-23T10:00:00Z', { sourceFileName: 'a.csv' }), batch, 0)).toBe(false);
  for (const part of [{ itemsTotal: 4 }, { list: 2 }, { person: 3 }])
    expect(mayBe(made('2026-11-23T10:00:00Z', { counters: { ...counters, ...part } }), batch, 0)).toBe(false);
  const ours = [{ activityId: 'a', createdAt: '2026-11-23T11:00:00Z' }];
  expect(
    clockAhead(ours, [
      { activityId: null, postedAt: at },
      { activityId: 'a', postedAt: at },
    ]),
  ).toBe(3_600_000);
  expect(clockAhead(ours, [])).toBe(0);
});

test('a removal that failed over there stays to be done, and is done when the run is continued', async () => {
  await people(1_000, numbers(0, 800));
  await faults({ activity: 'remove_memberships', nth: 1, plan: { outcome: 'failed', atPercent: 50 } });
  await remove();
  expect(getMembershipBatches(store, 'run').map(({ state }) => state)).toEqual(['failed', 'completed']);
  expect(countLedger(store, 'export')).toBe(700);
  await remove();
  expect(await members()).toBe(200);
  expect(countLedger(store, 'export')).toBe(200);
});

test('somebody unknown in the middle is found out, and the others are taken off all the same', async () => {
  await people(40, numbers(0, 40));
  // Two requests are refused as the one does that names a deleted id, then the halves go through but one.
  await faults(
    { method: 'POST', path, nth: 1, fault: { kind: 'status', status: 404, body: [] } },
    { method: 'POST', path, nth: 2, fault: { kind: 'status', status: 404, body: [] } },
  );
  await remove();
  expect(getMembershipBatches(store, 'run').map((batch) => [batch.batchNumber, batch.people, batch.state])).toEqual([
    [1, 10, 'completed'],
    [2, 20, 'completed'],
    [3, 10, 'completed'],
  ]);
  expect(await members()).toBe(0);
});

test('a cancel stops at once, follows what was posted, and leaves the rest for later', async () => {
  await people(2_000, numbers(0, 2_000));
  await faults({ method: 'POST', path, nth: 2, times: 1, fault: { kind: 'slow', milliseconds: 200 } });
  setTimeout(() => cancel.abort(), 100);
  let told = 0;
  await removeLeavers(context(), inquiry, () => {
    told += 1;
  });
  const states = getMembershipBatches(store, 'run').map(({ state }) => state);
  expect(told).toBe(1);
  expect(states).toContain('planned');
  cancel = new AbortController();
  await remove();
  expect(await members()).toBe(0);
  expect(countLedger(store, 'export')).toBe(0);
});
