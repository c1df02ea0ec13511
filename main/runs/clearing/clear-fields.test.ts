import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { createApiClient } from '../../constant-contact/http-client.ts';
import { keyedHash } from '../../never-mail/keyed-hash.ts';
import { TestAccount } from '../../practice/test-support/test-account.ts';
import { type DuckDb, openDuckDb } from '../../segments/duckdb.ts';
import { numberDestination } from '../../store/destinations.ts';
import { markClearingSending, pageOfFieldClearings } from '../../store/field-clearings.ts';
import { ledgerPages, writeLedger } from '../../store/ledger.ts';
import { numberLedgerFields } from '../../store/ledger-fields.ts';
import { insertNeverMail } from '../../store/never-mail.ts';
import type { Store } from '../../store/open-store.ts';
import { getRunAccount } from '../../store/run-account.ts';
import { addRun, filledStore } from '../../test-support/filled-store.ts';
import type { Inquiry } from '../account/inquiry.ts';
import { practiceInquiry } from '../account/test-support/practice-inquiry.ts';
import type { RunContext } from '../run-context.ts';
import { fullSpeed } from '../run-pace.ts';
import { clearFields, hasClearingsLeft } from './clear-fields.ts';
import { journalClearings } from './journal-clearings.ts';

// Fields cleared in a practice account over HTTP, whatever happens on the way.

const key = Buffer.from('a key of the profile');

let account: TestAccount;
let customIds: string[];
let tagId: string;
let listId: string;
let store: Store;
let db: DuckDb;
let inquiry: Inquiry;
let cancel: AbortController;
let stop: AbortController;

const fields = ['first_name', 'company_name', 'birthday_month', 'birthday_day', 'anniversary', 'phone'];
const addressFields = ['street', 'city', 'state', 'zip', 'country'];
const customFields = ['cf:colour', 'cf:size'];
const all = [...fields, ...addressFields, ...customFields];
const path = '/v3/contacts/*';

beforeAll(async () => {
  account = await TestAccount.start({ seed: false });
  customIds = [];
  for (const label of ['Colour', 'Size']) {
    const { body } = await account.api('POST', '/contact_custom_fields', { label, type: 'string' });
    customIds.push(body.custom_field_id);
  }
  tagId = (await account.api('POST', '/contact_tags', { name: 'Kept' })).body.tag_id;
  listId = await account.list('List');
});
afterAll(() => account.stop());

beforeEach(async () => {
  store = filledStore();
  addRun(store, 'run', 'running');
  inquiry = await practiceInquiry(account);
  db = await openDuckDb({ tempFolder: inquiry.folder, memoryLimitMb: 200, threads: 1, readable: [], writable: [] });
  await db.run('CREATE TABLE clearing (email VARCHAR, bits BIGINT)');
  cancel = new AbortController();
  stop = new AbortController();
});
afterEach(async () => {
  db.close();
  await account.fetch('/_practice/faults', { method: 'DELETE', headers: { 'content-type': 'application/json' } });
});

const faults = (...rules: unknown[]) => account.bench('faults', { faults: rules });
const destination = () => numberDestination(store, { accountId: 'account', listId });
const bitsOf = (some: readonly string[]): bigint => {
  const known = numberLedgerFields(store, { exportId: 'export', destinationId: destination() }, all);
  return some.reduce((sum, field) => sum | (1n << BigInt(known.get(field) ?? 0)), 0n);
};

function context(): RunContext {
  return {
    runId: 'run',
    exportId: 'export',
    listId,
    listName: 'List',
    runFolder: '',
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
    profileKey: async () => key,
    reportWaiting: () => undefined,
    reportBatch: () => undefined,
  };
}

let made = 0;
/** Adds somebody to the account, and their fields to what the plan clears; answers their address. */
async function somebody(cleared: readonly string[], over: object = {}): Promise<string> {
  made += 1;
  const email = `p${made}@example.com`;
  const { status } = await account.api('POST', '/contacts', {
    email_address: { address: email, permission_to_send: 'explicit' },
    create_source: 'Account',
    first_name: 'Ada',
    last_name: 'Last',
    company_name: 'Company',
    job_title: 'Job',
    birthday_month: 4,
    birthday_day: 30,
    anniversary: '2020-02-29',
    phone_numbers: [
      { kind: 'other', phone_number: '1' },
      { kind: 'mobile', phone_number: '2' },
    ],
    street_addresses: [
      { kind: 'home', street: 'Street', city: 'City', state: 'State', postal_code: 'Code', country: 'Country' },
      { kind: 'work', city: 'Elsewhere' },
    ],
    custom_fields: customIds.map((custom_field_id) => ({ custom_field_id, value: 'Value' })),
    list_memberships: [listId],
    taggings: [tagId],
    notes: [{ content: 'Note' }],
    ...over,
  });
  expect(status).toBe(201);
  writeLedger(store, {
    exportId: 'export',
    destinationId: destination(),
    runId: 'before',
    unconfirmed: false,
    contacts: JSON.stringify([[email, '1', String(bitsOf(all))]]),
  });
  await db.run('INSERT INTO clearing VALUES ($1, $2)', [email, bitsOf(cleared)]);
  return email;
}

