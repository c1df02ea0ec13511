import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fetchAccountSummary, fetchPrivileges } from '../../main/constant-contact/account.ts';
import { fetchActivities, fetchActivity } from '../../main/constant-contact/activities.ts';
import {
  downloadContactExport,
  openContactExport,
  startContactExport,
} from '../../main/constant-contact/contact-exports.ts';
import {
  deletedContacts,
  fetchContactCounts,
  listMembers,
  lookUpContact,
  unsubscribedContacts,
} from '../../main/constant-contact/contacts.ts';
import { createCustomField, fetchCustomFields } from '../../main/constant-contact/custom-fields.ts';
import { type ApiClient, createApiClient } from '../../main/constant-contact/http-client.ts';
import { postFileImport, postJsonImport } from '../../main/constant-contact/imports.ts';
import { resolveListReference } from '../../main/constant-contact/list-reference.ts';
import { createList, fetchList, fetchLists } from '../../main/constant-contact/lists.ts';
import { addListMemberships, removeListMemberships } from '../../main/constant-contact/memberships.ts';
import { createTag, fetchTags, tagLists } from '../../main/constant-contact/tags.ts';
import { faultsOf } from '../../main/constant-contact/test-support/vendor.ts';
import { fetchWholeContact, putContact } from '../../main/constant-contact/whole-contacts.ts';
import { VendorShapes } from '../../main/practice/test-support/vendor-shapes.ts';
import { apiRoutes } from '../../main/practice/v3/api-routes.ts';
import { documentedCases } from './cases/documented.ts';
import { at, text } from './check.ts';
import { Bench } from './practice/bench.ts';
import { bulk } from './practice/bulk.ts';
import { resources } from './practice/resources.ts';
import { type PracticeProcess, startPractice } from './practice-process.ts';
import { runCases } from './runner.ts';
import { startTwistingProxy, type TwistingProxy } from './test-support/twisting-proxy.ts';
import { idIn } from './world.ts';

const file = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const openapi = file('../fixtures/constant-contact-openapi.json');
const shapes = new VendorShapes(openapi);

const known = apiRoutes.map(({ method, path: route }) => {
  return { method, path: route.replace('/v3', '').replaceAll(/:(\w+)/g, '{$1}') };
});
const templates = known.map((each) => each.path);

/** One request and its answer, as they passed. */
interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Record<string, string>;
  readonly body: string;
  readonly status: number;
  readonly json: unknown;
  readonly text: string;
}

const seen: Exchange[] = [];
const folder = mkdtempSync(path.join(tmpdir(), 'segue-schemas-'));
let practice: PracticeProcess;
let proxy: TwistingProxy;
let bench: Bench;
let client: ApiClient;

