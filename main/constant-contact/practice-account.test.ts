import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type PracticeAccount, startPracticeAccount } from '../practice/practice-account.ts';
import { practiceClientId } from '../practice/settings.ts';
import { fetchAccountSummary, fetchPrivileges, missingPrivileges } from './account.ts';
import { type Activity, fetchActivities, fetchActivity, isFinal } from './activities.ts';
import { createApiGate } from './api-gate.ts';
import { downloadContactExport, startContactExport } from './contact-exports.ts';
import { fetchContactCounts, lookUpContact, unsubscribedContacts } from './contacts.ts';
import { createCustomField, fetchCustomFields } from './custom-fields.ts';
import { startDeviceSignIn } from './device-sign-in.ts';
import { type ApiClient, createApiClient, type Outcome } from './http-client.ts';
import { postFileImport, postJsonImport } from './imports.ts';
import { resolveListReference } from './list-reference.ts';
import { createList, fetchList, fetchLists } from './lists.ts';
import { removeListMemberships } from './memberships.ts';
import { createPacer, createUnpacedPacer, type Pacer } from './pacer.ts';
import { type SignIn, startSignIn } from './sign-in.ts';
import { createTag, fetchTags, tagLists } from './tags.ts';
import { createInstantClock } from './test-support/clocks.ts';
import { pagesIn } from './test-support/pages.ts';
import { freePort } from './test-support/remote.ts';
import { missingScopes, type TokenSet } from './token-endpoint.ts';
import { createTokenKeeper, type TokenKeeper } from './tokens.ts';

// The whole client against the practice account, over real HTTP: each side was written against the vendor's papers.

const userAgent = 'Segue/1 (test)';
let folder: string;
let account: PracticeAccount;
let port: number;
let connected: Connection;

interface Connection {
  readonly client: ApiClient;
  readonly tokens: TokenKeeper;
  readonly vault: { stored: TokenSet | null };
  readonly pacer: Pacer;
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'segue-practice-'));
  port = await freePort();
  account = await startPracticeAccount({
    stateFile: path.join(folder, 'account.sqlite'),
    pace: 'full-speed',
    settings: { redirectUris: [`http://localhost:${port}/callback`] },
  });
  connected = connect(await (await signIn('allow')).result);
});

afterAll(async () => {
  await connected?.client.close();
  await account?.close();
  await rm(folder, { recursive: true });
});

beforeEach(() => control('DELETE', 'faults'));

function connect(tokens: TokenSet, pacer = createUnpacedPacer()): Connection {
  const vault: Connection['vault'] = { stored: tokens };
  const clock = createInstantClock(Date.now());
  const keeper = createTokenKeeper({
    authUrl: account.authUrl,
    clientId: practiceClientId,
    userAgent,
    clock,
    load: async () => vault.stored,
    save: async (fresh) => {
      vault.stored = fresh;
    },
  });
  const gate = createApiGate({ pacer, tokens: keeper });
  const client = createApiClient({ apiUrl: account.apiUrl, gate, userAgent, clock });
  return { client, tokens: keeper, vault, pacer };
}

/** Does what a person and a browser do: opens the page, answers it, and follows where it leads. */
async function signIn(answer: 'allow' | 'deny', role = 'owner'): Promise<SignIn> {
  const begun = await startSignIn({
    authUrl: account.authUrl,
    clientId: practiceClientId,
    userAgent,
    pages: pagesIn('en'),
    ports: [port],
  });
  await answerPage(begun.authorizeUrl, answer, role);
  await begun.result.catch(() => undefined);
  await begun.cancel();
  return begun;
}

async function answerPage(page: string, answer: 'allow' | 'deny', role = 'owner'): Promise<Response> {
  const html = await (await fetch(page)).text();
  const action = /<form method="post" action="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? '';
  const hidden = [...html.matchAll(/<input type="hidden" name="([^"]+)" value="([^"]*)"/g)];
  const body = new URLSearchParams([...hidden.map(([, name = '', value = '']): [string, string] => [name, value])]);
  body.set('answer', answer);
  body.set('role', role);
  return fetch(new URL(action, page), { method: 'POST', body });
}