/** Somebody as the account shows them, without what every change moves. */
async function shown(email: string) {
  const include = 'custom_fields,list_memberships,phone_numbers,street_addresses,taggings,notes';
  const { body } = await account.api('GET', `/contacts?email=${email}&status=all&include=${include}`);
  const text = JSON.stringify(body.contacts[0], (key, value) =>
    /^(updated_at|created_at|note_id|phone_number_id|street_address_id|deleted_at)$/.test(key) ? undefined : value,
  );
  return JSON.parse(text);
}

const clear = () => clearFields(context(), inquiry, () => undefined);
const counts = () => {
  const { cleared, clearBlank, clearLeft, clearRefused } = getRunAccount(store, 'run');
  return { cleared, clearBlank, clearLeft, clearRefused };
};
const none = { cleared: 0, clearBlank: 0, clearLeft: 0, clearRefused: 0 };
const left = () => hasClearingsLeft(store, { runId: 'run', clearing: 1 });

test('nothing but the chosen fields changes, whatever they are', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.subarray(all, { minLength: 1 }).map((some) => {
        // Month and day go together.
        const birthday = some.includes('birthday_month') || some.includes('birthday_day');
        const others = some.filter((field) => !field.startsWith('birthday'));
        return birthday ? [...others, 'birthday_month', 'birthday_day'] : others;
      }),
      async (some) => {
        const email = await somebody(some);
        const before = await shown(email);
        await db.run('DELETE FROM clearing WHERE email <> $1', [email]);
        store.prepare('UPDATE run_account SET clearing_planned_at = NULL').run();
        await clear();
        const wanted = structuredClone(before);
        for (const field of some) delete wanted[field];
        if (some.includes('phone')) wanted.phone_numbers.shift();
        const [home] = wanted.street_addresses;
        for (const field of addressFields) {
          if (some.includes(field)) delete home[field === 'zip' ? 'postal_code' : field];
        }
        if (addressFields.every((field) => some.includes(field))) wanted.street_addresses.shift();
        wanted.custom_fields = wanted.custom_fields.filter(
          (_: unknown, index: number) => !some.includes(customFields[index] ?? ''),
        );
        expect(await shown(email)).toEqual(wanted);
        const line = [...ledgerPages(store, 'export', destination())].join('').split('\n');
        const own = line.find((one) => one.startsWith(`${email}\t`)) ?? '';
        expect(BigInt(own.split('\t')[3] ?? '')).toBe(bitsOf(all) & ~bitsOf(some));
      },
    ),
    { numRuns: 40 },
  );
  expect(counts()).toEqual({ ...none, cleared: 40 });
});

test('an answer lost before or after the request was carried out is settled by reading', async () => {
  const people = [await somebody(['phone']), await somebody(['phone']), await somebody(['cf:size'])];
  await faults(
    { method: 'PUT', path, nth: 1, fault: { kind: 'drop', when: 'after' } },
    { method: 'PUT', path, nth: 2, fault: { kind: 'drop', when: 'before' } },
    { method: 'PUT', path, nth: 4, fault: { kind: 'html', status: 502 } },
  );
  await clear();
  expect(counts()).toEqual({ ...none, cleared: 3 });
  expect(left()).toBe(false);
  for (const [index, email] of people.entries()) {
    const person = await shown(email);
    expect(person.phone_numbers).toHaveLength(index < 2 ? 1 : 2);
    expect(person.custom_fields).toHaveLength(index < 2 ? 2 : 1);
  }
});

test('a run that ended with a request on its way looks first when it is continued', async () => {
  const done = await somebody(['company_name']);
  const lost = await somebody(['company_name']);
  await journalClearings(context());
  for (const email of [done, lost]) markClearingSending(store, 'run', email);
  const { contact_id, email_address } = await shown(done);
  await account.api('PUT', `/contacts/${contact_id}`, {
    update_source: 'Account',
    email_address: { address: email_address.address },
    first_name: 'Ada',
  });
  await clear();
  expect(counts()).toEqual({ ...none, cleared: 2 });
  expect((await shown(lost)).company_name).toBeUndefined();
});

test('nobody who opted out, was deleted, is gone or has a blank field already is written', async () => {
  const out = await somebody(['company_name'], {
    email_address: { address: `p${made + 1}@example.com`, permission_to_send: 'unsubscribed' },
  });
  const deleted = await somebody(['company_name']);
  await account.api('DELETE', `/contacts/${(await shown(deleted)).contact_id}`);
  const blank = await somebody(['company_name'], { company_name: undefined });
  await db.run("INSERT INTO clearing VALUES ('never-there@example.com', 1)");
  const before = [await shown(out), await shown(deleted), await shown(blank)];
  await faults({ method: 'PUT', path, times: 100, fault: { kind: 'status', status: 500 } });
  await clear();
  expect(counts()).toEqual({ ...none, clearLeft: 3, clearBlank: 1 });
  expect([await shown(out), await shown(deleted), await shown(blank)]).toEqual(before);
  expect(before[0].email_address.permission_to_send).toBe('unsubscribed');
});

