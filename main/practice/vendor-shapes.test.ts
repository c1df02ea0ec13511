import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestAccount } from './test-support/test-account.ts';
import { VendorShapes } from './test-support/vendor-shapes.ts';

// Every kind of answer, held against the vendor's own document.
const shapes = new VendorShapes(
  fileURLToPath(new URL('../../e2e/fixtures/constant-contact-openapi.json', import.meta.url)),
);
let practice: TestAccount;
let list: string;
let contact: string;
let field: string;
let tag: string;

beforeAll(async () => {
  practice = await TestAccount.start();
  list = await practice.list('Shapes');
  field = (await practice.api('POST', '/contact_custom_fields', { label: 'Vehicle make', type: 'string' })).body
    .custom_field_id;
  tag = (await practice.api('POST', '/contact_tags', { name: 'vip' })).body.tag_id;
  const made = await practice.api('POST', '/contacts', {
    email_address: { address: 'whole@example.com', permission_to_send: 'implicit' },
    first_name: 'Whole',
    last_name: 'Person',
    job_title: 'Tester',
    company_name: 'Example',
    birthday_month: 2,
    birthday_day: 29,
    anniversary: '2001-05-06',
    create_source: 'Account',
    custom_fields: [{ custom_field_id: field, value: 'Volvo' }],
    phone_numbers: [{ phone_number: '555-0100', kind: 'mobile' }],
    street_addresses: [{ kind: 'home', street: '1 Main', city: 'Town', country: 'US' }],
    list_memberships: [list],
    taggings: [tag],
    notes: [{ content: 'met at the fair' }],
  });
  contact = made.body.contact_id;
  expect(shapes.complaints('POST', '/contacts', made.status, made.body)).toEqual([]);
});
afterAll(() => practice.stop());

const everything = 'custom_fields,list_memberships,phone_numbers,street_addresses,taggings,notes';
const ids = (): Record<string, string> => ({ list, contact, field, tag });
const fill = (text: string) => text.replaceAll(/<(\w+)>/g, (_, name: string) => ids()[name] ?? '');

it.each([
  ['/account/summary', '/account/summary'],
  ['/account/summary', '/account/summary?extra_fields=physical_address'],
  ['/account/user/privileges', '/account/user/privileges'],
  ['/account/emails', '/account/emails'],
  ['/contact_lists', '/contact_lists?include_count=true&include_membership_count=active&limit=1'],
  ['/contact_lists/{list_id}', '/contact_lists/<list>?include_membership_count=all'],
  ['/contact_lists/list_id_xrefs', '/contact_lists/list_id_xrefs?sequence_ids=1'],
  ['/contacts', `/contacts?limit=3&include_count=true&include=${everything}`],
  ['/contacts', `/contacts?status=unsubscribed&include=${everything}`],
  ['/contacts/{contact_id}', `/contacts/<contact>?include=${everything}`],
  ['/contacts/counts', '/contacts/counts?include=new_subscriber'],
  ['/contact_custom_fields', '/contact_custom_fields?limit=1'],
  ['/contact_custom_fields/{custom_field_id}', '/contact_custom_fields/<field>'],
  ['/contact_tags', '/contact_tags?include_count=true'],
  ['/contact_tags/{tag_id}', '/contact_tags/<tag>?include_count=true'],
])('GET %s', async (template, request) => {
  const seen = await practice.api('GET', fill(request));
  expect(seen.status).toBe(200);
  expect(shapes.complaints('GET', template, seen.status, seen.body)).toEqual([]);
});