async function control(method: string, what: string, body?: object): Promise<unknown> {
  const url = new URL(`/_practice/${what}`, account.apiUrl);
  const answer = await fetch(url, {
    method,
    ...(body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {}),
  });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

const fault = (method: string, route: string, kind: object): Promise<unknown> =>
  control('POST', 'faults', { faults: [{ method, path: `/v3/${route}`, fault: kind }] });

function accepted(outcome: Outcome<Activity>): Activity {
  if (outcome.outcome !== 'accepted') throw outcome.error;
  return outcome.value;
}

async function finished(activity: Activity): Promise<Activity> {
  let now = activity;
  while (!isFinal(now)) now = await fetchActivity(connected.client, activity.activityId);
  return now;
}

let made = 0;
async function newList(): Promise<string> {
  made += 1;
  return (await createList(connected.client, { name: `Client test ${made}` })).listId;
}

const csv = (...addresses: string[]): Buffer =>
  Buffer.from(`email,first_name\r\n${addresses.map((address) => `${address},"A, b"\r\n`).join('')}`);

describe('signing in', () => {
  test('Allow gives an account that may do everything', async () => {
    expect(missingScopes(connected.vault.stored ?? { scopes: [] })).toEqual([]);
    expect((await fetchAccountSummary(connected.client)).accountId).not.toBe('');
    expect(missingPrivileges(await fetchPrivileges(connected.client))).toEqual([]);
  });

  test('Deny', async () => {
    await expect((await signIn('deny')).result).rejects.toMatchObject({ code: 'sign-in.denied' });
  });

  test('a Campaign Creator lacks rights, and is refused lists', async () => {
    const creator = connect(await (await signIn('allow', 'campaign-creator')).result);
    expect(missingPrivileges(await fetchPrivileges(creator.client))).toContain('contacts:write');
    await expect(fetchLists(creator.client)).rejects.toMatchObject({ code: 'remote.forbidden' });
    await creator.client.close();
  });

  test('with a device code', async () => {
    const clock = createInstantClock(Date.now());
    const options = { authUrl: account.authUrl, clientId: practiceClientId, userAgent };
    let answered = false;
    const begun = await startDeviceSignIn({
      ...options,
      clock: {
        ...clock,
        // The person agrees while the first wait is on.
        async sleep(ms, signal) {
          await clock.sleep(ms, signal);
          if (answered) await answerPage(begun.verificationUrlWithCode ?? '', 'allow');
          answered = true;
        },
      },
    });
    await expect(begun.result).resolves.toMatchObject({ refreshToken: expect.any(String) });
  });
});

describe('what an export needs', () => {
  test('lists', async () => {
    const listId = await newList();
    const { name } = await fetchList(connected.client, listId);
    expect((await resolveListReference(connected.client, name.toUpperCase())).listId).toBe(listId);
    expect(
      (await resolveListReference(connected.client, `https://app.constantcontact.com/x#contacts/${listId}`)).name,
    ).toBe(name);
    await expect(createList(connected.client, { name })).rejects.toMatchObject({ code: 'list.name-taken' });
    const gone = '00000000-0000-11e9-932a-fa163ea075fa';
    await expect(fetchList(connected.client, gone)).rejects.toMatchObject({ code: 'list.not-found' });
    const lists = await fetchLists(connected.client);
    expect(lists.map((list) => list.name)).toContain('Newsletter');
    expect(lists.find((list) => list.listId === listId)?.membershipCount).toBe(0);
  });

  test('a file import, from the request to the person', async () => {
    const listId = await newList();
    const fileName = 'segue-run1-1-abc.csv';
    const body = csv('New.One@example.com', 'new.two@example.com', 'no address');
    const activity = await finished(
      accepted(await postFileImport(connected.client, { listIds: [listId], fileName, body }, { purpose: 'run' })),
    );
    expect(activity).toMatchObject({ state: 'completed', sourceFileName: fileName });
    expect(activity.counters.itemsTotal).toBe(4);
    expect((activity.counters.error ?? 0) + (activity.counters.correctable ?? 0)).toBe(1);
    expect(await lookUpContact(connected.client, 'new.one@EXAMPLE.com')).toMatchObject({
      firstName: 'A, b',
      permission: 'implicit',
      listIds: [listId],
    });
    expect((await fetchList(connected.client, listId)).membershipCount).toBe(2);
  });

  test('a JSON import with a field of the account; nobody who opted out comes back', async () => {
    const listId = await newList();
    const field = await createCustomField(connected.client, { label: `Customer ID ${made}`, type: 'string' });
    expect((await fetchCustomFields(connected.client)).map((one) => one.name)).toContain(field.name);
    const [optedOut] = (await unsubscribedContacts(connected.client, null).next()).value ?? [];
    const rows = [{ email: 'json.one@example.com', [`cf:${field.name}`]: '42' }, { email: optedOut?.email }];
    const body = Buffer.from(JSON.stringify({ import_data: rows, list_ids: [listId] }));
    const activity = await finished(accepted(await postJsonImport(connected.client, { body })));
    expect(activity.counters).toMatchObject({ error: 0, correctable: 0, cannotAddToList: 1 });
    expect((await lookUpContact(connected.client, optedOut?.email ?? ''))?.permission).toBe('unsubscribed');
  });

  test('taking people off a list, tags, counts', async () => {
    const listId = await newList();
    const body = csv('leaver@example.com', 'stayer@example.com');
    await finished(accepted(await postFileImport(connected.client, { listIds: [listId], fileName: 'l.csv', body })));
    const leaver = await lookUpContact(connected.client, 'leaver@example.com');
    const change = { contactIds: [leaver?.contactId ?? ''], listIds: [listId] };
    const removal = await finished(accepted(await removeListMemberships(connected.client, change)));
    expect(removal.state).toBe('completed');
    expect((await lookUpContact(connected.client, 'leaver@example.com'))?.permission).toBe('implicit');
    expect((await fetchList(connected.client, listId)).membershipCount).toBe(1);

    const tag = await createTag(connected.client, `spring ${made}`);
    await finished(await tagLists(connected.client, { listIds: [listId], tagIds: [tag.tagId] }));
    expect((await fetchTags(connected.client)).map((one) => one.name)).toContain(tag.name);
    expect((await fetchContactCounts(connected.client)).total).toBeGreaterThan(0);
  });

  test('reading a list back', async () => {
    const listId = await newList();
    const body = csv('back.one@example.com', 'back.two@example.com');
    await finished(accepted(await postFileImport(connected.client, { listIds: [listId], fileName: 'b.csv', body })));
    const activity = await finished(await startContactExport(connected.client, { listIds: [listId] }));
    const file = path.join(folder, 'back.csv');
    await downloadContactExport(connected.client, activity.resultsLink ?? '', file);
    const text = await readFile(file, 'utf8');
    expect(text).toContain('back.one@example.com');
    expect(text).toContain('back.two@example.com');
  });
});

describe('faults', () => {
  const activitiesNamed = async (fileName: string): Promise<number> =>
    (await fetchActivities(connected.client)).filter((activity) => activity.sourceFileName === fileName).length;

  test.each([
    ['the answer was lost', { kind: 'drop', when: 'after' }, 'unknown', 1],
    ['the request was lost', { kind: 'drop', when: 'before' }, 'unknown', 0],
    ['it broke', { kind: 'status', status: 500 }, 'unknown', 0],
    ['the answer was cut off', { kind: 'truncate', bytes: 20 }, 'unknown', 1],
    ['the answer was HTML', { kind: 'html', status: 201 }, 'unknown', null],
    ['the queue was full', { kind: 'queue-full' }, 'refused', 0],
    ['it was too fast', { kind: 'throttled' }, 'accepted', 1],
    ['it was out of service', { kind: 'status', status: 503 }, 'accepted', 1],
    ['the token was refused', { kind: 'unauthorized' }, 'accepted', 1],
  ])('an import, when %s', async (name, kind, outcome, activities) => {
    const listIds = [await newList()];
    const fileName = `${name.replaceAll(' ', '-')}.csv`;
    await fault('POST', 'activities/contacts_file_import', kind);
    const result = await postFileImport(
      connected.client,
      { listIds, fileName, body: csv('f@example.com') },
      { purpose: 'run' },
    );
    expect(result.outcome).toBe(outcome);
    if (activities !== null) expect(await activitiesNamed(fileName)).toBe(activities);
  });

  test.each([
    { kind: 'drop', when: 'before' },
    { kind: 'drop', when: 'after' },
    { kind: 'html', status: 200 },
    { kind: 'truncate', bytes: 30 },
    { kind: 'status', status: 502 },
    { kind: 'throttled' },
    { kind: 'unauthorized' },
  ])('reading lists survives %j', async (kind) => {
    await fault('GET', 'contact_lists', kind);
    expect((await fetchLists(connected.client)).length).toBeGreaterThan(0);
  });

  test('a used-up quota is told to a person at once', async () => {
    const mine = connect((await (await signIn('allow')).result) as TokenSet);
    await fault('GET', 'contact_lists', { kind: 'quota' });
    await expect(fetchLists(mine.client)).rejects.toMatchObject({
      code: 'remote.quota-exhausted',
      params: { resumesAt: expect.any(Number) },
    });
    expect(mine.pacer.state().pauseReason).toBe('quota');
    await mine.client.close();
  });
});

describe('tokens', () => {
  test('a revoked access token is refreshed once for all', async () => {
    const before = connected.vault.stored?.refreshToken;
    await control('POST', 'revoke', { tokens: 'access' });
    const results = await Promise.all(Array.from({ length: 10 }, () => fetchContactCounts(connected.client)));
    expect(results).toHaveLength(10);
    expect(connected.vault.stored?.refreshToken).not.toBe(before);
  });

  test('everything revoked: sign in again, and the same client goes on', async () => {
    await control('POST', 'revoke', { tokens: 'all' });
    await expect(fetchLists(connected.client)).rejects.toMatchObject({ code: 'sign-in.expired' });
    await connected.tokens.adopt(await (await signIn('allow')).result);
    expect((await fetchLists(connected.client)).length).toBeGreaterThan(0);
  });
});

test('at the real pace no request is refused', async () => {
  const paced = connect(connected.vault.stored as TokenSet, createPacer());
  await control('POST', 'settings', { pace: 'real' });
  try {
    const limited: string[] = [];
    const stop = paced.pacer.subscribe(() => {
      const { pauseReason } = paced.pacer.state();
      if (pauseReason) limited.push(pauseReason);
    });
    await Promise.all(Array.from({ length: 8 }, () => fetchContactCounts(paced.client)));
    stop();
    expect(limited).toEqual([]);
    expect(paced.pacer.state().requests).toBe(8);
  } finally {
    await control('POST', 'settings', { pace: 'full-speed' });
    await paced.client.close();
  }
});
