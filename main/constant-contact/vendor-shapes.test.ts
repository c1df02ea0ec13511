import { afterAll, beforeAll, expect, test } from 'vitest';
import { fetchAccountSummary, fetchPrivileges } from './account.ts';
import { fetchActivities, fetchActivity } from './activities.ts';
import { startContactExport } from './contact-exports.ts';
import { fetchContactCounts, lookUpContact, unsubscribedContacts } from './contacts.ts';
import { createCustomField, fetchCustomFields } from './custom-fields.ts';
import { type ApiClient, type CallOptions, createApiClient } from './http-client.ts';
import { postFileImport, postJsonImport } from './imports.ts';
import { createList, fetchList, fetchLists } from './lists.ts';
import { addListMemberships, removeListMemberships } from './memberships.ts';
import { createTag, fetchTags, tagLists } from './tags.ts';
import { createInstantClock } from './test-support/clocks.ts';
import { type Remote, startRemote } from './test-support/remote.ts';
import { faultsOf, sampleAnswer } from './test-support/vendor.ts';

const id = '06526938-56dd-11e9-932a-fa163ea075fa';
const people = { contactIds: [id], listIds: [id] };
const rows = { import_data: [{ email: 'ada@example.com', first_name: 'Ada', 'cf:level': 'gold' }], list_ids: [id] };

/** Every call that the client can make. */
const calls: Record<string, (client: ApiClient, options: CallOptions) => Promise<unknown>> = {
  fetchAccountSummary,
  fetchPrivileges,
  fetchLists,
  fetchList: (client, options) => fetchList(client, id, options),
  createList: (client, options) => createList(client, { name: 'Newsletter', description: 'From Segue' }, options),
  fetchActivity: (client, options) => fetchActivity(client, id, options),
  fetchActivities: (client, options) => fetchActivities(client, { ...options, limit: 500 }),
  postFileImport: (client, options) =>
    postFileImport(client, { listIds: [id], fileName: 'a.csv', body: Buffer.from('email\r\n') }, options),
  postJsonImport: (client, options) => postJsonImport(client, { body: Buffer.from(JSON.stringify(rows)) }, options),
  addListMemberships: (client, options) => addListMemberships(client, people, options),
  removeListMemberships: (client, options) => removeListMemberships(client, people, options),
  startContactExport: (client, options) =>
    startContactExport(client, { listIds: [id], fields: ['email_address'], status: 'all' }, options),
  lookUpContact: (client, options) => lookUpContact(client, 'ada@example.com', options),
  unsubscribedContacts: (client, options) => unsubscribedContacts(client, new Date(0), options).next(),
  fetchContactCounts,
  fetchCustomFields,
  createCustomField: (client, options) => createCustomField(client, { label: 'Level', type: 'string' }, options),
  fetchTags,
  createTag: (client, options) => createTag(client, 'spring', options),
  tagLists: (client, options) => tagLists(client, { listIds: [id], tagIds: [id] }, options),
};

let remote: Remote;
let client: ApiClient;

beforeAll(async () => {
  remote = await startRemote((request) => {
    const answer = sampleAnswer(request, true);
    if (typeof answer.json === 'object' && answer.json !== null) {
      // The document's shapes have room for a next page and for being deleted; here neither is meant.
      const { deleted_at: _, _links: links, ...rest } = answer.json as Record<string, unknown>;
      return {
        ...answer,
        json: Array.isArray(answer.json) ? answer.json : { ...rest, ...(hasNext(links) ? {} : { _links: links }) },
      };
    }
    return answer;
  });
  const gate = {
    permit: async () => ({ accessToken: 't' }),
    onUnauthorized: async () => undefined,
    onLimited: () => undefined,
  };
  client = createApiClient({ apiUrl: remote.apiUrl, gate, userAgent: 'Segue/1', clock: createInstantClock() });
});

function hasNext(links: unknown): boolean {
  return typeof links === 'object' && links !== null && 'next' in links;
}

afterAll(async () => {
  await client.close();
  await remote.close();
});

test.each(Object.entries(calls))(
  '%s asks as the vendor documents, and reads the documented answer',
  async (_name, call) => {
    remote.seen.length = 0;
    const result = await call(client, { purpose: 'run' });
    expect(remote.seen.length).toBeGreaterThan(0);
    for (const request of remote.seen) expect(faultsOf(request)).toEqual([]);
    if (typeof result === 'object' && result && 'outcome' in result) expect(result.outcome).toBe('accepted');
  },
);

test('the check itself notices what is not documented', () => {
  const request = { method: 'POST', path: '/v3/contact_lists', query: new URLSearchParams(), headers: {} };
  expect(faultsOf({ ...request, body: '{"name":"a","colour":"red"}' })).toEqual(['body.colour is not documented']);
  expect(faultsOf({ ...request, body: '{}' })).toEqual(['body.name is missing']);
  expect(faultsOf({ ...request, method: 'GET', query: new URLSearchParams('limit=5000'), body: '' })).toEqual([
    'limit=5000',
  ]);
  expect(faultsOf({ ...request, path: '/v3/nothing', body: '' })).toHaveLength(1);
  const part = (name: string, value: string) =>
    `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;
  const form = { ...request, path: '/v3/activities/contacts_file_import' };
  const headers = { 'content-type': 'multipart/form-data; boundary=b' };
  const body = part('colour', 'red') + part('list_ids', Array(51).fill(id).join(','));
  expect(faultsOf({ ...form, headers, body })).toEqual([
    'form file is missing',
    'form colour is not documented',
    'form list_ids has too many entries',
  ]);
  expect(faultsOf({ ...form, headers: {}, body })).toEqual(['the body is no form']);
});
