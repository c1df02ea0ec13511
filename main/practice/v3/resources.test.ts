import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestAccount } from '../test-support/test-account.ts';

let practice: TestAccount;
beforeAll(async () => {
  practice = await TestAccount.start();
});
afterAll(() => practice.stop());

/** Follows next links to the end; answers the items of all pages. */
async function everyPage(path: string, name: string): Promise<{ items: Record<string, unknown>[]; pages: number }> {
  const items: Record<string, unknown>[] = [];
  let pages = 0;
  for (let href: string | undefined = `/v3${path}`; href !== undefined; pages += 1) {
    const seen = await practice.api('GET', href.slice('/v3'.length));
    expect(seen.status).toBe(200);
    items.push(...seen.body[name]);
    href = seen.body._links?.next.href;
  }
  return { items, pages };
}

describe('lists', () => {
  it('are made once by name, found by name, renamed, and deleted with their memberships', async () => {
    const made = await practice.api('POST', '/contact_lists', { name: 'Été 2026', description: 'd', favorite: true });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ name: 'Été 2026', description: 'd', favorite: true });
    expect(made.body.membership_count).toBeUndefined();
    const again = await practice.api('POST', '/contact_lists', { name: 'Été 2026' });
    expect([again.status, again.body[0].error_key]).toEqual([409, 'contacts.api.conflict']);
    const found = await practice.api('GET', `/contact_lists?name=${encodeURIComponent('Été 2026')}&include_count=true`);
    expect(found.body).toMatchObject({ lists_count: 1, lists: [{ list_id: made.body.list_id }] });
    const { list_id } = made.body;
    await practice.activity((await practice.importFile('email\nkept@example.com', [list_id])).body.activity_id);
    const gone = await practice.api('DELETE', `/contact_lists/${list_id}`);
    expect(gone.status).toBe(202);
    expect(gone.body.status).toBeUndefined();
    await practice.activity(gone.body.activity_id);
    expect((await practice.api('GET', `/contact_lists/${list_id}`)).status).toBe(404);
    const deleted = await practice.api('GET', '/contact_lists?status=deleted');
    expect(deleted.body.lists.at(-1)).toMatchObject({ list_id, deleted_at: expect.any(String) });
    const kept = await practice.api('GET', '/contacts?email=kept@example.com&include=list_memberships');
    expect(kept.body.contacts[0].list_memberships).toEqual([]);
    expect((await practice.api('POST', '/contact_lists', { name: 'Été 2026' })).status).toBe(201);
  });

  it.each([[{}], [{ name: '' }], [{ name: 'x'.repeat(256) }], [{ name: 7 }], [{ name: 'a', favorite: 'yes' }]])(
    'are refused with 400: %j',
    async (body) => {
      expect((await practice.api('POST', '/contact_lists', body)).status).toBe(400);
    },
  );

  it('count members, and active ones without the opted out', async () => {
    const [seeded] = (await practice.api('GET', '/contact_lists?include_membership_count=all')).body.lists;
    const [active] = (await practice.api('GET', '/contact_lists?include_membership_count=active')).body.lists;
    const out = await practice.api('GET', `/contacts?status=unsubscribed&lists=${seeded.list_id}&include_count=true`);
    expect(out.body.contacts_count).toBeGreaterThan(0);
    expect(active.membership_count).toBe(seeded.membership_count - out.body.contacts_count);
  });

  it('come in pages', async () => {
    for (let index = 0; index < 7; index += 1) await practice.list(`Page ${index}`);
    const { items, pages } = await everyPage('/contact_lists?limit=3', 'lists');
    expect(pages).toBe(Math.ceil(items.length / 3));
    expect(new Set(items.map((list) => list.list_id)).size).toBe(items.length);
  });
});