test('who came onto the never-mail list since the plan, alone or with a domain, is left alone', async () => {
  await somebody(['phone']);
  const [person, domain, below] = [await somebody(['phone']), 'held.example', 'cy@mail.held.example'];
  await db.run('INSERT INTO clearing VALUES ($1, $2), ($3, $2)', ['bo@held.example', bitsOf(['phone']), below]);
  const entry = (kind: 'address' | 'domain', text: string) => ({ kind, text, keyedHash: keyedHash(key, text) });
  insertNeverMail(store, [entry('address', person), entry('domain', domain)], 'Person', 0);
  store.prepare('UPDATE never_mail SET clear_text = NULL WHERE clear_text = ?').run(person);
  const { body: before } = await account.fetch('/_practice/summary');
  await clear();
  const { body: after } = await account.fetch('/_practice/summary');
  expect(counts()).toEqual({ ...none, cleared: 1, clearLeft: 3 });
  expect((await shown(person)).phone_numbers).toHaveLength(2);
  // The custom fields' names, and two for the one who is cleared.
  expect(after.requests - before.requests).toBe(3);
});

test('a request that waited long for its turn is made of who the person is by then', async () => {
  const email = await somebody(['phone']);
  let [permits, later] = [0, 0];
  const { access_token: accessToken } = await account.signIn();
  const client = createApiClient({
    apiUrl: account.account.apiUrl,
    userAgent: 'Segue/0 (test)',
    gate: {
      permit: async () => {
        permits += 1;
        // The custom fields, the person, and then the change: who opts out before that has opted out.
        if (permits === 3) {
          later = 3_600_000;
          const email_address = { address: email, permission_to_send: 'unsubscribed' };
          const change = { email_address, first_name: 'Ada', update_source: 'Contact' };
          await account.api('PUT', `/contacts/${(await shown(email)).contact_id}`, change);
        }
        return { accessToken };
      },
      onUnauthorized: async () => undefined,
      onLimited: () => undefined,
    },
  });
  const run = { ...context(), client, now: () => Date.now() + later };
  await clearFields(run, { ...inquiry, client }, () => undefined);
  expect((await shown(email)).email_address.permission_to_send).toBe('unsubscribed');
  expect(counts()).toEqual({ ...none, clearLeft: 1 });
});

test('one whose request was on its way when everything ended is looked into later, and nothing is said of failing', async () => {
  await somebody(['phone']);
  await faults({ method: 'PUT', path, nth: 1, fault: { kind: 'slow', milliseconds: 20_000 } });
  const clearing = clear();
  await vi.waitFor(() => expect(pageOfFieldClearings(store, 'run', '', 1)).toMatchObject([{ sending: true }]));
  stop.abort();
  await expect(clearing).rejects.toMatchObject({ code: 'cancelled' });
  expect(left()).toBe(true);
});

test('one who is refused does not hold up the others, and is tried again by the next run', async () => {
  const [refused, other] = [await somebody(['phone']), await somebody(['phone'])];
  await faults({ method: 'PUT', path, nth: 1, fault: { kind: 'status', status: 400, body: [] } });
  await clear();
  expect(counts()).toEqual({ ...none, cleared: 1, clearRefused: 1 });
  expect((await shown(refused)).phone_numbers).toHaveLength(2);
  expect((await shown(other)).phone_numbers).toHaveLength(1);
  const pages = [...ledgerPages(store, 'export', destination())].join('');
  expect(pages).toContain(`${refused}\t1\t0\t${bitsOf(all)}\n`);
});

test('refusals of everybody stop the run, and a right that is missing does at once', async () => {
  for (let index = 0; index < 12; index += 1) await somebody(['phone']);
  await faults({ method: 'PUT', path, times: 100, fault: { kind: 'status', status: 400, body: [] } });
  await expect(clear()).rejects.toMatchObject({ code: 'remote.rejected' });
  expect(counts()).toEqual({ ...none, clearRefused: 10 });
  expect(left()).toBe(true);
  await account.fetch('/_practice/faults', { method: 'DELETE', headers: { 'content-type': 'application/json' } });
  await faults({ method: 'PUT', path, times: 100, fault: { kind: 'status', status: 403, body: [] } });
  await expect(clear()).rejects.toMatchObject({ code: 'remote.forbidden' });
  expect(counts()).toEqual({ ...none, clearRefused: 10 });
  expect(pageOfFieldClearings(store, 'run', '', 10).map(({ sending }) => sending)).toEqual([false, false]);
});

test('a cancel ends the clearing, and the rest is done when the run is continued', async () => {
  for (let index = 0; index < 30; index += 1) await somebody(['phone']);
  let done = 0;
  const cancelling = clearFields(context(), inquiry, () => {
    done += 1;
    if (done === 10) cancel.abort();
  });
  await expect(cancelling).rejects.toMatchObject({ code: 'cancelled' });
  expect(counts()).toEqual({ ...none, cleared: 10 });
  expect(left()).toBe(true);
  cancel = new AbortController();
  await clear();
  expect(counts()).toEqual({ ...none, cleared: 30 });
  expect(left()).toBe(false);
});
