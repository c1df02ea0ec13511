import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { fetchAccountSummary, fetchPrivileges, missingPrivileges } from './account.ts';
import { fetchActivities, fetchActivity, isFinal } from './activities.ts';
import { downloadContactExport, startContactExport } from './contact-exports.ts';
import { fetchContactCounts, lookUpContact, unsubscribedContacts } from './contacts.ts';
import { createCustomField, fetchCustomFields } from './custom-fields.ts';
import { type ApiClient, createApiClient } from './http-client.ts';
import { postFileImport, postJsonImport } from './imports.ts';
import { findListByName, parseListReference, resolveListReference } from './list-reference.ts';
import { createList, fetchList, fetchLists } from './lists.ts';
import { createInstantClock } from './test-support/clocks.ts';
import { type Answer, type Remote, type SeenRequest, startRemote } from './test-support/remote.ts';

const listId = '06526938-56dd-11e9-932a-fa163ea075fa';
const otherId = '16526938-56dd-11e9-932a-fa163ea075fb';
const open: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function connect(
  respond: (request: SeenRequest, count: number) => Answer,
): Promise<{ client: ApiClient; remote: Remote }> {
  const remote = await startRemote(respond);
  const gate = {
    permit: async () => ({ accessToken: 't' }),
    onUnauthorized: async () => undefined,
    onLimited: () => undefined,
  };
  const clock = createInstantClock();
  const client = createApiClient({ apiUrl: remote.apiUrl, gate, userAgent: 'Segue/1', clock, random: () => 0 });
  open.push(client.close, remote.close);
  return { client, remote };
}

describe('account', () => {
  test('summary and privileges', async () => {
    const { client } = await connect((request) =>
      request.path === '/v3/account/summary'
        ? { status: 200, json: { encoded_account_id: 'p07e1l', organization_name: 'Contoso Coffee', website: 'x' } }
        : { status: 200, json: [{ privilege_id: 1, privilege_name: 'contacts:read' }] },
    );
    expect(await fetchAccountSummary(client)).toMatchObject({
      accountId: 'p07e1l',
      organizationName: 'Contoso Coffee',
    });
    const held = await fetchPrivileges(client);
    expect(missingPrivileges(held)).toEqual(['contacts:write', 'contacts:lists:read', 'contacts:lists:write']);
  });
});