describe('contacts', () => {
  const post = (changes: object = {}) =>
    practice.api('POST', '/contacts', { create_source: 'Account', first_name: 'A', ...changes });

  it('need a source, named as the live service names it', async () => {
    const seen = await practice.api('POST', '/contacts', { first_name: 'A' });
    expect([seen.status, seen.body]).toEqual([
      400,
      [
        {
          error_key: 'contacts.api.validation.error',
          error_message: 'create_source is missing, create_source does not have a valid value',
        },
      ],
    ]);
  });

  it('with a known address are refused with their id, deleted ones too', async () => {
    const email_address = { address: 'once@example.com' };
    const made = await post({ email_address });
    expect(made.status).toBe(201);
    await practice.api('DELETE', `/contacts/${made.body.contact_id}`);
    const again = await post({ email_address: { address: 'ONCE@example.com' } });
    expect([again.status, again.body]).toEqual([
      409,
      [
        {
          error_key: 'contacts.api.conflict',
          error_message: `Validation failed: Email already exists for contact ${made.body.contact_id}.`,
        },
      ],
    ]);
  });

  it('lose with PUT what is left out at the top, keep what is left out below, and come back from deletion', async () => {
    const list = await practice.list('Put');
    const made = await post({
      email_address: { address: 'put@example.com' },
      last_name: 'Gone',
      phone_numbers: [{ phone_number: '1', kind: 'home' }],
      list_memberships: [list],
    });
    const path = `/contacts/${made.body.contact_id}`;
    const changed = await practice.api('PUT', path, { update_source: 'Account', first_name: 'B' });
    expect(changed.body).toMatchObject({
      first_name: 'B',
      list_memberships: [list],
      phone_numbers: [{ phone_number: '1' }],
    });
    expect(changed.body.last_name).toBeUndefined();
    expect((await practice.api('DELETE', path)).status).toBe(204);
    expect((await practice.api('GET', `${path}?include=list_memberships`)).body).toMatchObject({
      deleted_at: expect.any(String),
      list_memberships: [],
    });
    const back = await practice.api('PUT', path, { update_source: 'Account', first_name: 'C' });
    expect(back.body.deleted_at).toBeUndefined();
  });

  it('can be opted out with PUT, which tells who did it and when', async () => {
    const made = await post({ email_address: { address: 'out@example.com' } });
    const seen = await practice.api('PUT', `/contacts/${made.body.contact_id}`, {
      update_source: 'Account',
      email_address: { address: 'out@example.com', permission_to_send: 'unsubscribed', opt_out_reason: 'asked' },
    });
    expect(seen.body.email_address).toMatchObject({
      permission_to_send: 'unsubscribed',
      opt_out_source: 'Account',
      opt_out_reason: 'asked',
      opt_out_date: expect.any(String),
    });
    const found = await practice.api(
      'GET',
      '/contacts?status=unsubscribed&optout_after=2020-01-01&email=out@example.com',
    );
    expect(found.body.contacts).toHaveLength(1);
  });

  it('stay out when they opted out themselves, whatever permission a PUT of the account names', async () => {
    const made = await post({ email_address: { address: 'own-wish@example.com' } });
    const put = (update_source: string, permission_to_send: string) =>
      practice.api('PUT', `/contacts/${made.body.contact_id}`, {
        update_source,
        email_address: { address: 'own-wish@example.com', permission_to_send },
      });
    await put('Contact', 'unsubscribed');
    const seen = await put('Account', 'implicit');
    expect(seen.body.email_address).toMatchObject({ permission_to_send: 'unsubscribed', opt_out_source: 'Contact' });
  });

  it('change address and are found by the new one only', async () => {
    const made = await post({ email_address: { address: 'before@example.com' } });
    const email_address = { address: 'after@example.com' };
    await practice.api('PUT', `/contacts/${made.body.contact_id}`, { update_source: 'Account', email_address });
    expect((await practice.api('GET', '/contacts?email=before@example.com')).body.contacts).toEqual([]);
    expect((await practice.api('GET', '/contacts?email=after@example.com')).body.contacts).toHaveLength(1);
  });

  it('are hidden when deleted unless all are asked for', async () => {
    const made = await post({ email_address: { address: 'hidden@example.com' } });
    await practice.api('DELETE', `/contacts/${made.body.contact_id}`);
    expect((await practice.api('GET', '/contacts?email=hidden@example.com')).body.contacts).toEqual([]);
    for (const status of ['all', 'deleted']) {
      expect(
        (await practice.api('GET', `/contacts?email=hidden@example.com&status=${status}`)).body.contacts,
      ).toHaveLength(1);
    }
  });

  it('come in pages that carry the filters on, without gaps or repeats', async () => {
    const [list] = (await practice.api('GET', '/contact_lists?name=Newsletter&include_membership_count=all')).body
      .lists;
    const { items } = await everyPage(`/contacts?lists=${list.list_id}&limit=50&include=list_memberships`, 'contacts');
    expect(items).toHaveLength(list.membership_count);
    expect(new Set(items.map((contact) => contact.contact_id)).size).toBe(items.length);
    expect(items.every((contact) => (contact.list_memberships as string[]).includes(list.list_id))).toBe(true);
  });

  it('give a cursor in the vendor’s form', async () => {
    const { href } = (await practice.api('GET', '/contacts?limit=2')).body._links.next;
    const cursor = new URL(href, 'http://x').searchParams.get('cursor') ?? '';
    expect(Buffer.from(cursor, 'base64').toString()).toMatch(/^limit=2&next=[0-9a-f-]{36}$/);
  });

  it('are counted by permission', async () => {
    const counts = (await practice.api('GET', '/contacts/counts')).body;
    const all = await practice.api('GET', '/contacts?include_count=true&limit=1');
    expect(counts.total).toBe(all.body.contacts_count);
    const out = await practice.api('GET', '/contacts?status=unsubscribed&include_count=true&limit=1');
    expect(counts.unsubscribed).toBe(out.body.contacts_count);
  });

  it('who sign up themselves opt in again', async () => {
    const [out] = (await practice.api('GET', '/contacts?status=unsubscribed&limit=1')).body.contacts;
    const list = await practice.list('Form');
    const body = { email_address: out.email_address.address, list_memberships: [list] };
    const seen = await practice.api('POST', '/contacts/sign_up_form', body);
    expect([seen.status, seen.body]).toEqual([200, { contact_id: out.contact_id, action: 'updated' }]);
    const after = await practice.api('GET', `/contacts/${out.contact_id}`);
    expect(after.body.email_address).toMatchObject({ permission_to_send: 'explicit', opt_in_source: 'Contact' });
  });
});