it.each([
  ['POST', '/contact_lists', '/contact_lists', { name: 'Another' }],
  ['PUT', '/contact_lists/{list_id}', '/contact_lists/<list>', { name: 'Shapes', favorite: true }],
  ['PUT', '/contacts/{contact_id}', '/contacts/<contact>', { update_source: 'Account', first_name: 'W' }],
  [
    'POST',
    '/contacts/sign_up_form',
    '/contacts/sign_up_form',
    { email_address: 'new@example.com', list_memberships: ['<list>'] },
  ],
  ['POST', '/contact_custom_fields', '/contact_custom_fields', { label: 'Seats', type: 'number' }],
  ['PUT', '/contact_custom_fields/{custom_field_id}', '/contact_custom_fields/<field>', { label: 'Vehicle' }],
  ['POST', '/contact_tags', '/contact_tags', { name: 'other' }],
  ['PUT', '/contact_tags/{tag_id}', '/contact_tags/<tag>', { name: 'vips' }],
  [
    'POST',
    '/activities/contacts_json_import',
    '/activities/contacts_json_import',
    { import_data: [{ email: 'a@example.com' }], list_ids: ['<list>'] },
  ],
  [
    'POST',
    '/activities/add_list_memberships',
    '/activities/add_list_memberships',
    { source: { contact_ids: ['<contact>'] }, list_ids: ['<list>'] },
  ],
  [
    'POST',
    '/activities/remove_list_memberships',
    '/activities/remove_list_memberships',
    { source: { all_active_contacts: true }, list_ids: ['<list>'] },
  ],
  [
    'POST',
    '/activities/contacts_taggings_add',
    '/activities/contacts_taggings_add',
    { source: { list_ids: ['<list>'] }, tag_ids: ['<tag>'] },
  ],
  [
    'POST',
    '/activities/contacts_taggings_remove',
    '/activities/contacts_taggings_remove',
    { source: { tag_ids: ['<tag>'] }, tag_ids: ['<tag>'] },
  ],
  [
    'POST',
    '/activities/contact_exports',
    '/activities/contact_exports',
    { list_ids: ['<list>'], fields: ['email_address'] },
  ],
  ['POST', '/activities/contact_delete', '/activities/contact_delete', { contact_ids: ['<contact>'] }],
  ['POST', '/activities/contacts_tags_delete', '/activities/contacts_tags_delete', { tag_ids: ['<tag>'] }],
  ['POST', '/activities/custom_fields_delete', '/activities/custom_fields_delete', { custom_field_ids: ['<field>'] }],
  ['POST', '/activities/list_delete', '/activities/list_delete', { list_ids: ['<list>'] }],
])('%s %s', async (method, template, request, body) => {
  const seen = await practice.api(method, fill(request), JSON.parse(fill(JSON.stringify(body))));
  expect(shapes.complaints(method, template, seen.status, seen.body)).toEqual([]);
  if (!template.startsWith('/activities/')) return;
  const ended = await practice.activity(seen.body.activity_id);
  expect(ended.body.state).toBe('completed');
  expect(shapes.complaints('GET', '/activities/{activity_id}', ended.status, ended.body)).toEqual([]);
});

it('DELETE of a list and of a tag, and the list of activities', async () => {
  const other = await practice.list('To delete');
  const list = await practice.api('DELETE', `/contact_lists/${other}`);
  expect(shapes.complaints('DELETE', '/contact_lists/{list_id}', list.status, list.body)).toEqual([]);
  expect(list.headers.get('location')).toBe(`/v3/activities/${list.body.activity_id}`);
  const { tag_id } = (await practice.api('POST', '/contact_tags', { name: 'passing' })).body;
  const tag = await practice.api('DELETE', `/contact_tags/${tag_id}`);
  expect(shapes.complaints('DELETE', '/contact_tags/{tag_id}', tag.status, tag.body)).toEqual([]);
  const all = await practice.api('GET', '/activities?limit=500');
  expect(shapes.complaints('GET', '/activities', all.status, all.body)).toEqual([]);
});

it('would find what does not fit', () => {
  const body = { lists: [{ list_id: 'x', favourite: true, created_at: '2026' }], lists_count: '1' };
  expect(shapes.complaints('GET', '/contact_lists', 200, body)).toEqual([
    '.lists[0].name: missing',
    '.lists[0].list_id: no uuid',
    '.lists[0].favourite: not in the document',
    '.lists[0].created_at: no time',
    '.lists_count: no integer',
  ]);
  expect(shapes.complaints('GET', '/contact_lists', 418, [])).toEqual(['GET /contact_lists does not declare 418']);
});