describe('lists', () => {
  const entry = (id: string, name: string, more: object = {}): object => ({
    list_id: id,
    name,
    membership_count: 3,
    ...more,
  });

  test('all pages, sorted as a person sorts, without deleted ones', async () => {
    const { client, remote } = await connect((request) =>
      request.query.has('cursor')
        ? {
            status: 200,
            json: { lists: [entry('b', 'list 2'), entry('d', 'gone', { deleted_at: '2026-01-01T00:00:00Z' })] },
          }
        : {
            status: 200,
            json: {
              lists: [entry('a', 'List 10'), entry('c', 'Été', { description: null })],
              lists_count: 3,
              _links: { next: { href: '/v3/contact_lists?cursor=bGltaXQ9Mg==' } },
            },
          },
    );
    const lists = await fetchLists(client);
    expect(lists.map((list) => list.name)).toEqual(['Été', 'list 2', 'List 10']);
    expect(lists[0]).toEqual({ listId: 'c', name: 'Été', description: '', membershipCount: 3 });
    expect(remote.seen[0]?.query.toString()).toBe('limit=500&include_membership_count=active');
  });

  test('a next link that leaves the host, or goes in a circle, is refused', async () => {
    for (const href of ['https://evil.example/v3/contact_lists?cursor=1', '/v3/contact_lists?cursor=again']) {
      const { client, remote } = await connect(() => ({
        status: 200,
        json: { lists: [], _links: { next: { href } } },
      }));
      await expect(fetchLists(client)).rejects.toMatchObject({ code: 'remote.invalid-answer' });
      expect(remote.seen.length).toBeLessThanOrEqual(2);
    }
  });

  test('one by id; a deleted or unknown one is not found', async () => {
    const { client } = await connect((request) => {
      if (request.path.endsWith(listId)) return { status: 200, json: entry(listId, 'Newsletter') };
      if (request.path.endsWith('deleted')) return { status: 200, json: entry('x', 'x', { deleted_at: '2026-01-01' }) };
      return { status: 404, json: [{ error_key: 'contacts.api.not_found' }] };
    });
    expect((await fetchList(client, listId)).name).toBe('Newsletter');
    await expect(fetchList(client, 'deleted')).rejects.toMatchObject({ code: 'list.not-found' });
    await expect(fetchList(client, '../secret')).rejects.toMatchObject({ code: 'list.not-found' });
  });

  test('creating; a name in use and a full account', async () => {
    const full = Array.from({ length: 1_000 }, (_, index) => entry(`id-${index}`, `List ${index}`));
    const { client, remote } = await connect((request) => {
      if (request.method === 'GET') return { status: 200, json: { lists: full } };
      const { name } = JSON.parse(request.body);
      if (name === 'taken') return { status: 409, json: [{ error_key: 'contacts.api.conflict' }] };
      if (name === 'one too many') return { status: 400, json: [{ error_key: 'contacts.api.validation.error' }] };
      return { status: 201, json: { list_id: listId, name } };
    });
    expect(await createList(client, { name: ' New ' })).toMatchObject({ listId, name: 'New', membershipCount: null });
    expect(JSON.parse(remote.seen[0]?.body ?? '')).toEqual({ name: 'New' });
    await expect(createList(client, { name: 'taken' })).rejects.toMatchObject({ code: 'list.name-taken' });
    await expect(createList(client, { name: 'one too many' })).rejects.toMatchObject({ code: 'list.too-many' });
    await expect(createList(client, { name: '  ' })).rejects.toMatchObject({ code: 'list.invalid-reference' });
  });

  test('references: id, web address, name', async () => {
    expect(parseListReference(` ${listId.toUpperCase()} `)).toEqual({ kind: 'id', listId });
    const address = `https://app.constantcontact.com/pages/contacts/ui#contacts/${listId}`;
    expect(parseListReference(address)).toEqual({ kind: 'id', listId });
    expect(parseListReference(`app.constantcontact.com/pages/contacts/ui#contacts/${listId}`).kind).toBe('id');
    expect(parseListReference('Newsletter')).toEqual({ kind: 'name', name: 'Newsletter' });
    expect(() => parseListReference('https://app.constantcontact.com/pages/contacts/ui#lists')).toThrowError(
      'list.invalid-reference',
    );
    expect(() => parseListReference('  ')).toThrowError('list.invalid-reference');

    const { client } = await connect(() => ({ status: 200, json: { lists: [entry(listId, 'Newsletter')] } }));
    expect((await resolveListReference(client, 'newsLETTER')).listId).toBe(listId);
    await expect(resolveListReference(client, 'News')).rejects.toMatchObject({
      code: 'list.not-found',
      params: { list: 'News' },
    });
  });

  test('ids of other shapes are ids all the same, as the other side writes them', async () => {
    const capitals = listId.toUpperCase();
    const { client } = await connect((request) =>
      request.path.startsWith('/v3/contact_lists/')
        ? { status: 404, json: [{ error_key: 'contacts.api.not_found' }] }
        : { status: 200, json: { lists: [entry(capitals, 'Capitals'), entry('1234567', 'Number')] } },
    );
    expect(await resolveListReference(client, '1234567')).toMatchObject({ listId: '1234567', name: 'Number' });
    expect(await resolveListReference(client, listId)).toMatchObject({ listId: capitals, name: 'Capitals' });
    await expect(resolveListReference(client, `9${listId.slice(1)}`)).rejects.toMatchObject({ code: 'list.not-found' });
  });

  test('names that differ in case alone need the exact one', () => {
    const list = (id: string, name: string) => ({ listId: id, name, description: '', membershipCount: 0 });
    const lists = [list('1', 'VIP'), list('2', 'Vip')];
    expect(findListByName(lists, 'Vip')?.listId).toBe('2');
    expect(() => findListByName(lists, 'vip')).toThrowError('list.ambiguous');
    expect(findListByName([list('1', 'Caf\u00e9')], 'CAFE\u0301')?.listId).toBe('1');
    expect(findListByName(lists, 'none')).toBeNull();
  });
});