describe('custom fields and tags', () => {
  it('derive a name from the label', async () => {
    const made = await practice.api('POST', '/contact_custom_fields', { label: 'Préféré  N° 1', type: 'string' });
    expect([made.status, made.body.name]).toEqual([201, 'prefere_n_1']);
    const again = await practice.api('POST', '/contact_custom_fields', { label: 'préféré  n° 1', type: 'date' });
    expect(again.status).toBe(409);
    expect((await practice.api('DELETE', `/contact_custom_fields/${made.body.custom_field_id}`)).status).toBe(204);
  });

  it.each([
    [{ label: 'x', type: 'nothing' }],
    [{ label: 'y'.repeat(51), type: 'string' }],
    [{ type: 'string' }],
    [{ label: 'z' }],
  ])('are refused with 400: %j', async (body) => {
    expect((await practice.api('POST', '/contact_custom_fields', body)).status).toBe(400);
  });

  it('tags are unique and can be put on everybody of a list', async () => {
    const { tag_id } = (await practice.api('POST', '/contact_tags', { name: 'Spring' })).body;
    expect((await practice.api('POST', '/contact_tags', { name: 'Spring' })).status).toBe(409);
    const [list] = (await practice.api('GET', '/contact_lists?include_membership_count=all')).body.lists;
    const job = await practice.api('POST', '/activities/contacts_taggings_add', {
      source: { list_ids: [list.list_id] },
      tag_ids: [tag_id],
    });
    await practice.activity(job.body.activity_id);
    const counted = await practice.api('GET', `/contact_tags/${tag_id}?include_count=true`);
    expect(counted.body.contacts_count).toBe(list.membership_count);
  });
});

