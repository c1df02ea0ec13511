import type { Case } from '../case.ts';
import { at, endedAs, hold, isBlank, list, same, status, text } from '../check.ts';
import { idIn } from '../world.ts';
import { type Bench, here, inferred, seen, sim } from './bench.ts';

const long = 'x'.repeat(51);

/** Somebody imported: the row's address. */
async function imported(bench: Bench, lists: readonly string[], more: object = {}): Promise<string> {
  const email = bench.newAddress();
  await bench.importRows([{ email, ...more }], lists);
  return email;
}

async function idOf(bench: Bench, address: string): Promise<string> {
  return text(await bench.world.person(address), 'contact_id');
}

const imports: Case<Bench>[] = [
  here('6.2', 'an import puts people on several lists at once, at most 50', async (bench) => {
    const lists = [await bench.newList(), await bench.newList(), await bench.newList()];
    await imported(bench, lists);
    for (const each of lists) same(await bench.world.members(each), 1, 'membership_count');
    const body = { import_data: [{ email: bench.newAddress() }], list_ids: Array(51).fill(lists[0]) };
    status(await bench.api.post('/activities/contacts_json_import', body), 400);
  }),
  sim('9', 'of who has opted out the fields are updated', async (bench) => {
    await bench.world.optedOut('updated');
    const address = bench.world.address('updated');
    await bench.importRows([{ email: address.toUpperCase(), first_name: 'Changed' }], [await bench.newList()]);
    same(at(await bench.world.person(address), 'first_name'), 'Changed', 'first_name');
  }),
  seen('6.2', 'unknown keys of a row, custom_fields too, are dropped without a word', async (bench) => {
    const email = bench.newAddress();
    const row = { email, first_name: 'A', nonsense: 'b', custom_fields: [{ custom_field_id: 'x', value: 'y' }] };
    const { body } = await bench.importRows([row], [await bench.newList()]);
    same([at(body, 'status', 'error_count'), at(body, 'activity_errors')], [0, []], 'The errors');
    same(list(await bench.world.person(email), 'custom_fields'), [], 'custom_fields');
  }),
  sim('6.2', 'empty texts and null change nothing', async (bench) => {
    const lists = [await bench.newList()];
    const email = await imported(bench, lists, { first_name: 'Kept', last_name: 'Kept' });
    await bench.importRows([{ email, first_name: '', last_name: null }], lists);
    await bench.importCsv(`email,first_name,last_name\r\n${email},,\r\n`, lists);
    const person = await bench.world.person(email);
    same([at(person, 'first_name'), at(person, 'last_name')], ['Kept', 'Kept'], 'The names');
  }),
  sim('6.2', 'a value that is too long counts as an error, told by its line', async (bench) => {
    const rows = [{ email: bench.newAddress() }, { email: bench.newAddress(), first_name: long }];
    const { body } = await bench.importRows(rows, [await bench.newList()]);
    same(at(body, 'status', 'error_count'), 1, 'error_count');
    hold(text(body, 'activity_errors', 0).startsWith('Line 3: '), 'The error tells another line');
  }),
  sim('6.2', 'of one address twice the last row wins', async (bench) => {
    const email = bench.newAddress();
    const rows = [
      { email, first_name: 'First' },
      { email: email.toUpperCase(), first_name: 'Last' },
    ];
    await bench.importRows(rows, [await bench.newList()]);
    same(at(await bench.world.person(email), 'first_name'), 'Last', 'first_name');
  }),
  sim('6.2', 'both spellings of home_country are taken', async (bench) => {
    const lists = [await bench.newList()];
    for (const key of ['home country', 'home_country']) {
      const email = await imported(bench, lists, { [key]: 'FR' });
      const person = await bench.world.person(email, 'street_addresses');
      same(at(person, 'street_addresses', 0, 'country'), 'FR', key);
    }
  }),
  here('6.2', 'rows carry phones, addresses, dates and street2', async (bench) => {
    const email = await imported(bench, [await bench.newList()], {
      phone: '1',
      work_phone: '2',
      street: '1 Main',
      street2: 'Floor 2',
      zip: '02451',
      work_city: 'Ville',
      birthday_month: 2,
      birthday_day: 29,
      anniversary: '2020-02-29',
    });
    const person = await bench.world.person(email, 'phone_numbers,street_addresses');
    const kinds = list(person, 'phone_numbers').map((phone) => at(phone, 'kind'));
    same(kinds.sort(), ['other', 'work'], 'The kinds of phones');
    const home = list(person, 'street_addresses').find((address) => at(address, 'kind') === 'home');
    same([at(home, 'street'), at(home, 'postal_code')], ['1 Main Floor 2', '02451'], 'The address');
    same([at(person, 'birthday_month'), at(person, 'birthday_day')], [2, 29], 'The birthday');
  }),
  seen('6.2', 'numbers are taken for cf: values', async (bench) => {
    const key = text((await bench.world.postField('numbers')).body, 'name');
    const email = await imported(bench, [await bench.newList()], { [`cf:${key}`]: 8 });
    same(at(await bench.world.person(email), 'custom_fields', 0, 'value'), '8', 'The value');
  }),
  here('6.2', 'a row can be of a number alone', async (bench) => {
    const id = await bench.newList();
    const { body } = await bench.importRows([{ sms_number: '+15555550199', first_name: 'Text' }], [id]);
    same(at(body, 'status', 'error_count'), 0, 'error_count');
    same(await bench.world.members(id), 1, 'membership_count');
  }),
  here('6.1', 'bad birthdays, bad anniversaries and rows of nobody are correctable', async (bench) => {
    const csv = [
      'email,first_name,anniversary,birthday_month,birthday_day',
      `${bench.newAddress()},Good,,,`,
      `${bench.newAddress()},A,2021-02-29,,`,
      `${bench.newAddress()},B,,13,1`,
      `${bench.newAddress()},C,,3,`,
      ',,,,1',
    ].join('\r\n');
    const { body } = await bench.importCsv(csv, [await bench.newList()]);
    same(at(body, 'status', 'correctable_count'), 4, 'correctable_count');
    const lines = list(body, 'activity_errors').map((words) => /^Line (\d+): /.exec(String(words))?.[1]);
    same(lines, ['3', '4', '5', '6'], 'The lines told of');
  }),
  sim('6.1', 'a CSV import counts its heading, a JSON import has none', async (bench) => {
    const lists = [await bench.newList()];
    const csv = await bench.importCsv(`email\r\n${bench.newAddress()}\r\n`, lists);
    const json = await bench.importRows([{ email: bench.newAddress() }], lists);
    same(
      [csv, json].map(({ body }) => at(body, 'status', 'items_total_count')),
      [2, 1],
      'items_total_count',
    );
  }),
  inferred('6.3', 'a CSV may have a BOM, LF, quotes and blanks around its headings', async (bench) => {
    const email = bench.newAddress();
    await bench.importCsv(`\uFEFFemail, first_name \n"${email}","A ""B"", C"\n`, [await bench.newList()]);
    same(at(await bench.world.person(email), 'first_name'), 'A "B", C', 'first_name');
  }),
  here('6.3', 'a CSV needs an email heading', async (bench) => {
    status(await bench.api.importFile('first_name\r\nAda\r\n', [await bench.newList()]), 400);
  }),
  inferred('6.2', 'an import onto an unknown list is refused', async ({ api }) => {
    const unknown = '00000000-0000-1000-8000-000000000000';
    status(await api.importFile('email\r\na@example.com\r\n', [unknown]), 404);
    status(await api.importFile('email\r\na@example.com\r\n', ['nonsense']), 400);
  }),
  sim('5.2', 'an address may have 80 characters', async (bench) => {
    const id = await bench.newList();
    const address = (length: number) => `${'a'.repeat(length - 12)}@example.com`;
    const { body } = await bench.importRows([{ email: address(80) }, { email: address(81) }], [id]);
    same(at(body, 'status', 'error_count'), 1, 'error_count');
    same(await bench.world.members(id), 1, 'membership_count');
  }),
];