describe('activities', () => {
  const wire = {
    activity_id: 'a-1',
    state: 'completed',
    created_at: '2026-11-23T10:00:00Z',
    percent_done: 100,
    source_file_name: 'segue-1-1-abc.csv',
    activity_errors: ['Line 2: Invalid birthday', { message: 'older shape' }, {}],
    status: {
      items_total_count: 11,
      person_count: 10,
      error_count: 1,
      correctable_count: 2,
      cannot_add_to_list_count: 3,
    },
    _links: { self: { href: '/v3/activities/a-1' } },
  };

  test('one, with counters, both shapes of errors, and what is missing as null', async () => {
    const { client } = await connect(() => ({ status: 200, json: wire }));
    const activity = await fetchActivity(client, 'a-1');
    expect(activity).toMatchObject({
      state: 'completed',
      sourceFileName: 'segue-1-1-abc.csv',
      errors: ['Line 2: Invalid birthday', 'older shape', ''],
      counters: {
        itemsTotal: 11,
        person: 10,
        error: 1,
        correctable: 2,
        cannotAddToList: 3,
        itemsCompleted: null,
        list: null,
      },
      resultsLink: null,
    });
    expect(isFinal(activity)).toBe(true);
  });

  test('a state nobody knows is not final', async () => {
    const { client } = await connect(() => ({ status: 200, json: { activity_id: 'x', state: 'paused' } }));
    expect(isFinal(await fetchActivity(client, 'x'))).toBe(false);
  });

  test('one page of a hundred by default, more when asked for', async () => {
    const page = { activities: [wire], _links: { next: { href: '/v3/activities?cursor=2' } } };
    const { client, remote } = await connect((request) =>
      request.query.has('cursor') ? { status: 200, json: { activities: [wire] } } : { status: 200, json: page },
    );
    expect(await fetchActivities(client)).toHaveLength(1);
    expect(remote.seen[0]?.query.get('limit')).toBe('100');
    expect(await fetchActivities(client, { limit: 500, maxPages: 5 })).toHaveLength(2);
  });
});

describe('imports', () => {
  const started: Answer = { status: 201, json: { activity_id: 'a-1', state: 'initialized', activity_errors: [] } };

  test('a file goes as multipart with its name and comma-joined lists', async () => {
    const { client, remote } = await connect(() => started);
    const body = Buffer.from('email,first_name\r\nada@example.com,"Ada, é"\r\n');
    const outcome = await postFileImport(client, { listIds: [listId, otherId], fileName: 'segue-1-2-abc.csv', body });
    expect(outcome).toMatchObject({ outcome: 'accepted', value: { activityId: 'a-1', state: 'initialized' } });
    const [request] = remote.seen;
    expect(request?.path).toBe('/v3/activities/contacts_file_import');
    // Read by another reader than the one that wrote it.
    const form = await new Response(request?.body, {
      headers: { 'content-type': request?.headers['content-type'] ?? '' },
    }).formData();
    expect(form.get('list_ids')).toBe(`${listId},${otherId}`);
    const file = form.get('file');
    if (!(file instanceof File)) throw new Error('no file');
    expect(file.name).toBe('segue-1-2-abc.csv');
    expect(file.type).toBe('text/csv');
    expect(Buffer.from(await file.arrayBuffer()).equals(body)).toBe(true);
    expect(request?.headers['content-length']).toBe(String(Buffer.byteLength(request?.body ?? '')));
  });

  test('JSON goes as it was built', async () => {
    const { client, remote } = await connect(() => started);
    const body = Buffer.from(JSON.stringify({ import_data: [{ email: 'ada@example.com' }], list_ids: [listId] }));
    expect(await postJsonImport(client, { body })).toMatchObject({ outcome: 'accepted' });
    expect(remote.seen[0]).toMatchObject({ path: '/v3/activities/contacts_json_import', body: body.toString() });
  });

  test('an answer that never came leaves it unknown', async () => {
    const { client, remote } = await connect(() => ({ drop: 'before-answer' }));
    const outcome = await postFileImport(client, {
      listIds: [listId],
      fileName: 'a.csv',
      body: Buffer.from('email\r\n'),
    });
    expect(outcome).toMatchObject({ outcome: 'unknown', error: { code: 'network.offline' } });
    expect(remote.seen).toHaveLength(1);
  });

  test('what Constant Contact would cut or refuse does not leave', async () => {
    const { client } = await connect(() => started);
    const big = Buffer.alloc(4_000_001);
    await expect(postJsonImport(client, { body: big })).rejects.toThrowError();
    await expect(
      postFileImport(client, { listIds: [], fileName: 'a.csv', body: Buffer.from('') }),
    ).rejects.toThrowError();
    await expect(
      postFileImport(client, { listIds: [listId], fileName: 'a"\r\n.csv', body: big }),
    ).rejects.toThrowError();
  });
});

