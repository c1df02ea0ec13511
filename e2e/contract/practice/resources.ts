import type { Case } from '../case.ts';
import { at, count, errorKey, errorList, hold, isBlank, list, same, status, text, time, uuid } from '../check.ts';
import { everyPage } from '../fixtures.ts';
import { idIn } from '../world.ts';
import { type Bench, day, here, inferred, seen, sim } from './bench.ts';

const everything = 'custom_fields,list_memberships,phone_numbers,street_addresses,taggings,notes';

const plumbing: Case<Bench>[] = [
  seen('1', 'ids look like UUIDs of version 1', async ({ world }) => {
    hold(/^[0-9a-f]{8}-[0-9a-f]{4}-1/.test(await world.newList('version')), 'The id is not of version 1');
  }),
  seen('1', 'times have seconds and end in Z', async ({ world }) => {
    const { body } = await world.postList('time');
    hold(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text(body, 'created_at')), 'created_at has another form');
  }),
  sim('1', 'a cursor is base64 of limit=N&next=<uuid>', async ({ api }) => {
    const href = text((await api.get('/contacts?limit=2')).body, '_links', 'next', 'href');
    const cursor = new URL(href, 'http://localhost').searchParams.get('cursor') ?? '';
    const inside = new URLSearchParams(Buffer.from(cursor, 'base64').toString('latin1'));
    same([...inside.keys()], ['limit', 'next'], 'The parts of the cursor');
    uuid(Object.fromEntries(inside), 'next');
  }),
  inferred('1', 'the id of something deleted is never given again', async ({ api, world }) => {
    const field = idIn(await world.postField('id 1'), 'custom_field_id');
    await api.delete(`/contact_custom_fields/${field}`);
    hold(idIn(await world.postField('id 2'), 'custom_field_id') !== field, 'A field has the id of a deleted one');
    const tag = idIn(await world.postTag('id 1'), 'tag_id');
    await world.ended(await api.delete(`/contact_tags/${tag}`));
    hold(idIn(await world.postTag('id 2'), 'tag_id') !== tag, 'A tag has the id of a deleted one');
  }),
  sim('1', 'the last page has no _links', async ({ api, world }) => {
    await world.newList('last page');
    const { body } = await api.get('/contact_lists?limit=500');
    hold(at(body, '_links') === undefined, '_links is there');
  }),
  sim('1', 'pages carry the filters on', async ({ api }) => {
    const { items } = await everyPage(
      api,
      '/contacts?status=unsubscribed&limit=4&include=list_memberships',
      'contacts',
      50,
    );
    hold(items.length > 8, 'There are fewer people than a page holds');
    for (const item of items) {
      same(at(item, 'email_address', 'permission_to_send'), 'unsubscribed', 'permission_to_send');
      list(item, 'list_memberships');
    }
  }),
  ...(
    [
      ['/contacts?limit=501', 400],
      ['/contacts?limit=0', 400],
      ['/contacts?status=gone', 400],
      ['/contacts?include=everything', 400],
      ['/contacts?cursor=nonsense', 400],
      ['/contact_lists?limit=1001', 400],
      ['/contact_lists?status=gone', 400],
      ['/contact_custom_fields?limit=101', 400],
      ['/contact_tags?limit=501', 400],
      ['/activities?limit=501', 400],
      ['/activities?state=initialized', 400],
      ['/nothing/here', 403],
    ] as const
  ).map(([path, answered]) =>
    inferred('10', `GET ${path} is answered ${answered}`, async ({ api }) => status(await api.get(path), answered)),
  ),
  inferred('10', 'a wrong method is 405 with a list', async ({ api }) => {
    const answer = await api.request('PATCH', '/contact_lists', { json: {} });
    status(answer, 405);
    errorList(answer);
  }),
  inferred('10', 'refusals of 400, 404, 409 and 415 come as a list under contacts.api.', async ({ api, world }) => {
    const id = await world.newList('refusals');
    const answers = [
      await api.post('/contact_lists', {}),
      await api.get('/contact_lists/nothing'),
      await api.post('/contact_lists', { name: world.name('refusals') }),
      await api.importFile('email\r\n', [id], 'no.txt'),
    ];
    same(
      answers.map((answer) => answer.status),
      [400, 404, 409, 415],
      'The statuses',
    );
    for (const answer of answers) hold(errorList(answer).startsWith('contacts.api.'), 'A key has another beginning');
  }),
  seen('10', 'a missing create_source is told in the words of the live service', async ({ api }) => {
    const answer = await api.post('/contacts', { first_name: 'A' });
    same(errorKey(answer), 'contacts.api.validation.error', 'error_key');
    const words = 'create_source is missing, create_source does not have a valid value';
    same(at(answer.body, 0, 'error_message'), words, 'error_message');
  }),
  seen('10', 'a known address is told of with the contact’s id', async ({ world }) => {
    const id = await world.newContact('conflict', { first_name: 'A' });
    const again = await world.postContact('conflict', { first_name: 'B' });
    same(errorKey(again), 'contacts.api.conflict', 'error_key');
    const words = `Validation failed: Email already exists for contact ${id}.`;
    same(at(again.body, 0, 'error_message'), words, 'error_message');
  }),
  here('10', 'an unknown contact is told of in the words of the document', async ({ api }) => {
    const answer = await api.get('/contacts/nobody');
    status(answer, 404);
    same(
      [errorKey(answer), at(answer.body, 0, 'error_message')],
      ['contacts.api.not_found', 'contact_id is in an invalid format.'],
      'key and message',
    );
  }),
];