const others: Case<Bench>[] = [
  here('6.5', 'memberships take exactly one source', async (bench) => {
    const id = await bench.newList();
    for (const path of ['add_list_memberships', 'remove_list_memberships']) {
      const post = (source: object) => bench.api.post(`/activities/${path}`, { source, list_ids: [id] });
      status(await post({}), 400);
      status(await post({ list_ids: [id], all_active_contacts: true }), 400);
      status(await bench.api.post(`/activities/${path}`, { source: { list_ids: [id] } }), 400);
    }
  }),
  here('6.5', 'a source holds at most 500 contacts and 50 lists', async (bench) => {
    const id = await bench.newList();
    const post = (source: object) => bench.api.post('/activities/add_list_memberships', { source, list_ids: [id] });
    status(await post({ contact_ids: Array(501).fill(id) }), 400);
    status(await post({ list_ids: Array(51).fill(id) }), 400);
  }),
  here('6.5', 'memberships can be of a whole list without some of its people', async (bench) => {
    const [from, to] = [await bench.newList(), await bench.newList()];
    const [stays, goes] = [await imported(bench, [from]), await imported(bench, [from])];
    const exclude = { contact_ids: [await idOf(bench, stays)] };
    await bench.bulk('add_list_memberships', { source: { list_ids: [from] }, exclude, list_ids: [to] });
    hold(list(await bench.world.person(goes), 'list_memberships').includes(to), 'Somebody was not added');
    hold(!list(await bench.world.person(stays), 'list_memberships').includes(to), 'Somebody excluded was added');
  }),
  inferred('6.5', 'memberships never put on a list who has opted out', async (bench) => {
    const id = await bench.newList();
    const out = await bench.world.optedOut('left.alone');
    await bench.bulk('add_list_memberships', { source: { contact_ids: [out] }, list_ids: [id] });
    same(await bench.world.members(id), 0, 'membership_count');
  }),
  here('6.5', 'contact_delete deletes the people of a list, who can be found as deleted', async (bench) => {
    const id = await bench.newList();
    const email = await imported(bench, [id]);
    const { body } = await bench.bulk('contact_delete', { list_ids: [id] });
    same(at(body, 'status', 'list_count'), 1, 'list_count');
    hold((await bench.world.find(email, 'status=deleted')) !== undefined, 'Nobody was deleted');
    status(await bench.api.post('/activities/contact_delete', {}), 400);
  }),
  here('5.2', 'putting a deleted person on a list brings them back', async (bench) => {
    const [from, to] = [await bench.newList(), await bench.newList()];
    const email = await imported(bench, [from]);
    const id = await idOf(bench, email);
    await bench.api.delete(`/contacts/${id}`);
    await bench.bulk('add_list_memberships', { source: { contact_ids: [id] }, list_ids: [to] });
    hold(isBlank(at(await bench.world.person(email), 'deleted_at')), 'deleted_at is still there');
  }),
  here('6.5', 'list_delete deletes several lists', async (bench) => {
    const ids = [await bench.newList(), await bench.newList()];
    endedAs(await bench.bulk('list_delete', { list_ids: ids }), 'completed');
    for (const id of ids) status(await bench.api.get(`/contact_lists/${id}`), 404);
    status(await bench.api.post('/activities/list_delete', { list_ids: Array(101).fill(ids[0]) }), 400);
  }),
  here('6.5', 'contacts_taggings_remove takes a tag off again', async (bench) => {
    const id = await bench.newList();
    await imported(bench, [id]);
    const tag = idIn(await bench.world.postTag('to take off'), 'tag_id');
    const body = { source: { list_ids: [id] }, tag_ids: [tag] };
    const tagged = async () =>
      at((await bench.api.get(`/contact_tags/${tag}?include_count=true`)).body, 'contacts_count');
    await bench.bulk('contacts_taggings_add', body);
    same(await tagged(), 1, 'contacts_count');
    await bench.bulk('contacts_taggings_remove', body);
    same(await tagged(), 0, 'contacts_count');
  }),
  here('6.5', 'contacts_tags_delete and custom_fields_delete delete several at once', async (bench) => {
    const tags = [idIn(await bench.world.postTag('x 1'), 'tag_id'), idIn(await bench.world.postTag('x 2'), 'tag_id')];
    await bench.bulk('contacts_tags_delete', { tag_ids: tags });
    const field = idIn(await bench.world.postField('x 1'), 'custom_field_id');
    await bench.bulk('custom_fields_delete', { custom_field_ids: [field] });
    for (const path of [...tags.map((id) => `/contact_tags/${id}`), `/contact_custom_fields/${field}`]) {
      status(await bench.api.get(path), 404);
    }
  }),
  here('6.5', 'an export has the fields asked for, and can be of some people', async (bench) => {
    const id = await bench.newList();
    const [first, second] = [await imported(bench, [id]), await imported(bench, [id])];
    const exportOf = async (body: object) => {
      const { body: ended } = await bench.bulk('contact_exports', { fields: ['email_address'], ...body });
      return (await bench.api.follow(text(ended, '_links', 'results', 'href'))).text.trim().split('\r\n').slice(1);
    };
    same(await exportOf({ contact_ids: [await idOf(bench, first)] }), [first], 'Who is in the export');
    const exclude = { contact_ids: [await idOf(bench, first)] };
    same(await exportOf({ list_ids: [id], exclude }), [second], 'Who is in the export');
    const fields = ['email_address', 'email_optin_source', 'email_optin_date', 'email_optout_reason'];
    const { body: ended } = await bench.bulk('contact_exports', { list_ids: [id], fields });
    const file = await bench.api.follow(text(ended, '_links', 'results', 'href'));
    same(file.text.split('\r\n')[0]?.split(',').length, fields.length, 'The number of columns');
  }),
  inferred('6.5', 'an export of an unknown field is refused', async ({ api }) => {
    status(await api.post('/activities/contact_exports', { fields: ['shoe_size'] }), 400);
  }),
  here('6.1', 'GET /activities shows the newest first, by state', async ({ api }) => {
    const { body } = await api.get('/activities?limit=20');
    const times = list(body, 'activities').map((each) => text(each, 'created_at'));
    same(times, [...times].sort().reverse(), 'The order');
  }),
];

/** Imports and other bulk activities as the practice account has them. */
export const bulk: readonly Case<Bench>[] = [...imports, ...others];