describe('fields and contacts', () => {
  test('custom fields: all, and one made with the name the other side gave', async () => {
    const field = { custom_field_id: 'f', label: 'Customer ID', name: 'customer_id', type: 'string' };
    const older = { custom_field_id: 'g', label: 'Birth', name: 'birth', type: 'date', version: 1 };
    const { client, remote } = await connect((request) =>
      request.method === 'POST'
        ? { status: 201, json: field }
        : { status: 200, json: { custom_fields: [field, older] } },
    );
    expect((await fetchCustomFields(client)).map((one) => [one.label, one.olderDate])).toEqual([
      ['Birth', true],
      ['Customer ID', false],
    ]);
    expect((await createCustomField(client, { label: ' Customer ID ', type: 'string' })).name).toBe('customer_id');
    expect(JSON.parse(remote.seen[1]?.body ?? '')).toEqual({ label: 'Customer ID', type: 'string' });
  });

  test('a look-up asks for deleted people too and ignores case', async () => {
    const person = {
      contact_id: 'c',
      email_address: { address: 'Ada@Example.com', permission_to_send: 'unsubscribed', opt_out_source: 'Contact' },
      list_memberships: [listId],
      deleted_at: '2026-01-01T00:00:00Z',
    };
    const { client, remote } = await connect(() => ({ status: 200, json: { contacts: [person] } }));
    expect(await lookUpContact(client, ' ada+x@example.com')).toBeNull();
    expect(await lookUpContact(client, 'ada@example.com')).toMatchObject({ permission: 'unsubscribed', deleted: true });
    expect(remote.seen[0]?.query.get('email')).toBe('ada+x@example.com');
    expect(remote.seen[0]?.query.get('status')).toBe('all');
  });

  test('opt-outs page by page, and counts', async () => {
    const { client, remote } = await connect((request) =>
      request.path.endsWith('/counts')
        ? { status: 200, json: { total: 9, implicit: 5, unsubscribed: 4 } }
        : { status: 200, json: { contacts: [{ contact_id: 'c', email_address: { address: 'a@example.com' } }] } },
    );
    const since = new Date('2026-11-01T00:00:00Z');
    const found = [];
    for await (const page of unsubscribedContacts(client, since)) found.push(...page);
    expect(found).toHaveLength(1);
    expect(remote.seen[0]?.query.get('optout_after')).toBe('2026-11-01T00:00:00.000Z');
    expect(await fetchContactCounts(client)).toEqual({
      total: 9,
      explicit: 0,
      implicit: 5,
      pending: 0,
      unsubscribed: 4,
    });
  });
});

describe('contact exports', () => {
  test('the link is followed as given and a broken download begun again', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'segue-export-'));
    open.push(() => rm(folder, { recursive: true }));
    const csv = `Email address\n${'ada@example.com\n'.repeat(20_000)}`;
    let downloads = 0;
    const { client, remote } = await connect((request) => {
      if (request.method === 'POST') return { status: 201, json: { activity_id: 'e', state: 'initialized' } };
      downloads += 1;
      return downloads === 1
        ? { drop: 'in-body' }
        : { status: 200, text: csv, headers: { 'content-type': 'text/csv' } };
    });
    const activity = await startContactExport(client, { listIds: [listId], fields: ['email_address'] });
    expect(activity.state).toBe('initialized');
    expect(JSON.parse(remote.seen[0]?.body ?? '')).toEqual({ list_ids: [listId], fields: ['email_address'] });
    const file = path.join(folder, 'export.csv');
    expect(await downloadContactExport(client, '/v3/contact_exports/e', file)).toBe(csv.length);
    expect(await readFile(file, 'utf8')).toBe(csv);
    expect(remote.seen.at(-1)?.path).toBe('/v3/contact_exports/e');
    await expect(downloadContactExport(client, 'https://evil.example/v3/x', file)).rejects.toMatchObject({
      code: 'remote.invalid-answer',
    });
  });
});