const lists: Case<Bench>[] = [
  here('4', 'a name and a description have at most 255 characters', async ({ api }) => {
    status(await api.post('/contact_lists', { name: 'x'.repeat(256) }), 400);
    status(await api.post('/contact_lists', { name: 'Long', description: 'x'.repeat(256) }), 400);
  }),
  here('4', 'list_id_xrefs knows no list of an older version', async ({ api }) => {
    const answer = await api.get('/contact_lists/list_id_xrefs?sequence_ids=1');
    status(answer, 200);
    same(list(answer.body, 'xrefs'), [], 'xrefs');
  }),
  here('4', 'membership_count of active leaves out who has opted out', async ({ api, world }) => {
    const id = await world.newList('active ones');
    await world.newContact('active.in', { list_memberships: [id] });
    const out = await world.newContact('active.out', { list_memberships: [id] });
    const email_address = { address: world.address('active.out'), permission_to_send: 'unsubscribed' };
    await api.put(`/contacts/${out}`, { email_address, update_source: 'Account' });
    const counted = await api.get(`/contact_lists/${id}?include_membership_count=active`);
    same(at(counted.body, 'membership_count'), 1, 'membership_count');
  }),
];

const contacts: Case<Bench>[] = [
  here('5.2', 'names have at most 50 characters', async ({ world }) => {
    status(await world.postContact('too.long', { first_name: 'x'.repeat(51) }), 400);
  }),
  here('5.2', 'a birthday has both month and day', async ({ world }) => {
    status(await world.postContact('half.birthday', { birthday_month: 2 }), 400);
    status(await world.postContact('birthday', { birthday_month: 2, birthday_day: 29 }), 201);
  }),
  here('5.2', 'an anniversary has one of the documented forms', async ({ world }) => {
    const forms = ['02/29/2020', '2/9/2020', '2020/02/29', '2020-02-29', '2020-2-9', '2-9-2020', '02-29-2020'];
    for (const [index, anniversary] of forms.entries()) {
      status(await world.postContact(`anniversary.${index}`, { anniversary }), 201);
    }
    status(await world.postContact('anniversary.bad', { anniversary: '29.2.2020' }), 400);
  }),
  here('5.2', 'a contact has at most 3 phones and 3 addresses', async ({ world }) => {
    const phones = ['home', 'work', 'mobile', 'other'].map((kind) => ({ kind, phone_number: '1' }));
    status(await world.postContact('phones', { phone_numbers: phones }), 400);
    const addresses = Array.from({ length: 4 }, () => ({ kind: 'home' }));
    status(await world.postContact('addresses', { street_addresses: addresses }), 400);
  }),
  here('5.2', 'a contact is on at most 50 lists', async ({ world }) => {
    const id = await world.newList('fifty');
    status(await world.postContact('fifty', { list_memberships: Array(51).fill(id) }), 400);
  }),
  here('5.1', 'created_after and created_before, updated_after and updated_before hold', async ({ api, world }) => {
    const on = await world.newList('by time');
    const posted = await world.postContact('by.time', { list_memberships: [on] });
    const created = time(posted.body, 'created_at');
    for (const name of ['created', 'updated']) {
      const found = async (side: string, days: number) => {
        const when = encodeURIComponent(new Date(created + days * day).toISOString());
        return list((await api.get(`/contacts?lists=${on}&${name}_${side}=${when}`)).body, 'contacts').length;
      };
      const all = [await found('after', -1), await found('before', -1), await found('after', 1)];
      same(all, [1, 0, 0], `How many ${name} after yesterday, before yesterday, after tomorrow`);
    }
  }),
  here('5.1', 'lists takes at most 25 ids', async ({ api, world }) => {
    const id = await world.newList('many');
    status(await api.get(`/contacts?lists=${Array(26).fill(id)}`), 400);
  }),
  here('5.1', 'include shows everything it names', async ({ api, world }) => {
    const id = await world.newContact('included', { notes: [{ content: 'met at the fair' }] });
    const { body } = await api.get(`/contacts/${id}?include=${everything}`);
    for (const name of everything.split(',')) list(body, name);
    same(at(body, 'notes', 0, 'content'), 'met at the fair', 'The content of a note');
  }),
  here('5.1', 'sign_up_form answers 201 created, then 200 updated, and makes explicit', async ({ api, world }) => {
    const on = await world.newList('form');
    const form = { email_address: world.address('form'), list_memberships: [on] };
    const first = await api.post('/contacts/sign_up_form', { ...form, first_name: 'First' });
    same([first.status, at(first.body, 'action')], [201, 'created'], 'The first answer');
    const second = await api.post('/contacts/sign_up_form', { ...form, last_name: 'Second' });
    same([second.status, at(second.body, 'action')], [200, 'updated'], 'The second answer');
    const person = await world.person(form.email_address);
    same([at(person, 'first_name'), at(person, 'last_name')], ['First', 'Second'], 'The names');
    same(at(person, 'email_address', 'permission_to_send'), 'explicit', 'permission_to_send');
    same(list(person, 'list_memberships'), [on], 'list_memberships');
  }),
  here('5.1', 'counts have new_subscriber when asked for', async ({ api }) => {
    count((await api.get('/contacts/counts?include=new_subscriber')).body, 'new_subscriber');
    hold(at((await api.get('/contacts/counts')).body, 'new_subscriber') === undefined, 'new_subscriber is there');
  }),
  here('5.1', 'optout_before holds', async ({ world }) => {
    await world.optedOut('before');
    const found = (days: number) => {
      const when = new Date(Date.now() + days * day).toISOString();
      return world.find(world.address('before'), `status=unsubscribed&optout_before=${encodeURIComponent(when)}`);
    };
    hold((await found(1)) !== undefined && (await found(-1)) === undefined, 'optout_before does not hold');
  }),
  here('5.1', 'resubscribe is for who has opted out, who stays so until they confirm', async ({ api, world }) => {
    const [out, on] = [await world.optedOut('resubscribe'), await world.newList('resubscribe')];
    status(await api.put(`/contacts/resubscribe/${out}`, { list_ids: [on] }), 200);
    const person = await world.person(world.address('resubscribe'));
    same(at(person, 'email_address', 'permission_to_send'), 'unsubscribed', 'permission_to_send');
    const other = await world.newContact('never.out', { first_name: 'A' });
    status(await api.put(`/contacts/resubscribe/${other}`, { list_ids: [on] }), 409);
  }),
  sim('9', 'addresses are matched whatever their case, and the first spelling stays', async ({ api, world }) => {
    const address = world.address('spelling').replace('spelling', 'Spelling');
    const email_address = { address };
    status(await api.post('/contacts', { email_address, create_source: 'Account', first_name: 'A' }), 201);
    status(await world.postContact('spelling', { first_name: 'B' }), 409);
    const found = await world.find(world.address('spelling'));
    same(at(found, 'email_address', 'address'), address, 'The address');
  }),
  sim('7', 'a contact keeps 50 custom fields and no 51st', async (bench) => {
    const keys: string[] = [];
    for (let index = 0; index < 51; index += 1)
      keys.push(text((await bench.world.postField(`w${index}`)).body, 'name'));
    const row = (size: number) => Object.fromEntries(keys.slice(0, size).map((key) => [`cf:${key}`, 'v']));
    const rows = [
      { email: bench.newAddress(), ...row(50) },
      { email: bench.newAddress(), ...row(51) },
    ];
    const { body } = await bench.importRows(rows, [await bench.newList()]);
    same(at(body, 'status', 'error_count'), 1, 'error_count');
    for (const label of keys.keys()) {
      const id = bench.world.belongings.idOf('field', `Segue ${bench.world.mark} w${label}`);
      await bench.api.delete(`/contact_custom_fields/${id}`);
    }
  }),
  here('9', 'PUT takes somebody who opted out of the account’s will back in', async ({ api, world }) => {
    const id = await world.optedOut('back', 'Account');
    const email_address = { address: world.address('back'), permission_to_send: 'implicit' };
    const answer = await api.put(`/contacts/${id}`, { email_address, update_source: 'Account' });
    same(at(answer.body, 'email_address', 'permission_to_send'), 'implicit', 'permission_to_send');
    hold(isBlank(at(answer.body, 'email_address', 'opt_out_date')), 'opt_out_date is there');
  }),
];