beforeAll(async () => {
  practice = await startPractice(['--full-speed']);
  proxy = await startTwistingProxy(practice.apiUrl);
  proxy.twist({
    after: ({ method, path, query, headers, body }, { status, json, text }) => {
      seen.push({ method, path, query: new URLSearchParams(query), headers, body, status, json, text });
    },
  });
  const accessToken = await practice.signIn();
  bench = new Bench(practice.behind(proxy.apiUrl), accessToken);
  const gate = {
    permit: async () => ({ accessToken }),
    onUnauthorized: async () => undefined,
    onLimited: () => undefined,
  };
  client = createApiClient({ apiUrl: proxy.apiUrl, gate, userAgent: 'Segue/1' });
});
afterAll(async () => {
  await client.close();
  await proxy.close();
  await practice.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The vendor's path for one that passed; exact paths come before those with an id. */
function templateOf(passed: string): string {
  const parts = passed.split('/');
  const fits = (template: string) => {
    const wanted = template.split('/');
    return (
      wanted.length === parts.length && wanted.every((part, index) => part.startsWith('{') || part === parts[index])
    );
  };
  return templates.includes(passed) ? passed : (templates.find(fits) ?? passed);
}

const operationOf = ({ method, path }: Pick<Exchange, 'method' | 'path'>) => `${method} ${templateOf(path)}`;

/** What in an answer does not fit the document. */
function complaints({ method, path, status, json, text }: Exchange): string[] {
  const template = templateOf(path);
  return shapes.complaints(method, template, status, json ?? text).map((words) => `${method} ${template} ${words}`);
}

/** Every call of the client, what it asks for, and an example of it. */
const calls: Record<string, { readonly asks: readonly string[]; run(ids: Ids): Promise<unknown> }> = {
  fetchAccountSummary: { asks: ['GET /account/summary'], run: () => fetchAccountSummary(client) },
  fetchPrivileges: { asks: ['GET /account/user/privileges'], run: () => fetchPrivileges(client) },
  fetchLists: { asks: ['GET /contact_lists'], run: () => fetchLists(client) },
  fetchList: { asks: ['GET /contact_lists/{list_id}'], run: ({ list }) => fetchList(client, list) },
  resolveListReference: {
    asks: ['GET /contact_lists/{list_id}', 'GET /contact_lists'],
    run: async ({ list }) => {
      await resolveListReference(client, list);
      await resolveListReference(client, bench.world.name('client'));
    },
  },
  createList: {
    asks: ['POST /contact_lists'],
    run: () => createList(client, { name: 'Made by the client', description: 'For its shapes' }),
  },
  fetchCustomFields: { asks: ['GET /contact_custom_fields'], run: () => fetchCustomFields(client) },
  createCustomField: {
    asks: ['POST /contact_custom_fields'],
    run: () => createCustomField(client, { label: 'Made by the client', type: 'date' }),
  },
  fetchTags: { asks: ['GET /contact_tags'], run: () => fetchTags(client) },
  createTag: { asks: ['POST /contact_tags'], run: () => createTag(client, 'Made by the client') },
  tagLists: {
    asks: ['POST /activities/contacts_taggings_add'],
    run: ({ list, tag }) => tagLists(client, { listIds: [list], tagIds: [tag] }),
  },
  postFileImport: {
    asks: ['POST /activities/contacts_file_import'],
    run: ({ list, address }) =>
      postFileImport(client, {
        listIds: [list],
        fileName: 'segue-1-1-abc.csv',
        body: Buffer.from(`email,first_name\r\n${address},Ada\r\n`),
      }),
  },
  postJsonImport: {
    asks: ['POST /activities/contacts_json_import'],
    run: ({ list, address }) => {
      const rows = { import_data: [{ email: address, first_name: 'Ada' }], list_ids: [list] };
      return postJsonImport(client, { body: Buffer.from(JSON.stringify(rows)) });
    },
  },
  addListMemberships: {
    asks: ['POST /activities/add_list_memberships'],
    run: ({ list, contact }) => addListMemberships(client, { contactIds: [contact], listIds: [list] }),
  },
  removeListMemberships: {
    asks: ['POST /activities/remove_list_memberships'],
    run: ({ list, contact }) => removeListMemberships(client, { contactIds: [contact], listIds: [list] }),
  },
  fetchActivity: { asks: ['GET /activities/{activity_id}'], run: ({ activity }) => fetchActivity(client, activity) },
  fetchActivities: { asks: ['GET /activities'], run: () => fetchActivities(client) },
  startContactExport: {
    asks: ['POST /activities/contact_exports'],
    run: ({ list }) => startContactExport(client, { listIds: [list], fields: ['email_address'], status: 'all' }),
  },
  openContactExport: {
    asks: ['GET /contact_exports/{file_export_id}'],
    run: async ({ results }) => (await openContactExport(client, results)).resume(),
  },
  downloadContactExport: {
    asks: ['GET /contact_exports/{file_export_id}'],
    run: ({ results }) => downloadContactExport(client, results, path.join(folder, 'export.csv')),
  },
  lookUpContact: { asks: ['GET /contacts'], run: ({ address }) => lookUpContact(client, address) },
  unsubscribedContacts: {
    asks: ['GET /contacts'],
    run: async () => {
      for await (const page of unsubscribedContacts(client, new Date(0))) expect(page.length).toBeGreaterThan(0);
    },
  },
  deletedContacts: {
    asks: ['GET /contacts'],
    run: async () => {
      for await (const page of deletedContacts(client)) expect(page).toBeDefined();
    },
  },
  fetchContactCounts: { asks: ['GET /contacts/counts'], run: () => fetchContactCounts(client) },
  listMembers: {
    asks: ['GET /contacts'],
    run: async ({ list }) => {
      for await (const page of listMembers(client, list)) expect(page).toBeDefined();
    },
  },
  fetchWholeContact: { asks: ['GET /contacts'], run: ({ address }) => fetchWholeContact(client, address) },
  putContact: {
    asks: ['POST /contacts', 'GET /contacts', 'PUT /contacts/{contact_id}'],
    run: async () => {
      const address = bench.world.address('put-by-client');
      await bench.api.post('/contacts', {
        email_address: { address, permission_to_send: 'implicit' },
        create_source: 'Account',
        first_name: 'Ada',
        birthday_month: 2,
        birthday_day: 29,
        anniversary: '2020-02-29',
        phone_numbers: [{ kind: 'other', phone_number: '1' }],
        street_addresses: [{ kind: 'home', city: 'Lyon' }],
      });
      const contact = await fetchWholeContact(client, address);
      if (contact === null) throw new Error('The contact is not there');
      const { phone_numbers, street_addresses, custom_fields } = contact;
      const parts = {
        phone_numbers: phone_numbers ?? [],
        street_addresses: street_addresses ?? [],
        custom_fields: custom_fields ?? [],
      };
      return putContact(client, contact, { without: ['first_name'], ...parts });
    },
  },
};

/** Things of the account that calls are about. */
interface Ids {
  readonly list: string;
  readonly tag: string;
  readonly contact: string;
  readonly address: string;
  readonly activity: string;
  readonly results: string;
}

async function ids(): Promise<Ids> {
  const { world } = bench;
  const list = await world.newList('client');
  const posted = await bench.api.post('/activities/contact_exports', { list_ids: [list] });
  return {
    list,
    tag: idIn(await world.postTag('client'), 'tag_id'),
    contact: await world.newContact('client', { first_name: 'Ada' }),
    address: world.address('client'),
    activity: idIn(posted, 'activity_id'),
    results: text((await world.ended(posted)).body, '_links', 'results', 'href'),
  };
}

describe('the client', () => {
  let made: Ids;
  beforeAll(async () => {
    made = await ids();
  });

  it('has no call that is not held here', () => {
    const client = file('../../main/constant-contact');
    const sources = readdirSync(client).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
    const names = sources.flatMap((name) => {
      const source = readFileSync(`${client}/${name}`, 'utf8');
      return [...source.matchAll(/^export (?:async )?function\*? (\w+)\(\s*client: ApiClient/gm)].map(
        ([, each]) => each,
      );
    });
    expect(names.sort()).toEqual(Object.keys(calls).sort());
  });

  it.each(Object.entries(calls))(
    '%s asks as documented, and is answered as documented',
    async (_name, { asks, run }) => {
      seen.length = 0;
      await run(made);
      await expect.poll(() => seen.length).toBeGreaterThan(0);
      expect([...new Set(seen.map(operationOf))]).toEqual(asks);
      for (const exchange of seen) {
        const asked = { ...exchange, path: `/v3${exchange.path}` };
        expect(faultsOf(asked)).toEqual([]);
        expect(complaints(exchange)).toEqual([]);
        expect(exchange.status).toBeLessThan(300);
      }
    },
  );
});

describe('the practice account', () => {
  it('answers every case of the contract as the document has it', async () => {
    seen.length = 0;
    const failed = [
      ...(await runCases(documentedCases, bench.world, { atOnce: 8 })),
      ...(await runCases([...resources, ...bulk], bench, { atOnce: 4 })),
    ].filter(({ outcome }) => outcome === 'failed');
    expect(failed).toEqual([]);
    // Some cases ask for what is not there.
    const asked = seen.filter(({ method, path: passed }) => {
      return known.some((each) => each.method === method && each.path === templateOf(passed));
    });
    expect(asked.length).toBeGreaterThan(500);
    expect([...new Set(asked.flatMap((exchange) => complaints(exchange)))]).toEqual([]);
  });

  it('was seen to answer everything it can be asked for', () => {
    const good = new Set(seen.filter(({ status }) => status < 300).map(operationOf));
    expect(known.map(operationOf).filter((operation) => !good.has(operation))).toEqual([]);
  });
});

/** What the document says differently from the prose or from the live service, where constant-contact-v3.md tells of it. */
const slips: Record<string, { readonly at: readonly string[]; readonly says: unknown }> = {
  '4: at most 500 lists a page in the text, 1000 in the schema': {
    at: ['paths', '/contact_lists', 'get', 'parameters', 'limit', 'maximum'],
    says: 1_000,
  },
  '4: PUT of a list declares no 409': {
    at: ['paths', '/contact_lists/{list_id}', 'put', 'responses', '409'],
    says: undefined,
  },
  '5.2: addresses of 80 characters, 50 in a JSON import': {
    at: ['definitions', 'JsonImportContact', 'properties', 'email', 'maxLength'],
    says: 50,
  },
  '5.2: addresses of 80 characters, 50 in sign_up_form': {
    at: ['definitions', 'ContactCreateOrUpdateInput', 'properties', 'email_address', 'maxLength'],
    says: 50,
  },
  '5.2: deleted_at of a contact is declared as a day': {
    at: ['definitions', 'ContactResource', 'properties', 'deleted_at', 'format'],
    says: 'date',
  },
  '6.2: home country with a blank': {
    at: ['definitions', 'JsonImportContact', 'properties', 'home_country'],
    says: undefined,
  },
  '6.5: at most 0 lists to remove from': {
    at: ['definitions', 'ListActivityRemoveContacts', 'properties', 'list_ids', 'maxItems'],
    says: 0,
  },
  '6.5: at most 0 custom fields to delete': {
    at: ['definitions', 'CustomFieldId100', 'properties', 'custom_field_ids', 'maxItems'],
    says: 0,
  },
  '7: 25 custom fields on a contact by the schema, 50 elsewhere': {
    at: ['definitions', 'ContactResource', 'properties', 'custom_fields', 'maxItems'],
    says: 25,
  },
};

it.each(Object.entries(slips))('the document still has the slip of %s', (_what, { at: steps, says }) => {
  let found: unknown = JSON.parse(readFileSync(openapi, 'utf8'));
  for (const step of steps) {
    const named = Array.isArray(found) ? found.find((each) => at(each, 'name') === step) : undefined;
    found = named ?? at(found, step);
  }
  expect(found).toBe(says);
});