describe('bulk activities', () => {
  const run = async (path: string, body: object) => {
    const posted = await practice.api('POST', `/activities/${path}`, body);
    expect(posted.status).toBe(201);
    return (await practice.activity(posted.body.activity_id)).body;
  };
  const members = async (id: string) =>
    (await practice.api('GET', `/contact_lists/${id}?include_membership_count=all`)).body.membership_count;

  it('put people on a list and take them off again, the opted out left alone', async () => {
    const list = await practice.list('Bulk');
    const people = (await practice.api('GET', '/contacts?limit=20&status=all')).body.contacts;
    const contact_ids = people.map((each: { contact_id: string }) => each.contact_id);
    const out = people.filter(
      (each: { email_address: { permission_to_send: string } }) =>
        each.email_address.permission_to_send === 'unsubscribed',
    );
    const added = await run('add_list_memberships', { source: { contact_ids }, list_ids: [list] });
    expect(added.status).toEqual({ items_total_count: 20, items_completed_count: 20, list_count: 1 });
    expect(await members(list)).toBe(20 - out.length);
    const exclude = { contact_ids: [contact_ids[0]] };
    await run('remove_list_memberships', { source: { list_ids: [list] }, exclude, list_ids: [list] });
    expect(await members(list)).toBe(1);
  });

  it.each([
    [{ source: {}, list_ids: ['<list>'] }],
    [{ list_ids: ['<list>'] }],
    [{ source: { all_active_contacts: true } }],
    [{ source: { all_active_contacts: true, list_ids: ['<list>'] }, list_ids: ['<list>'] }],
  ])('are refused with 400: %j', async (body) => {
    const list = await practice.list(`Refused ${JSON.stringify(body)}`);
    const seen = await practice.api(
      'POST',
      '/activities/add_list_memberships',
      JSON.parse(JSON.stringify(body).replaceAll('<list>', list)),
    );
    expect(seen.status).toBe(400);
  });

  it('export the people of a list as CSV, behind the link of the finished activity', async () => {
    const list = await practice.list('Read back');
    await practice.activity(
      (await practice.importFile('email,first_name\nx@example.com,"X, ""Y"""\nz@example.com,Z', [list])).body
        .activity_id,
    );
    const done = await run('contact_exports', {
      list_ids: [list],
      fields: ['email_address', 'first_name', 'email_optout_date'],
    });
    expect(done.status).toEqual({ items_total_count: 2, items_completed_count: 2 });
    const file = await practice.api('GET', done._links.results.href.slice('/v3'.length));
    expect(file.headers.get('content-type')).toContain('text/csv');
    expect(file.text).toBe(
      'Email address,First name,Email opt-out date\r\nx@example.com,"X, ""Y""",\r\nz@example.com,Z,\r\n',
    );
  });

  it('delete people, who can be found as deleted', async () => {
    const list = await practice.list('Doomed');
    await practice.activity(
      (await practice.importFile('email\nd1@example.com\nd2@example.com', [list])).body.activity_id,
    );
    const done = await run('contact_delete', { list_ids: [list] });
    expect(done.status).toEqual({ items_total_count: 2, items_completed_count: 2, list_count: 1 });
    expect(await members(list)).toBe(0);
    expect((await practice.api('GET', '/contacts?email=d1@example.com&status=deleted')).body.contacts).toHaveLength(1);
  });

  it('can be listed by state', async () => {
    const seen = await practice.api('GET', '/activities?state=completed&limit=500');
    expect(seen.body.activities.length).toBeGreaterThan(4);
    expect(new Set(seen.body.activities.map((each: { state: string }) => each.state))).toEqual(new Set(['completed']));
    const { items } = await everyPage('/activities?limit=3', 'activities');
    const dates = items.map((each) => String(each.created_at));
    expect(dates).toEqual([...dates].sort().reverse());
  });
});
