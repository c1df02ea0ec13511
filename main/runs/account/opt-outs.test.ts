import { readdirSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { TestAccount } from '../../practice/test-support/test-account.ts';
import type { Store } from '../../store/open-store.ts';
import { countOptOuts, getOptOutReading, pageOptOuts, writeOptOuts } from '../../store/opt-outs.ts';
import { filledStore } from '../../test-support/filled-store.ts';
import type { Inquiry } from './inquiry.ts';
import { refreshOptOuts } from './opt-outs.ts';
import { practiceInquiry } from './test-support/practice-inquiry.ts';

let account: TestAccount;
let store: Store;
let inquiry: Inquiry & { readonly waited: unknown[] };
let now = Date.now();
const surprises: unknown[] = [];

beforeAll(async () => {
  account = await TestAccount.start({ seed: false });
});

beforeEach(async () => {
  await account.stop();
  account = await TestAccount.start({ seed: false });
  store = filledStore();
  now = Date.now();
  inquiry = await practiceInquiry(account, { now: () => now });
  surprises.length = 0;
});

afterAll(() => account.stop());

const refresh = () => refreshOptOuts(inquiry, store, 'account', (error) => surprises.push(error));
const known = () => pageOptOuts(store, 'account', '', 100).map(({ email }) => email);
const minutes = (count: number) => {
  now += count * 60_000;
};

async function person(address: string, permission = 'unsubscribed'): Promise<string> {
  const { body } = await account.api('POST', '/contacts', {
    email_address: { address, permission_to_send: permission },
    first_name: 'Ada',
    create_source: 'Account',
  });
  return body.contact_id;
}

const setPermission = (id: string, address: string, permission: string) =>
  account.api('PUT', `/contacts/${id}`, {
    email_address: { address, permission_to_send: permission },
    first_name: 'Ada',
    update_source: 'Account',
  });

const exportsMade = async () =>
  (await account.api('GET', '/activities?limit=500')).body.activities.filter(
    (activity: { source_file_name?: string }) => activity.source_file_name === undefined,
  ).length;

test('an account in which nobody has opted out takes one request', async () => {
  await person('ada@example.com', 'implicit');
  const { body: before } = await account.fetch('/_practice/summary');
  expect(await refresh()).toBe(now);
  const { body: after } = await account.fetch('/_practice/summary');
  expect(after.requests - before.requests).toBe(1);
  expect(known()).toEqual([]);
});

test('the first reading is a contact export by status; addresses are lower-cased and dated', async () => {
  await person('Ada.Martin@Example.com');
  await person('noah@example.com');
  await person('zoe@example.com', 'implicit');
  await refresh();
  expect(known()).toEqual(['ada.martin@example.com', 'noah@example.com']);
  const [ada] = pageOptOuts(store, 'account', '', 1);
  expect(Math.abs((ada?.optedOutAt ?? 0) - Date.now())).toBeLessThan(60_000);
  expect(await exportsMade()).toBe(1);
  expect(inquiry.waited).toContainEqual({ for: 'opt-outs', until: null });
  expect(inquiry.waited.at(-1)).toBeNull();
  expect(readdirSync(inquiry.folder)).toEqual([]);
});

test('what was read in the last minutes is not read again, and a clock set back does not keep it for ever', async () => {
  await person('ada@example.com');
  const first = await refresh();
  await person('noah@example.com');
  minutes(4);
  expect(await refresh()).toBe(first);
  expect(known()).toEqual(['ada@example.com']);
  minutes(-60);
  await refresh();
  expect(known()).toEqual(['ada@example.com', 'noah@example.com']);
});

test('later only who opted out since is asked for', async () => {
  await person('ada@example.com');
  await refresh();
  await person('noah@example.com');
  minutes(10);
  expect(await refresh()).toBe(now);
  expect(known()).toEqual(['ada@example.com', 'noah@example.com']);
  expect(await exportsMade()).toBe(1);
});

test('who came back leaves the table, whether or not others opted out meanwhile', async () => {
  const ada = await person('ada@example.com');
  await person('noah@example.com');
  await refresh();
  await setPermission(ada, 'ada@example.com', 'implicit');
  await person('zoe@example.com');
  minutes(10);
  await refresh();
  expect(known()).toEqual(['noah@example.com', 'zoe@example.com']);
  expect(await exportsMade()).toBe(2);
});

test('what a reading that did not end has left is not held against anybody', async () => {
  writeOptOuts(store, 'account', 1, '[["ada@example.com", 1], ["noah@example.com", 1]]');
  await person('ada@example.com', 'implicit');
  await person('noah@example.com');
  await refresh();
  expect(known()).toEqual(['noah@example.com']);
});

test('a forbidden reading is no reason to stop: what was known stays known', async () => {
  await person('ada@example.com');
  const forbidden = {
    method: '*',
    path: '/v3/contacts/counts',
    times: 100,
    fault: { kind: 'status', status: 403, body: [] },
  };
  await account.bench('faults', { faults: [forbidden] });
  expect(await refresh()).toBeNull();
  await account.fetch('/_practice/faults', { method: 'DELETE', headers: { 'content-type': 'application/json' } });
  const first = await refresh();
  minutes(10);
  await account.bench('faults', { faults: [forbidden] });
  expect(await refresh()).toBe(first);
  expect(known()).toEqual(['ada@example.com']);
});

test('an export that the account does not finish, or without addresses, leaves the opt-outs unknown', async () => {
  await person('ada@example.com');
  await account.bench('faults', {
    faults: [{ activity: 'contact_export', plan: { outcome: 'failed', atPercent: 50 } }],
  });
  expect(await refresh()).toBeNull();
  const { body } = await account.api('GET', '/activities?limit=500');
  expect(body.activities).toHaveLength(1);
  // The file of the second one is a page of HTML.
  await account.bench('faults', {
    faults: [{ method: 'GET', path: '/v3/contact_exports/*', times: 9, fault: { kind: 'html', status: 200 } }],
  });
  expect(await refresh()).toBeNull();
  expect(getOptOutReading(store, 'account')).toBeUndefined();
  expect(countOptOuts(store, 'account')).toBe(0);
});

test('a cancelled reading says so', async () => {
  await person('ada@example.com');
  const abort = new AbortController();
  const patient = await practiceInquiry(account, { signal: abort.signal });
  await account.bench('faults', { faults: [{ activity: 'contact_export', plan: { outcome: 'stuck', atPercent: 0 } }] });
  const reading = refreshOptOuts(patient, store, 'account', () => undefined);
  setTimeout(() => abort.abort(), 100);
  await expect(reading).rejects.toMatchObject({ code: 'cancelled' });
});