const fieldsAndTags: Case<Bench>[] = [
  seen('7', 'the name of a field is its label in lower case, of a-z, 0-9 and _', async ({ world }) => {
    const answer = await world.postField('Préféré  N° 1');
    same(text(answer.body, 'name'), `segue_${world.mark}_prefere_n_1`, 'name');
  }),
  here('7', 'fields can be of each documented type', async ({ world }) => {
    const choices = [{ choice_label: 'One' }, { choice_label: 'Two' }];
    const types = ['string', 'text_area', 'number', 'currency', 'date', 'datetime', 'boolean'];
    for (const type of types) status(await world.postField(`type ${type}`, type), 201);
    for (const type of ['single_select', 'multi_select']) {
      const label = `Segue ${world.mark} ${type}`;
      const answer = await world.api.post('/contact_custom_fields', { label, type, choices });
      status(answer, 201);
      same(list(answer.body, 'choices').length, 2, 'The number of choices');
      await world.api.delete(`/contact_custom_fields/${idIn(answer, 'custom_field_id')}`);
    }
    status(await world.postField('no type', 'colour'), 400);
  }),
  here('7', 'a label has at most 50 characters', async ({ api }) => {
    status(await api.post('/contact_custom_fields', { label: 'x'.repeat(51), type: 'string' }), 400);
  }),
  here('7', 'PUT renames a tag, 409 when the name is taken', async ({ api, world }) => {
    const id = idIn(await world.postTag('to rename'), 'tag_id');
    await world.postTag('taken');
    status(await api.put(`/contact_tags/${id}`, { name: world.name('taken') }), 409);
    same(
      at((await api.put(`/contact_tags/${id}`, { name: world.name('new') })).body, 'name'),
      world.name('new'),
      'name',
    );
  }),
];

const account: Case<Bench>[] = [
  here('8', 'GET /account/emails is a list of addresses with confirm_status', async ({ api }) => {
    const [first] = list((await api.get('/account/emails')).body);
    text(first, 'email_address');
    text(first, 'confirm_status');
  }),
  here('8', 'the summary shows extra_fields when asked for, and only those there are', async ({ api }) => {
    const answer = await api.get('/account/summary?extra_fields=physical_address');
    text(answer.body, 'physical_address', 'city');
    hold(at((await api.get('/account/summary')).body, 'physical_address') === undefined, 'physical_address is there');
    status(await api.get('/account/summary?extra_fields=nothing'), 400);
  }),
];

/** Resources as the practice account has them, beyond what holds anywhere. */
export const resources: readonly Case<Bench>[] = [...plumbing, ...lists, ...contacts, ...fieldsAndTags, ...account];
